import { accessVocabulary } from './access.js';
import { applicationVocabulary } from './application.js';
import { configVocabulary } from './config.js';
import { eventVocabulary } from './events.js';
import { outputVocabulary } from './outputs.js';
import { pageVocabulary } from './pages.js';
import { readingVocabulary } from './reading.js';
import { rightsVocabulary } from './rights.js';
import type { Term } from './term.js';
import { traceVocabulary } from './trace.js';

export type { Term } from './term.js';

/** Every name an observation may have. Cause cards may name nothing else; the knowledge schema checks it. */
export const vocabulary = {
  ...traceVocabulary,
  ...rightsVocabulary,
  ...accessVocabulary,
  ...applicationVocabulary,
  ...eventVocabulary,
  ...configVocabulary,
  ...outputVocabulary,
  ...pageVocabulary,
  ...readingVocabulary,
} as const satisfies Record<string, Term>;

export type ObservationName = keyof typeof vocabulary;

type ValueOf<T> = T extends 'string'
  ? string
  : T extends 'number'
    ? number
    : T extends 'boolean'
      ? boolean
      : T extends 'list'
        ? readonly string[]
        : T extends readonly (infer W)[]
          ? W
          : never;

export type ObservationValue<N extends ObservationName = ObservationName> = ValueOf<(typeof vocabulary)[N]['type']>;
