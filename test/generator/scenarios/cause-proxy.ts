import { ancm, arr, begin, type CauseScenario, execute, failed, page, rule } from './cause-parts.js';
import { log, step } from './log.js';

/** Failures of rewriting, proxies and programs behind IIS. */
export const proxy: CauseScenario[] = [
  {
    cause: 'status-set-by-rewrite-rule',
    name: 'CustomResponse',
    verdict: 'failure',
    log: failed('403', 'RewriteModule', begin),
    lookalike: {
      name: 'a rule that failed',
      log: failed('500.50', 'RewriteModule', begin),
      verdict: 'failure',
      cause: 'rewrite-failed',
    },
  },
  {
    cause: 'aspnetcore-unhandled-exception',
    name: 'exception text in the body',
    verdict: 'failure',
    log: failed('500', ancm, execute, 0, {
      events: [
        page(
          'System.InvalidOperationException: The cart is closed\r\n   at Shop.Cart.Add() in D:\\shop\\Cart.cs:line 40\r\n',
        ),
      ],
    }),
    lookalike: {
      name: 'a bare status',
      log: failed('500', ancm, execute),
      verdict: 'failure',
      cause: 'status-set-by-application',
    },
  },
  {
    cause: 'rewrite-rule-too-deep',
    name: 'a pattern that the matcher has no room for',
    verdict: 'failure',
    log: failed('500', 'RewriteModule', begin, 0x800703e9),
    lookalike: {
      name: 'a rule that cannot be read',
      log: failed('500.50', 'RewriteModule', begin, 0x8007000d),
      verdict: 'failure',
      cause: 'rewrite-failed',
    },
  },
  {
    cause: 'rewrite-failed',
    name: '500.52',
    verdict: 'failure',
    log: failed('500.52', 'RewriteModule', 'SEND_RESPONSE'),
  },
  {
    cause: 'rewrite-abort',
    name: 'AbortRequest',
    verdict: 'aborted',
    log: log({
      status: '200',
      events: [
        step('RULE_EVALUATION_START', {
          RuleName: 'NoBots',
          RequestURL: 'x',
          QueryString: '',
          PatternSyntax: '0',
          StopProcessing: 'true',
          RelativePath: '/',
        }),
        step('ABORT_REQUEST_ACTION', {}),
      ],
      headersSent: false,
    }),
    lookalike: {
      name: 'the rule only rewrites',
      log: log({ status: '200', events: rule('Friendly', 'http://shop.example/cart.aspx') }),
      verdict: 'no-fault',
      cause: null,
    },
  },
  ...['500.30', '500.31', '500.32', '500.33', '500.34', '500.35', '500.36', '500.37', '500.38'].map(
    (status): CauseScenario => ({
      cause: 'aspnetcore-start-failed',
      name: status,
      verdict: 'failure',
      log: failed(status, ancm, execute),
    }),
  ),
  {
    cause: 'aspnetcore-start-failed',
    name: '502.5',
    verdict: 'failure',
    log: failed('502.5', 'AspNetCoreModule', execute),
    lookalike: {
      name: 'WebSocket of the proxy',
      log: failed('502.5', arr, execute),
      verdict: 'failure',
      cause: 'arr-websocket-failed',
    },
  },
  {
    cause: 'aspnetcore-start-failed',
    name: '500.0 file not found',
    verdict: 'failure',
    log: failed('500', ancm, execute, 2147942402),
  },
  {
    cause: 'aspnetcore-forward-denied',
    name: 'denied',
    verdict: 'failure',
    log: failed('502.3', 'AspNetCoreModule', execute, 2147942405),
  },
  {
    cause: 'backend-unreachable',
    name: 'refused',
    verdict: 'failure',
    log: failed('502.3', arr, execute, 2147954429, { events: rule('Proxy', 'http://10.0.0.9:8090/') }),
    lookalike: {
      name: 'too late',
      log: failed('502.3', arr, execute, 2147954402),
      verdict: 'failure',
      cause: 'backend-timeout',
    },
  },
  {
    cause: 'backend-connection-reset',
    name: 'reset',
    verdict: 'failure',
    log: failed('502.3', arr, execute, 2147954430),
  },
  {
    cause: 'backend-invalid-response',
    name: 'invalid',
    verdict: 'failure',
    log: failed('502.3', arr, execute, 2147954552),
  },
  { cause: 'backend-tls-failed', name: 'TLS', verdict: 'failure', log: failed('502.3', arr, execute, 2147954575) },
  {
    cause: 'proxy-rule-bad-target',
    name: 'variable',
    verdict: 'failure',
    log: failed('400', arr, execute, 0, { events: rule('Proxy', 'http://localhost:$Port/app') }),
    lookalike: {
      name: 'clean target',
      log: failed('400', arr, execute, 0, { events: rule('Proxy', 'http://backend:8090/app') }),
      verdict: 'failure',
      cause: 'status-set-by-backend',
    },
  },
  {
    cause: 'proxy-rule-bad-target',
    name: 'a back reference that nothing filled',
    verdict: 'failure',
    log: failed('404', arr, execute, 0, { events: rule('Proxy', 'http://backend:8090/app/{R:1}') }),
    lookalike: {
      name: 'OData writes $ into the path',
      log: failed('404', arr, execute, 0, { events: rule('Proxy', 'http://backend:8090/odata/$metadata') }),
      verdict: 'failure',
      cause: 'status-set-by-backend',
    },
  },
  {
    cause: 'backend-timeout',
    name: 'OData behind ARR',
    verdict: 'failure',
    log: failed('502.3', arr, execute, 2147954402, { events: rule('Proxy', 'http://backend:8090/odata/$batch') }),
    lookalike: {
      name: 'a GUID in braces',
      log: failed('502.3', arr, execute, 2147954429, {
        events: rule('Proxy', 'http://backend:8090/item/{6f9619ff-8b86-d011-b42d-00cf4fc964ff}'),
      }),
      verdict: 'failure',
      cause: 'backend-unreachable',
    },
  },
  {
    cause: 'backend-unreachable',
    name: 'a name that does not resolve',
    verdict: 'failure',
    log: failed('502.3', arr, execute, 2147954407, { events: rule('Proxy', 'http://backend:8090/') }),
  },
  { cause: 'arr-no-server', name: 'farm', verdict: 'failure', log: failed('502.4', arr, execute) },
  { cause: 'cgi-ended-early', name: 'CGI', verdict: 'failure', log: failed('502.2', 'CgiModule', execute, 3221225725) },
];
