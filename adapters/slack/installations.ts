import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Installation, InstallationStore, Logger, webApi } from '@slack/bolt';
import { InstallProvider } from '@slack/oauth';
import type { Vault } from '../../src/desk/ports/environment.js';
import type { Json } from '../../src/desk/ports/message.js';
import { isPermitted } from './access.js';
import { RefusedInstallationError, showFailure } from './install-page.js';
import { installationName } from './keys.js';
import { installPath, manifest } from './manifest.js';
import type { Access, OAuthSettings } from './settings.js';

/** Returns a store that keeps the installation of each workspace in the vault, which seals it. */
function createInstallationStore(vault: Vault, allowed: (team: string) => boolean = () => true): InstallationStore {
  const requireTeam = (team: string | undefined): string => {
    if (team === undefined)
      throw new RefusedInstallationError(
        'Frebot is installed workspace by workspace, not for a whole organization. Begin again, and choose one workspace at the top right of Slack’s page.',
      );
    return team;
  };
  return {
    async storeInstallation(installation) {
      if (installation.isEnterpriseInstall) requireTeam(undefined);
      const team = requireTeam(installation.team?.id);
      if (!allowed(team))
        throw new RefusedInstallationError(
          'Frebot isn’t enabled for this workspace. Ask the administrator who runs it to add the workspace to the allow-list.',
        );
      // Frebot asks for no user token, and does not store one that Slack sends anyway.
      const { token: _, refreshToken: __, scopes: ___, ...user } = installation.user;
      const stored: Json = JSON.parse(JSON.stringify({ ...installation, user }));
      await vault.put(installationName(team), stored);
    },
    async fetchInstallation({ teamId }) {
      const found = await vault.get(installationName(requireTeam(teamId)));
      if (!isInstallation(found)) throw new Error('not installed');
      return found;
    },
    async deleteInstallation({ teamId }) {
      if (teamId) await vault.remove(installationName(teamId));
    },
  } as InstallationStore;
}

/** True for what the vault holds of a workspace: an installation with its bot. */
function isInstallation(stored: unknown): stored is Installation<'v2', false> {
  return typeof stored === 'object' && stored !== null && 'bot' in stored && 'team' in stored;
}

export interface Installer {
  /** Returns the bot token of a workspace; undefined when the app is not installed there. */
  tokenOf(team: string): Promise<string | undefined>;
  /** Removes the installation, after `app_uninstalled` or `tokens_revoked`. */
  forget(team: string): Promise<void>;
  /** Answers a request for one of the two paths. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
}

interface InstallerDeps {
  /** Allow-lists: which workspaces may install the app. */
  access: Access | undefined;
  vault: Vault;
  clientOptions: webApi.WebClientOptions;
  logger: Logger;
}

/** Returns the installer: the two pages of an installation, and the tokens of the workspaces. */
export function createInstaller(
  oauth: OAuthSettings,
  { access, vault, clientOptions, logger }: InstallerDeps,
): Installer {
  const store = createInstallationStore(vault, (team) => isPermitted(access, { team }));
  const slack = clientOptions.slackApiUrl && new URL(clientOptions.slackApiUrl).origin;
  const { logger: _, ...options } = clientOptions;
  const provider = new InstallProvider({
    ...oauth,
    // Signs the state that returns with the redirect. The client secret will do, because its holder could install the app anyway.
    stateSecret: oauth.clientSecret,
    installationStore: store,
    logger,
    clientOptions: options,
    directInstall: true,
    ...(slack && { authorizationUrl: `${slack}/oauth/v2/authorize` }),
  });
  return {
    async tokenOf(team) {
      try {
        const found = await provider.authorize({ teamId: team, enterpriseId: undefined, isEnterpriseInstall: false });
        return found.botToken;
      } catch (error) {
        // A vault that cannot be read does not mean that the app is not installed.
        if (await vault.get(installationName(team)).then((stored) => stored === undefined)) return undefined;
        throw error;
      }
    },
    forget: (team) => vault.remove(installationName(team)),
    async handle(request, response) {
      const { pathname } = new URL(request.url ?? '/', 'http://localhost');
      if (pathname === installPath) {
        await provider.handleInstallPath(request, response, {}, { scopes: scopesOfManifest() });
      } else {
        await provider.handleCallback(request, response, {
          failure: (error, _options, _request, to) => showFailure(error, to),
        });
      }
    },
  };
}

const scopesOfManifest = () => [...(manifest.oauth_config?.scopes?.bot ?? [])];
