import type { Term } from './term.js';

/** Facts of the log an application writes by itself. */
export const applicationVocabulary = {
  'application.lines': { type: 'number', means: 'lines of the log of an application' },
  'application.platform': {
    type: 'string',
    means: 'the platform that an application is published for, shown beside its page: published-x86, published-x64',
  },
  'application.failure': {
    type: ['runtime-missing', 'port-in-use', 'startup', 'unhandled', 'keys-in-memory', 'exception'],
    means:
      'what the log of an ASP.NET Core application says: no runtime, a port in use, a start that failed, a request that threw, keys of Data Protection in memory alone, another exception with its stack',
  },
  'exception.language': {
    type: ['dotnet', 'java', 'node', 'python'],
    means: 'the language of the application whose exception is in a text with its stack',
  },
} as const satisfies Record<string, Term>;
