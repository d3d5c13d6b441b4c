import { knownCodeOf } from '../answer/codes.js';
import type { TraceView } from '../evidence/freb/view/trace-view.js';
import type { Knowledge } from '../knowledge/knowledge.js';

/** Adds the names of its error codes to a view. They do not depend on the server's language. */
export function explainView(view: TraceView, knowledge: Knowledge): TraceView {
  const meanings: Record<string, string> = {};
  for (const code of view.codes) {
    const known = knownCodeOf(code, knowledge);
    if (known) meanings[code] = `${known.name}: ${known.message}`;
  }
  return { ...view, meanings };
}
