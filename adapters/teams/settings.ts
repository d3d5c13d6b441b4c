import { z } from 'zod';
import { restrictableCommands } from '../../src/desk/conversation/commands.js';
import { OperatorError } from '../../src/service/operator-error.js';
import {
  createSettingReader,
  type Environment,
  type HostSettings,
  type SettingRows,
  splitList,
} from '../../src/service/settings.js';
import { type Certificate, readCertificate } from './certificate.js';

/** What the Teams door needs to know. Read from the environment by `readTeamsSettings`. */
export interface TeamsSettings {
  /** Application (client) id of the Entra app; absent only on loopback with the development switch. */
  appId?: string | undefined;
  /** Directory (tenant) id of the Entra app and the Azure Bot. */
  tenantId?: string | undefined;
  /** How the app proves itself: one of a client secret, a certificate, a user-assigned managed identity. */
  secret?: string | undefined;
  certificate?: Certificate | undefined;
  /** Where the certificate is, when it is not given itself: a PEM file with certificate and private key. */
  certificateFile?: string | undefined;
  managedIdentity?: boolean | undefined;
  /** Tenants whose conversations are answered; the app's own when empty. */
  allowedTenants?: string[] | undefined;
  /** Object ids of people in Entra ID, and the names of commands that are for them alone. */
  admins?: string[] | undefined;
  adminCommands?: string[] | undefined;
  cloud?: Cloud | undefined;
  /** The development switch: no token is asked for, loopback service URLs are accepted. */
  development?: boolean | undefined;
  /** Whether the public listener is bound to loopback only. */
  loopback: boolean;
  /**
   * Read files of channels and group chats through Microsoft Graph: yes unless said, whenever there is an app id. What
   * is not granted (docs/teams.md) is named in the answer.
   */
  graph?: boolean | undefined;
  /** Where this Frebot is reached from outside, without a slash at the end. Channels get links to reports only with it. */
  publicUrl?: string | undefined;
  /** Addresses of the identity platform, for a test's own; each replaces the cloud's. */
  endpoints?: Partial<Endpoints> | undefined;
}

type Cloud = 'public' | 'us-government' | 'us-dod' | 'china';

/** Where tokens come from and where files are asked for. */
export interface Endpoints {
  /** OpenID metadata of the Bot Framework: its keys sign what Teams sends. */
  openIdMetadata: string;
  issuer: string;
  /** Login authority, without the tenant. */
  login: string;
  /** Scope of tokens towards the Bot Framework. */
  botScope: string;
  /** Microsoft Graph, without version. */
  graph: string;
}

const clouds: Record<Cloud, Endpoints> = {
  public: {
    openIdMetadata: 'https://login.botframework.com/v1/.well-known/openidconfiguration',
    issuer: 'https://api.botframework.com',
    login: 'https://login.microsoftonline.com',
    botScope: 'https://api.botframework.com',
    graph: 'https://graph.microsoft.com',
  },
  'us-government': {
    openIdMetadata: 'https://login.botframework.azure.us/v1/.well-known/openidconfiguration',
    issuer: 'https://api.botframework.us',
    login: 'https://login.microsoftonline.us',
    botScope: 'https://api.botframework.us',
    graph: 'https://graph.microsoft.us',
  },
  'us-dod': {
    openIdMetadata: 'https://login.botframework.azure.us/v1/.well-known/openidconfiguration',
    issuer: 'https://api.botframework.us',
    login: 'https://login.microsoftonline.us',
    botScope: 'https://api.botframework.us',
    graph: 'https://dod-graph.microsoft.us',
  },
  china: {
    openIdMetadata: 'https://login.botframework.azure.cn/v1/.well-known/openidconfiguration',
    issuer: 'https://api.botframework.azure.cn',
    login: 'https://login.partner.microsoftonline.cn',
    botScope: 'https://api.botframework.azure.cn',
    graph: 'https://microsoftgraph.chinacloudapi.cn',
  },
};

export function endpoints(settings: TeamsSettings): Endpoints {
  return { ...clouds[settings.cloud ?? 'public'], ...settings.endpoints };
}

/** A setting that keeps the door closed: which one, what is wrong, an example. */
export class TeamsSettingsError extends OperatorError {}

/**
 * The settings with the certificate read from its file.
 * @throws TeamsSettingsError
 */
export function withCertificate(settings: TeamsSettings): TeamsSettings {
  if (!settings.certificateFile) return settings;
  try {
    return { ...settings, certificate: readCertificate(settings.certificateFile) };
  } catch (error) {
    throw new TeamsSettingsError(
      `TEAMS_CERTIFICATE_FILE ${(error as Error).message}; for example: a PEM file with -----BEGIN CERTIFICATE----- and -----BEGIN PRIVATE KEY-----`,
    );
  }
}

/**
 * Fails closed: without an app id nothing would be checked at all, so that takes loopback and the development switch.
 * @throws TeamsSettingsError
 */
export function checkTeamsSettings(settings: TeamsSettings): void {
  if (!settings.appId) {
    if (settings.development && settings.loopback) return;
    throw new TeamsSettingsError(
      'Teams has no app id: anyone could post to /api/messages. Set TEAMS_APP_ID to the id of your Entra app, or bind to loopback and set TEAMS_DEV_WITHOUT_AUTH=true to try it out.',
    );
  }
  const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
  if (!guid.test(settings.appId)) {
    throw new TeamsSettingsError('TEAMS_APP_ID is not a GUID such as 6f9619ff-8b86-4d01-b42d-00cf4fc964ff.');
  }
  if (!settings.tenantId || !guid.test(settings.tenantId)) {
    throw new TeamsSettingsError(
      'TEAMS_TENANT_ID is missing or not a GUID such as 6f9619ff-8b86-4d01-b42d-00cf4fc964ff: Frebot is a single-tenant bot.',
    );
  }
  const proofs = [settings.secret, settings.certificate, settings.managedIdentity].filter(Boolean).length;
  if (proofs !== 1) {
    throw new TeamsSettingsError(
      `Teams needs exactly one of client secret (TEAMS_APP_PASSWORD), certificate (TEAMS_CERTIFICATE_FILE) and managed identity (TEAMS_MANAGED_IDENTITY); ${proofs === 0 ? 'none is' : 'several are'} set.`,
    );
  }
}

