import * as z from 'zod';
import { restrictableCommands } from '../../src/desk/conversation/commands.js';
import { OperatorError } from '../../src/service/operator-error.js';
import {
  adminCommandsRow,
  createSettingReader,
  type Environment,
  type SettingRows,
  splitList,
} from '../../src/service/settings.js';

/** Settings of the Slack door: the workspaces it serves, how Slack reaches it, and who may use it. */
export type SlackSettings = SlackInstallation & SlackConnection & CommonSettings;

/** The bot token of one workspace, or the credentials of an app that several workspaces install through OAuth. */
type SlackInstallation =
  /** Bot User OAuth Token, `xoxb-…`. */
  { botToken: string; oauth?: undefined } | { botToken?: undefined; oauth: OAuthSettings };

/** Client id and secret of the app (Basic Information). */
export interface OAuthSettings {
  clientId: string;
  clientSecret: string;
}

/** Socket Mode, or signed HTTP. Without either the door would accept requests from anyone. */
type SlackConnection =
  /** App-level token with `connections:write`, `xapp-…`. Needs no public address, and is preferred. */
  { appToken: string; signingSecret?: string | undefined } | { appToken?: undefined; signingSecret: string };

interface CommonSettings {
  /** Allow-lists and administrators. Everyone may use Frebot when absent. */
  access?: Access | undefined;
  /** Whether answers in channels shared with another organization are in the thread; else only the asker sees them. */
  answersInSharedChannels?: boolean;
  /** For tests: base URL of the Web API; `https://slack.com/api/` unless set. */
  apiUrl?: string;
}

