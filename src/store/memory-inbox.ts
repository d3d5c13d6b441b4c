import type { Clock, Events } from '../desk/ports/environment.js';
import type { Attempt, Inbox, MessageHandler, WorkOutcome } from '../desk/ports/inbox.js';
import type { Message } from '../desk/ports/message.js';

/** Milliseconds that the key of a finished message is kept: longer than the last retry of any platform. */
const keptMs = 24 * 60 * 60 * 1000;
const keptRows = 50_000;
const atOnce = 4;

interface Row {
  /** The message as JSON; empty once there is an outcome. */
  message: string;
  tenant: string;
  addressed: boolean;
  /** The message was delivered again, addressed this time, during the work on the overheard one. */
  addressedMeanwhile?: boolean;
  outcome?: WorkOutcome | { state: 'withdrawn' };
  /** Milliseconds since 1970 of the outcome. */
  at?: number;
}

/**
 * Claimed messages in memory. A message delivered twice, once overheard and once addressed, is one row: the addressed delivery
 * wins in either order, unless the overheard one is answered already.
 */
export class MemoryInbox implements Inbox {
  readonly #events: Events;
  readonly #clock: Clock;
  readonly #rows: Map<string, Row>;
  /** Keys of the messages that wait, oldest first. */
  readonly #waiting: string[];
  /** Tenants of the messages that are worked on. */
  readonly #inWork: string[] = [];
  /** Called once nothing waits or is worked on. */
  readonly #drained: (() => void)[] = [];
  #handler: MessageHandler | undefined;

  /** @param saved the snapshot of an earlier inbox */
  constructor(events: Events, clock: Clock, saved?: string) {
    this.#events = events;
    this.#clock = clock;
    this.#rows = new Map<string, Row>(saved ? JSON.parse(saved) : []);
    this.#waiting = [...this.#rows].filter(([, row]) => !row.outcome).map(([key]) => key);
  }

  async claim(message: Message): Promise<boolean> {
    const { key, tenant, addressed } = message;
    const row = this.#rows.get(key);
    if (!row) {
      this.#rows.set(key, { message: JSON.stringify(message), tenant, addressed });
      this.#putInLine(key);
      return true;
    }
    if (!addressed || row.addressed) return false;
    row.addressed = true;
    if (row.outcome?.state === 'answered') return false;
    row.message = JSON.stringify(message);
    if (row.outcome) {
      row.outcome = undefined;
      row.at = undefined;
      this.#putInLine(key);
    } else {
      row.addressedMeanwhile = !this.#waiting.includes(key);
    }
    return false;
  }

  async withdraw(key: string): Promise<void> {
    const row = this.#rows.get(key) ?? { message: '', tenant: '', addressed: true };
    if (row.outcome) return;
    // Its addressed twin does not reopen it; a message delivered after its deletion finds its key taken.
    const withdrawn = { outcome: { state: 'withdrawn' as const }, at: this.#now(), message: '', addressed: true };
    this.#rows.set(key, Object.assign(row, withdrawn));
  }

  start(handler: MessageHandler): void {
    this.#handler = handler;
    this.#startWaiting();
  }

  async drain(limitMs: number): Promise<void> {
    if (this.#inWork.length === 0 && this.#waiting.length === 0) return;
    const drained = new Promise<void>((resolve) => this.#drained.push(resolve));
    const limit = new AbortController();
    await Promise.race([drained, this.#clock.sleep(limitMs, limit.signal)]);
    limit.abort();
  }

  snapshot(): string {
    return JSON.stringify([...this.#rows].map(([key, { addressedMeanwhile: _, ...row }]) => [key, row]));
  }

  /** Lets a message wait for its turn. The work begins later, because the platform is acknowledged first. */
  #putInLine(key: string): void {
    this.#waiting.push(key);
    setImmediate(() => this.#startWaiting());
  }

  #startWaiting(): void {
    while (this.#handler && this.#inWork.length < atOnce && this.#waiting.length > 0) {
      const [key] = this.#waiting.splice(this.#findNext(), 1) as [string];
      const row = this.#rows.get(key);
      if (row && !row.outcome) void this.#work(key, row, this.#handler);
    }
    if (this.#inWork.length > 0 || this.#waiting.length > 0) return;
    for (const resolve of this.#drained.splice(0)) resolve();
  }

  /** Returns the index of the oldest message of the tenant with the fewest in work. */
  #findNext(): number {
    if (this.#inWork.length === 0) return 0;
    const busy = this.#waiting.map((key) => {
      const tenant = this.#rows.get(key)?.tenant;
      return this.#inWork.filter((one) => one === tenant).length;
    });
    return busy.indexOf(Math.min(...busy));
  }

  async #work(key: string, row: Row, handle: MessageHandler): Promise<void> {
    this.#inWork.push(row.tenant);
    const outcome = await outcomeOf(handle, row);
    this.#inWork.splice(this.#inWork.indexOf(row.tenant), 1);
    if (row.outcome) {
      this.#forgetOld();
    } else if (row.addressedMeanwhile && outcome.state !== 'answered') {
      row.addressedMeanwhile = false;
      this.#waiting.push(key);
    } else {
      row.outcome = JSON.parse(JSON.stringify(outcome)) as WorkOutcome;
      row.at = this.#now();
      row.message = '';
      this.#events.emit({ name: 'message-done', state: outcome.state });
      this.#forgetOld();
    }
    this.#startWaiting();
  }

  #forgetOld(): void {
    const before = this.#now() - keptMs;
    for (const [key, row] of this.#rows) {
      const isTooMany = this.#rows.size > keptRows;
      if (row.at !== undefined && (row.at < before || isTooMany)) this.#rows.delete(key);
      else if (!isTooMany) break;
    }
  }

  #now(): number {
    return this.#clock.now().getTime();
  }
}

async function outcomeOf(handle: MessageHandler, row: Row): Promise<WorkOutcome> {
  try {
    return await handle(JSON.parse(row.message) as Message, onlyAttempt(row));
  } catch {
    // The handler handles its own errors; the row needs an outcome even when one escapes.
    return { state: 'failed', code: 'internal' };
  }
}

/** Returns the one attempt at a message in memory: a crash loses the inbox, so no other follows. */
function onlyAttempt(row: Row): Attempt {
  return {
    number: 1,
    isRetry: false,
    isLast: true,
    isAfterCrash: false,
    isCrashLoop: false,
    isPostInterrupted: false,
    markFiles: async () => undefined,
    beginPost: async () => (row.outcome?.state === 'withdrawn' ? 'withdrawn' : 'go'),
    withdrawPost: async () => undefined,
    recordPost: async () => undefined,
  };
}
