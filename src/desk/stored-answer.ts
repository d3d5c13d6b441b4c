import type { Answer } from '../answer/answer.js';

/** Returns the id of the stored answer that the buttons belong to; undefined when the answer is not stored. */
export function storedAnswerId({ case: id, actions }: Pick<Answer, 'case' | 'actions'>): string | undefined {
  return id ?? actions.find((action) => action.case !== undefined)?.case;
}
