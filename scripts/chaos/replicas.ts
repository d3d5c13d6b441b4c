import { type ChildProcess, fork } from 'node:child_process';
import { resolve } from 'node:path';
import type { Surroundings } from './child.js';

/** What the processes told before they died. */
export type Told = Record<string, number>;

/** Processes that are killed and started again. */
export class Replicas {
  readonly told: Told = {};
  kills = 0;
  readonly #children = new Map<number, { child: ChildProcess; port?: number }>();
  readonly #around: Surroundings;
  #stopped = false;

  constructor(around: Surroundings) {
    this.#around = around;
  }

  /** Starts one in this place; resolves when both doors are open. */
  start(place: number): Promise<void> {
    const child = fork(resolve(import.meta.dirname, 'child.ts'), {
      execArgv: ['--import', 'tsx'],
      env: { ...process.env, CHAOS: JSON.stringify(this.#around), NODE_NO_WARNINGS: '1' },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    const entry: { child: ChildProcess; port?: number } = { child };
    this.#children.set(place, entry);
    return new Promise((ready, failed) => {
      child.on('message', (message: { ready?: number; event?: { name: string; [fact: string]: unknown } }) => {
        if (message.ready !== undefined) {
          entry.port = message.ready;
          ready();
        }
        if (message.event) this.#count(message.event);
      });
      child.once('exit', (code, signal) => {
        if (entry.port !== undefined) entry.port = undefined;
        if (signal !== 'SIGKILL' && !this.#stopped) failed(new Error(`a process ended by itself: ${code ?? signal}`));
        else ready();
      });
    });
  }

  /** Where Teams may deliver to; undefined while nobody is there. */
  get address(): string | undefined {
    const ports = [...this.#children.values()].flatMap(({ port }) => (port === undefined ? [] : [port]));
    const port = ports[Math.floor(Math.random() * ports.length)];
    return port === undefined ? undefined : `http://127.0.0.1:${port}/api/messages`;
  }

  /** kill -9, whatever it is doing. */
  async kill(place: number): Promise<void> {
    const child = this.#children.get(place)?.child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((exited) => child.once('exit', exited));
    child.kill('SIGKILL');
    await gone;
    this.kills++;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    for (const place of this.#children.keys()) await this.kill(place);
  }

  #count({ name, found, code, error }: { name: string; [fact: string]: unknown }): void {
    const label = [name, found, code, error].filter(Boolean).join(' ');
    this.told[label] = (this.told[label] ?? 0) + 1;
  }
}
