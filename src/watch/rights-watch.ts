import { createJudge } from '../diagnosis/diagnose.js';
import type { Intake } from '../intake/intake.js';
import type { Knowledge } from '../knowledge/knowledge.js';
import type { Announcer } from './announce.js';
import type { Journal } from './journal.js';
import type { Note } from './ports.js';
import { findRightsNow, type RightsNow } from './rights-drift.js';
import { rightsBackPost, rightsLostPost } from './say-rights.js';

const rightsMemo = 'rights';

/** Where the list of rights comes from. */
export interface RightsSource {
  /** The server whose list it is, where it is known. */
  server?: string;
  /** Returns an export of the rights, and reports of policies and the configuration where there are any. @throws RightsError */
  read(): Promise<{ name: string; bytes: Uint8Array }[]>;
}

/** The list of rights cannot be had; the message is one sentence for the operator. */
export class RightsError extends Error {
  override readonly name = 'RightsError';
}

export interface RightsWatchDeps {
  source: RightsSource;
  intake: Intake;
  knowledge: Knowledge;
  journal: Journal;
  announcer: Announcer;
  note: Note;
}

/** Says when IIS_IUSRS or SERVICE has left the list of SeImpersonatePrivilege, and when they are back. */
export class RightsWatch {
  readonly #deps: RightsWatchDeps;
  #noted = '';

  constructor(deps: RightsWatchDeps) {
    this.#deps = deps;
  }

  /** Reads the list once, and posts when it changed for the worse or is in order again. */
  async check(): Promise<void> {
    const now = await this.#read();
    if (!now) return;
    this.#noted = '';
    const { journal, announcer, knowledge, source } = this.#deps;
    const missing = now.missing.join(' ');
    const before = journal.state.memos.get(rightsMemo) ?? '';
    if (missing === before) return;
    const answer = missing === '' ? rightsBackPost(source.server) : rightsLostPost(now, source.server, knowledge);
    journal.commit([{ t: 'memo', name: rightsMemo, value: missing }, announcer.record('rights', answer)]);
  }

  async #read(): Promise<RightsNow | undefined> {
    const { source, intake, knowledge } = this.#deps;
    try {
      const { readings } = await intake.read(await source.read());
      const now = findRightsNow(readings.map(createJudge(knowledge)));
      if (!now) this.#noteOnce('I found no whole list of rights: an export of secedit has one.');
      return now;
    } catch (error) {
      if (!(error instanceof RightsError)) throw error;
      this.#noteOnce(error.message);
      return undefined;
    }
  }

  #noteOnce(sentence: string): void {
    if (this.#noted !== sentence) this.#deps.note(sentence);
    this.#noted = sentence;
  }
}
