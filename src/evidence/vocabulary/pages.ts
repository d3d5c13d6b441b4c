import type { Term } from './term.js';

/** Facts of error pages, beside those that a trace would give (`final-status`, `decisive.code`, `exception.type`). */
export const pageVocabulary = {
  'page.software': {
    type: [
      'iis',
      'ancm',
      'aspnet',
      'aspnetcore',
      'asp',
      'php',
      'iisnode',
      'http-sys',
      'iis-remote',
      'http-response',
      'browser',
    ],
    means:
      "whose error page this is; iis-remote is the short one for visitors from elsewhere, http-response the headers of an answer with its body, browser the client's own",
  },
  'page.sentence': { type: 'string', means: 'the sentence with which a page without details names its status' },
  'page.status': {
    type: 'number',
    means: 'HTTP status on a page of HTTP.sys or of the browser, or told beside a list of pools',
  },
  'page.server': { type: 'string', means: 'the Server header of a copied answer' },
  'page.allow': { type: 'string', means: 'the verbs that the Allow header of a copied answer lists' },
  'page.offers': { type: 'list', means: 'authentication schemes in the WWW-Authenticate headers of a copied answer' },
  'page.browser-code': { type: 'string', means: "code of the browser's own error page, e.g. ERR_CONNECTION_REFUSED" },
  'decisive.config-element': { type: 'string', means: 'element on the line that the page shows under Config Source' },
  'decisive.config-section': { type: 'string', means: 'section that the message of an error page says stands twice' },
  'page.locked-section': {
    type: 'string',
    means: 'section that a page about a locked one (0x80070021) names, such as handlers',
  },
  'page.locked-path': { type: 'string', means: 'the whole path of that section' },
  'page.config-pointer': {
    type: ['no-config-line'],
    means: 'a page with a code shows neither a message nor a line of a configuration file',
  },
  'handler.bad-module': { type: 'string', means: 'module that a handler names and the server does not have' },
  'exception.access': {
    type: ['read', 'write'],
    means: 'whether the refused call in the stack trace was reading or writing a file',
  },
} as const satisfies Record<string, Term>;
