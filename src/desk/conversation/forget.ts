import type { DeskParts } from '../desk-parts.js';

/** Forgets a deleted message: its answers, and the evidence that came with it, with what was observed in that. */
export async function forgetMessage(key: string, { answers, memory, cases, events }: DeskParts): Promise<void> {
  const threads = await answers.forgetMessage(key);
  for (const thread of threads) {
    memory.forget(thread);
    await answers.forgetFailure(thread);
    await cases.removeMessage(thread, key);
  }
  if (threads.length > 0) events.emit({ name: 'message-forgotten' });
}
