import { OperatorError } from '../../src/service/operator-error.js';
import { type Certificate, readCertificate } from './certificate.js';
import { teamsSettingRows } from './setting-rows.js';

/** The Entra app with exactly one credential. */
export interface TeamsApp {
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

/** A setting that keeps the door closed: which one, what is wrong, an example. */
export class TeamsSettingsError extends OperatorError {}

interface AppVariables extends Omit<Partial<TeamsApp>, 'certificate'> {
  certificateFile?: string | undefined;
}

/** Returns the app when id, tenant and one credential are set; undefined when none of them is. */
export function joinApp({ certificateFile, ...app }: AppVariables): TeamsApp | undefined {
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

/** Returns the error about a setting that others need. */
export function missingSetting(
  missing: keyof typeof teamsSettingRows,
  present = 'the other TEAMS_ settings',
): TeamsSettingsError {
  const { example } = teamsSettingRows[missing];
  return new TeamsSettingsError(`${missing} is missing beside ${present}; for example: ${example}`);
}
