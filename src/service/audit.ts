import { createWriteStream } from 'node:fs';
import type { Events } from '../desk/ports/environment.js';
import type { AuditFacts } from '../desk/ports/events.js';

/** Fields of a line, in this order. Ids are those of the platform; names and content are not written. */
const fields = [
  'request',
  'door',
  'tenant',
  'place',
  'who',
  'action',
  'kinds',
  'cause',
  'verdict',
  'outcome',
  'code',
] as const satisfies (keyof AuditFacts)[];

/** The audit trail: who asked for what kind of thing, where, and with which outcome. One JSON object per line. */
export interface Audit {
  /** Returns a sink that writes the event `audit` and passes all other events on to `next`. */
  events(next: Events): Events;
  close(): Promise<void>;
}

/**
 * Appends to a file that only its owner can read. When writing fails (a full disk), the trail stops and answers go on.
 * @param failed called once with the reason when writing fails
 */
export function createAuditTrail(path: string, now: () => Date, failed: (reason: string) => void): Audit {
  const stream = createWriteStream(path, { flags: 'a', mode: 0o600 });
  let broken = false;
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (!broken) failed(error.code ?? error.name);
    broken = true;
  });
  return {
    events: (next) => ({
      emit(event) {
        if (event.name !== 'audit') return next.emit(event);
        if (broken) return;
        const known = fields.flatMap((field) => (event[field] === undefined ? [] : [[field, event[field]]]));
        stream.write(`${JSON.stringify({ time: now().toISOString(), ...Object.fromEntries(known) })}\n`);
      },
    }),
    close: () => new Promise((done) => (broken ? done() : stream.end(done))),
  };
}

/** Returns a sink that drops the event `audit`, because it holds ids that the log must not have, and passes the rest on. */
export function withoutAudit(next: Events): Events {
  return {
    emit(event) {
      if (event.name !== 'audit') next.emit(event);
    },
  };
}
