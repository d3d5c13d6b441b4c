import type { Answer, Part } from '../../src/answer/answer.js';
import { renderText } from '../../src/answer/text.js';

/** Characters of a short text: fewer than 2,000 tokens, at three characters a token. */
const shortTextLimit = 5500;

/**
 * Returns the answer without its folded parts. Parts that need not stay are left out from the end until it is short enough;
 * the headings of all that is left out are named.
 */
export function shortText(answer: Answer): string {
  const folded = new Set<Part>();
  const render = () =>
    renderText(
      {
        ...answer,
        sources: [],
        parts: answer.parts.map((part) => (folded.has(part) ? { ...part, keep: 'fold' } : part)),
      },
      { columns: 1000, folded: false, verdict: true },
    );
  let text = render();
  for (const part of answer.parts.filter(({ keep }) => keep === 'normal').reverse()) {
    if (text.length <= shortTextLimit) break;
    folded.add(part);
    text = render();
  }
  return text.length <= shortTextLimit ? text : `${text.slice(0, shortTextLimit)}… (cut: read the details)\n`;
}
