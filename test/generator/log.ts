import { type areas, type EventName, events } from './catalogue.js';
import { httpReasons, type Stage, stages } from './texts.js';
import { type Damage, type LogEvent, type LogRequest, writeBytes } from './write.js';

/** The parts of a request that a scenario sets; everything else has a default that fits IIS 10. */
export interface Scene {
  url?: string;
  verb?: string;
  siteId?: number;
  pool?: string;
  server?: string;
  processId?: number;
  culture?: string;
  /** UTC time of the first event, ISO 8601. */
  start?: string;
  /** Present when a user was established. */
  user?: { remote: string; name: string; token: string };
  authenticationType?: string;
  failureReason?: string;
  /** Overrides of the start tag, which otherwise follows from the events. */
  statusCode?: string;
  triggerStatusCode?: string;
  timeTaken?: number;
  requestHeaders?: string;
  remoteAddress?: string;
}

export interface ErrorStatus {
  module: string;
  stage: Stage;
  status: number;
  substatus?: number;
  code?: number;
  reason?: string;
  config?: string;
  withoutText?: boolean;
}

type Value = string | number | boolean;

/**
 * A log that is being written. A scenario calls its methods in the order in which IIS would write the events; only `wait` lets
 * time pass (the clock of real logs moves in steps of about 15.6 ms).
 */
export class FrebLog {
  readonly scene: Scene;
  readonly events: LogEvent[] = [];
  status = 200;
  substatus = 0;
  bytesSent = 0;
  readonly responseHeaders: string[] = [];
  #clock: number;
  readonly #start: number;

  constructor(scene: Scene = {}) {
    this.scene = scene;
    this.#start = Date.parse(scene.start ?? '2026-03-02T09:14:07.531Z');
    this.#clock = this.#start;
  }

  get url(): string {
    return this.scene.url ?? 'http://intranet.example:80/start.html';
  }

  /** Path of the URL with its query, as most events have it. */
  get path(): string {
    return this.url.replace(/^https?:\/\/[^/]*/, '');
  }

  get file(): string {
    return `C:\\inetpub\\portal${this.path.split('?')[0]!.replaceAll('/', '\\')}`;
  }

  /** Number that the next event gets. */
  get next(): number {
    return this.events.length + 1;
  }

  wait(ms: number): this {
    this.#clock += ms;
    return this;
  }

  /** Writes one event; fields are given by name, those left out are empty. */
  event(name: EventName, fields: Record<string, Value> = {}, withoutText = false): this {
    const names = (events[name][3] ?? '').split(' ').filter(Boolean);
    for (const field of Object.keys(fields)) {
      if (!names.includes(field)) throw new Error(`${name} has no field ${field}`);
    }
    this.events.push({
      name,
      time: this.#clock,
      fields: names.map((field) => [field, String(fields[field] ?? '')] as const),
      withoutText,
    });
    return this;
  }

  /** Writes an event of an unknown provider. */
  foreign(name: string, area: keyof typeof areas, level: number, fields: Record<string, Value> = {}): this {
    const list = Object.entries(fields).map(([field, value]) => [field, String(value)] as const);
    this.events.push({ name: { name, area, level, opcode: 77 }, time: this.#clock, fields: list });
    return this;
  }

  /** Writes a module's turn at a stage, with the events inside it. `result`: 0 goes on, 1 is pending, 2 finishes the request. */
  module(
    name: string,
    stage: Stage,
    inside?: () => void,
    options: { post?: boolean; result?: 0 | 1 | 2; left?: boolean } = {},
  ): this {
    const post = options.post ?? false;
    this.event('NOTIFY_MODULE_START', { ModuleName: name, Notification: stages[stage], fIsPostNotification: post });
    inside?.();
    if (options.left) return this;
    return this.event('NOTIFY_MODULE_END', {
      ModuleName: name,
      Notification: stages[stage],
      fIsPostNotificationEvent: post,
      NotificationStatus: options.result ?? 0,
    });
  }

  modules(stage: Stage, ...names: string[]): this {
    for (const name of names) this.module(name, stage);
    return this;
  }

  /** Sets the final status, as the core reports it. */
  error(e: ErrorStatus): this {
    this.status = e.status;
    this.substatus = e.substatus ?? 0;
    return this.event(
      'MODULE_SET_RESPONSE_ERROR_STATUS',
      {
        ModuleName: e.module,
        Notification: stages[e.stage],
        HttpStatus: e.status,
        HttpReason: e.reason ?? httpReasons[e.status] ?? '',
        HttpSubStatus: e.substatus ?? 0,
        ErrorCode: (e.code ?? 0) >>> 0,
        ConfigExceptionInfo: e.config ?? '',
      },
      e.withoutText,
    );
  }

  success(module: string, stage: Stage, status: number): this {
    this.status = status;
    this.substatus = 0;
    return this.event('MODULE_SET_RESPONSE_SUCCESS_STATUS', {
      ModuleName: module,
      Notification: stages[stage],
      HttpStatus: status,
      HttpReason: httpReasons[status] ?? '',
    });
  }

  header(name: string, value: string, replace = false): this {
    this.responseHeaders.push(`${name}: ${value}`);
    return this.event('GENERAL_SET_RESPONSE_HEADER', { HeaderName: name, HeaderValue: value, Replace: replace });
  }

  /** Milliseconds since the first event. */
  get elapsed(): number {
    return this.#clock - this.#start;
  }

  get request(): LogRequest {
    const { scene } = this;
    const status = this.substatus ? `${this.status}.${this.substatus}` : `${this.status}`;
    const reason = scene.failureReason ?? 'STATUS_CODE';
    return {
      url: this.url,
      siteId: scene.siteId ?? 2,
      pool: scene.pool ?? 'Portal',
      processId: scene.processId ?? 7120,
      verb: scene.verb ?? 'GET',
      user: scene.user,
      authenticationType: scene.authenticationType ?? 'anonymous',
      activityId: '{40000010-0000-FB00-B63F-84710C7967BB}',
      failureReason: reason,
      statusCode: scene.statusCode ?? status,
      triggerStatusCode: scene.triggerStatusCode ?? (reason === 'STATUS_CODE' ? status : '0'),
      timeTaken: scene.timeTaken ?? this.elapsed,
      server: scene.server ?? 'WEB03',
      culture: scene.culture ?? 'en-US',
      threadId: 3344,
    };
  }

  /** Returns the finished log as IIS wrote it, or as it was saved again. */
  bytes(damage: Damage = {}): Buffer {
    return writeBytes(this.request, this.events, damage);
  }
}
