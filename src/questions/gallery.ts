import { answerGallery, type GalleryEntry } from '../answer/gallery.js';
import type { Knowledge } from '../knowledge/knowledge.js';
import { choiceAnswer, unknownAnswer } from './compose/other-answers.js';

export type { GalleryEntry } from '../answer/gallery.js';

/** An example of every answer there is; the goldens of all doors come from it. Deterministic for one knowledge. */
export function gallery(knowledge: Knowledge): GalleryEntry[] {
  return [
    ...answerGallery(knowledge),
    { name: 'unknown-question-other-world', answer: unknownAnswer() },
    {
      name: 'choice',
      answer: choiceAnswer([
        { title: 'When a change of the right reaches IIS', id: 'new-token' },
        { title: 'Does a change of the right need a restart?', id: 'reboot-needed' },
      ]),
    },
  ];
}
