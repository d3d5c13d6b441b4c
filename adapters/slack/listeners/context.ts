import type { Desk } from '../../../src/desk/desk.js';
import type { Clock, Vault } from '../../../src/desk/ports/environment.js';
import type { Admins } from '../access.js';
import type { SlackLog } from '../log.js';
import type { Preferences } from '../preferences.js';
import type { SlackSender } from '../sender.js';
import type { Access } from '../settings.js';
import type { Workspace } from '../workspaces.js';

export type { SlackLog } from '../log.js';

/** Dependencies of every listener. */
export interface ListenerContext {
  desk: Desk;
  sender: SlackSender;
  clock: Clock;
  log: SlackLog;
  vault: Vault;
  access: Access | undefined;
  answersInSharedChannels: boolean;
  admins: Admins;
  preferences: Preferences;
  /** @throws NotInstalledError */
  workspace(team: string): Promise<Workspace>;
}

/** Fields of a request that name its workspace. */
interface RequestOrigin {
  authorizations?: ({ team_id?: string | null | undefined } | undefined)[];
  team_id?: string | undefined;
  team?: { id: string } | null | undefined;
  user?: unknown;
  /** Of a form that was opened from a channel shared with another workspace. */
  view?: { app_installed_team_id?: string | undefined } | undefined;
}

/** Returns the workspace whose installation received a request. In a shared channel it may happen in another workspace. */
export function teamOf(body: object): string {
  const { authorizations, team_id, team, user, view } = body as RequestOrigin;
  const users = (user as { team_id?: string } | undefined)?.team_id;
  return authorizations?.[0]?.team_id ?? view?.app_installed_team_id ?? team_id ?? team?.id ?? users ?? '';
}
