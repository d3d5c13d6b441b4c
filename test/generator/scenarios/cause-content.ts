import { begin, type CauseScenario, core, execute, failed, managed, map } from './cause-parts.js';
import { step } from './log.js';

/** Failures of content: files, handlers, request filtering. */
export const content: CauseScenario[] = [
  {
    cause: 'file-not-found',
    name: 'no file',
    verdict: 'failure',
    log: failed('404', core, map, 2147942402),
    lookalike: {
      name: 'no route',
      log: failed('404', managed, map),
      verdict: 'failure',
      cause: 'aspnet-resource-not-found',
    },
  },
  {
    cause: 'isapi-cgi-restriction',
    name: 'not allowed',
    verdict: 'failure',
    log: failed('404.2', 'IsapiModule', execute, 2147943660),
  },
  {
    cause: 'mime-type-missing',
    name: 'no type',
    verdict: 'failure',
    log: failed('404.3', 'StaticFileModule', execute, 2147942450),
    lookalike: {
      name: 'a script',
      log: failed('404.17', 'StaticFileModule', execute, 2147942450),
      verdict: 'failure',
      cause: 'static-handler-for-dynamic',
    },
  },
  { cause: 'handler-missing', name: 'no handler', verdict: 'failure', log: failed('404.4', core, map) },
  ...['404.5', '404.6', '404.7', '404.8', '404.12', '404.18', '404.19'].map(
    (status): CauseScenario => ({
      cause: 'request-filtered',
      name: status,
      verdict: 'failure',
      log: failed(status, 'RequestFilteringModule', begin),
    }),
  ),
  { cause: 'hidden-file', name: 'hidden', verdict: 'failure', log: failed('404.9', 'StaticFileModule', execute) },
  {
    cause: 'double-escaping-blocked',
    name: 'plus sign',
    verdict: 'failure',
    log: failed('404.11', 'RequestFilteringModule', begin),
    lookalike: {
      name: 'a denied segment',
      log: failed('404.8', 'RequestFilteringModule', begin),
      verdict: 'failure',
      cause: 'request-filtered',
    },
  },
  ...['404.13', '413.1', '404.14', '404.15', '404.10', '431'].map(
    (status): CauseScenario => ({
      cause: 'request-too-large',
      name: status,
      verdict: 'failure',
      log: failed(status, 'RequestFilteringModule', begin),
    }),
  ),
  {
    cause: 'verb-not-allowed',
    name: 'POST to a file',
    verdict: 'failure',
    log: failed('405', 'StaticFileModule', execute, 2147942401),
    lookalike: {
      name: 'WebDAV',
      log: failed('405', 'WebDAVModule', map, 0, {
        events: [
          step('MODULE_WARNING', { ModuleName: 'WebDAVModule', Data1: 'WebDAV Disabled', Data2: '', ErrorCode: '0' }),
        ],
      }),
      verdict: 'failure',
      cause: 'verb-blocked-by-webdav',
    },
  },
];
