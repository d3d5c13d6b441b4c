import { OperatorError } from '../../src/service/operator-error.js';

/** What the Slack door needs to know. `src/main.ts` fills it from the configuration. */
export interface SlackSettings {
  /** Bot User OAuth Token, `xoxb-…`, of the one workspace; without it workspaces install the app through OAuth. */
  botToken?: string | undefined;
  /** The app's own credentials, for an app that several workspaces install. */
  oauth?: OAuthSettings | undefined;
  /** Who may use it; everybody who can reach it unless set. */
  access?: Access | undefined;
  /** App-level token with `connections:write`, `xapp-…`: Socket Mode, no public address needed. */
  appToken?: string | undefined;
  /** Signing secret: requests come over HTTP. Used when there is no app-level token. */
  signingSecret?: string | undefined;
  /** Base URL of the Web API, for a test's own; `https://slack.com/api/` unless set. */
  apiUrl?: string;
}

/** Client id and secret of the app (Basic Information). */
interface OAuthSettings {
  clientId: string;
  clientSecret: string;
}

/** Allow-lists by id. One that is absent or empty lets everybody pass. */
export interface Access {
  workspaces?: readonly string[] | undefined;
  /** Channels; direct messages with Frebot are not channels, the list of users decides there. */
  channels?: readonly string[] | undefined;
  users?: readonly string[] | undefined;
  /** Administrators: ids of users (U…, W…) and of user groups (S…, with the scope `usergroups:read`). */
  admins?: readonly string[] | undefined;
  /** Names of commands that only administrators may use. */
  adminCommands?: readonly string[] | undefined;
}

/** A setting that keeps the door closed: which one, what is wrong, an example. */
export class SlackSettingsError extends OperatorError {}

export type TransportKind = 'socket' | 'http';

/** Socket Mode when an app-level token is set, else signed HTTP. */
export function transportKind(settings: SlackSettings): TransportKind {
  return settings.appToken ? 'socket' : 'http';
}

/**
 * Fails closed: a door without a signature check would obey anyone.
 * @throws SlackSettingsError
 */
export function checkSlackSettings(settings: SlackSettings): void {
  if (!settings.botToken === !settings.oauth) {
    throw new SlackSettingsError(
      'Slack needs either the bot token of one workspace, or client id and secret of an app that several workspaces install.',
    );
  }
  if (settings.botToken && !settings.botToken.startsWith('xoxb-')) {
    throw new SlackSettingsError(
      'The Slack bot token is not one: it starts with xoxb- (OAuth & Permissions, "Bot User OAuth Token").',
    );
  }
  if (settings.appToken && !settings.appToken.startsWith('xapp-')) {
    throw new SlackSettingsError(
      'The Slack app-level token is not one: it starts with xapp- (Basic Information, App-Level Tokens, scope connections:write).',
    );
  }
  if (!settings.appToken && !settings.signingSecret) {
    throw new SlackSettingsError(
      'Slack has a token but no way in: set the app-level token (xapp-…, Socket Mode) or the signing secret (HTTP).',
    );
  }
}