const text = z.string();
const guid = z.guid();
const yesNo = z.enum(['true', 'false']);
const guids = text.transform(splitList).pipe(z.array(guid).min(1));

/** Variables of the Teams door. */
export const teamsSettingRows = {
  TEAMS_APP_ID: {
    schema: guid,
    wrong: 'is not an application id',
    example: '00000000-0000-0000-0000-000000000000 (Microsoft Entra, Overview)',
    opensDoor: true,
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
  TEAMS_MANAGED_IDENTITY: { schema: yesNo, wrong: 'is neither true nor false', example: 'true', default: 'false' },
  TEAMS_CLOUD: {
    schema: z.enum(['public', 'us-government', 'us-dod', 'china']),
    wrong: 'is not public, us-government, us-dod or china',
    example: 'us-government',
    default: 'public',
  },
  TEAMS_ALLOWED_TENANTS: {
    schema: guids,
    wrong: 'is not a list of tenant ids',
    example: '00000000-0000-0000-0000-000000000000, 11111111-1111-1111-1111-111111111111',
  },
  TEAMS_ADMINS: {
    schema: guids,
    wrong: 'is not a list of object ids of people in Entra ID',
    example: '00000000-0000-0000-0000-000000000000',
  },
  TEAMS_ADMIN_COMMANDS: {
    schema: text.transform(splitList).pipe(z.array(z.enum(restrictableCommands)).min(1)),
    wrong: `may only name ${restrictableCommands.join(', ')} (help is for everyone)`,
    example: 'forget,mute',
  },
  TEAMS_GRAPH: { schema: yesNo, wrong: 'is neither true nor false', example: 'false', default: 'true' },
  TEAMS_DEV_WITHOUT_AUTH: { schema: yesNo, wrong: 'is neither true nor false', example: 'true', default: 'false' },
} satisfies SettingRows;

/**
 * Returns the settings of the Teams door, or undefined when no variable asks for it.
 * @throws TeamsSettingsError when variables are missing or exclude each other; ConfigError when a value is wrong
 */
export function readTeamsSettings(env: Environment, host: HostSettings): TeamsSettings | undefined {
  const get = createSettingReader(teamsSettingRows, env);
  const { loopback, publicUrl } = host;
  const settings: TeamsSettings = {
    appId: get('TEAMS_APP_ID'),
    secret: get('TEAMS_APP_PASSWORD'),
    tenantId: get('TEAMS_TENANT_ID'),
    certificateFile: get('TEAMS_CERTIFICATE_FILE'),
    managedIdentity: get('TEAMS_MANAGED_IDENTITY') === 'true',
    cloud: get('TEAMS_CLOUD'),
    allowedTenants: get('TEAMS_ALLOWED_TENANTS'),
    admins: get('TEAMS_ADMINS'),
    adminCommands: get('TEAMS_ADMIN_COMMANDS'),
    graph: get('TEAMS_GRAPH') === 'true',
    development: get('TEAMS_DEV_WITHOUT_AUTH') === 'true',
    loopback,
    publicUrl,
  };
  if (settings.development) {
    checkDevelopment(settings);
    return { development: true, loopback, publicUrl };
  }
  return completeSettings(settings);
}

function checkDevelopment({ loopback, appId }: TeamsSettings): void {
  if (!loopback) {
    throw new TeamsSettingsError(
      'TEAMS_DEV_WITHOUT_AUTH accepts requests from anyone who can reach the port, so it needs a loopback address; for example: FREBOT_HOST=127.0.0.1',
    );
  }
  if (appId) {
    throw new TeamsSettingsError(
      'TEAMS_DEV_WITHOUT_AUTH and TEAMS_APP_ID exclude each other; for example: leave TEAMS_APP_ID empty while developing',
    );
  }
}

/** Returns the settings when the app has an id, a tenant and one credential; undefined when it has none of them. */
function completeSettings(settings: TeamsSettings): TeamsSettings | undefined {
  const { appId, tenantId, secret, certificateFile, managedIdentity, admins, adminCommands } = settings;
  const credentials = [
    secret && 'TEAMS_APP_PASSWORD',
    certificateFile && 'TEAMS_CERTIFICATE_FILE',
    managedIdentity && 'TEAMS_MANAGED_IDENTITY',
  ].filter(Boolean);
  if (!appId && !tenantId && credentials.length === 0) return undefined;
  if (!appId) throw missingSetting('TEAMS_APP_ID');
  if (credentials.length === 0) throw missingSetting('TEAMS_APP_PASSWORD');
  if (!tenantId) throw missingSetting('TEAMS_TENANT_ID');
  if (adminCommands && !admins) throw missingSetting('TEAMS_ADMINS', 'TEAMS_ADMIN_COMMANDS, so no one could use them');
  if (credentials.length > 1) {
    throw new TeamsSettingsError(
      `${credentials.join(' and ')} exclude each other; for example: set ${credentials[0]} alone`,
    );
  }
  return settings;
}

function missingSetting(
  missing: keyof typeof teamsSettingRows,
  present = 'the other TEAMS_ settings',
): TeamsSettingsError {
  const { example } = teamsSettingRows[missing];
  return new TeamsSettingsError(`${missing} is missing beside ${present}; for example: ${example}`);
}
