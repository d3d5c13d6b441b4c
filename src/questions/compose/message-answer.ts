import type { Answer } from '../../answer/answer.js';
import { stepsPart, stepsWithUndo } from '../../answer/steps.js';
import { fillBraces } from '../../knowledge/fill.js';
import type { PageMessage } from '../../knowledge/message-schema.js';

/** Puts what a pasted message means, and what to do, before the answer about its card. The asker's own words are not repeated. */
export function messageAnswer({ says, do: own }: PageMessage, whole: Answer, isStatus = false): Answer {
  const meaning = says && fillBraces(says, () => undefined);
  if (meaning === undefined) return whole;
  const steps = stepsWithUndo(own, () => undefined);
  // The message names the reason: what a status means in general may be another one, and so may its steps.
  const general = new Set(['fix', 'fix-steps', ...(isStatus ? ['answer', 'causes'] : [])]);
  const parts = steps.length === 0 ? whole.parts : whole.parts.filter(({ id }) => !general.has(id));
  return {
    ...whole,
    parts: [
      { kind: 'text', id: 'message', keep: 'always', text: `${meaning.replace(/\.$/, '')}.` },
      ...(steps.length === 0 ? [] : [stepsPart({ id: 'fix', heading: 'Fix', keep: 'normal', steps })]),
      ...parts,
    ],
  };
}
