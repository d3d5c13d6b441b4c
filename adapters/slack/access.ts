import type { Clock } from '../../src/desk/ports/environment.js';
import type { SlackLog } from './log.js';
import type { Access } from './settings.js';
import type { Workspace } from './workspaces.js';

/** Workspace, channel and user of a request, as far as the request names them. */
export interface ActionOrigin {
  team: string;
  channel?: string | undefined;
  user?: string | undefined;
}

/** Returns whether the allow-lists permit a request from this origin. */
export function isPermitted(access: Access | undefined, { team, channel, user }: ActionOrigin): boolean {
  if (!access) return true;
  const allows = (list: readonly string[] | undefined, id: string | undefined) =>
    !list?.length || id === undefined || list.includes(id);
  const isDirect = channel?.startsWith('D');
  return (
    allows(access.workspaces, team) && allows(access.users, user) && (isDirect || allows(access.channels, channel))
  );
}

const groupCacheMs = 5 * 60_000;

/** Tells administrators from other users. Asks Slack for the members of user groups and caches them for five minutes. */
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

  /** Returns whether the user is an administrator: named in `admins`, or a member of a user group named there. */
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
      this.#groups.set(usergroup, { members, until: now + groupCacheMs });
      return members;
    } catch (error) {
      // Fails closed: members that cannot be read are not administrators.
      this.#log.warn({ error: (error as Error).name }, 'members of the administrators’ user group could not be read');
      return known?.members ?? [];
    }
  }
}
