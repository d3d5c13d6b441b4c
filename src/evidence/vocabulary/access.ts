import type { Term } from './index.js';

/** Facts of a W3C access log or an httperr log. */
export const accessVocabulary = {
  'access.lines': { type: 'number', means: 'request lines read' },
  'access.failures': { type: 'number', means: 'lines with a status of 500 or more' },
  'access.impersonation-failures': { type: 'number', means: 'lines with win32 status 1346 or its HRESULT' },
  'access.status': { type: 'string', means: 'a failing combination as "500.0 1346", most frequent first' },
  'access.reason': { type: 'string', means: 'an httperr reason phrase, most frequent first' },
} as const satisfies Record<string, Term>;
