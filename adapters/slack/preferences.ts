import type { Vault } from '../../src/desk/ports/environment.js';
import type { Json } from '../../src/desk/ports/message.js';
import { preferencesName } from './keys.js';

/** Switches on Frebot's home tab for administrators of a workspace. */
export const switches = [
  {
    id: 'overhear',
    label: 'Answer logs that are dropped without a mention',
    off: 'I only read logs sent with a mention, a direct message or a shortcut.',
    press: { on: 'Answer logs without a mention', off: 'Stop answering logs without a mention' },
  },
  {
    id: 'followUps',
    label: 'Answer questions in my threads without a mention',
    off: 'A question in a thread needs a mention.',
    press: { on: 'Answer questions without a mention', off: 'Stop answering questions without a mention' },
  },
] as const;

export type Switch = (typeof switches)[number]['id'];
export type Preference = Record<Switch, boolean>;

const everythingOn: Preference = { overhear: true, followUps: true };

/** The switches of each workspace, stored in the vault. */
export class Preferences {
  readonly #vault: Vault;

  constructor(vault: Vault) {
    this.#vault = vault;
  }

  async of(team: string): Promise<Preference> {
    return { ...everythingOn, ...((await this.#vault.get(preferencesName(team))) as Partial<Preference> | undefined) };
  }

  async set(team: string, id: Switch, on: boolean): Promise<void> {
    await this.#vault.put(preferencesName(team), { ...(await this.of(team)), [id]: on } as Json);
  }

  forget(team: string): Promise<void> {
    return this.#vault.remove(preferencesName(team));
  }
}
