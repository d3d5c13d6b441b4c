import type { Term } from './term.js';

/** What folders and files of Windows, IIS and applications are for. */
export const pathKinds = [
  'iis-configuration',
  'machine-keys',
  'temporary-aspnet',
  'temp',
  'system-folder',
  'node-modules',
  'app-data',
  'bin',
  'profile',
  'share',
  'web-config',
] as const;

/** Facts about the reading of a file, whatever its kind. */
export const readingVocabulary = {
  'reading.first-of': {
    type: 'string',
    means:
      'of these the file has more than are read: the first 5,000 were used (of the events of a FREB log the first 200,000)',
  },
  'path.kind': {
    type: pathKinds,
    means:
      'what the path in a line that says that something failed is for; system-folder: right in System32 or inetsrv',
  },
  'told.fact': {
    type: 'string',
    means: 'what the sender tells beside the evidence, such as what was tried already: a fact of `told.yaml`',
  },
  'text.line': {
    type: 'string',
    means: 'a line of a text by which software says that something failed: known messages are there',
  },
} as const satisfies Record<string, Term>;
