import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { ask } from '../../src/questions/ask.js';
import { builtKnowledge } from '../built-knowledge.js';

interface Round {
  /** How many questions the program of that day answers, or offers first, from a right entry; and how many other lines it declines. */
  answers: number;
  declines: number;
  questions: { ask: string; judged: string; topics: string[] }[];
  offTopic: string[];
}

const knowledge = builtKnowledge();
const folder = join(import.meta.dirname, 'tables');
const rounds = readdirSync(folder)
  .filter((name) => name.startsWith('measured-'))
  .map((name) => [name, parse(readFileSync(join(folder, name), 'utf8')) as Round] as const);
/** A new training moves single questions, so only the total counts: three points of a hundred. */
const slack = 0.03;

function isRightFirst({ ask: question, topics }: Round['questions'][number]): boolean {
  const result = ask(question, knowledge);
  const first = result.intent === 'choice' ? (result.choices?.[0]?.id ?? '').split('/')[0]! : undefined;
  const entries =
    first === undefined ? [result.entry, result.topic, result.intent] : [first, knowledge.topics.get(first)?.about];
  return entries.some((one) => one && topics.includes(one));
}

describe.each(rounds)('the round of %s', (_name, round) => {
  it('is answered, or the right entry is offered first, as often as on its day', () => {
    const right = round.questions.filter(isRightFirst);
    expect(right.length).toBeGreaterThanOrEqual(round.answers - slack * round.questions.length);
  });

  it('has its lines of other worlds declined as often as on its day', () => {
    const declined = round.offTopic.filter((line) => ask(line, knowledge).intent === 'unknown');
    expect(declined.length).toBeGreaterThanOrEqual(round.declines - slack * round.offTopic.length);
  });
});
