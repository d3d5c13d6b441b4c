import type { Examples, StatementExamples } from '../../knowledge/examples.js';
import type { Knowledge } from '../../knowledge/knowledge.js';
import { offTopic, ofThread, unsorted } from '../rank/model.js';
import type { LearnedText } from './example.js';
import { besideNumbers, besideOf, fillNumbers, numbersOf, ofCopy } from './numbers.js';
import { threadsAbout } from './threads.js';

/** In how many kinds of threads a question is learned that every thread may ask. */
const inKinds = 3;

/**
 * The questions of `knowledge/examples/`, as people ask them.
 * @param learned how many examples there are so far: it chooses the numbers that fill a pattern, so that each differs
 */
export function* textsOfExamples(
  entries: Examples['entries'],
  knowledge: Knowledge,
  learned: () => number,
): Generator<LearnedText> {
  const numbers = numbersOf(knowledge);
  for (const { entry, asks, unsorted: others, thread, other, statements } of entries) {
    const topics = threadsAbout(entry, knowledge);
    const number = besideOf(entry, numbers, knowledge);
    // What every thread may ask is learned in several of them.
    const times = ofThread.has(entry) ? inKinds : 1;
    function* textsOf(own: Pick<StatementExamples, 'asks' | 'thread' | 'other'>, statement: string) {
      for (const text of [...own.asks, ...Object.values(own.other).flat()])
        for (const filled of fillNumbers(text, numbers, learned())) yield { text: filled, entry, statement };
      for (const [i, text] of own.asks.entries())
        if (number && i % besideNumbers === 0) yield { text: number(text, i), entry, statement, weight: ofCopy };
      for (const [i, text] of own.thread.entries())
        for (let time = 0; time < times; time++)
          yield { text, entry, statement, topic: topics[(i + time) % topics.length]! };
    }
    yield* textsOf({ asks, thread, other }, '');
    yield* textsOf({ asks: others, thread: [], other: {} }, unsorted);
    for (const [id, own] of Object.entries(statements)) {
      yield* textsOf(own, id);
      for (const sign of ['yes', 'no'] as const)
        for (const text of own[sign]) yield { text, entry, statement: id, sign };
    }
  }
}

/** One in this many lines of other worlds is also learned as said in a thread, because people chat in our threads too. */
const inThreads = 3;

/** Lines about other worlds, which nothing answers. */
export function* textsOfOtherWorlds(worlds: Examples['offTopic'], knowledge: Knowledge): Generator<LearnedText> {
  const subjects = threadsAbout('same', knowledge);
  for (const [i, text] of worlds.flatMap(({ lines }) => lines).entries()) {
    const line = { text, entry: offTopic, statement: '' };
    yield line;
    if (i % inThreads === 0) yield { ...line, topic: subjects[(i / inThreads) % subjects.length]! };
  }
}
