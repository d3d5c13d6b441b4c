import * as z from 'zod';
import { restrictableCommands } from '../../src/desk/conversation/commands.js';
import { OperatorError } from '../../src/service/operator-error.js';
import {
  adminCommandsRow,
  createSettingReader,
  type Environment,
  type HostSettings,
  type SettingRows,
  splitList,
} from '../../src/service/settings.js';
import { type Certificate, readCertificate } from './certificate.js';

/** Settings of the Teams door: the app it runs as, whose conversations it answers, and who may use it. */
export type TeamsSettings = CommonSettings & (TeamsApp | DevelopmentSwitch);

/** The Entra app with exactly one credential. */
interface TeamsApp {
  /** Application (client) id. */
  appId: string;
  /** Directory (tenant) id of the Entra app and the Azure Bot. */
  tenantId: string;
  /** Client secret. */
  secret?: string | undefined;
  certificate?: Certificate | undefined;
  /** User-assigned managed identity. */
  managedIdentity?: boolean | undefined;
}

/** The development switch: no token is required. Only this machine may then reach the listener. */
interface DevelopmentSwitch {
  development: true;
  loopback: true;
  appId?: undefined;
  tenantId?: undefined;
  secret?: undefined;
  certificate?: undefined;
  managedIdentity?: undefined;
}

interface CommonSettings {
  /** Tenants whose conversations are answered; the app's own when empty. */
  allowedTenants?: string[] | undefined;
  /** Object ids of administrators in Entra ID. */
  admins?: string[] | undefined;
  /** Names of commands that only administrators may use. */
  adminCommands?: string[] | undefined;
  cloud?: Cloud | undefined;
  /** Accepts service URLs on loopback. */
  development?: boolean | undefined;
  /** Whether the public listener is bound to loopback only. */
  loopback: boolean;
  /** False switches Microsoft Graph off. A missing grant (docs/teams.md) is named in the answer. */
  graph?: boolean | undefined;
  /** The https address at which Frebot is reached from outside, without a slash at the end. Channels get links to reports only with it. */
  publicUrl?: string | undefined;
  /** For tests: addresses of the identity platform; each replaces the cloud's. */
  endpoints?: Partial<Endpoints> | undefined;
}

type Cloud = 'public' | 'us-government' | 'us-dod' | 'china';

/** Addresses of the identity platform and of Microsoft Graph. */
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
  /**
   * Where posts go that answer no activity, which would name the address. Microsoft documents none for the cloud in China
   * ("Send proactive messages").
   */
  service?: string | undefined;
}

const clouds: Record<Cloud, Endpoints> = {
  public: {
    openIdMetadata: 'https://login.botframework.com/v1/.well-known/openidconfiguration',
    issuer: 'https://api.botframework.com',
    login: 'https://login.microsoftonline.com',
    botScope: 'https://api.botframework.com',
    graph: 'https://graph.microsoft.com',
    service: 'https://smba.trafficmanager.net/teams/',
  },
  'us-government': {
    openIdMetadata: 'https://login.botframework.azure.us/v1/.well-known/openidconfiguration',
    issuer: 'https://api.botframework.us',
    login: 'https://login.microsoftonline.us',
    botScope: 'https://api.botframework.us',
    graph: 'https://graph.microsoft.us',
    service: 'https://smba.infra.gov.teams.microsoft.us/teams/',
  },
  'us-dod': {
    openIdMetadata: 'https://login.botframework.azure.us/v1/.well-known/openidconfiguration',
    issuer: 'https://api.botframework.us',
    login: 'https://login.microsoftonline.us',
    botScope: 'https://api.botframework.us',
    graph: 'https://dod-graph.microsoft.us',
    service: 'https://smba.infra.dod.teams.microsoft.us/teams/',
  },
  china: {
    openIdMetadata: 'https://login.botframework.azure.cn/v1/.well-known/openidconfiguration',
    issuer: 'https://api.botframework.azure.cn',
    login: 'https://login.partner.microsoftonline.cn',
    botScope: 'https://api.botframework.azure.cn',
    graph: 'https://microsoftgraph.chinacloudapi.cn',
  },
};

/** Returns the addresses of the settings' cloud. */
export function endpoints(settings: TeamsSettings): Endpoints {
  return { ...clouds[settings.cloud ?? 'public'], ...settings.endpoints };
}

/** A setting that keeps the door closed: which one, what is wrong, an example. */
class TeamsSettingsError extends OperatorError {}

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
  TEAMS_ADMIN_COMMANDS: adminCommandsRow(restrictableCommands),
  TEAMS_GRAPH: { schema: yesNo, wrong: 'is neither true nor false', example: 'false', default: 'true' },
  TEAMS_DEV_WITHOUT_AUTH: { schema: yesNo, wrong: 'is neither true nor false', example: 'true', default: 'false' },
} satisfies SettingRows;

