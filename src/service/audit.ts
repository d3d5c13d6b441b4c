import { createWriteStream } from 'node:fs';
import type { Events } from '../desk/ports/environment.js';

/** Fields of a line, in this order. Ids are the platform's own; there are no names and no content. */
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
] as const;

/** The audit trail: who asked what kind of thing where, and how it ended. One JSON object a line. */
export interface Audit {
  /** Takes the event `audit`; passes every other one on. */
  events(next: Events): Events;
  close(): Promise<void>;
}

/**
 * Appends to a file that only its owner can read. A disk that is full costs lines of the trail, never an answer:
 * `failed` is told once.
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

/** Without a trail its events go nowhere: they hold ids that the log does not. */
export function withoutAudit(next: Events): Events {
  return {
    emit(event) {
      if (event.name !== 'audit') next.emit(event);
    },
  };
}
