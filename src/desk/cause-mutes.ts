import type { Mute } from '../answer/mutes.js';
import { TurnQueue } from './cases/turn-queue.js';
import type { Clock, Vault } from './ports/environment.js';

/** A cause that a member of a chat has muted, as plain JSON. */
export type MutedCause = Mute & { tenant: string };

const vaultName = 'muted causes';
const dayMs = 24 * 60 * 60 * 1000;
const muteMs = 7 * dayMs;

/** Keeps which causes watchers do not post, for each tenant. */
export class CauseMutes {
  readonly #clock: Clock;
  readonly #vault: Vault | undefined;
  readonly #turns = new TurnQueue();
  #known: MutedCause[] = [];

  constructor(clock: Clock, vault: Vault | undefined) {
    this.#clock = clock;
    this.#vault = vault;
  }

  /** Lists the causes that are muted now for a tenant. */
  async list(tenant: string): Promise<MutedCause[]> {
    return (await this.#read()).filter((one) => one.tenant === tenant);
  }

  /** Mutes a cause for a week. Returns the mute. */
  async mute(cause: string, tenant: string, by: string): Promise<MutedCause> {
    const until = new Date(this.#clock.now().getTime() + muteMs).toISOString();
    const muted = { cause, tenant, by, until };
    await this.#replace(cause, tenant, [muted]);
    return muted;
  }

  unmute(cause: string, tenant: string): Promise<void> {
    return this.#replace(cause, tenant, []);
  }

  #replace(cause: string, tenant: string, by: MutedCause[]): Promise<void> {
    return this.#turns.run(vaultName, async () => {
      const others = (await this.#read()).filter((one) => one.cause !== cause || one.tenant !== tenant);
      this.#known = [...others, ...by];
      await this.#vault?.put(vaultName, this.#known);
    });
  }

  async #read(): Promise<MutedCause[]> {
    // Another process may have changed it.
    if (this.#vault) this.#known = ((await this.#vault.get(vaultName)) ?? []) as MutedCause[];
    const now = this.#clock.now().toISOString();
    return this.#known.filter(({ until }) => until > now);
  }
}
