import type { Term } from './term.js';

/** Facts about the reading of a file, whatever its kind. */
export const readingVocabulary = {
  'reading.first-of': {
    type: 'string',
    means:
      'of these the file has more than are read: the first 5,000 were used (of the events of a FREB log the first 200,000)',
  },
} as const satisfies Record<string, Term>;
