import { type ChildProcess, fork } from 'node:child_process';
import { resolve } from 'node:path';
import type { DeskEvent } from '../../src/desk/ports/events.js';

/** Where the platforms are, and where to store. */
export interface Surroundings {
  slack: string;
  teams: string;
  files: string;
  dataDir: string;
  /** A Postgres server; without it the embedded engine. */
  databaseUrl?: string;
}

/** Megabytes. `external` is what the heap refers to outside of it: buffers, and the memory of the embedded engine. */
export interface Memory {
  rss: number;
  heapUsed: number;
  external: number;
  /** Computing time of all its threads since its start, in milliseconds. */
  cpuMs: number;
}

/** What the process reports: the port Teams may deliver to, notable events, its memory every second and after each full collection. */
export type FromFrebot =
  | { ready: number }
  | { event: DeskEvent }
  | { memory: Memory }
  | { live: Memory }
  | { collected: Memory };

/** A Frebot in a child process. */
export class FrebotProcess {
  readonly #child: ChildProcess;
  /** Where Teams delivers to; rejects when the process ends before its doors are open. */
  readonly opened: Promise<string>;
  readonly ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;

  constructor(around: Surroundings, listen: (message: FromFrebot) => void) {
    this.#child = fork(resolve(import.meta.dirname, 'frebot.ts'), {
      execArgv: ['--import', 'tsx'],
      env: { ...process.env, SURROUNDINGS: JSON.stringify(around), NODE_NO_WARNINGS: '1' },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.#child.on('message', listen);
    this.ended = new Promise((resolve) => this.#child.once('exit', (code, signal) => resolve({ code, signal })));
    this.opened = new Promise((resolve, reject) => {
      this.#child.on('message', (message: FromFrebot) => {
        if ('ready' in message) resolve(`http://127.0.0.1:${message.ready}/api/messages`);
      });
      void this.ended.then(({ code, signal }) => reject(new Error(`Frebot ended by itself: ${code ?? signal}`)));
    });
    this.opened.catch(() => undefined);
  }

  /** Returns its memory with nothing left to collect. The process pauses for it. */
  collectMemory(): Promise<Memory> {
    return new Promise((resolve, reject) => {
      const listen = (message: FromFrebot) => {
        if (!('collected' in message)) return;
        this.#child.off('message', listen);
        resolve(message.collected);
      };
      this.#child.on('message', listen);
      void this.ended.then(() => reject(new Error('Frebot ended')));
      this.#child.send('collect');
    });
  }

  /** Kills the process (kill -9), whatever it is doing. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.ended;
  }
}
