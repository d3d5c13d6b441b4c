import type { Answer } from '../../answer/answer.js';
import { requestsOf } from '../../answer/requests.js';
import { capitalize } from '../../answer/wording.js';
import type { Knowledge } from '../../knowledge/knowledge.js';
import { lookUpFact, type ThreadFacts } from '../thread/facts.js';

/** Returns the answer about a cause without asking for evidence that its thread has shown or told already. */
export function withoutSeenEvidence(
  answer: Answer,
  cause: string | null,
  thread: ThreadFacts,
  knowledge: Knowledge,
): Answer {
  const requests = requestsOf(knowledge.causes.get(cause ?? '')?.next ?? [], knowledge);
  const facts = lookUpFact(thread.failure ?? {}, thread.told);
  const open = requests.filter(
    ({ shownBy }) => !shownBy.some((name) => thread.seen?.includes(name) || facts(name) !== undefined),
  );
  if (open.length === requests.length) return answer;
  const asks = titlesOf(requests);
  const parts = answer.parts.flatMap((part) => {
    if (part.id !== 'next' || part.kind !== 'text' || part.text !== asks) return [part];
    return open.length === 0 ? [] : [{ ...part, text: titlesOf(open) }];
  });
  return { ...answer, parts };
}

const titlesOf = (requests: ReturnType<typeof requestsOf>) =>
  `${capitalize(requests.map(({ title }) => title).join('; '))}.`;
