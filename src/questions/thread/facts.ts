import type { Knowledge } from '../../knowledge/knowledge.js';
import { causesOfNumber } from '../parse/number-causes.js';
import type { AskResult } from '../result.js';

/** The failure that a thread is about: what its last diagnosis observed. All of it is safe to show. */
export interface FailureFacts {
  cause: string;
  confidence: 'confirmed' | 'likely' | 'possible';
  pool?: string;
  /** The account or the built-in identity that the pool runs as. */
  account?: string;
  server?: string;
  status?: string;
  code?: string;
  /** ISO 8601, UTC */
  time?: string;
  url?: string;
  /** Who holds the right, and who of those that should hold it does not; names with commas between. */
  holders?: string;
  missing?: string;
}

/** Looks up a fact of a failure by the names that sentences of the knowledge use in braces. */
export function lookUpFact(failure: Partial<FailureFacts>): (name: string) => string | undefined {
  const { pool, server, status, code } = failure;
  const known: Readonly<Record<string, string | undefined>> = {
    ...failure,
    'request.app-pool': pool,
    'request.server': server,
    'decisive.code': code,
    // Steps are chosen by these.
    'outcome.status': status,
    'outcome.code': code,
  };
  return (name) => (Object.hasOwn(known, name) ? known[name] : undefined);
}

/** What a thread has shown and said: ids of the knowledge, and the facts of its failure. */
export interface ThreadFacts {
  /** What the last answer was about: a cause, a topic, a code, a status or a right's constant. */
  topic?: string | undefined;
  /** The topic or cause that spoke last. */
  entry?: string | undefined;
  /** What was said, by `entry` and `entry/statement`, oldest first. */
  said?: readonly string[];
  failure?: FailureFacts | undefined;
}

/** True for a thread in which something of ours was said or shown. */
export function isOurs({ topic, failure }: ThreadFacts): boolean {
  return topic !== undefined || failure !== undefined;
}

/** True for a thread about a fault, shown by evidence or spoken of: its account, pool or server can be asked for. */
export function isAboutFault(thread: ThreadFacts, knowledge: Knowledge): boolean {
  if (thread.failure !== undefined) return true;
  const referent = referentOf(thread, knowledge);
  return referent === undefined ? isOurs(thread) : knowledge.causes.has(referent);
}

/** Older statements may be said again. */
const mostSaid = 40;

/** Returns the facts of a thread after a diagnosis: a new failure begins. */
export function rememberFailure(failure: FailureFacts): ThreadFacts {
  return { topic: failure.cause, entry: failure.cause, said: [failure.cause], failure };
}

/** Returns the facts of a thread after a diagnosis that knows no cause: it is about the status of the request. */
export function rememberStatus(status: string): ThreadFacts {
  return { topic: status, said: [status] };
}

/** Returns the facts of a thread after an answer; undefined when the answer says nothing of the knowledge. */
export function rememberAnswer(
  thread: ThreadFacts,
  { topic, entry, statement, choices }: Pick<AskResult, 'topic' | 'entry' | 'statement' | 'choices'>,
  knowledge: Knowledge,
): ThreadFacts | undefined {
  // What was offered first is what a new thread is about, until something is chosen; nothing of it is said yet.
  const offered = choices?.[0]?.id.split('/')[0];
  if (offered !== undefined && !isOurs(thread))
    return { topic: offered, ...(isEntry(offered, knowledge) && { entry: offered }) };
  if (topic === null) return undefined;
  const spoke = entry ?? topic;
  const said = statement === undefined ? spoke : `${spoke}/${statement}`;
  const before = (thread.said ?? []).filter((one) => one !== said);
  return {
    topic,
    entry: isEntry(spoke, knowledge) ? spoke : undefined,
    said: [...before, said].slice(-mostSaid),
    failure: thread.failure,
  };
}

const isEntry = (id: string, { topics, causes }: Knowledge) => topics.has(id) || causes.has(id);

/** Returns the entry that "why", "how" and "which one" mean; undefined where only a number was spoken of that has none. */
export function referentOf({ entry, topic, failure }: ThreadFacts, knowledge: Knowledge): string | undefined {
  if (entry !== undefined && isEntry(entry, knowledge)) return entry;
  if (topic === undefined) return failure?.cause;
  const about = [...knowledge.topics.values()].find((one) => one.about === topic)?.id ?? topic;
  return isEntry(about, knowledge) ? about : (causeOfNumber(topic, knowledge) ?? failure?.cause);
}

/** The one cause that a code or a status stands for. */
function causeOfNumber(number: string, knowledge: Knowledge): string | undefined {
  const causes = causesOfNumber(number, knowledge);
  return causes.length === 1 ? causes[0]!.id : undefined;
}
