import { styleText } from 'node:util';
import type { Paint, TextRole } from '../../src/answer/text.js';

type Format = Parameters<typeof styleText>[0];

const formats: Record<TextRole, Format> = {
  failure: ['bold', 'red'],
  challenge: ['bold', 'cyan'],
  slow: ['bold', 'yellow'],
  aborted: ['bold', 'yellow'],
  'no-fault': ['bold', 'green'],
  inconclusive: ['bold', 'magenta'],
  unreadable: ['bold', 'red'],
  title: 'bold',
  heading: 'underline',
  command: 'cyan',
  warning: 'yellow',
};

/** Colours text with the sequences of a terminal. Whether the terminal shows colours is decided before. */
export const paintText: Paint = (role, text) => styleText(formats[role], text, { validateStream: false });
