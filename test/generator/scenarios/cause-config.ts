import { begin, type CauseScenario, core, execute, failed, impersonation, map } from './cause-parts.js';
import { errorEvent, log } from './log.js';

/** Failures of configuration and DLLs. */
export const config: CauseScenario[] = [
  {
    cause: 'unc-path-unreachable',
    name: 'share',
    verdict: 'failure',
    log: failed('500', core, map, 2147942453),
    lookalike: {
      name: 'web.config on the share',
      log: failed('500.19', core, begin, 2147942453),
      verdict: 'failure',
      cause: 'config-unreadable',
    },
  },
  {
    cause: 'isapi-filter-failed',
    name: 'entry point',
    verdict: 'failure',
    log: failed('500', 'IsapiFilterModule', begin, 2147942527),
  },
  {
    cause: 'isapi-filter-failed',
    name: 'raw data',
    verdict: 'failure',
    log: failed('500', 'IsapiFilterModule', begin, 2147942450),
  },
  {
    cause: 'isapi-dll-invalid',
    name: 'bitness',
    verdict: 'failure',
    log: failed('500', 'IsapiModule', execute, 2147942593),
    lookalike: {
      name: 'a module',
      log: failed('500.19', core, begin, 2147942593),
      verdict: 'failure',
      cause: 'config-bitness',
    },
  },
  {
    cause: 'config-invalid',
    name: 'malformed',
    verdict: 'failure',
    log: failed('500.19', core, begin, 2147942413, {
      config: '\\\\?\\D:\\shop\\web.config ( 14) :Configuration file is not well-formed XML\r\n',
    }),
    lookalike: {
      name: 'bad module',
      log: failed('500.21', core, execute, 2147942413),
      verdict: 'failure',
      cause: 'handler-module-missing',
    },
  },
  { cause: 'config-invalid', name: 'another code', verdict: 'failure', log: failed('500.19', core, begin, 2147500037) },
  {
    cause: 'config-duplicate-entry',
    name: 'duplicate, raised twice',
    verdict: 'failure',
    log: log({
      status: '500.19',
      events: [
        errorEvent(
          '500.19',
          'RequestFilteringModule',
          begin,
          2147942583,
          '\\\\?\\D:\\shop\\web.config ( 8) :Cannot add duplicate collection entry',
        ),
        errorEvent(
          '500.19',
          'RequestFilteringModule',
          'SEND_RESPONSE',
          2147942583,
          '\\\\?\\D:\\shop\\web.config ( 8) :Cannot add duplicate collection entry',
        ),
      ],
    }),
  },
  {
    cause: 'config-section-locked',
    name: 'locked',
    verdict: 'failure',
    log: failed('500.19', core, begin, 2147942433),
  },
  {
    cause: 'config-unreadable',
    name: 'permission',
    verdict: 'failure',
    log: failed('500.19', core, begin, 2147942405),
    lookalike: {
      name: 'the missing right',
      log: failed('500.19', core, begin, impersonation),
      verdict: 'failure',
      cause: 'impersonation-right-missing',
    },
  },
  { cause: 'config-unreadable', name: 'path', verdict: 'failure', log: failed('500.19', core, begin, 2147942403) },
  {
    cause: 'config-module-dll-missing',
    name: 'DLL',
    verdict: 'failure',
    log: failed('500.19', core, begin, 2147942526),
  },
  { cause: 'handler-module-missing', name: '500.0', verdict: 'failure', log: failed('500', core, map, 2147942413) },
  {
    cause: 'aspnet-classic-settings',
    name: '500.22',
    verdict: 'failure',
    log: failed('500.22', 'ConfigurationValidationModule', begin, 2147942450),
  },
];
