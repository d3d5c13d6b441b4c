import type { Answer, Part } from './answer.js';

/** The parts that a renderer shows at once, and those behind "show more"; both in the order of the answer. */
export interface FoldResult {
  shown: Part[];
  folded: Part[];
  /** True when the parts that must stay exceed the limit: the renderer then splits its message. */
  over: boolean;
}

/**
 * Decides what fits. Parts marked `fold` start behind "show more" (with `unfold` they are shown while there is room);
 * at the limit the last `normal` parts follow; `always` parts stay whatever they cost.
 * @param size what the renderer would send for these parts, in the unit of `limit` (characters, bytes, blocks).
 *   It also gets the parts that would be folded, since a folded part may cost something (a button, a hidden container).
 */
export function foldParts(
  answer: Pick<Answer, 'parts'>,
  size: (shown: Part[], folded: Part[]) => number,
  limit: number,
  options: { unfold?: boolean } = {},
): FoldResult {
  const hidden = new Set<Part>(answer.parts.filter((part) => part.keep === 'fold'));
  const split = (): { shown: Part[]; folded: Part[] } => ({
    shown: answer.parts.filter((part) => !hidden.has(part)),
    folded: answer.parts.filter((part) => hidden.has(part)),
  });
  const cost = (): number => {
    const { shown, folded } = split();
    return size(shown, folded);
  };
  for (const part of answer.parts.filter((p) => p.keep === 'normal').reverse()) {
    if (cost() <= limit) break;
    hidden.add(part);
  }
  if (options.unfold) {
    for (const part of answer.parts.filter((p) => p.keep === 'fold')) {
      hidden.delete(part);
      if (cost() > limit) hidden.add(part);
    }
  }
  return { ...split(), over: cost() > limit };
}
