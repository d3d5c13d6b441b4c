import { webApi } from '@slack/bolt';
import { rememberIdentity, type SlackIdentity } from './identity.js';

/** A workspace the app is installed in: clients with its token, and our identity there. */
export interface Workspace {
  token: string;
  client: webApi.WebClient;
  /** Makes one attempt per call: only a refused post may be repeated without looking for it. */
  poster: webApi.WebClient;
  /** Returns our identity, asked for once and cached. */
  us(): Promise<SlackIdentity>;
}

export interface Workspaces {
  /** @throws NotInstalled when the app is not, or no longer, installed there */
  of(team: string): Promise<Workspace>;
  /** The workspaces installed here, for a check; with one bot token that one. */
  some(): Promise<Workspace | undefined>;
}

/** The app is not installed in this workspace, or no longer. */
export class NotInstalledError extends Error {
  override readonly name = 'NotInstalled';
}

/** The workspace of a bot token from the configuration. An app that others have installed, too, brings their events along: they are not ours. */
export function singleWorkspace(token: string, options: webApi.WebClientOptions): Workspaces {
  const workspace = workspaceOf(token, options);
  return {
    async of(team) {
      if (team !== (await workspace.us()).team) throw new NotInstalledError();
      return workspace;
    },
    some: async () => workspace,
  };
}

/**
 * The workspaces that installed the app through OAuth.
 * @param tokenOf the bot token of a workspace, from the installation store
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
      // Also after a reinstall: the old token may be revoked.
      const workspace = workspaceOf(token, options);
      open.set(team, workspace);
      return workspace;
    },
    some: async () => open.values().next().value,
  };
}

function workspaceOf(token: string, options: webApi.WebClientOptions): Workspace {
  const client = new webApi.WebClient(token, options);
  const once = { ...options, retryConfig: { retries: 0 }, rejectRateLimitedCalls: true };
  return { token, client, poster: new webApi.WebClient(token, once), us: rememberIdentity(client) };
}
