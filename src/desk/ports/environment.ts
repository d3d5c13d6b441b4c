import type { DeskEvent } from './events.js';
import type { Json } from './message.js';

/** Receives events for log, metrics and audit. They never hold content. */
export interface Events {
  emit(event: DeskEvent): void;
}

export interface Clock {
  now(): Date;
  /** Resolves after this time in milliseconds, or at once when the signal aborts. Never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** Stores the data of a door for a workspace or tenant: its installation with its token, its settings. Sealed at rest. */
export interface Vault {
  get(name: string): Promise<Json | undefined>;
  put(name: string, value: Json): Promise<void>;
  remove(name: string): Promise<void>;
}
