import { z } from 'zod';
import {
  ConfigError,
  createSettingReader,
  type Environment,
  type HostSettings,
  type SettingRows,
  splitList,
} from './settings.js';

export { ConfigError } from './settings.js';

interface SlackConfig {
  /** The one workspace's; absent with `oauth`. */
  botToken?: string;
  /** Of an app that several workspaces install. */
  oauth?: { clientId: string; clientSecret: string };
  /** Ids; an empty list lets everybody pass. */
  access: {
    workspaces: string[];
    channels: string[];
    users: string[];
    admins: string[];
    adminCommands: string[];
  };
  /** Present: Socket Mode. Absent: signed HTTP with `signingSecret`. */
  appToken?: string;
  signingSecret?: string;
}

interface TeamsConfig {
  /** Absent only with `devWithoutAuth`. */
  appId?: string;
  appPassword?: string;
  tenantId?: string;
  /** PEM file with certificate and private key, instead of a secret. */
  certificateFile?: string;
  /** The user-assigned managed identity of the host, instead of a secret. */
  managedIdentity?: boolean;
  cloud?: 'public' | 'us-government' | 'us-dod' | 'china';
  /** Tenants whose conversations are answered; the app's own when absent. */
  allowedTenants?: string[];
  /** Object ids of people, and the commands that are for them alone. */
  admins?: string[];
  adminCommands?: string[];
  /** Whether files of channels and group chats are read through Microsoft Graph; true unless said. */
  graph?: boolean;
  devWithoutAuth: boolean;
}

/** Everything that can be set, checked. `slack` and `teams` are undefined when that door stays closed. */
export interface Config extends HostSettings {
  host: string;
  port: number;
  /** Off loopback the page is served only to who sends this token. */
  pageToken?: string;
  slowMs: number;
  logLevel: 'debug' | 'info' | 'warn' | 'error';
  slack?: SlackConfig;
  teams?: TeamsConfig;
  /** Directory of the embedded database and of the key file; relative to where the process stands. */
  dataDir: string;
  /** A Postgres server instead of the embedded database. */
  databaseUrl?: string;
  /** 32 bytes that seal what waits for its answer; without it a key file in `dataDir`. */
  key?: Buffer;
  /** How long answers and cases are kept. */
  retentionDays: number;
  /** File of the audit trail; there is none without. */
  auditFile?: string;
}

const guid = z.guid();
const text = z.string();
/** Several of one kind, with commas or blanks between them. */
const list = (one: RegExp) => text.transform(splitList).pipe(z.array(text.regex(one)).min(1));
const yesNo = z.enum(['true', 'false']);

