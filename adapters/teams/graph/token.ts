import { ConfidentialClientApplication, ManagedIdentityApplication } from '@azure/msal-node';
import { CatalogueError } from '../../../src/desk/ports/errors.js';
import { endpoints, type TeamsSettings } from '../settings.js';

/** The app's token for Microsoft Graph. MSAL caches it until shortly before it expires. */
export class GraphToken {
  readonly #acquire: () => Promise<{ accessToken?: string } | null>;

  constructor(settings: TeamsSettings) {
    const { login, graph } = endpoints(settings);
    const clientId = settings.appId ?? '';
    if (settings.managedIdentity) {
      const app = new ManagedIdentityApplication({ managedIdentityIdParams: { userAssignedClientId: clientId } });
      this.#acquire = () => app.acquireToken({ resource: graph });
      return;
    }
    const app = new ConfidentialClientApplication({
      auth: {
        clientId,
        authority: `${login}/${settings.tenantId}`,
        ...(settings.secret && { clientSecret: settings.secret }),
        ...(settings.certificate && {
          clientCertificate: {
            thumbprint: settings.certificate.thumbprint,
            privateKey: settings.certificate.privateKey,
          },
        }),
      },
    });
    this.#acquire = () => app.acquireTokenByClientCredential({ scopes: [`${graph}/.default`] });
  }

  /** Returns the token. @throws CatalogueError `teams-graph-token` when the identity platform refuses the app */
  async acquire(): Promise<string> {
    const token = await this.#acquire().catch((error: unknown) => {
      throw new CatalogueError('teams-graph-token', { reason: findRefusalCode(error) }, { cause: error });
    });
    if (!token?.accessToken) throw new CatalogueError('teams-graph-token');
    return token.accessToken;
  }

  /** Returns the application permissions in the token: those that an administrator has granted. */
  async readRoles(): Promise<string[]> {
    const [, payload = ''] = (await this.acquire()).split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as { roles?: unknown };
    return Array.isArray(claims.roles) ? claims.roles.filter((role): role is string => typeof role === 'string') : [];
  }
}

/** Returns the number of the refusal, such as `AADSTS7000222`, or the client's code. The rest of the message names ids. */
function findRefusalCode(error: unknown): string {
  const { message, errorCode } = error as { message?: string; errorCode?: string };
  return /AADSTS\d+/.exec(message ?? '')?.[0] ?? errorCode ?? 'unknown';
}
