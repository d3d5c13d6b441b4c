/** What the Slack door needs to know. `src/main.ts` fills it from the configuration. */
export interface SlackSettings {
  /** Bot User OAuth Token, `xoxb-…`. */
  botToken: string;
  /** App-level token with `connections:write`, `xapp-…`: Socket Mode, no public address needed. */
  appToken?: string;
  /** Signing secret: requests come over HTTP. Used when there is no app-level token. */
  signingSecret?: string;
  /** Base URL of the Web API, for a test's own; `https://slack.com/api/` unless set. */
  apiUrl?: string;
}

/** A setting that keeps the door closed: which one, what is wrong, an example. */
export class SlackSettingsError extends Error {}

export type Transport = 'socket' | 'http';

/** Socket Mode when an app-level token is set, else signed HTTP. */
export function transportOf(settings: SlackSettings): Transport {
  return settings.appToken ? 'socket' : 'http';
}

/**
 * Fails closed: a door without a signature check would obey anyone.
 * @throws SlackSettingsError
 */
export function checkSettings(settings: SlackSettings): void {
  if (!settings.botToken.startsWith('xoxb-')) {
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
      'Slack has a bot token but no way in: set the app-level token (xapp-…, Socket Mode) or the signing secret (HTTP).',
    );
  }
}