/**
 * Returns the settings of the Teams door, or undefined when no variable asks for it.
 * @throws TeamsSettingsError when variables are missing or exclude each other; ConfigError when a value is wrong
 */
export function readTeamsSettings(env: Environment, host: HostSettings): TeamsSettings | undefined {
  const get = createSettingReader(teamsSettingRows, withCliNames(env));
  const { loopback, publicUrl } = host;
  const appId = get('TEAMS_APP_ID');
  // Every variable is read first, so that a wrong value is reported even where it does not matter.
  const options = {
    cloud: get('TEAMS_CLOUD'),
    allowedTenants: get('TEAMS_ALLOWED_TENANTS'),
    admins: get('TEAMS_ADMINS'),
    adminCommands: get('TEAMS_ADMIN_COMMANDS'),
    graph: get('TEAMS_GRAPH') === 'true',
  };
  if (get('TEAMS_DEV_WITHOUT_AUTH') === 'true') {
    checkDevelopment(loopback, appId);
    return { development: true, loopback: true, publicUrl };
  }
  const app = joinApp({
    appId,
    tenantId: get('TEAMS_TENANT_ID'),
    secret: get('TEAMS_APP_PASSWORD'),
    certificateFile: get('TEAMS_CERTIFICATE_FILE'),
    managedIdentity: get('TEAMS_MANAGED_IDENTITY') === 'true',
  });
  if (app && options.adminCommands && !options.admins)
    throw missingSetting('TEAMS_ADMINS', 'TEAMS_ADMIN_COMMANDS, so no one could use them');
  return app && { ...app, ...options, loopback, publicUrl };
}

const cliNames = {
  TEAMS_APP_ID: 'CLIENT_ID',
  TEAMS_APP_PASSWORD: 'CLIENT_SECRET',
  TEAMS_TENANT_ID: 'TENANT_ID',
} as const;

/**
 * Returns the environment with the three names that the Teams developer CLI writes in place of ours. They count only together,
 * because other programs use single ones too, and only where none of ours is set.
 */
function withCliNames(env: Environment): Environment {
  const names = Object.entries(cliNames);
  const isSet = (name: string) => Boolean(env[name]?.trim());
  if (names.some(([ours]) => isSet(ours)) || !names.every(([, theirs]) => isSet(theirs))) return env;
  return { ...env, ...Object.fromEntries(names.map(([ours, theirs]) => [ours, env[theirs]])) };
}

/** Throws TeamsSettingsError unless the development switch can be used: on loopback, and without an app. */
function checkDevelopment(loopback: boolean, appId: string | undefined): void {
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

interface AppVariables extends Omit<Partial<TeamsApp>, 'certificate'> {
  certificateFile?: string | undefined;
}

/** Returns the app when id, tenant and one credential are set; undefined when none of them is. */
function joinApp({ certificateFile, ...app }: AppVariables): TeamsApp | undefined {
  const { appId, tenantId, secret, managedIdentity } = app;
  const credentials = [
    secret && 'TEAMS_APP_PASSWORD',
    certificateFile && 'TEAMS_CERTIFICATE_FILE',
    managedIdentity && 'TEAMS_MANAGED_IDENTITY',
  ].filter(Boolean);
  if (!appId && !tenantId && credentials.length === 0) return undefined;
  if (!appId) throw missingSetting('TEAMS_APP_ID');
  if (credentials.length === 0) throw missingSetting('TEAMS_APP_PASSWORD');
  if (!tenantId) throw missingSetting('TEAMS_TENANT_ID');
  if (credentials.length > 1) {
    throw new TeamsSettingsError(
      `${credentials.join(' and ')} exclude each other; for example: set ${credentials[0]} alone`,
    );
  }
  return {
    ...app,
    appId,
    tenantId,
    ...(certificateFile && { certificate: readCertificateSetting(certificateFile) }),
  };
}

function readCertificateSetting(path: string): Certificate {
  try {
    return readCertificate(path);
  } catch (error) {
    throw new TeamsSettingsError(
      `TEAMS_CERTIFICATE_FILE ${(error as Error).message}; for example: a PEM file with -----BEGIN CERTIFICATE----- and -----BEGIN PRIVATE KEY-----`,
    );
  }
}

function missingSetting(
  missing: keyof typeof teamsSettingRows,
  present = 'the other TEAMS_ settings',
): TeamsSettingsError {
  const { example } = teamsSettingRows[missing];
  return new TeamsSettingsError(`${missing} is missing beside ${present}; for example: ${example}`);
}
