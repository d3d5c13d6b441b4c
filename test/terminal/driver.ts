import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { runTerminal, type TerminalDeps } from '../../adapters/terminal/index.js';
import { createDesk } from '../../src/desk/desk.js';
import type { Check } from '../../src/desk/ports/door.js';
import { createIntake } from '../../src/intake/intake.js';
import { MemoryInbox } from '../../src/store/memory-inbox.js';
import { memoryStore } from '../../src/store/memory-store.js';
import { builtKnowledge } from '../built-knowledge.js';
import { terminalDeps } from './deps.js';

export const knowledge = builtKnowledge();

/** A desk with the whole core and a fixed time, for the doors that call it directly. */
export function testDesk() {
  const clock = {
    now: () => new Date('2026-06-08T20:00:00Z'),
    sleep: (ms: number, signal?: AbortSignal) =>
      setTimeout(ms, undefined, { signal, ref: false }).catch(() => undefined),
  };
  const events = { emit: () => undefined };
  const intake = createIntake({ workers: 1 });
  const desk = createDesk({
    knowledge,
    intake,
    store: memoryStore(),
    inbox: new MemoryInbox(events, clock),
    events,
    clock,
  });
  return { desk, close: () => intake.close() };
}

export interface Ran {
  code: number;
  out: string;
  error: string;
}

/** Runs the `frebot` command in a new folder and returns what it prints. */
export class TerminalRun {
  readonly folder = mkdtempSync(join(tmpdir(), 'frebot-terminal-'));
  readonly #core = testDesk();
  checks: Check[] = [];

  file(name: string, bytes: Uint8Array | string): string {
    writeFileSync(join(this.folder, name), bytes);
    return name;
  }

  async run(argv: string[], stdin: Uint8Array = new Uint8Array(), form: Partial<TerminalDeps> = {}): Promise<Ran> {
    const ran: Ran = { code: -1, out: '', error: '' };
    const deps = terminalDeps(this.#core.desk, {
      serve: async (settings) => {
        ran.out += JSON.stringify(settings);
        return 0;
      },
      doctor: async () => this.checks,
      cwd: this.folder,
      stdin: (async function* () {
        yield stdin;
      })(),
      piped: stdin.length > 0,
      out: (text) => {
        ran.out += text;
      },
      error: (text) => {
        ran.error += text;
      },
      ...form,
    });
    ran.code = await runTerminal(argv, deps);
    return ran;
  }

  async stop(): Promise<void> {
    await this.#core.close();
    rmSync(this.folder, { recursive: true });
  }
}