/** Allow-lists by id. A list that is absent or empty allows everyone. */
export interface Access {
  workspaces?: readonly string[] | undefined;
  /** Channels. Direct messages are not channels; the list of users decides there. */
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

/** Returns Socket Mode when an app-level token is set, else signed HTTP. */
export function transportKind(settings: SlackSettings): TransportKind {
  return settings.appToken ? 'socket' : 'http';
}

const text = z.string();
const idList = (id: RegExp) => text.transform(splitList).pipe(z.array(text.regex(id)).min(1));

/** Variables of the Slack door. */
export const slackSettingRows = {
  SLACK_BOT_TOKEN: {
    schema: text.regex(/^xoxb-\S+$/),
    wrong: 'is not a bot token',
    example: 'xoxb-… (OAuth & Permissions)',
    opensDoor: true,
  },
  SLACK_APP_TOKEN: {
    schema: text.regex(/^xapp-\S+$/),
    wrong: 'is not an app-level token',
    example: 'xapp-… (Basic Information)',
  },
  SLACK_SIGNING_SECRET: {
    schema: text.regex(/^[0-9a-f]{32}$/),
    wrong: 'is not a signing secret',
    example: '32 hexadecimal digits (Basic Information)',
  },
  SLACK_CLIENT_ID: {
    schema: text.regex(/^\d+\.\d+$/),
    wrong: 'is not a client id',
    example: '1234567890.1234567890 (Basic Information)',
  },
  SLACK_CLIENT_SECRET: {
    schema: text.regex(/^[0-9a-f]{32}$/),
    wrong: 'is not a client secret',
    example: '32 hexadecimal digits (Basic Information)',
  },
  SLACK_ALLOW_WORKSPACES: {
    schema: idList(/^T[A-Z0-9]+$/),
    wrong: 'is not a list of workspace ids',
    example: 'T0123ABCD,T0456EFGH',
  },
  SLACK_ALLOW_CHANNELS: {
    schema: idList(/^[CG][A-Z0-9]+$/),
    wrong: 'is not a list of channel ids',
    example: 'C0123ABCD,C0456EFGH (channel details, at the bottom)',
  },
  SLACK_ALLOW_USERS: {
    schema: idList(/^[UW][A-Z0-9]+$/),
    wrong: 'is not a list of member ids',
    example: 'U0123ABCD,U0456EFGH (profile, Copy member ID)',
  },
  SLACK_SHARED_CHANNELS: {
    schema: text.pipe(z.enum(['private', 'thread'])),
    wrong: 'is neither private nor thread',
    example: 'thread (answers in channels shared with other organizations are in the thread)',
    default: 'private',
  },
  SLACK_ADMINS: {
    schema: idList(/^[UWS][A-Z0-9]+$/),
    wrong: 'is not a list of member or user group ids',
    example: 'U0123ABCD,S0456EFGH',
  },
  SLACK_ADMIN_COMMANDS: adminCommandsRow(restrictableCommands),
} satisfies SettingRows;

/**
 * Returns the settings of the Slack door, or undefined when no variable asks for it.
 * @throws SlackSettingsError when variables are missing or exclude each other; ConfigError when a value is wrong
 */
export function readSlackSettings(env: Environment): SlackSettings | undefined {
  const get = createSettingReader(slackSettingRows, env);
  const botToken = get('SLACK_BOT_TOKEN');
  const appToken = get('SLACK_APP_TOKEN');
  const signingSecret = get('SLACK_SIGNING_SECRET');
  const oauth = joinCredentials(get('SLACK_CLIENT_ID'), get('SLACK_CLIENT_SECRET'));
  const access = {
    workspaces: get('SLACK_ALLOW_WORKSPACES') ?? [],
    channels: get('SLACK_ALLOW_CHANNELS') ?? [],
    users: get('SLACK_ALLOW_USERS') ?? [],
    admins: get('SLACK_ADMINS') ?? [],
    adminCommands: get('SLACK_ADMIN_COMMANDS') ?? [],
  };
  const installation = chooseInstallation(botToken, oauth);
  if (!installation) {
    const present = appToken ? 'SLACK_APP_TOKEN' : signingSecret ? 'SLACK_SIGNING_SECRET' : undefined;
    if (!present) return undefined;
    throw missingBeside('SLACK_BOT_TOKEN', present);
  }
  const connection = appToken ? { appToken, signingSecret } : signingSecret ? { signingSecret } : undefined;
  if (!connection) {
    throw new SlackSettingsError(
      `SLACK_APP_TOKEN is missing beside ${botToken ? 'SLACK_BOT_TOKEN' : 'SLACK_CLIENT_ID'}; for example: xapp-… for Socket Mode (or SLACK_SIGNING_SECRET for HTTP)`,
    );
  }
  if (access.adminCommands.length > 0 && access.admins.length === 0) {
    throw missingBeside('SLACK_ADMINS', 'SLACK_ADMIN_COMMANDS, so no one could use them');
  }
  const answersInSharedChannels = get('SLACK_SHARED_CHANNELS') === 'thread';
  return { ...installation, ...connection, access, answersInSharedChannels };
}

/** Returns the way in which the app is installed, or undefined without one. Throws when both ways are set. */
function chooseInstallation(
  botToken: string | undefined,
  oauth: OAuthSettings | undefined,
): SlackInstallation | undefined {
  if (botToken && oauth) {
    throw new SlackSettingsError(
      'SLACK_BOT_TOKEN and SLACK_CLIENT_ID exclude each other; for example: leave SLACK_BOT_TOKEN empty when several workspaces install the app',
    );
  }
  if (botToken) return { botToken };
  return oauth && { oauth };
}

/** Returns both credentials of the app, or undefined without either. Throws when only one of them is set. */
function joinCredentials(clientId: string | undefined, clientSecret: string | undefined): OAuthSettings | undefined {
  if (clientId && clientSecret) return { clientId, clientSecret };
  if (clientId) throw missingBeside('SLACK_CLIENT_SECRET', 'SLACK_CLIENT_ID');
  if (clientSecret) throw missingBeside('SLACK_CLIENT_ID', 'SLACK_CLIENT_SECRET');
  return undefined;
}

function missingBeside(missing: keyof typeof slackSettingRows, present: string): SlackSettingsError {
  const { example } = slackSettingRows[missing];
  return new SlackSettingsError(`${missing} is missing beside ${present}; for example: ${example}`);
}
