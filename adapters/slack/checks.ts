import type { Check } from '../../src/desk/ports/door.js';
import type { SlackIdentity } from './identity.js';
import { endpointPath, installPath, redirectPath } from './manifest.js';
import { slackCode } from './refusals.js';
import { scopes } from './scopes.js';
import { type SlackSettings, transportKind } from './settings.js';
import type { Workspace } from './workspaces.js';

/** How Slack reaches this process. */
export interface TransportState {
  connected(): boolean;
  /** Asks Slack for a Socket Mode connection without opening it. */
  requestConnection?(): Promise<unknown>;
}

/** Checks the token, its scopes and the transport. Returns one line for each matter. */
export async function checkSlack(
  workspace: Workspace | undefined,
  settings: SlackSettings,
  transport: TransportState,
): Promise<Check[]> {
  if (!workspace) return [checkInstallation(settings), await checkTransport(settings, transport)];
  let identity: SlackIdentity;
  try {
    identity = await workspace.renew();
  } catch (error) {
    return [explainRefusal(error)];
  }
  return [
    { name: 'Slack token', state: 'ok', detail: `valid in the workspace ${identity.teamName || identity.team}` },
    ...checkScopes(identity.scopes),
    ...checkHistory(identity.scopes),
    await checkTransport(settings, transport),
  ];
}

/** Returns the check of an app that workspaces install through OAuth: each has its own token, so none is in the settings. */
function checkInstallation(settings: SlackSettings): Check {
  return {
    name: 'Slack installation',
    state: settings.oauth ? 'cannot-tell' : 'missing',
    detail: 'workspaces install the app through OAuth; no workspace has used it since the start',
    next: `Open https://<your host>${installPath} in the workspace; Slack must know https://<your host>${redirectPath} as redirect URL.`,
  };
}

function explainRefusal(error: unknown): Check {
  const code = slackCode(error);
  return {
    name: 'Slack token',
    state: code ? 'missing' : 'cannot-tell',
    ...(!code && { unreachable: true as const }),
    detail: code ? `Slack refuses the bot token (${code})` : 'Slack did not answer',
    next: code
      ? 'Copy the Bot User OAuth Token again from OAuth & Permissions; after a reinstall it may have changed.'
      : 'Frebot needs to reach https://slack.com; behind a proxy set HTTPS_PROXY, and NODE_EXTRA_CA_CERTS if it signs with a certificate authority of its own.',
  };
}

/** Returns a line for each scope that the manifest asks for and the token lacks. */
function checkScopes(granted: string[]): Check[] {
  if (granted.length === 0) {
    return [{ name: 'Slack scopes', state: 'cannot-tell', detail: 'Slack did not say which scopes the token has' }];
  }
  const missing = scopes.filter(({ scope, overlay }) => !overlay && !granted.includes(scope));
  if (missing.length === 0) return [{ name: 'Slack scopes', state: 'ok', detail: 'all that the manifest asks for' }];
  return missing.map(({ scope, without, required }) => ({
    name: `Slack scope ${scope}`,
    state: required ? 'missing' : 'cannot-tell',
    detail: `not granted: ${without}`,
    next: `Add ${scope} under OAuth & Permissions, then install the app again.`,
  }));
}

/** Returns what is lost where Frebot may not read the channels it was invited to; nothing when it may read all kinds of them. */
function checkHistory(granted: string[]): Check[] {
  const missing = scopes.filter(({ scope }) => historyScopes.has(scope) && !granted.includes(scope));
  if (granted.length === 0 || missing.length === 0) return [];
  const names = missing.map(({ scope }) => scope).join(', ');
  return [
    {
      name: 'Slack history',
      state: 'missing',
      optional: true,
      detail: `not granted: ${names}. Without a mention I hear no follow-up question, and I can't read the message that a question points at: the first one of its thread, or one behind a link`,
      next: 'Install the full manifest (npm run manifest:full). Until then, people choose "Diagnose this log" in the menu of that message, or forward it.',
    },
  ];
}

const historyScopes: ReadonlySet<string> = new Set(['channels:history', 'groups:history', 'mpim:history']);

async function checkTransport(settings: SlackSettings, transport: TransportState): Promise<Check> {
  if (transportKind(settings) === 'http') {
    return {
      name: 'Slack requests',
      state: 'cannot-tell',
      detail: `signed requests are awaited at ${endpointPath}; only Slack can tell whether it reaches that address`,
      next: `Event Subscriptions, Interactivity and the slash command all point at https://<your host>${endpointPath}.`,
    };
  }
  const ok: Check = { name: 'Slack Socket Mode', state: 'ok', detail: 'connected' };
  if (transport.connected()) return ok;
  try {
    await transport.requestConnection?.();
    return { ...ok, detail: 'the app-level token is good for a connection' };
  } catch (error) {
    const code = slackCode(error);
    return {
      name: 'Slack Socket Mode',
      state: code ? 'missing' : 'cannot-tell',
      ...(!code && { unreachable: true as const }),
      detail: code ? `Slack refuses a connection (${code})` : 'Slack did not answer',
      next: 'Turn Socket Mode on in the app, and give the app-level token the scope connections:write.',
    };
  }
}
