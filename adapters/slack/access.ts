import type { Clock } from '../../src/desk/ports/environment.js';
import type { SlackLog } from './log.js';
import type { Access } from './settings.js';
import type { Workspace } from './workspaces.js';

/** Where and by whom something was done in Slack, as far as it says. */
export interface ActionOrigin {
  team: string;
  channel?: string | undefined;
  user?: string | undefined;
}

/** Whether the allow-lists let somebody pass. */
export function isPermitted(access: Access | undefined, { team, channel, user }: ActionOrigin): boolean {
  if (!access) return true;
  const passes = (list: readonly string[] | undefined, id: string | undefined) =>
    !list?.length || id === undefined || list.includes(id);
  const direct = channel?.startsWith('D');
  return passes(access.workspaces, team) && passes(access.users, user) && (direct || passes(access.channels, channel));
}

const groupKeptMs = 5 * 60_000;

/** Knows who is an administrator; asks Slack for the members of user groups and remembers them for five minutes. */
export class Admins {
  readonly #access: Access | undefined;
  readonly #clock: Clock;
  readonly #log: SlackLog;
  readonly #groups = new Map<string, { members: string[]; until: number }>();

  constructor(access: Access | undefined, clock: Clock, log: SlackLog) {
    this.#access = access;
    this.#clock = clock;
    this.#log = log;
  }

  /** Nobody is until `admins` names somebody. */
  async has(user: string, workspace: () => Promise<Workspace>): Promise<boolean> {
    const ids = this.#access?.admins ?? [];
    if (ids.includes(user)) return true;
    for (const group of ids.filter((id) => id.startsWith('S'))) {
      if ((await this.#members(group, workspace)).includes(user)) return true;
    }
    return false;
  }

  async #members(usergroup: string, workspace: () => Promise<Workspace>): Promise<string[]> {
    const now = this.#clock.now().getTime();
    const known = this.#groups.get(usergroup);
    if (known && known.until > now) return known.members;
    try {
      const { client } = await workspace();
      const members = (await client.usergroups.users.list({ usergroup })).users ?? [];
      this.#groups.set(usergroup, { members, until: now + groupKeptMs });
      return members;
    } catch (error) {
      // Fails closed: who cannot be looked up is no administrator.
      this.#log.warn({ error: (error as Error).name }, 'members of the administrators’ user group could not be read');
      return known?.members ?? [];
    }
  }
}
