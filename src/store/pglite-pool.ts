import { EventEmitter } from 'node:events';

/** The fields of a result that BullMQ and our own SQL use. */
export interface Rows<R = Record<string, unknown>> {
  rows: R[];
  rowCount: number | null;
}

/** The methods of a PGlite that we use: one connection without a socket. */
export interface EmbeddedEngine {
  query(text: string, params?: unknown[]): Promise<{ rows: unknown[]; affectedRows?: number }>;
  exec(text: string): Promise<{ rows: unknown[]; affectedRows?: number }[]>;
  onNotification(listener: (channel: string, payload: string) => void): () => void;
}

/** A connection of the pool. There is only one, so a transaction delays all other queries. */
export interface PooledClient extends EventEmitter {
  query<R = Record<string, unknown>>(text: string, params?: readonly unknown[]): Promise<Rows<R>>;
  release(destroy?: boolean): void;
  /** The socket of a real connection. BullMQ asks it to stay alive. */
  connection?: { stream: object };
}

/** The part of `pg.Pool` that BullMQ and our own SQL rely on. A real one is assignable to it. */
export interface PoolLike extends EventEmitter {
  query<R = Record<string, unknown>>(text: string, params?: readonly unknown[]): Promise<Rows<R>>;
  connect(): Promise<PooledClient>;
  end(): Promise<void>;
}

/** Milliseconds of consecutive queries before the event loop runs. */
const turnMs = 4;

/**
 * Returns a `pg.Pool` over one PGlite. Its queries take turns. PGlite answers in microtasks, so a busy queue would block the event
 * loop for seconds; therefore the event loop runs every 4 ms.
 */
export function pglitePool(engine: EmbeddedEngine): PoolLike {
  // Each queue and worker listens for its errors.
  return new OnePool(new Connection(engine)).setMaxListeners(0) as PoolLike;
}

/** The one connection, which its users take in turn. */
class Connection {
  readonly #engine: EmbeddedEngine;
  #tail: Promise<unknown> = Promise.resolve();
  #turnStartedAt = performance.now();

  constructor(engine: EmbeddedEngine) {
    this.#engine = engine;
  }

  onNotification(listener: (channel: string, payload: string) => void): () => void {
    return this.#engine.onNotification(listener);
  }

  /** Runs a statement at once; only the user whose turn it is may. */
  async run(text: string, params?: readonly unknown[]): Promise<Rows> {
    // PGlite's extended protocol takes one statement; a migration has several, without parameters.
    if (!params?.length) {
      const last = (await this.#engine.exec(text)).at(-1);
      return rowsOf(last ?? { rows: [] });
    }
    const values = params.map((value) => (value === undefined ? null : value));
    return rowsOf(await this.#engine.query(text, values));
  }

  /** Does some work when all earlier turns have ended. */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = async () => {
      if (performance.now() - this.#turnStartedAt > turnMs) {
        await new Promise(setImmediate);
        this.#turnStartedAt = performance.now();
      }
      return work();
    };
    const result = this.#tail.then(turn, turn);
    this.#tail = result.catch(() => undefined);
    return result;
  }

  /** Takes the turn and keeps it. Resolves with the function that ends it. */
  takeTurn(): Promise<() => void> {
    return new Promise((taken) => {
      void this.inTurn(() => new Promise<void>((leave) => taken(leave)));
    });
  }

  /** Resolves when the turns asked for so far have ended. */
  async waitForTurns(): Promise<void> {
    await this.#tail;
  }
}

class Client extends EventEmitter {
  readonly connection = { stream: { setKeepAlive() {} } };
  readonly #engine: Connection;
  readonly #unlisten: () => void;
  /** Ends the transaction of this client, so that other queries run. */
  #leave: (() => void) | undefined;

  constructor(engine: Connection) {
    super();
    this.setMaxListeners(0);
    this.#engine = engine;
    this.#unlisten = engine.onNotification((channel, payload) => this.emit('notification', { channel, payload }));
  }

  async query(text: string, params?: readonly unknown[]): Promise<Rows> {
    if (this.#leave) {
      const ends = /^\s*(commit|rollback)\s*;?\s*$/i.test(text);
      try {
        return await this.#engine.run(text, params);
      } finally {
        if (ends) this.#endTransaction();
      }
    }
    if (!/^\s*(begin|start\s+transaction)\b/i.test(text)) {
      return this.#engine.inTurn(() => this.#engine.run(text, params));
    }
    this.#leave = await this.#engine.takeTurn();
    return this.#engine.run(text, params).catch((error) => {
      this.#endTransaction();
      throw error;
    });
  }

  release(): void {
    this.#unlisten();
    // A client that is released inside a transaction must not leave it open.
    if (this.#leave) void this.#engine.run('rollback').finally(() => this.#endTransaction());
  }

  #endTransaction(): void {
    this.#leave?.();
    this.#leave = undefined;
  }
}

class OnePool extends EventEmitter {
  readonly options = { keepAlive: true, max: 1 };
  readonly #engine: Connection;

  constructor(engine: Connection) {
    super();
    this.#engine = engine;
  }

  query(text: string, params?: readonly unknown[]): Promise<Rows> {
    return this.#engine.inTurn(() => this.#engine.run(text, params));
  }

  async connect(): Promise<PooledClient> {
    return new Client(this.#engine) as PooledClient;
  }

  /** Waits for running queries. The engine is closed by the code that opened it. */
  end(): Promise<void> {
    return this.#engine.waitForTurns();
  }
}

function rowsOf(result: { rows: unknown[]; affectedRows?: number }): Rows {
  return { rows: result.rows as Record<string, unknown>[], rowCount: result.affectedRows || result.rows.length };
}
