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
  /** What was seen of it in a sentence: the exception, the file, the module. */
  detail?: string;
  /** Who holds the right, and who of those that should hold it does not; names with commas between. */
  holders?: string;
  missing?: string;
  /** Further facts by the names that sentences of the knowledge use in braces: the GPO that sets the list, the file, the line. */
  more?: Readonly<Record<string, string>>;
}

/** Looks up a fact of a failure by the names that sentences of the knowledge use in braces. */
export function lookUpFact(
  failure: Partial<FailureFacts>,
  told: ThreadFacts['told'] = {},
): (name: string) => string | undefined {
  const { pool = told.pool, server = told.server, status, code, more, ...others } = failure;
  const known: Readonly<Record<string, string | undefined>> = {
    ...more,
    ...told,
    ...others,
    pool,
    server,
    status,
    code,
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
  /** What was offered to a question about a failure, as long as nothing is chosen: entries, and `code` or `status` numbers. */
  offered?: readonly string[] | undefined;
  /** What was said, by `entry` and `entry/statement`, oldest first. */
  said?: readonly string[];
  failure?: FailureFacts | undefined;
  /** What a person has told of the failure and no evidence has shown, by the names of facts. */
  told?: Readonly<Record<string, string>> | undefined;
  /** Which of them the line that is asked now tells for the first time. */
  toldNow?: readonly string[] | undefined;
  /** The kinds of evidence that were shown. */
  seen?: readonly string[] | undefined;
  /** The evidence that the last answer asked for, by ids of `knowledge/evidence-requests.yaml`: "how do I get that" means it. */
  wanted?: readonly string[] | undefined;
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

/** Returns the facts of a thread after a diagnosis: a new failure begins. What was told holds until evidence shows it. */
export function rememberFailure(
  failure: FailureFacts,
  told: ThreadFacts['told'] = {},
  wanted: readonly string[] = [],
): ThreadFacts {
  const shows = lookUpFact(failure);
  // A value that the failure has from what was told is still told: without it the next evidence would be judged alone.
  const open = Object.entries(told).filter(([name, value]) => [undefined, value].includes(shows(name)));
  const { cause } = failure;
  return {
    topic: cause,
    entry: cause,
    offered: undefined,
    said: [cause],
    failure,
    ...(open.length > 0 && { told: Object.fromEntries(open) }),
    ...wantedOf(wanted),
  };
}

/** Returns the facts of a thread after a diagnosis that found no cause: it is about a status, a right or what a code stands for. */
export function rememberSubject(
  subject: string,
  told: ThreadFacts['told'] = {},
  wanted: readonly string[] = [],
): ThreadFacts {
  return {
    topic: subject,
    entry: undefined,
    offered: undefined,
    said: [subject],
    ...(Object.keys(told).length > 0 && { told }),
    ...wantedOf(wanted),
  };
}

/** Returns the facts of a thread after an answer; undefined when the answer says nothing of the knowledge. */
export function rememberAnswer(
  thread: ThreadFacts,
  {
    topic,
    entry,
    statement,
    choices,
    learns,
    wanted,
  }: Pick<AskResult, 'topic' | 'entry' | 'statement' | 'choices' | 'learns' | 'wanted'>,
  knowledge: Knowledge,
): ThreadFacts | undefined {
  // What was offered first is what a new thread is about, until something is chosen; nothing of it is said yet.
  const offered = [...new Set(choices?.map(({ id }) => id.split('/')[0]!))];
  if (offered.length > 0 && !isOurs(thread)) return { ...subjectOfChoices(offered, knowledge), ...toldOf(thread) };
  if (topic === null) return undefined;
  const spoke = entry ?? topic;
  const said = statement === undefined ? spoke : `${spoke}/${statement}`;
  const before = (thread.said ?? []).filter((one) => one !== said);
  const told = { ...thread.told, ...learns };
  // A sentence about another cause was looked up beside the thread's own; the thread goes on with that.
  const isAboutCause = thread.failure !== undefined || knowledge.causes.has(thread.entry ?? thread.topic ?? '');
  const isBeside = isAboutCause && statement !== undefined && knowledge.causes.has(spoke);
  const subject = isBeside ? thread : { topic, entry: isEntry(spoke, knowledge) ? spoke : undefined };
  return {
    topic: subject.topic,
    entry: subject.entry,
    offered: undefined,
    said: [...before, said].slice(-mostSaid),
    failure: thread.failure,
    ...(Object.keys(told).length > 0 && { told }),
    ...wantedOf(wanted ?? wantsOf(spoke, knowledge)),
  };
}

/** A failure of which several causes are offered has none yet; among topics the first is meant, until one is chosen. */
function subjectOfChoices(offered: readonly string[], knowledge: Knowledge): ThreadFacts {
  const topic = offered[0]!;
  if (offered.some((id) => knowledge.causes.has(id))) return { topic, offered };
  return { topic, ...(isEntry(topic, knowledge) && { entry: topic }) };
}

const toldOf = ({ told }: ThreadFacts) => (told === undefined ? {} : { told });

const wantedOf = (wanted: readonly string[]) => (wanted.length > 0 ? { wanted } : {});

/** The evidence that an entry asks for. */
function wantsOf(entry: string, { followUps, causes }: Knowledge): readonly string[] {
  return followUps.get(entry)?.wants ?? causes.get(entry)?.next ?? [];
}

const isEntry = (id: string, { topics, causes }: Knowledge) => topics.has(id) || causes.has(id);

/** Returns the entry that "why", "how" and "which one" mean; undefined where only a number was spoken of that has none. */
export function referentOf({ entry, topic, offered, failure }: ThreadFacts, knowledge: Knowledge): string | undefined {
  if (offered !== undefined) return undefined;
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
