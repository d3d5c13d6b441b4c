import { createHmac, randomUUID } from 'node:crypto';
import type { WebSocket } from 'ws';
import { signingSecret } from './state.js';

/** The app's answer to a delivery; undefined when there was none in time, or a refusal. */
export type Acknowledged = { body: unknown } | undefined;

export interface Delivery {
  kind: 'events_api' | 'slash_commands' | 'interactive';
  payload: Record<string, unknown>;
  retry?: { num: number; reason: string };
}

/** A transport to the app: one attempt, one answer. */
export interface AppTransport {
  deliver(delivery: Delivery, withinMs: number): Promise<Acknowledged>;
  close(): Promise<void>;
}

/** Signed requests to the app's Request URL. */
export class HttpTransport implements AppTransport {
  readonly #url: () => string;

  constructor(url: () => string) {
    this.#url = url;
  }

  async deliver(delivery: Delivery, withinMs: number): Promise<Acknowledged> {
    const { body, type } = encodeDelivery(delivery);
    const response = await fetch(this.#url(), {
      method: 'POST',
      body,
      headers: {
        'content-type': type,
        ...signature(body),
        ...(delivery.retry && {
          'x-slack-retry-num': String(delivery.retry.num),
          'x-slack-retry-reason': delivery.retry.reason,
        }),
      },
      signal: AbortSignal.timeout(withinMs),
    }).catch(() => undefined);
    if (!response?.ok) return undefined;
    const text = await response.text();
    return { body: text === '' ? undefined : parseText(text) };
  }

  async close(): Promise<void> {}
}

/** Returns the headers with which Slack signs a body; `now` in seconds. */
export function signature(body: string, secret = signingSecret, now = Math.floor(Date.now() / 1000)) {
  const mac = createHmac('sha256', secret).update(`v0:${now}:${body}`).digest('hex');
  return { 'x-slack-request-timestamp': String(now), 'x-slack-signature': `v0=${mac}` };
}

/** Events come as JSON, commands as form fields, interactions as JSON in one form field. */
function encodeDelivery({ kind, payload }: Delivery): { body: string; type: string } {
  const form = 'application/x-www-form-urlencoded';
  if (kind === 'events_api') return { body: JSON.stringify(payload), type: 'application/json' };
  if (kind === 'slash_commands')
    return { body: new URLSearchParams(payload as Record<string, string>).toString(), type: form };
  return { body: new URLSearchParams({ payload: JSON.stringify(payload) }).toString(), type: form };
}

function parseText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Envelopes over the app's WebSocket connections. */
export class SocketTransport implements AppTransport {
  readonly #connections: Set<WebSocket>;

  constructor(connections: Set<WebSocket>) {
    this.#connections = connections;
  }

  async deliver(delivery: Delivery, withinMs: number): Promise<Acknowledged> {
    const [connection] = [...this.#connections];
    if (!connection) return undefined;
    const envelope_id = randomUUID();
    return new Promise((resolve) => {
      const done = (answer: Acknowledged) => {
        clearTimeout(timer);
        connection.off('message', listen);
        connection.off('close', closed);
        resolve(answer);
      };
      const listen = (data: unknown) => {
        const message = JSON.parse(String(data)) as { envelope_id?: string; payload?: unknown };
        if (message.envelope_id === envelope_id) done({ body: message.payload });
      };
      const closed = () => done(undefined);
      const timer = setTimeout(closed, withinMs);
      connection.on('message', listen);
      connection.on('close', closed);
      connection.send(
        JSON.stringify({
          type: delivery.kind,
          envelope_id,
          accepts_response_payload: delivery.kind !== 'events_api',
          payload: delivery.payload,
          ...(delivery.kind === 'events_api' && {
            retry_attempt: delivery.retry?.num ?? 0,
            retry_reason: delivery.retry?.reason ?? '',
          }),
        }),
      );
    });
  }

  async close(): Promise<void> {
    for (const connection of this.#connections) connection.terminate();
  }
}
