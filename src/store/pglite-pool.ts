import { EventEmitter } from 'node:events';

/** The fields of a result that BullMQ and our own SQL use. */
export interface Rows<R = Record<string, unknown>> {
  rows: R[];
  rowCount: number | null;
}

/** The methods of a PGlite that we use: one connection without a socket. */
export interface Embedded {
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
export function pglitePool(engine: Embedded): PoolLike {
  let tail: Promise<unknown> = Promise.resolve();
  let turnStartedAt = performance.now();

  async function run(text: string, params?: readonly unknown[]): Promise<Rows> {
    // PGlite's extended protocol takes one statement; a migration has several, without parameters.
    if (!params?.length) {
      const last = (await engine.exec(text)).at(-1);
      return rowsOf(last ?? { rows: [] });
    }
    return rowsOf(
      await engine.query(
        text,
        params.map((value) => (value === undefined ? null : value)),
      ),
    );
  }

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = async () => {
      if (performance.now() - turnStartedAt > turnMs) {
        await new Promise(setImmediate);
        turnStartedAt = performance.now();
      }
      return work();
    };
    const result = tail.then(turn, turn);
    tail = result.catch(() => undefined);
    return result;
  }

  class Client extends EventEmitter {
    readonly connection = { stream: { setKeepAlive() {} } };
    readonly #unlisten: () => void;
    /** Ends the transaction of this client, so that other queries run. */
    #leave: (() => void) | undefined;

    constructor() {
      super();
      this.setMaxListeners(0);
      this.#unlisten = engine.onNotification((channel, payload) => this.emit('notification', { channel, payload }));
    }

    async query(text: string, params?: readonly unknown[]): Promise<Rows> {
      if (this.#leave) {
        const ends = /^\s*(commit|rollback)\s*;?\s*$/i.test(text);
        try {
          return await run(text, params);
        } finally {
          if (ends) this.#end();
        }
      }
      if (!/^\s*(begin|start\s+transaction)\b/i.test(text)) return inTurn(() => run(text, params));
      await new Promise<void>((entered) => {
        void inTurn(
          () =>
            new Promise<void>((leave) => {
              this.#leave = leave;
              entered();
            }),
        );
      });
      return run(text, params).catch((error) => {
        this.#end();
        throw error;
      });
    }

    release(): void {
      this.#unlisten();
      // A client that is released inside a transaction must not leave it open.
      if (this.#leave) void run('rollback').finally(() => this.#end());
    }

    #end(): void {
      this.#leave?.();
      this.#leave = undefined;
    }
  }

  class OnePool extends EventEmitter {
    readonly options = { keepAlive: true, max: 1 };
    query(text: string, params?: readonly unknown[]): Promise<Rows> {
      return inTurn(() => run(text, params));
    }
    async connect(): Promise<PooledClient> {
      return new Client() as PooledClient;
    }
    /** Waits for running queries. The engine is closed by the code that opened it. */
    async end(): Promise<void> {
      await tail;
    }
  }
  // Each queue and worker listens for its errors.
  return new OnePool().setMaxListeners(0) as PoolLike;
}

function rowsOf(result: { rows: unknown[]; affectedRows?: number }): Rows {
  return { rows: result.rows as Record<string, unknown>[], rowCount: result.affectedRows || result.rows.length };
}
