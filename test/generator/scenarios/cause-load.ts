import { begin, type CauseScenario, core, execute, failed, page } from './cause-parts.js';
import { log, step } from './log.js';

/** Failures of load: time, queues and clients that leave. */
export const load: CauseScenario[] = [
  {
    cause: 'client-disconnected',
    name: '502.3 while forwarding',
    verdict: 'aborted',
    log: failed('502.3', 'AspNetCoreModule', execute, 2147943629),
    lookalike: {
      name: 'the back end broke off',
      log: failed('502.3', 'AspNetCoreModule', execute, 2147954430),
      verdict: 'failure',
      cause: 'backend-connection-reset',
    },
  },
  {
    cause: 'client-disconnected',
    name: 'the flush failed',
    verdict: 'aborted',
    log: log({ status: '200', flushCode: 2147943629, events: [page('half of it')] }),
  },
  { cause: 'concurrent-request-limit', name: '503.2', verdict: 'failure', log: failed('503.2', core, begin) },
  { cause: 'request-queue-full', name: '503.4', verdict: 'failure', log: failed('503.4', 'FastCgiModule', execute) },
  { cause: 'asp-queue-full', name: '500.13', verdict: 'failure', log: failed('500.13', 'IsapiModule', execute) },
  { cause: 'application-restarting', name: '500.12', verdict: 'failure', log: failed('500.12', core, begin) },
  {
    cause: 'slow-page-code',
    name: 'Page_Load',
    verdict: 'slow',
    log: log({
      status: '200',
      timeTaken: 5000,
      events: [
        step('AspNetStart', { Data1: 'GET', Data2: '/cart.aspx', Data3: '' }),
        step('AspNetPageLoadEnter', {}),
        step('AspNetPageLoadLeave', {}, 4900),
      ],
    }),
    lookalike: {
      name: 'quick',
      log: log({
        status: '200',
        timeTaken: 400,
        events: [step('AspNetPageLoadEnter', {}), step('AspNetPageLoadLeave', {}, 300)],
      }),
      verdict: 'no-fault',
      cause: null,
    },
  },
  {
    cause: 'slow-application-start',
    name: 'compile',
    verdict: 'slow',
    log: log({
      status: '200',
      timeTaken: 6000,
      events: [step('AspNetCompileEnter', {}), step('AspNetCompileLeave', { Data1: '', Data2: '' }, 5500)],
    }),
  },
  {
    cause: 'slow-script-call',
    name: 'COM call',
    verdict: 'slow',
    log: log({
      status: '200',
      timeTaken: 6000,
      events: [
        step('ASP_SCRIPT_TRACE_COM_CALL_START', {
          FilePath: 'D:\\shop\\old.asp',
          LineNumber: '7',
          CurrentStatement: 'rs.Open sql',
          SizeOfStatement: '11',
        }),
        step(
          'ASP_SCRIPT_TRACE_COM_CALL_END',
          { FilePath: 'D:\\shop\\old.asp', LineNumber: '7', CurrentStatement: 'rs.Open sql', SizeOfStatement: '11' },
          5800,
        ),
      ],
    }),
  },
  {
    cause: 'slow-backend',
    name: 'FastCGI',
    verdict: 'slow',
    log: log({
      status: '200',
      timeTaken: 6000,
      events: [step('FASTCGI_START', {}), step('FASTCGI_WAITING_FOR_RESPONSE', {}), step('FASTCGI_END', {}, 5800)],
    }),
  },
  { cause: 'slow-client', name: 'flush', verdict: 'slow', log: log({ status: '200', timeTaken: 9000, flushMs: 8500 }) },
  {
    cause: 'long-upload',
    name: 'body',
    verdict: 'slow',
    log: log({
      status: '200',
      timeTaken: 9000,
      events: [
        step('GENERAL_READ_ENTITY_START', {}),
        step('GENERAL_READ_ENTITY_END', { BytesReceived: '1000', ErrorCode: '0' }, 8700),
      ],
    }),
  },
];
