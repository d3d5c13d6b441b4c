import type { webApi } from '@slack/bolt';
import type { Desk } from '../../../src/desk/desk.js';
import type { Clock } from '../../../src/desk/ports.js';
import type { Identity } from '../identity.js';
import type { Sender } from '../send.js';

/** What the door tells the log: facts and codes, never content. */
export interface Log {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
}

/** What every listener works with. */
export interface Context {
  desk: Desk;
  client: webApi.WebClient;
  sender: Sender;
  clock: Clock;
  log: Log;
  us(): Promise<Identity>;
}
