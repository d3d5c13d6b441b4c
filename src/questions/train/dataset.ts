import { hex, parseCode } from '../../answer/codes.js';
import type { Examples, StatementExamples } from '../../knowledge/examples.js';
import type { Knowledge } from '../../knowledge/knowledge.js';
import { messagePieces } from '../../knowledge/message-schema.js';
import type { Assertion } from '../parse/assertion.js';
import { marksOf, parseQuestion } from '../parse/question.js';
import { contextMarks, isAboutTheRight, kindOfThread, mayLean } from '../rank/context.js';
import { featuresOf } from '../rank/features.js';
import { offTopic, ofThread, unsorted } from '../rank/model.js';

/** One example: features by place, and what answers it. */
export interface Example {
  features: Map<number, number>;
  entry: string;
  /** '' for the entry as a whole, `unsorted` where that is not known. */
  statement: string;
  /** Where the example is a question for yes or no: what it asserts, and the right sign. */
  signed?: { sign: 'yes' | 'no'; assertion: Assertion };
  /** Said in a thread, where people use the same few words. */
  inThread: boolean;
  /** How much it counts: less for sentences of the entry, which are no questions. */
  weight: number;
}

/** What sentences of the entries count beside a question, which counts 1. */
const ofSentence = 0.3;
/** What a row of facts counts: its label is often what is asked for. */
const ofRow = 0.6;

/** Returns all examples, in a fixed order. */
export function collectExamples(knowledge: Knowledge, examples: Examples): Example[] {
  const found: Example[] = [];
  const add = (
    text: string,
    entry: string,
    statement: string,
    more: { weight?: number; sign?: 'yes' | 'no'; topic?: string } = {},
  ) => {
    const question = parseQuestion(text, knowledge);
    if (question.text === '') return;
    const context = more.topic !== undefined && mayLean(question) ? contextMarks(more.topic, knowledge) : [];
    const features = featuresOf(question.text, [...marksOf(question, knowledge), ...context]);
    const { sign } = more;
    const { assertion } = question;
    found.push({
      features,
      entry,
      statement,
      inThread: more.topic !== undefined,
      weight: more.weight ?? 1,
      ...(sign && assertion && { signed: { sign, assertion } }),
    });
  };

  for (const topic of knowledge.topics.values()) {
    for (const name of [topic.id.replaceAll('-', ' '), topic.title, ...topic.aliases]) add(name, topic.id, '');
    add(topic.answer, topic.id, '', { weight: ofSentence });
    for (const text of topic.more) add(text, topic.id, unsorted, { weight: ofSentence });
    for (const { label, value } of topic.facts) {
      add(`${label} ${value}`, topic.id, unsorted, { weight: ofRow });
      // A table of rights is asked about by each of them.
      if (/^Se[A-Z]\w+(Privilege|Right)$/.test(label))
        for (const text of [`what is ${label}`, `who has the right to ${value}`, `does IIS need ${label}`])
          add(text, topic.id, '');
    }
  }
  for (const cause of knowledge.causes.values()) {
    for (const name of [cause.id.replaceAll('-', ' '), cause.title, ...cause.aliases]) add(name, cause.id, '');
    add(cause.explanation, cause.id, '', { weight: ofSentence });
  }
  for (const { id, statements } of [...knowledge.topics.values(), ...knowledge.causes.values()])
    for (const { id: statement, says } of statements) add(says, id, statement, { weight: ofSentence });
  // A message that judges evidence is found by its words; its names of types and files teach nothing about questions.
  for (const { text, means, says } of knowledge.messages.values())
    if (says === undefined && (knowledge.topics.has(means) || knowledge.causes.has(means)))
      add(messagePieces(text).pieces.join(' '), means, '');

  const numbers = numbersOf(knowledge);
  for (const { entry, asks, unsorted: others, thread, other, statements } of examples.entries) {
    const topics = threadsAbout(entry, knowledge);
    const number = besideOf(entry, numbers, knowledge);
    const addAll = (list: Pick<StatementExamples, 'asks' | 'thread' | 'other'>, statement: string) => {
      for (const text of [...list.asks, ...Object.values(list.other).flat()])
        for (const filled of fillNumbers(text, numbers, found.length)) add(filled, entry, statement);
      for (const [i, text] of list.asks.entries())
        if (number && i % besideNumbers === 0) add(number(text, i), entry, statement, { weight: ofCopy });
      // What every thread may ask is learned in several of them.
      const times = ofThread.has(entry) ? inKinds : 1;
      for (const [i, text] of list.thread.entries())
        for (let time = 0; time < times; time++)
          add(text, entry, statement, { topic: topics[(i + time) % topics.length]! });
    };
    addAll({ asks, thread, other }, '');
    addAll({ asks: others, thread: [], other: {} }, unsorted);
    for (const [id, own] of Object.entries(statements)) {
      addAll(own, id);
      for (const sign of ['yes', 'no'] as const) for (const text of own[sign]) add(text, entry, id, { sign });
    }
  }
  const subjects = threadsAbout('same', knowledge);
  for (const [i, line] of examples.offTopic.flatMap(({ lines }) => lines).entries()) {
    add(line, offTopic, '');
    // People chat in our threads too.
    if (i % inThreads === 0) add(line, offTopic, '', { topic: subjects[(i / inThreads) % subjects.length]! });
  }
  return found;
}

