import type { Knowledge } from '../../knowledge/knowledge.js';
import { isAboutTheRight, kindOfThread } from '../rank/context.js';
import { ofThread } from '../rank/model.js';

/** Returns what the threads are about in which an entry is asked for by a few words. */
export function threadsAbout(entry: string, knowledge: Knowledge): string[] {
  if (ofThread.has(entry)) return threadsOfEachKind(knowledge);
  const topic = knowledge.topics.get(entry);
  const failures = [...knowledge.causes.values()]
    .filter(({ reasoning }) => reasoning !== undefined)
    .map(({ id }) => id);
  if (topic && isAboutTheRight(entry, knowledge)) return ['SeImpersonatePrivilege', ...failures, entry];
  return topic?.kind === 'tracing' ? ['freb', entry] : [entry];
}

/** Returns one subject for each kind of thread; failures are the commonest, so they stand twice. */
function threadsOfEachKind(knowledge: Knowledge): string[] {
  const failure = [...knowledge.causes.keys()].find((id) => kindOfThread(id, knowledge) === 'cause')!;
  const other = [...knowledge.topics.keys()].find((id) => kindOfThread(id, knowledge) === 'entry')!;
  return ['SeImpersonatePrivilege', failure, 'freb', failure, '0x80070005', other];
}
