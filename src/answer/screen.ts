import { type Answer, type Keep, type Part, plainText, type Step, type Text } from './answer.js';
import { stepsPart, withoutPrompt } from './steps.js';
import { renderText } from './text.js';
import { firstSentences } from './wording.js';

/** Characters that a phone shows at once; an answer about several files may be a little longer. */
export const phoneScreen = { single: 1280, several: 1400 } as const;

/** Parts in the order in which they fold when an answer is longer than a screen. */
const foldOrder = ['next', 'files', 'holders', 'why', 'remarks', 'check', 'other-rights'];

/** Returns the characters shown before "show more" is pressed; sources and buttons are not counted. */
export function screenSize(answer: Pick<Answer, 'title' | 'parts'>): number {
  const bare: Answer = {
    title: answer.title,
    summary: '',
    parts: answer.parts.filter((p) => p.keep !== 'fold'),
    actions: [],
    sources: [],
  };
  return renderText(bare, { columns: 100_000 }).length;
}

/**
 * Makes an answer fit a phone screen: long fix steps become their first sentences (the full ones fold), then the parts
 * of `foldOrder` fold. Parts marked `always` stay.
 */
export function fitScreen<A extends Pick<Answer, 'title' | 'parts'>>(answer: A, limit: number = phoneScreen.single): A {
  let parts = answer.parts;
  const size = () => screenSize({ title: answer.title, parts });
  if (size() > limit) {
    const fix = parts.find((p) => p.id === 'fix' && p.kind === 'steps' && p.keep === 'normal');
    if (fix?.kind === 'steps' && !parts.some((p) => p.id === 'fix-steps')) {
      const heading = withoutPrompt(fix.heading ?? 'Fix');
      const brief: Part = { ...fix, heading, steps: fix.steps.map(briefStep) };
      const full = stepsPart({ id: 'fix-steps', heading: 'Fix, step by step', keep: 'fold', steps: fix.steps });
      parts = parts.flatMap((p) => (p === fix ? [brief, full] : [p]));
    }
  }
  const changeKeep = (id: string, from: Keep, to: Keep) => {
    parts = parts.map((p) => (p.id === id && p.keep === from ? { ...p, keep: to } : p));
  };
  const foldedIds: string[] = [];
  for (const id of foldOrder) {
    if (size() <= limit) break;
    if (!parts.some((p) => p.id === id && p.keep === 'normal')) continue;
    changeKeep(id, 'normal', 'fold');
    foldedIds.push(id);
  }
  // A large part may have made room for a small one that was folded before it.
  for (const id of foldedIds.reverse()) {
    changeKeep(id, 'fold', 'normal');
    if (size() > limit) changeKeep(id, 'normal', 'fold');
  }
  return { ...answer, parts: orderParts(parts) };
}

/** Puts folded parts behind the shown ones, each in order; the count of withheld values ends the screen. */
export function orderParts(parts: readonly Part[]): Part[] {
  const withheld = parts.filter((p) => p.id === 'withheld');
  const rest = parts.filter((p) => p.id !== 'withheld');
  return [...rest.filter((p) => p.keep !== 'fold'), ...withheld, ...rest.filter((p) => p.keep === 'fold')];
}

function briefStep(step: Step): Step {
  return { text: briefText(step.text) };
}

/** Returns the first sentence. A text with code or values stays whole, because the cut could lose the value. */
function briefText(text: Text): Text {
  const words = plainText(text);
  if (typeof text !== 'string' && words.length < 160) return text;
  const { head } = firstSentences(words, 90);
  return head;
}
