import type { Desk } from '../../../src/desk/desk.js';
import type { Clock, Vault } from '../../../src/desk/ports.js';
import type { Admins } from '../access.js';
import type { Log } from '../log.js';
import type { Preferences } from '../preferences.js';
import type { Sender } from '../sender.js';
import type { Access } from '../settings.js';
import type { Workspace } from '../workspaces.js';

export type { Log } from '../log.js';

/** What every listener works with. */
export interface Context {
  desk: Desk;
  sender: Sender;
  clock: Clock;
  log: Log;
  vault: Vault;
  access: Access | undefined;
  admins: Admins;
  preferences: Preferences;
  /** @throws NotInstalled */
  workspace(team: string): Promise<Workspace>;
}

/** What of a request says whose workspace it is. */
interface Sent {
  authorizations?: ({ team_id?: string | null | undefined } | undefined)[];
  team_id?: string | undefined;
  team?: { id: string } | null | undefined;
  user?: unknown;
  /** Of a form that was opened from a channel shared with another workspace. */
  view?: { app_installed_team_id?: string | undefined } | undefined;
}

/** The workspace whose installation a request came to. In a shared channel that is not always the one it happened in. */
export function teamOf(body: object): string {
  const { authorizations, team_id, team, user, view } = body as Sent;
  const users = (user as { team_id?: string } | undefined)?.team_id;
  return authorizations?.[0]?.team_id ?? view?.app_installed_team_id ?? team_id ?? team?.id ?? users ?? '';
}
