import type { PoolLike } from './pglite-pool.js';

/** An open Postgres, embedded or a server. */
export interface OpenPostgres {
  pool: PoolLike;
  /** Its kind and place, for the operator. */
  description: string;
  /** True when no other process can share it. */
  isEmbedded: boolean;
  /** Resolves when everything committed survives a power cut. */
  durable(): Promise<void>;
  close(): Promise<void>;
}
