import type { Intake } from '../../intake/intake.js';
import type { EvidenceMemory } from '../conversation/evidence-memory.js';
import type { Door } from '../ports/door.js';
import type { Events } from '../ports/environment.js';
import type { Message } from '../ports/message.js';
import type { Store } from '../ports/store.js';
import { describeTrouble, troubleEvent } from '../trouble.js';
import type { ReadFile } from './fetch-files.js';

/** Files read again at most for one message: a thread with more has its newest ones in the answer. */
const most = 10;

interface Deps {
  store: Pick<Store, 'filesOf' | 'keepFiles'>;
  memory: EvidenceMemory;
  intake: Intake;
  events: Events;
}

/**
 * What a thread has shown is read into the memory of one process and never stored. So that a rights export dropped after a
 * restart, or to another replica, is judged together with the log of yesterday, the store keeps where the platform has the
 * files, and they are read again.
 */
export class Recall {
  readonly #deps: Deps;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** Reads what the thread of a message has shown before and this process does not hold. Never rejects. */
  async before(message: Message, door: Door): Promise<void> {
    const { store, memory, events } = this.#deps;
    const { thread, key } = message;
    const known = await store.filesOf(thread).catch(() => undefined);
    if (!known) return;
    // Forgotten, deleted or outdated by another process: then what is held here is no longer true either.
    if (memory.noted(thread).some((message) => !known.some((one) => one.message === message))) memory.forget(thread);
    const missing = known.filter((one) => one.message !== key && !memory.holds(thread, one.message));
    const refs = missing.flatMap(({ message, files }) => files.map(({ ref }) => ({ message, ref })));
    for (const { message, ref } of refs.slice(-most)) {
      try {
        const { name, bytes } = await door.fetch(ref);
        memory.join(thread, await this.#deps.intake.read([{ name, bytes }]), message);
        memory.note(thread, message);
      } catch (error) {
        // It may be deleted by now; the new evidence speaks for itself then. Not tried again by this process.
        memory.join(thread, [], message);
        events.emit({ name: 'recall-failed', door: door.name, ...troubleEvent(describeTrouble(error, events)) });
      }
    }
    if (refs.length > 0) events.emit({ name: 'recalled', door: door.name, files: Math.min(refs.length, most) });
  }

  /** Keeps where the evidence of a message can be had again; of what the platform does not keep nothing. */
  async keep({ thread, key }: Message, read: readonly ReadFile[]): Promise<void> {
    const files = read.filter(({ ref, kinds }) => ref.lasting && kinds.some((kind) => kind !== 'unknown'));
    if (files.length === 0) return;
    await this.#deps.store.keepFiles({ thread, message: key, files });
    this.#deps.memory.note(thread, key);
  }

  /**
   * What the thread has shown before no longer speaks for the present.
   * @param except key of the message that does
   * @param kind only files of this kind are outdated
   */
  async outdate(thread: string, except: string, kind?: string): Promise<void> {
    for (const one of await this.#deps.store.filesOf(thread)) {
      if (one.message === except) continue;
      const files = kind === undefined ? [] : one.files.filter(({ kinds }) => !kinds.includes(kind));
      await this.#deps.store.keepFiles({ ...one, files });
    }
  }
}
