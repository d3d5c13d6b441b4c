import type { Term } from './term.js';

/** Facts about who holds a user right, from exports, policy reports and tokens. Always about SeImpersonatePrivilege unless said. */
export const rightsVocabulary = {
  'right.defined': { type: 'boolean', means: 'the file has an entry for SeImpersonatePrivilege' },
  'right.holders': { type: 'list', means: 'present holders as the file lists them: *S-1-… or names' },
  'right.holds-iis-iusrs': { type: 'boolean', means: 'IIS_IUSRS (S-1-5-32-568) is among the holders' },
  'right.holds-service': { type: 'boolean', means: 'SERVICE (S-1-5-6) is among the holders' },
  'right.holds-pool': { type: 'list', means: 'application-pool SIDs or IIS APPPOOL names among the holders' },
  'right.missing': { type: 'list', means: 'SIDs of the five IIS holders that are not on the list' },
  'right.nobody': { type: 'boolean', means: 'defined as empty, or a machine export without the line' },
  'right.batch-holds-iis-iusrs': {
    type: 'boolean',
    means: 'IIS_IUSRS is among the holders of SeBatchLogonRight, as IIS sets it up',
  },
  'right.pool-seen': { type: 'string', means: 'an application pool that a list of holders of any right names' },
  'right.winning-gpo': { type: 'string', means: 'GPO that wins this setting' },
  'right.gpo': { type: 'string', means: 'GPO this template or report belongs to' },
  'right.reported': {
    type: 'boolean',
    means: 'the file can say anything about user rights: a policy report has the computer part, an export the rights',
  },
  'iis.installed': { type: 'boolean', means: 'the file shows signs of IIS: pool SIDs, IIS_IUSRS in another right' },
  'computer.name': { type: 'string', means: 'computer the file is about' },
  'token.has-right': { type: 'boolean', means: 'the token holds SeImpersonatePrivilege, enabled or not' },
  'token.whose': { type: ['worker', 'interactive', 'unknown'], means: 'whose token the listing shows' },
  'token.pool': { type: 'string', means: 'application pool the token belongs to' },
  'token.process-id': { type: 'number', means: 'process the token belongs to' },
  'token.account': { type: 'string', means: 'account of the token: a pool identity or a built-in one, nobody else' },
  'token.deny-only-administrators': {
    type: 'boolean',
    means: 'Administrators is in the token for deny entries only: a console that is not elevated',
  },
  'token.groups': { type: 'list', means: 'well-known SIDs among the groups of the token' },
} as const satisfies Record<string, Term>;
