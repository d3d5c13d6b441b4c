import type { Intake } from '../../intake/intake.js';
import type { Door } from '../ports/door.js';
import type { Clock, Events } from '../ports/environment.js';
import type { FileRef, Message } from '../ports/message.js';
import type { Store, ThreadFiles } from '../ports/store.js';
import type { QuotaGuard, Spender } from '../quotas.js';
import { readTimed } from '../timed-reading.js';
import { describeTrouble, troubleEvent } from '../trouble.js';
import type { EvidenceMemory } from './evidence-memory.js';

/** Files that are read again for one message. Of a thread with more, the newest are in the answer. */
const mostFiles = 10;

interface RecallDeps {
  store: Pick<Store, 'filesOf' | 'keepFiles'>;
  memory: EvidenceMemory;
  intake: Intake;
  quotas: QuotaGuard;
  clock: Clock;
  events: Events;
}

/**
 * Restores the evidence of a thread. Evidence is held in the memory of one process and never stored. The store keeps where the
 * platform has the files, so that a rights export dropped after a restart, or to another replica, is judged together with the
 * log of yesterday.
 */
export class Recall {
  readonly #deps: RecallDeps;

  constructor(deps: RecallDeps) {
    this.#deps = deps;
  }

  /**
   * Reads the earlier files of the message's thread that this process does not hold. Never rejects.
   * @param spender whose quotas pay for the reading: a thread of slow files would else be read for nothing after each restart
   */
  async restore({ thread, key }: Message, door: Door, spender: Spender): Promise<void> {
    const { store, memory, events } = this.#deps;
    const known = await store.filesOf(thread).catch(() => undefined);
    if (!known) return;
    // Another process has forgotten or outdated files, or a message was deleted: the memory is no longer true either.
    const isKnown = (message: string) => known.some((files) => files.message === message);
    if (!memory.messagesWithStoredFiles(thread).every(isKnown)) memory.forget(thread);
    const missing = known.filter(({ message }) => message !== key && !memory.hasMessage(thread, message));
    const refs = missing.flatMap(({ message, files }) => files.map(({ ref }) => ({ message, ref })));
    for (const { message, ref } of refs.slice(-mostFiles))
      await this.#readAgain(ref, { thread, message, door, spender });
    if (refs.length > 0) events.emit({ name: 'recalled', door: door.name, files: Math.min(refs.length, mostFiles) });
  }

  /** Reads a file again, once: a file that was deleted since is not tried again by this process. */
  async #readAgain(
    ref: FileRef,
    { thread, message, door, spender }: { thread: string; message: string; door: Door; spender: Spender },
  ): Promise<void> {
    const { memory, events } = this.#deps;
    try {
      const { name, bytes } = await door.fetch(ref);
      const { readings } = await readTimed([{ name, bytes }], spender, this.#deps);
      memory.add(thread, readings, message);
      memory.markFilesStored(thread, message);
    } catch (error) {
      memory.add(thread, [], message);
      events.emit({ name: 'recall-failed', door: door.name, ...troubleEvent(describeTrouble(error, events)) });
    }
  }

  /** Stores where the evidence of a message can be fetched again. Files that the platform does not keep are left out. */
  async save({ thread, key }: Message, read: ThreadFiles['files']): Promise<void> {
    const files = read.filter(({ ref, kinds }) => ref.lasting && kinds.some((kind) => kind !== 'unknown'));
    if (files.length === 0) return;
    await this.#deps.store.keepFiles({ thread, message: key, files });
    this.#deps.memory.markFilesStored(thread, key);
  }

  /** Removes the files of one message. */
  async removeMessage(thread: string, message: string): Promise<void> {
    const files = await this.#deps.store.filesOf(thread);
    if (files.some((one) => one.message === message)) await this.#deps.store.keepFiles({ thread, message, files: [] });
  }

  /**
   * Removes the thread's earlier files, because they no longer tell the present state.
   * @param currentMessage key of the message whose files stay
   * @param kind removes only files of this kind
   */
  async removeOutdated(thread: string, currentMessage: string, kind?: string): Promise<void> {
    for (const earlier of await this.#deps.store.filesOf(thread)) {
      if (earlier.message === currentMessage) continue;
      const files = kind === undefined ? [] : earlier.files.filter(({ kinds }) => !kinds.includes(kind));
      await this.#deps.store.keepFiles({ ...earlier, files });
    }
  }
}
