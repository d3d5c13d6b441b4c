import type { Term } from './term.js';

/** Facts of a W3C access log or an httperr log. */
export const accessVocabulary = {
  'access.lines': { type: 'number', means: 'request lines read' },
  'access.failures': { type: 'number', means: 'lines with a status of 500 or more' },
  'access.refusals': { type: 'number', means: 'lines with a status from 400 to 499' },
  'access.unrouted': {
    type: 'number',
    means:
      'lines of an httperr log with 503, reason N/A, and neither site nor queue: HTTP.sys knew no pool for the address',
  },
  'access.noise': {
    type: 'string',
    means: 'lines of an httperr log that say nothing about a site, by their sort: ports of Windows itself, scans',
  },
  'access.redirect-loop': {
    type: 'number',
    means: 'the longest run of redirects of one client at one address, from 8 on',
  },
  'access.impersonation-failures': {
    type: 'number',
    means: 'lines with a status of 500 or more and win32 status 1346 or its HRESULT',
  },
  'access.status': {
    type: 'string',
    means: 'a combination from 400 on as "500.0 1346", failures first, the most frequent first',
  },
  'access.url': {
    type: 'string',
    means: 'path of a failing request without query; its field says the combination; most frequent first',
  },
  'access.client': {
    type: 'string',
    means: 'who made the deciding request, where that is no other computer: server-itself',
  },
  'access.time': { type: 'string', means: 'UTC time of the first failing line, ISO 8601' },
  'access.last-time': { type: 'string', means: 'UTC time of the last failing line, ISO 8601' },
  'access.reason': { type: 'string', means: 'an httperr reason phrase, most frequent first' },
  'access.queue': {
    type: 'string',
    means:
      'an application pool (request queue) in an httperr log, most frequent first; only those of a 503 where one has it',
  },
  'outcome.url': {
    type: 'string',
    means:
      'path of a request (server, site, port, verb, path) in an access log, by its last line: all facts of that line carry the same number',
  },
  'outcome.server': { type: 'string', means: 'the server that wrote the line' },
  'outcome.site': { type: 'number', means: 'the number of its site' },
  'outcome.port': { type: 'number', means: 'the port of the server that it came to' },
  'outcome.verb': { type: 'string', means: 'its HTTP verb' },
  'outcome.status': { type: 'string', means: 'how it ended there as "500.0 1346": status, substatus, win32 status' },
  'outcome.time': { type: 'string', means: 'UTC time of that line, ISO 8601' },
} as const satisfies Record<string, Term>;
