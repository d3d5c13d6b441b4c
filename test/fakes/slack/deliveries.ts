import { randomUUID } from 'node:crypto';
import type { Acknowledged, AppTransport, Delivery } from './delivery.js';
import { botUser, type FakeClock, team } from './state.js';

/** The outcome of one event: whether the app acknowledged it, and at which attempt. */
export interface Delivered {
  event: string;
  attempts: number;
  acknowledged: boolean;
  tookMs: number;
  /** When each attempt was made, on the clock of this Slack. */
  at: number[];
  ids: Set<string>;
}

export interface DeliveryOptions {
  ackMs: number;
  retryMs: [number, number, number];
  clock: FakeClock;
}

/** Delivers events to the app, again as long as it does not acknowledge them. */
export class Deliveries {
  readonly all: Delivered[] = [];
  readonly #transport: AppTransport;
  readonly #options: DeliveryOptions;
  #closed = false;

  constructor(transport: AppTransport, options: DeliveryOptions) {
    this.#transport = transport;
    this.#options = options;
  }

  /** Delivers an Events API body until the app acknowledges it or the retries are used up. All attempts have one event id. */
  async event(event: Record<string, unknown>, to = team, shared = false): Promise<Delivered> {
    const eventId = `Ev${randomUUID()}`;
    const payload = {
      type: 'event_callback',
      team_id: to,
      api_app_id: 'A0FREBOT',
      event_id: eventId,
      event_time: Math.floor(Date.now() / 1000),
      authorizations: [{ team_id: to, user_id: botUser, is_bot: true, is_enterprise_install: false }],
      is_ext_shared_channel: shared,
      event,
    };
    const delivered: Delivered = {
      event: String(event.type),
      attempts: 0,
      acknowledged: false,
      tookMs: 0,
      at: [],
      ids: new Set(),
    };
    this.all.push(delivered);
    for (let num = 0; num <= 3 && !this.#closed; num++) {
      if (num > 0) await this.#options.clock.sleep(this.#options.retryMs[num - 1] as number);
      const started = performance.now();
      delivered.attempts += 1;
      delivered.at.push(this.#options.clock.now());
      delivered.ids.add(eventId);
      const retry = num > 0 ? { num, reason: 'http_timeout' } : undefined;
      const answer = await this.attempt({ kind: 'events_api', payload, ...(retry && { retry }) });
      delivered.tookMs = performance.now() - started;
      if (answer) {
        delivered.acknowledged = true;
        break;
      }
    }
    return delivered;
  }

  attempt(delivery: Delivery): Promise<Acknowledged> {
    return this.#transport.deliver(delivery, this.#options.ackMs);
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#transport.close();
  }
}
