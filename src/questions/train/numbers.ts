import { hex, parseCode } from '../../answer/codes.js';
import type { Knowledge } from '../../knowledge/knowledge.js';
import { isAboutTheRight } from '../rank/context.js';

/** Codes and statuses as people write them. */
export interface NumberSamples {
  code: string[];
  status: string[];
}

/**
 * Returns numbers that stand for `<code>` and `<status>`: those the knowledge has, as people write them, and as many codes that it does
 * not have.
 */
export function numbersOf(knowledge: Knowledge): NumberSamples {
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

/** One in this many questions is also learned with a number beside it, because the question is not about the number. */
export const besideNumbers = 6;
/** What such a copy counts: less than a question, so that no fold is tried on it. */
export const ofCopy = 0.99;
const besides = ['<number>, <text>', '<text>, the site shows <number>', 'we get <number>: <text>', '<text> <number>'];

/** Returns what puts a number beside a question: for an entry about the right its codes, for others any; none beside a number's card. */
export function besideOf(
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

/** How many numbers take the place in a pattern. */
const fillings = 5;

/** Returns a pattern of `numbers.yaml` with numbers in the place; any other text as it is. */
export function fillNumbers(text: string, numbers: NumberSamples, seed: number): string[] {
  if (!text.includes('<code>') && !text.includes('<status>')) return [text];
  return Array.from({ length: fillings }, (_, i) =>
    text.replace(/<(code|status)>/g, (_place, kind: 'code' | 'status') => {
      const list = numbers[kind];
      return list[((seed + i) * 7919 + i * 104729) % list.length]!;
    }),
  );
}
