import { webApi } from '@slack/bolt';
import { type IdentityMemory, rememberIdentity } from './identity.js';

/** A workspace that the app is installed in: clients with its token, and Frebot's identity there. */
export interface Workspace extends IdentityMemory {
  token: string;
  client: webApi.WebClient;
  /** Makes one attempt per call, because only a refused post may be repeated without a search for it. */
  poster: webApi.WebClient;
}

export interface Workspaces {
  /** @throws NotInstalledError when the app is not, or no longer, installed there */
  of(team: string): Promise<Workspace>;
  /** Returns any workspace that is known, for a check. */
  findAny(): Promise<Workspace | undefined>;
}

/** The app is not installed in this workspace, or no longer. */
export class NotInstalledError extends Error {
  override readonly name = 'NotInstalled';
}

/** Returns the workspace of the configured bot token. Refuses events of others that installed the same app. */
export function singleWorkspace(token: string, options: webApi.WebClientOptions): Workspaces {
  const workspace = createWorkspace(token, options);
  return {
    async of(team) {
      if (team !== (await workspace.us()).team) throw new NotInstalledError();
      return workspace;
    },
    findAny: async () => workspace,
  };
}

/**
 * Returns the workspaces that installed the app through OAuth.
 * @param tokenOf returns the bot token of a workspace from the installation store
 */
export function installedWorkspaces(
  tokenOf: (team: string) => Promise<string | undefined>,
  options: webApi.WebClientOptions,
): Workspaces {
  const open = new Map<string, Workspace>();
  return {
    async of(team) {
      const token = await tokenOf(team);
      const known = open.get(team);
      if (token === undefined) {
        open.delete(team);
        throw new NotInstalledError();
      }
      if (known?.token === token) return known;
      // After a reinstall the old token may be revoked.
      const workspace = createWorkspace(token, options);
      open.set(team, workspace);
      return workspace;
    },
    findAny: async () => open.values().next().value,
  };
}

function createWorkspace(token: string, options: webApi.WebClientOptions): Workspace {
  const client = new webApi.WebClient(token, options);
  const singleAttempt = { ...options, retryConfig: { retries: 0 }, rejectRateLimitedCalls: true };
  return { token, client, poster: new webApi.WebClient(token, singleAttempt), ...rememberIdentity(client) };
}