const settings = {
  FREBOT_HOST: {
    schema: text.regex(/^[\w.:[\]-]+$/),
    wrong: 'is not an address to listen on',
    example: '127.0.0.1',
    default: '127.0.0.1',
  },
  FREBOT_PORT: {
    schema: z.coerce.number<string>().int().min(1).max(65535),
    wrong: 'is not a port',
    example: '3978',
    default: '3978',
  },
  FREBOT_PAGE_TOKEN: {
    schema: text.min(16),
    wrong: 'is shorter than 16 characters',
    example: 'the output of: openssl rand -hex 24',
  },
  FREBOT_PUBLIC_URL: {
    schema: text
      .regex(/^https:\/\/[^\s?#@]+$/)
      .refine((value) => URL.canParse(value))
      .transform((value) => value.replace(/\/+$/, '')),
    wrong: 'is not an https address',
    example: 'https://frebot.example.org',
  },
  FREBOT_SLOW_MS: {
    schema: z.coerce.number<string>().int().min(100),
    wrong: 'is not a number of milliseconds of at least 100',
    example: '3000',
    default: '3000',
  },
  FREBOT_DATA: { schema: text.min(1), wrong: 'is not a directory', example: '/var/lib/frebot', default: '.frebot' },
  DATABASE_URL: {
    schema: text.regex(/^postgres(ql)?:\/\/[^\s/]+/),
    wrong: 'is not the address of a Postgres database',
    example: 'postgres://frebot:secret@db.example.com/frebot',
  },
  FREBOT_KEY: {
    schema: text.regex(/^[0-9a-f]{64}$/i),
    wrong: 'is not a key of 64 hexadecimal digits',
    example: 'the output of: openssl rand -hex 32',
  },
  FREBOT_RETENTION_DAYS: {
    schema: z.coerce.number<string>().int().min(1).max(3650),
    wrong: 'is not a number of days from 1 to 3650',
    example: '30',
    default: '30',
  },
  FREBOT_AUDIT: { schema: text.min(1), wrong: 'is not a path', example: '/var/log/frebot/audit.ndjson' },
  FREBOT_LOG_LEVEL: {
    schema: z.enum(['debug', 'info', 'warn', 'error']),
    wrong: 'is not a log level',
    example: 'info',
    default: 'info',
  },
  SLACK_BOT_TOKEN: {
    schema: text.regex(/^xoxb-\S+$/),
    wrong: 'is not a bot token',
    example: 'xoxb-… (OAuth & Permissions)',
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
    schema: list(/^T[A-Z0-9]+$/),
    wrong: 'is not a list of workspace ids',
    example: 'T0123ABCD,T0456EFGH',
  },
  SLACK_ALLOW_CHANNELS: {
    schema: list(/^[CG][A-Z0-9]+$/),
    wrong: 'is not a list of channel ids',
    example: 'C0123ABCD,C0456EFGH (channel details, at the bottom)',
  },
  SLACK_ALLOW_USERS: {
    schema: list(/^[UW][A-Z0-9]+$/),
    wrong: 'is not a list of member ids',
    example: 'U0123ABCD,U0456EFGH (profile, Copy member ID)',
  },
  SLACK_ADMINS: {
    schema: list(/^[UWS][A-Z0-9]+$/),
    wrong: 'is not a list of member or user group ids',
    example: 'U0123ABCD,S0456EFGH',
  },
  SLACK_ADMIN_COMMANDS: {
    schema: list(/^(?!help$)[a-z]+$/),
    wrong: 'is not a list of commands (help is for everybody)',
    example: 'forget,mute',
  },
  TEAMS_APP_ID: {
    schema: guid,
    wrong: 'is not an application id',
    example: '00000000-0000-0000-0000-000000000000 (Microsoft Entra, Overview)',
  },
  TEAMS_APP_PASSWORD: {
    schema: text.min(8),
    wrong: 'is not a client secret',
    example: "the secret's value, not its id (Certificates & secrets)",
  },
  TEAMS_TENANT_ID: {
    schema: guid,
    wrong: 'is not a tenant id',
    example: '00000000-0000-0000-0000-000000000000 (Microsoft Entra, Overview)',
  },
  TEAMS_CERTIFICATE_FILE: {
    schema: text.min(1),
    wrong: 'is not a path',
    example: '/etc/frebot/teams.pem (certificate and private key)',
  },
  TEAMS_MANAGED_IDENTITY: { schema: yesNo, wrong: 'is neither true nor false', example: 'true' },
  TEAMS_CLOUD: {
    schema: z.enum(['public', 'us-government', 'us-dod', 'china']),
    wrong: 'is not public, us-government, us-dod or china',
    example: 'us-government',
  },
  TEAMS_ALLOWED_TENANTS: {
    schema: text.transform(splitList).pipe(z.array(guid).min(1)),
    wrong: 'is not a list of tenant ids',
    example: '00000000-0000-0000-0000-000000000000, 11111111-1111-1111-1111-111111111111',
  },
  TEAMS_ADMINS: {
    schema: text.transform(splitList).pipe(z.array(guid).min(1)),
    wrong: 'is not a list of object ids of people in Entra ID',
    example: '00000000-0000-0000-0000-000000000000',
  },
  TEAMS_ADMIN_COMMANDS: {
    schema: list(/^(?!help$)[a-z]+$/),
    wrong: 'is not a list of commands (help is for everybody)',
    example: 'forget,mute',
  },
  TEAMS_GRAPH: { schema: yesNo, wrong: 'is neither true nor false', example: 'false' },
  TEAMS_DEV_WITHOUT_AUTH: { schema: yesNo, wrong: 'is neither true nor false', example: 'true' },
} satisfies SettingRows;

/** Reads the environment. Empty variables count as not set. Throws ConfigError at the first mistake. */
export function readConfig(env: Environment): Config {
  const get = createSettingReader(settings, env);
  const host = get('FREBOT_HOST');
  const loopback = isLoopback(host);
  const key = get('FREBOT_KEY');
  return {
    host,
    loopback,
    port: get('FREBOT_PORT'),
    pageToken: get('FREBOT_PAGE_TOKEN'),
    publicUrl: get('FREBOT_PUBLIC_URL'),
    slowMs: get('FREBOT_SLOW_MS'),
    logLevel: get('FREBOT_LOG_LEVEL'),
    slack: slack({
      botToken: get('SLACK_BOT_TOKEN'),
      appToken: get('SLACK_APP_TOKEN'),
      signingSecret: get('SLACK_SIGNING_SECRET'),
      clientId: get('SLACK_CLIENT_ID'),
      clientSecret: get('SLACK_CLIENT_SECRET'),
      access: {
        workspaces: get('SLACK_ALLOW_WORKSPACES') ?? [],
        channels: get('SLACK_ALLOW_CHANNELS') ?? [],
        users: get('SLACK_ALLOW_USERS') ?? [],
        admins: get('SLACK_ADMINS') ?? [],
        adminCommands: get('SLACK_ADMIN_COMMANDS') ?? [],
      },
    }),
    teams: teams(
      {
        appId: get('TEAMS_APP_ID'),
        appPassword: get('TEAMS_APP_PASSWORD'),
        tenantId: get('TEAMS_TENANT_ID'),
        certificateFile: get('TEAMS_CERTIFICATE_FILE'),
        managedIdentity: get('TEAMS_MANAGED_IDENTITY') === 'true',
        cloud: get('TEAMS_CLOUD'),
        allowedTenants: get('TEAMS_ALLOWED_TENANTS'),
        admins: get('TEAMS_ADMINS'),
        adminCommands: get('TEAMS_ADMIN_COMMANDS'),
        graph: get('TEAMS_GRAPH') !== 'false',
        devWithoutAuth: get('TEAMS_DEV_WITHOUT_AUTH') === 'true',
      },
      loopback,
    ),
    dataDir: get('FREBOT_DATA'),
    databaseUrl: get('DATABASE_URL'),
    key: key ? Buffer.from(key, 'hex') : undefined,
    retentionDays: get('FREBOT_RETENTION_DAYS'),
    auditFile: get('FREBOT_AUDIT'),
  };
}

interface SlackGiven {
  botToken?: string;
  appToken?: string;
  signingSecret?: string;
  clientId?: string;
  clientSecret?: string;
  access: SlackConfig['access'];
}

function slack(given: SlackGiven): SlackConfig | undefined {
  const { botToken, appToken, signingSecret, clientId, clientSecret, access } = given;
  const oauth = clientId && clientSecret ? { clientId, clientSecret } : undefined;
  if (!oauth && (clientId || clientSecret)) {
    const [missing, there] = clientId
      ? (['SLACK_CLIENT_SECRET', 'SLACK_CLIENT_ID'] as const)
      : (['SLACK_CLIENT_ID', 'SLACK_CLIENT_SECRET'] as const);
    throw new ConfigError(`${missing} is missing beside ${there}; for example: ${settings[missing].example}`);
  }
  if (botToken && oauth) {
    throw new ConfigError(
      'SLACK_BOT_TOKEN and SLACK_CLIENT_ID exclude each other; for example: leave SLACK_BOT_TOKEN empty when several workspaces install the app',
    );
  }
  if (!botToken && !oauth) {
    const lonely = appToken ? 'SLACK_APP_TOKEN' : signingSecret ? 'SLACK_SIGNING_SECRET' : undefined;
    if (!lonely) return undefined;
    throw new ConfigError(`SLACK_BOT_TOKEN is missing beside ${lonely}; for example: xoxb-… (OAuth & Permissions)`);
  }
  if (!appToken && !signingSecret) {
    throw new ConfigError(
      `SLACK_APP_TOKEN is missing beside ${botToken ? 'SLACK_BOT_TOKEN' : 'SLACK_CLIENT_ID'}; for example: xapp-… for Socket Mode (or SLACK_SIGNING_SECRET for HTTP)`,
    );
  }
  if (access.adminCommands.length > 0 && access.admins.length === 0) {
    throw new ConfigError(
      `SLACK_ADMINS is missing beside SLACK_ADMIN_COMMANDS, so nobody could use them; for example: ${settings.SLACK_ADMINS.example}`,
    );
  }
  return { botToken, appToken, signingSecret, oauth, access };
}

function teams(given: TeamsConfig, loopback: boolean): TeamsConfig | undefined {
  const { appId, appPassword, tenantId, certificateFile, managedIdentity, devWithoutAuth } = given;
  if (devWithoutAuth) {
    if (!loopback) {
      throw new ConfigError(
        'TEAMS_DEV_WITHOUT_AUTH obeys anybody who can reach the port, so it needs a loopback address; for example: FREBOT_HOST=127.0.0.1',
      );
    }
    if (appId) {
      throw new ConfigError(
        'TEAMS_DEV_WITHOUT_AUTH and TEAMS_APP_ID exclude each other; for example: leave TEAMS_APP_ID empty while developing',
      );
    }
    return { devWithoutAuth };
  }
  const proofs = {
    TEAMS_APP_PASSWORD: appPassword,
    TEAMS_CERTIFICATE_FILE: certificateFile,
    TEAMS_MANAGED_IDENTITY: managedIdentity,
  };
  const proven = (Object.keys(proofs) as (keyof typeof proofs)[]).filter((name) => proofs[name]);
  if (!appId && !tenantId && proven.length === 0) return undefined;
  const missing = !appId
    ? 'TEAMS_APP_ID'
    : proven.length === 0
      ? 'TEAMS_APP_PASSWORD'
      : tenantId
        ? undefined
        : 'TEAMS_TENANT_ID';
  if (missing) {
    throw new ConfigError(
      `${missing} is missing beside the other TEAMS_ settings; for example: ${settings[missing].example}`,
    );
  }
  if (given.adminCommands && !given.admins) {
    throw new ConfigError(
      `TEAMS_ADMINS is missing beside TEAMS_ADMIN_COMMANDS, so nobody could use them; for example: ${settings.TEAMS_ADMINS.example}`,
    );
  }
  if (proven.length > 1) {
    throw new ConfigError(`${proven.join(' and ')} exclude each other; for example: set ${proven[0]} alone`);
  }
  return given;
}

/** True for addresses only this machine can reach. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host);
}
