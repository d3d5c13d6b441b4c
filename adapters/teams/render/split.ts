import { type Part, plainText, type Step, type StepsPart } from '../../../src/answer/answer.js';

/** Steps continued from an earlier card. `from` is the number of steps before them. */
export type ContinuedSteps = StepsPart & { from?: number };

/**
 * Returns parts that each fit on a card, in order. A part that is too large is halved between its rows, steps, items or lines
 * until it fits; a part that cannot be halved stays whole.
 */
export function splitParts(parts: Part[], fits: (part: Part) => boolean): Part[] {
  return parts.flatMap((part) => {
    if (fits(part)) return [part];
    const halves = halvePart(part);
    return halves ? splitParts(halves, fits) : [part];
  });
}

function halvePart(part: Part): Part[] | undefined {
  switch (part.kind) {
    case 'facts':
      return halveItems(part.facts, (facts) => ({ ...part, facts }));
    case 'table':
      return halveItems(part.rows, (rows) => ({ ...part, rows }));
    case 'steps':
      return halveItems(part.steps, (steps): ContinuedSteps => {
        const from = ((part as ContinuedSteps).from ?? 0) + part.steps.indexOf(steps[0] as Step);
        return { ...part, steps, from };
      });
    case 'evidence':
      return halveItems(part.items, (items) => ({ ...part, items }));
    case 'command':
      return halveItems(part.command.split('\n'), (lines) => ({ ...part, command: lines.join('\n') }));
    case 'text':
    case 'notice':
      return halveItems(splitText(plainText(part.text)), (words) => ({ ...part, text: words.join('') }));
  }
}

/** Returns the lines of a text, or its words with the following space when it has one line. */
function splitText(text: string): string[] {
  const lines = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  if (lines.length > 1) return lines;
  const words = text.match(/\S*\s+|\S+$/g) ?? [];
  return words.length > 1 ? words : (text.match(/.{1,1000}/gsu) ?? []);
}

function halveItems<T>(items: T[], make: (items: T[]) => Part): Part[] | undefined {
  if (items.length < 2) return undefined;
  const middle = Math.ceil(items.length / 2);
  const second = make(items.slice(middle));
  return [make(items.slice(0, middle)), { ...second, heading: undefined }];
}
