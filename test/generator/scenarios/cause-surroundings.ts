import {
  ancm,
  type CauseScenario,
  core,
  execute,
  failed,
  headers,
  managed,
  negotiate,
  offers,
  yellowPage,
} from './cause-parts.js';
import { log } from './log.js';

const thrown = (type: string, message: string) =>
  failed('500', managed, execute, 0, { events: [yellowPage(type, message)] });
const exception = (type: string, message: string, name = 'another exception') => ({
  name,
  log: thrown(type, message),
  verdict: 'failure',
  cause: 'aspnet-unhandled-exception',
});
const sql = 'System.Data.SqlClient.SqlException';
const preflight = headers('Origin: https://app.example\r\nAccess-Control-Request-Method: POST\r\n');
const forwarded = headers('X-Forwarded-Proto: https\r\n');
const location = (address: string) => offers(`Location: ${address}\r\n`);

/** Failures of what the application needs: a database, another service, keys, memory and limits. */
export const surroundings: CauseScenario[] = [
  {
    cause: 'database-logon-failed',
    name: 'the account of the pool',
    verdict: 'failure',
    log: thrown(sql, "Login failed for user 'IIS APPPOOL\\ShopPool'."),
    lookalike: exception(sql, "Invalid object name 'dbo.Orders'.", 'a table that is missing'),
  },
  {
    cause: 'database-logon-failed',
    name: 'double hop',
    verdict: 'failure',
    log: thrown(sql, "Login failed for user 'NT AUTHORITY\\ANONYMOUS LOGON'."),
  },
  {
    cause: 'database-unavailable',
    name: 'no server answers',
    verdict: 'failure',
    log: thrown(
      sql,
      'A network-related or instance-specific error occurred while establishing a connection to SQL Server. (provider: TCP Provider, error: 40)',
    ),
    lookalike: {
      name: 'the server answers, and refuses the account',
      log: thrown(sql, "Login failed for user 'CONTOSO\\SHOP01$'."),
      verdict: 'failure',
      cause: 'database-logon-failed',
    },
  },
  {
    cause: 'database-unavailable',
    name: 'no free connection',
    verdict: 'failure',
    log: thrown(
      'System.InvalidOperationException',
      'Timeout expired.  The timeout period elapsed prior to obtaining a connection from the pool.',
    ),
    lookalike: exception('System.InvalidOperationException', 'Sequence contains no elements'),
  },
  {
    cause: 'database-provider-missing',
    name: 'Access in a 64-bit pool',
    verdict: 'failure',
    log: thrown(
      'System.InvalidOperationException',
      "The 'Microsoft.ACE.OLEDB.12.0' provider is not registered on the local machine.",
    ),
    lookalike: exception('System.InvalidOperationException', 'No service for type IOrders has been registered.'),
  },
  {
    cause: 'outbound-tls-failed',
    name: 'no common version',
    verdict: 'failure',
    log: thrown('System.Net.WebException', 'The request was aborted: Could not create SSL/TLS secure channel.'),
    lookalike: exception('System.Net.WebException', 'Unable to connect to the remote server', 'nothing listens'),
  },
  {
    cause: 'outbound-tls-failed',
    name: 'no trust',
    verdict: 'failure',
    log: thrown(
      'System.Security.Authentication.AuthenticationException',
      'The remote certificate is invalid according to the validation procedure.',
    ),
  },
  {
    cause: 'machine-key-differs',
    name: 'view state of another server',
    verdict: 'failure',
    log: thrown('System.Web.HttpException', 'Validation of viewstate MAC failed.'),
    lookalike: exception('System.Web.HttpException', 'Session state is not available in this context.'),
  },
  {
    cause: 'aspnet-request-limits',
    name: 'a long query',
    verdict: 'failure',
    log: thrown(
      'System.Web.HttpException',
      'The length of the query string for this request exceeds the configured maxQueryStringLength value.',
    ),
    lookalike: {
      name: 'the limit of IIS',
      log: failed('404.15', core, 'BEGIN_REQUEST'),
      verdict: 'failure',
      cause: 'request-too-large',
    },
  },
  {
    cause: 'out-of-memory',
    name: 'exception',
    verdict: 'failure',
    log: thrown('System.OutOfMemoryException', "Exception of type 'System.OutOfMemoryException' was thrown."),
    lookalike: exception('System.OverflowException', 'Array dimensions exceeded supported range.'),
  },
  {
    cause: 'cors-preflight-refused',
    name: 'Windows authentication',
    verdict: 'failure',
    log: failed('401.2', core, 'AUTHENTICATE_REQUEST', 0x80070005, { verb: 'OPTIONS', events: [preflight] }),
    lookalike: {
      name: 'a program asks for the verbs',
      log: failed('401.2', core, 'AUTHENTICATE_REQUEST', 0x80070005, { verb: 'OPTIONS', events: [negotiate] }),
      verdict: 'challenge',
      cause: 'authentication-challenge',
    },
  },
  {
    cause: 'cors-preflight-refused',
    name: 'the API knows no OPTIONS',
    verdict: 'failure',
    log: failed('405', ancm, execute, 0, { verb: 'OPTIONS', events: [preflight] }),
  },
  {
    cause: 'redirect-loop',
    name: 'TLS ends at the balancer',
    verdict: 'failure',
    log: log({
      status: '302',
      url: 'http://shop.example:80/cart/',
      events: [forwarded, location('https://shop.example/cart/')],
    }),
    lookalike: {
      name: 'from http to https',
      log: log({
        status: '302',
        url: 'http://shop.example:80/cart/',
        events: [location('https://shop.example/cart/')],
      }),
      verdict: 'no-fault',
      cause: null,
    },
  },
];
