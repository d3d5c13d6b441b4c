import type { DeskEvent } from './events.js';
import type { Json } from './message.js';

/** Receives what happened, for log, metrics and audit. Never content. */
export interface Events {
  emit(event: DeskEvent): void;
}

export interface Clock {
  now(): Date;
  /** Resolves after this time in milliseconds, or at once when the signal aborts. Never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** What a door stores for a workspace or tenant: its installation with its token, its settings. Sealed wherever it is at rest. */
export interface Vault {
  get(name: string): Promise<Json | undefined>;
  put(name: string, value: Json): Promise<void>;
  remove(name: string): Promise<void>;
}
