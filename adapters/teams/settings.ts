import { createSettingReader, type Environment, type HostSettings } from '../../src/service/settings.js';
import { joinApp, missingSetting, type TeamsApp, TeamsSettingsError } from './app-credentials.js';
import { type Cloud, clouds, type Endpoints } from './clouds.js';
import { teamsSettingRows } from './setting-rows.js';

/** Settings of the Teams door: the app it runs as, whose conversations it answers, and who may use it. */
export type TeamsSettings = CommonSettings & (TeamsApp | DevelopmentSwitch);

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

/** Returns the addresses of the settings' cloud. */
export function endpoints(settings: TeamsSettings): Endpoints {
  return { ...clouds[settings.cloud ?? 'public'], ...settings.endpoints };
}

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
