import { httpReasons, type Stage, stages } from '../texts.js';
import { type LogEvent, type LogRequest, writeBytes } from '../write.js';

/** One event of a short log; `waited` milliseconds pass before it. */
export interface Step {
  name: Extract<LogEvent['name'], string>;
  fields: Record<string, string>;
  waited: number;
}

export interface Log {
  /** `404.11`, `200` */
  status: string;
  url?: string;
  /** GET by default. */
  verb?: string;
  timeTaken?: number;
  events?: Step[];
  /** The text of ConfigExceptionInfo. */
  config?: string;
  headersSent?: boolean;
  flushCode?: number;
  flushMs?: number;
}

export function log(one: Log): Log {
  return one;
}

export function step(name: Step['name'], fields: Record<string, string>, waited = 0): Step {
  return { name, fields, waited };
}

/** The event with which a module sets an error status; the code is the unsigned decimal that IIS writes. */
export function errorEvent(status: string, module: string, stage: string, code: number, config = ''): Step {
  const [main = '', sub = '0'] = status.split('.');
  return step('MODULE_SET_RESPONSE_ERROR_STATUS', {
    ModuleName: module,
    Notification: String(stages[stage as Stage]),
    HttpStatus: main,
    HttpReason: httpReasons[Number(main)] ?? '',
    HttpSubStatus: sub,
    ErrorCode: String(code),
    ConfigExceptionInfo: config,
  });
}

/** The bytes of a log that has a beginning, these events and an end, as IIS writes it. */
export function logBytes(one: Log, culture = 'en-US'): Buffer {
  const [main = '', sub] = one.status.split('.');
  const status = sub && sub !== '0' ? `${main}.${sub}` : main;
  const url = one.url ?? 'http://shop.example:80/cart/page.htm';
  const before = one.events?.filter((e) => !isResponse(e)) ?? [];
  const after = one.events?.filter(isResponse) ?? [];
  const sent = one.headersSent !== false;
  const steps: Step[] = [
    step('GENERAL_REQUEST_START', {
      SiteId: '2',
      AppPoolId: 'ShopPool',
      ConnId: '0',
      RawConnId: '0',
      RequestURL: url,
      RequestVerb: one.verb ?? 'GET',
    }),
    ...before,
    ...(sent ? [step('GENERAL_FLUSH_RESPONSE_START', {})] : []),
    ...(sent && !after.some((e) => e.name === 'GENERAL_RESPONSE_HEADERS')
      ? [step('GENERAL_RESPONSE_HEADERS', { Headers: 'Content-Type: text/html\r\n' })]
      : []),
    ...after,
    ...(sent
      ? [step('GENERAL_FLUSH_RESPONSE_END', { BytesSent: '812', ErrorCode: String(one.flushCode ?? 0) }, one.flushMs)]
      : []),
    step('GENERAL_REQUEST_END', {
      BytesSent: sent ? '812' : '0',
      BytesReceived: '240',
      HttpStatus: main,
      HttpSubStatus: sub ?? '0',
    }),
  ];
  const request: LogRequest = {
    url,
    siteId: 2,
    pool: 'ShopPool',
    processId: 4312,
    verb: one.verb ?? 'GET',
    authenticationType: 'NOT_AVAILABLE',
    activityId: '{80000012-0002-FE00-B63F-84710C7967BB}',
    failureReason: 'STATUS_CODE',
    statusCode: status,
    triggerStatusCode: status,
    timeTaken: one.timeTaken ?? 31,
    server: 'SHOP01',
    culture,
    threadId: 5120,
  };
  let time = Date.UTC(2026, 4, 3, 9, 30, 0);
  const events: LogEvent[] = steps.map(({ name, fields, waited }) => {
    time += waited;
    return { name, time, fields: Object.entries(fields) };
  });
  return writeBytes(request, events);
}

function isResponse({ name }: Step): boolean {
  return name === 'GENERAL_RESPONSE_HEADERS' || name === 'GENERAL_RESPONSE_ENTITY_BUFFER';
}
