import { FrebotProcess, type FromFrebot, type Surroundings } from '../served/process.js';

/** How often the processes reported each event before they died. */
export type EventCounts = Record<string, number>;

interface Entry {
  process: FrebotProcess;
  /** Once its doors are open. */
  address?: string;
  killed?: true;
}

/** Processes that are killed and started again. */
export class Replicas {
  readonly reports: EventCounts = {};
  kills = 0;
  readonly #running = new Map<number, Entry>();
  readonly #around: Surroundings;

  constructor(around: Surroundings) {
    this.#around = around;
  }

  /** Starts a process in this place. @throws when it ends before both doors are open */
  async start(place: number): Promise<void> {
    const process = new FrebotProcess(this.#around, (message) => this.#count(message));
    const entry: Entry = { process };
    this.#running.set(place, entry);
    void process.ended.then(() => {
      this.#running.delete(place);
      if (!entry.killed) this.#addCount('ended by itself');
    });
    entry.address = await process.opened;
  }

  /** Returns an address that Teams may deliver to; undefined while no process listens. */
  get address(): string | undefined {
    const addresses = [...this.#running.values()].flatMap(({ address }) => address ?? []);
    return addresses[Math.floor(Math.random() * addresses.length)];
  }

  /** Kills the process (kill -9), whatever it is doing. */
  async kill(place: number): Promise<void> {
    const entry = this.#running.get(place);
    if (!entry) return;
    entry.killed = true;
    await entry.process.kill();
    this.kills++;
  }

  async stop(): Promise<void> {
    for (const place of [...this.#running.keys()]) await this.kill(place);
  }

  #count(message: FromFrebot): void {
    if (!('event' in message)) return;
    const { event } = message;
    const { found, code, error }: { found?: unknown; code?: unknown; error?: unknown } = JSON.parse(
      JSON.stringify(event),
    );
    this.#addCount([event.name, found, code, error].filter(Boolean).join(' '));
  }

  #addCount(label: string): void {
    this.reports[label] = (this.reports[label] ?? 0) + 1;
  }
}