/** In so many kinds of threads it is learned what every thread may ask. */
const inKinds = 3;

/** What the threads are about in which an entry is asked for by a few words. */
function threadsAbout(entry: string, knowledge: Knowledge): string[] {
  if (ofThread.has(entry)) return threadsOfEachKind(knowledge);
  const topic = knowledge.topics.get(entry);
  const failures = [...knowledge.causes.values()]
    .filter(({ reasoning }) => reasoning !== undefined)
    .map(({ id }) => id);
  if (topic && isAboutTheRight(entry, knowledge)) return ['SeImpersonatePrivilege', ...failures, entry];
  return topic?.kind === 'tracing' ? ['freb', entry] : [entry];
}

/** One subject for each kind of thread; failures are the commonest, so they stand twice. */
function threadsOfEachKind(knowledge: Knowledge): string[] {
  const failure = [...knowledge.causes.keys()].find((id) => kindOfThread(id, knowledge) === 'cause')!;
  const other = [...knowledge.topics.keys()].find((id) => kindOfThread(id, knowledge) === 'entry')!;
  return ['SeImpersonatePrivilege', failure, 'freb', failure, '0x80070005', other];
}

interface NumberSamples {
  code: string[];
  status: string[];
}

/**
 * Numbers that stand for `<code>` and `<status>`: those the knowledge has, as people write them, and as many codes that it does
 * not have.
 */
function numbersOf(knowledge: Knowledge): NumberSamples {
  const known = [...knowledge.codes.values()].flatMap(({ hresult, win32 }) => [
    hresult,
    ...(win32 === undefined ? [] : [`error ${win32}`]),
    String(parseCode(hresult)!),
  ]);
  const unknown = known
    .map((_, i) => hex(0x80240000 + ((i * 40_503) % 0x10000)))
    .filter((code) => !knowledge.codes.has(code));
  return { code: [...known, ...unknown], status: [...knowledge.statuses.keys()] };
}

/** Of so many questions one is also learned with a number beside it: what is asked for is not the number. */
const besideNumbers = 6;
/** What such a copy counts: less than a question, so that no fold is tried on it. */
const ofCopy = 0.99;
const besides = ['<number>, <text>', '<text>, the site shows <number>', 'we get <number>: <text>', '<text> <number>'];

/** Returns what puts a number beside a question: for an entry about the right its codes, for others any; none beside a number's card. */
function besideOf(
  entry: string,
  { code, status }: NumberSamples,
  knowledge: Knowledge,
): ((text: string, i: number) => string) | undefined {
  if (!knowledge.topics.has(entry) && !knowledge.causes.has(entry)) return undefined;
  const numbers = isAboutTheRight(entry, knowledge) ? ofRight : [...status, ...code];
  return (text, i) => {
    const turn = Math.floor(i / besideNumbers) + entry.length;
    const number = numbers[(turn * 7919) % numbers.length]!;
    return besides[turn % besides.length]!.replace('<number>', number).replace('<text>', text);
  };
}

/** As logs, pages and traces write the error of the lost right. */
const ofRight = ['500 0 1346', '0x80070542', 'error 1346', '500', 'ERROR_BAD_IMPERSONATION_LEVEL'];

/** Of so many lines of other worlds one is also learned as said in a thread. */
const inThreads = 3;

/** How many numbers take the place in a pattern. */
const fillings = 5;

/** A pattern of `numbers.yaml` with numbers in the place; any other text as it is. */
function fillNumbers(text: string, numbers: NumberSamples, seed: number): string[] {
  if (!text.includes('<code>') && !text.includes('<status>')) return [text];
  return Array.from({ length: fillings }, (_, i) =>
    text.replace(/<(code|status)>/g, (_place, kind: 'code' | 'status') => {
      const list = numbers[kind];
      return list[((seed + i) * 7919 + i * 104729) % list.length]!;
    }),
  );
}
