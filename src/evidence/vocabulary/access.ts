import type { Term } from './term.js';

/** Facts of a W3C access log or an httperr log. */
export const accessVocabulary = {
  'access.lines': { type: 'number', means: 'request lines read' },
  'access.failures': { type: 'number', means: 'lines with a status of 500 or more' },
  'access.impersonation-failures': {
    type: 'number',
    means: 'lines with a status of 500 or more and win32 status 1346 or its HRESULT',
  },
  'access.status': { type: 'string', means: 'a failing combination as "500.0 1346", most frequent first' },
  'access.url': { type: 'string', means: 'path of a failing request without query, most frequent first' },
  'access.time': { type: 'string', means: 'UTC time of the first failing line, ISO 8601' },
  'access.last-time': { type: 'string', means: 'UTC time of the last failing line, ISO 8601' },
  'access.reason': { type: 'string', means: 'an httperr reason phrase, most frequent first' },
  'access.queue': {
    type: 'string',
    means: 'an application pool (request queue) in an httperr log, most frequent first',
  },
  'outcome.url': {
    type: 'string',
    means:
      'path of a request (server, verb, path) in an access log, by its last line: all facts of that line carry the same number',
  },
  'outcome.server': { type: 'string', means: 'the server that wrote the line' },
  'outcome.verb': { type: 'string', means: 'its HTTP verb' },
  'outcome.status': { type: 'string', means: 'how it ended there as "500.0 1346": status, substatus, win32 status' },
  'outcome.time': { type: 'string', means: 'UTC time of that line, ISO 8601' },
} as const satisfies Record<string, Term>;
