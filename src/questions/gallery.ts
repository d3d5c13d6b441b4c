import { answerGallery, type GalleryEntry } from '../answer/gallery.js';
import type { Knowledge } from '../knowledge/knowledge.js';
import { choiceAnswer, entryChoice } from './compose/choice.js';
import { unknownAnswer } from './compose/other-answers.js';

export type { GalleryEntry } from '../answer/gallery.js';

/** An example of every answer there is; the goldens of all doors come from it. Deterministic for one knowledge. */
export function gallery(knowledge: Knowledge): GalleryEntry[] {
  return [
    ...answerGallery(knowledge),
    { name: 'unknown-question-other-world', answer: unknownAnswer() },
    {
      name: 'choice',
      answer: choiceAnswer(['new-token', 'reboot-needed'].map((id) => entryChoice(id, undefined, knowledge))),
    },
  ];
}
