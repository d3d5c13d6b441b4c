import {
  ancm,
  begin,
  type CauseScenario,
  execute,
  failed,
  handledBy,
  managed,
  map,
  yellowPage,
} from './cause-parts.js';
import { log, step } from './log.js';

/** Failures of the application behind IIS. */
export const application: CauseScenario[] = [
  {
    cause: 'status-set-by-application',
    name: '503',
    verdict: 'failure',
    log: failed('503', managed, execute),
    lookalike: {
      name: 'queue full',
      log: failed('503.3', managed, execute),
      verdict: 'failure',
      cause: 'request-queue-full',
    },
  },
  {
    cause: 'status-set-by-application',
    name: 'ASP.NET Core 422',
    verdict: 'failure',
    log: failed('422', ancm, execute),
  },
  {
    cause: 'aspnet-unhandled-exception',
    name: 'exception',
    verdict: 'failure',
    log: failed('500', managed, execute, 0, {
      events: [
        step('AspNetWebEventRaiseStart', { Data1: 'WebRequestErrorEvent', Data2: '3005', Data3: '' }),
        yellowPage('System.NullReferenceException', 'Object reference not set'),
      ],
    }),
    lookalike: {
      name: 'after the headers',
      log: log({
        status: '200',
        events: [
          step('GENERAL_FLUSH_RESPONSE_START', {}),
          step('GENERAL_FLUSH_RESPONSE_END', { BytesSent: '4210', ErrorCode: '0' }),
          step('AspNetWebEventRaiseStart', { Data1: 'WebRequestErrorEvent', Data2: '3005', Data3: '' }),
          yellowPage('System.NullReferenceException', 'Object reference not set'),
        ],
      }),
      verdict: 'failure',
      cause: 'aspnet-exception-after-flush',
    },
  },
  {
    cause: 'file-write-denied',
    name: 'an upload',
    verdict: 'failure',
    log: failed('500', managed, execute, 0, {
      events: [
        step('AspNetWebEventRaiseStart', { Data1: 'WebRequestErrorEvent', Data2: '3005', Data3: '' }),
        yellowPage('System.UnauthorizedAccessException', "Access to the path 'D:\\shop\\App_Data\\in.csv' is denied."),
      ],
    }),
    lookalike: {
      name: 'a refused COM call',
      log: failed('500', managed, execute, 0, {
        events: [
          step('AspNetWebEventRaiseStart', { Data1: 'WebRequestErrorEvent', Data2: '3005', Data3: '' }),
          yellowPage(
            'System.UnauthorizedAccessException',
            'Access is denied. (Exception from HRESULT: 0x80070005 (E_ACCESSDENIED))',
          ),
        ],
      }),
      verdict: 'failure',
      cause: 'aspnet-unhandled-exception',
    },
  },
  {
    cause: 'aspnet-request-validation',
    name: 'markup in a form',
    verdict: 'failure',
    log: failed('500', managed, execute, 0, {
      events: [
        step('AspNetWebEventRaiseStart', { Data1: 'WebRequestErrorEvent', Data2: '3003', Data3: '' }),
        yellowPage('System.Web.HttpRequestValidationException', 'A potentially dangerous value was detected'),
      ],
    }),
  },
  {
    cause: 'request-too-large',
    name: 'over maxRequestLength of ASP.NET',
    verdict: 'failure',
    log: failed('500', managed, execute, 0, {
      events: [
        step('AspNetWebEventRaiseStart', { Data1: 'WebRequestErrorEvent', Data2: '3004', Data3: '' }),
        yellowPage('System.Web.HttpException', 'Maximum request length exceeded.'),
      ],
    }),
  },
  {
    cause: 'aspnet-unhandled-exception',
    name: 'nothing of ASP.NET traced',
    verdict: 'failure',
    log: failed('500', managed, execute),
    lookalike: {
      name: 'the page ran and chose 500',
      log: failed('500', managed, execute, 0, {
        events: [step('AspNetPagePreInitEnter', {}), step('AspNetPagePreInitLeave', {})],
      }),
      verdict: 'failure',
      cause: 'status-set-by-application',
    },
  },
  {
    cause: 'asp-script-error',
    name: 'the ISAPI area was not traced',
    verdict: 'failure',
    log: failed('500', 'IsapiModule', execute, 0, { events: [handledBy('ASPClassic', 'asp.dll')] }),
    lookalike: {
      name: 'another DLL',
      log: failed('500', 'IsapiModule', execute, 0, { events: [handledBy('Getauth', 'getauth.dll')] }),
      verdict: 'failure',
      cause: 'isapi-extension-failed',
    },
  },
  {
    cause: 'aspnet-compilation-error',
    name: 'compiler',
    verdict: 'failure',
    log: failed('500', managed, map, 0, {
      events: [step('AspNetWebEventRaiseStart', { Data1: 'WebErrorEvent', Data2: '3007', Data3: '' })],
    }),
  },
  {
    cause: 'aspnet-configuration-error',
    name: 'event 3008',
    verdict: 'failure',
    log: failed('500', managed, map, 0, {
      events: [step('AspNetWebEventRaiseStart', { Data1: 'WebErrorEvent', Data2: '3008', Data3: '' })],
    }),
  },
  {
    cause: 'aspnet-startup-failed',
    name: 'start',
    verdict: 'failure',
    log: failed('500', 'AspNetInitializationExceptionModule', begin, 0, {
      events: [
        yellowPage(
          'System.IO.DirectoryNotFoundException',
          "Could not find a part of the path 'D:\\shop\\bin\\roslyn\\csc.exe'.",
        ),
      ],
    }),
  },
  {
    cause: 'asp-script-error',
    name: 'classic ASP',
    verdict: 'failure',
    log: failed('500', 'IsapiModule', execute, 0, {
      events: [step('CALL_ISAPI_EXTENSION', { DllName: 'C:\\WINDOWS\\system32\\inetsrv\\asp.dll' })],
    }),
    lookalike: {
      name: 'another DLL',
      log: failed('500', 'IsapiModule', execute, 0, {
        events: [step('CALL_ISAPI_EXTENSION', { DllName: 'D:\\sms\\getauth.dll' })],
      }),
      verdict: 'failure',
      cause: 'isapi-extension-failed',
    },
  },
  {
    cause: 'php-error',
    name: 'fatal error',
    verdict: 'failure',
    log: failed('500', 'FastCgiModule', execute, 0, {
      events: [
        step('MODULE_WARNING', {
          ModuleName: 'FastCgiModule',
          Data1: 'FASTCGI_RESPONSE_ERROR',
          Data2: 'PHP Fatal error:  Uncaught Error: Call to undefined function tax() in D:\\shop\\cart.php:9',
          ErrorCode: '5',
        }),
      ],
    }),
    lookalike: {
      name: 'a time-out',
      log: failed('500', 'FastCgiModule', execute, 2147942658),
      verdict: 'failure',
      cause: 'fastcgi-process-died',
    },
  },
  {
    cause: 'fastcgi-not-registered',
    name: 'another version of PHP in the handler',
    verdict: 'failure',
    log: failed('500', 'FastCgiModule', execute, 0x80070585),
    lookalike: {
      name: 'the program is not there',
      log: failed('500', 'FastCgiModule', execute, 0x80070002),
      verdict: 'failure',
      cause: 'fastcgi-process-died',
    },
  },
  {
    cause: 'node-process-error',
    name: 'pipe closed',
    verdict: 'failure',
    log: failed('500.1013', 'iisnode', execute, 109),
  },
];
