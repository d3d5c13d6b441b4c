import { type Part, plainText, type Step, type StepsPart } from '../../../src/answer/answer.js';

/** Steps that go on from an earlier card keep counting. */
export type ContinuedSteps = StepsPart & { from?: number };

/**
 * Parts small enough for a card each, in order. A part that is too large is halved, between its rows, steps, items or
 * lines, as often as it takes; what cannot be halved stays whole.
 */
export function splitParts(parts: Part[], fits: (part: Part) => boolean): Part[] {
  return parts.flatMap((part) => {
    if (fits(part)) return [part];
    const halves = halve(part);
    return halves ? splitParts(halves, fits) : [part];
  });
}

function halve(part: Part): Part[] | undefined {
  switch (part.kind) {
    case 'facts':
      return pair(part.facts, (facts) => ({ ...part, facts }));
    case 'table':
      return pair(part.rows, (rows) => ({ ...part, rows }));
    case 'steps':
      return pair(part.steps, (steps): ContinuedSteps => {
        const from = ((part as ContinuedSteps).from ?? 0) + part.steps.indexOf(steps[0] as Step);
        return { ...part, steps, from };
      });
    case 'evidence':
      return pair(part.items, (items) => ({ ...part, items }));
    case 'command':
      return pair(part.command.split('\n'), (lines) => ({ ...part, command: lines.join('\n') }));
    case 'text':
    case 'notice':
      return pair(pieces(plainText(part.text)), (words) => ({ ...part, text: words.join('') }));
  }
}

/** Lines if there are any, else words with the space that follows them. */
function pieces(text: string): string[] {
  const lines = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  if (lines.length > 1) return lines;
  const words = text.match(/\S*\s+|\S+$/g) ?? [];
  return words.length > 1 ? words : (text.match(/.{1,1000}/gsu) ?? []);
}

function pair<T>(items: T[], make: (items: T[]) => Part): Part[] | undefined {
  if (items.length < 2) return undefined;
  const middle = Math.ceil(items.length / 2);
  const second = make(items.slice(middle));
  return [make(items.slice(0, middle)), { ...second, heading: undefined }];
}
