import { OperatorError } from '../../src/service/operator-error.js';
import { type Certificate, readCertificate } from './certificate.js';

/** What the Teams door needs to know. `src/main.ts` fills it from the configuration. */
export interface TeamsSettings {
  /** Application (client) id of the Entra app; absent only on loopback with the development switch. */
  appId?: string;
  /** Directory (tenant) id of the Entra app and the Azure Bot. */
  tenantId?: string;
  /** How the app proves itself: one of a client secret, a certificate, a user-assigned managed identity. */
  secret?: string;
  certificate?: Certificate;
  /** Where the certificate is, when it is not given itself: a PEM file with certificate and private key. */
  certificateFile?: string;
  managedIdentity?: boolean;
  /** Tenants whose conversations are answered; the app's own when empty. */
  allowedTenants?: string[];
  /** Object ids of people in Entra ID, and the names of commands that are for them alone. */
  admins?: string[];
  adminCommands?: string[];
  cloud?: Cloud;
  /** The development switch: no token is asked for, loopback service URLs are accepted. */
  development?: boolean;
  /** Whether the public listener is bound to loopback only. */
  loopback: boolean;
  /**
   * Read files of channels and group chats through Microsoft Graph: yes unless said, whenever there is an app id. What
   * is not granted (docs/teams.md) is named in the answer.
   */
  graph?: boolean;
  /** Where this Frebot is reached from outside, without a slash at the end. Channels get links to reports only with it. */
  publicUrl?: string;
  /** Addresses of the identity platform, for a test's own; each replaces the cloud's. */
  endpoints?: Partial<Endpoints>;
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
