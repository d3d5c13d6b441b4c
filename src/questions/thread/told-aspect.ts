import type { Aspect } from '../../knowledge/follow-up-schema.js';
import type { Question } from '../parse/question.js';

/** Identities that have the right without IIS_IUSRS. */
const builtIn = ['pool-identity', 'network-service', 'local-service', 'local-system'];
const named = ['service-account', 'gmsa'];

/** Returns the aspect of a line that tells the account of the pool, by the account that it names: a name says more than the words around it. */
export function toldAspect(aspect: Aspect, { accounts }: Pick<Question, 'accounts'>): Aspect {
  if (aspect !== 'told-account' && aspect !== 'told-default') return aspect;
  if (accounts.some((account) => builtIn.includes(account))) return 'told-default';
  return accounts.some((account) => named.includes(account)) ? 'told-account' : aspect;
}
