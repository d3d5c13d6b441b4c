import type { DeskParts } from '../desk-parts.js';
import type { Door } from '../ports/door.js';
import type { Attempt } from '../ports/inbox.js';
import type { Message } from '../ports/message.js';
import type { Spender } from '../quotas.js';
import { Progress } from './progress.js';
import { requestIdOf } from './request-id.js';

/** One attempt at one claimed message, and all that belongs to it. */
export interface Work {
  readonly message: Message;
  readonly door: Door;
  readonly attempt: Attempt;
  /** Number of the request, for log and user. */
  readonly request: string;
  /** The accounts whose quotas pay for it. */
  readonly spender: Spender;
  /** Shows how far the reading is. Absent without files, for an overheard message, and where only one person sees the answer. */
  readonly progress: Progress | undefined;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
}

export function createWork(message: Message, door: Door, attempt: Attempt, { clock }: DeskParts): Work {
  const { key, tenant, place, thread, who, addressed, files } = message;
  return {
    message,
    door,
    attempt,
    request: requestIdOf(key),
    spender: { tenant, place: place ?? thread, who },
    progress:
      addressed && !message.private && files.length > 0
        ? new Progress(door, message, clock, attempt.isRetry)
        : undefined,
    startedAt: clock.now().getTime(),
  };
}
