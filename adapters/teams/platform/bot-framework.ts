import {
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  ConfigurationServiceClientCredentialFactory,
  type ConversationReference,
  type Activity as FrameworkActivity,
  TeamsInfo,
  type TurnContext,
} from 'botbuilder';
import type { TeamsReference } from '../place.js';
import { endpoints, type TeamsSettings } from '../settings.js';
import type { Activity, InvokeResponse } from './activity.js';
import { type ConnectorClient, openConversation } from './connector.js';
import { guardConsole, withoutConsole } from './console-guard.js';
import { type Platform, type TeamsConversation, UnauthenticatedError, VerificationError } from './platform.js';

/** botbuilder as the platform: it checks tokens before a turn begins, and lends connections for posts. */
export class BotFramework extends CloudAdapter implements Platform {
  readonly #appId: string;

  constructor(settings: TeamsSettings) {
    super(authentication(settings));
    guardConsole();
    this.#appId = settings.appId ?? '';
  }

  async receive(
    request: Parameters<Platform['receive']>[0],
    accept: Parameters<Platform['receive']>[1],
    handle: Parameters<Platform['receive']>[2],
  ): Promise<InvokeResponse | 'refused' | undefined> {
    const activity = request.body;
    const authorization = request.headers.authorization ?? '';
    const identity = await withoutConsole(() =>
      this.botFrameworkAuthentication.authenticateRequest(activity as FrameworkActivity, authorization),
    ).catch((error: unknown) => {
      throw toAuthenticationError(error);
    });
    if (!accept(activity)) return 'refused';
    return this.processActivity(identity, activity as FrameworkActivity, async (context) => {
      const response = await handle(context.activity as Activity);
      if (response) await context.sendActivity({ type: 'invokeResponse', value: response });
    });
  }

  async withConversation<T>(
    reference: TeamsReference,
    work: (conversation: TeamsConversation) => Promise<T>,
  ): Promise<T> {
    return this.#inConversation(reference, (context) => {
      const client = context.turnState.get<ConnectorClient>(this.ConnectorClientKey);
      return work(openConversation(client, reference.conversation.id));
    });
  }

  async findMemberName(reference: TeamsReference, id: string): Promise<string | undefined> {
    return this.#inConversation(reference, async (context) => {
      const { conversations } = context.turnState.get<ConnectorClient>(this.ConnectorClientKey);
      const [conversation = ''] = reference.conversation.id.split(';messageid=');
      return (await conversations.getConversationMember(conversation, id)).name;
    });
  }

  async findGroup(team: string, serviceUrl: string, tenant: string): Promise<string | undefined> {
    const reference = { channelId: 'msteams', serviceUrl, conversation: { id: team, tenantId: tenant } };
    const details = await this.#inConversation(reference, (context) => TeamsInfo.getTeamDetails(context, team));
    return details?.aadGroupId;
  }

  async #inConversation<T>(reference: TeamsReference, work: (context: TurnContext) => Promise<T>): Promise<T> {
    let result: T | undefined;
    // botbuilder's type demands fields that Teams leaves out.
    await this.continueConversationAsync(this.#appId, reference as ConversationReference, async (context) => {
      result = await work(context);
    });
    return result as T;
  }
}

function authentication(settings: TeamsSettings): ConfigurationBotFrameworkAuthentication {
  const addresses = endpoints(settings);
  const credentials = new ConfigurationServiceClientCredentialFactory(
    settings.appId
      ? {
          MicrosoftAppId: settings.appId,
          MicrosoftAppTenantId: settings.tenantId,
          MicrosoftAppType: settings.managedIdentity ? 'UserAssignedMsi' : 'SingleTenant',
          ...(settings.secret && { MicrosoftAppPassword: settings.secret }),
          ...(settings.certificate && {
            CertificateThumbprint: settings.certificate.thumbprint,
            CertificatePrivateKey: settings.certificate.privateKey,
          }),
        }
      : {},
  );
  return new ConfigurationBotFrameworkAuthentication(
    {
      ToChannelFromBotLoginUrl: `${addresses.login}/${settings.tenantId ?? 'botframework.com'}`,
      ToChannelFromBotOAuthScope: addresses.botScope,
      ToBotFromChannelTokenIssuer: addresses.issuer,
      ToBotFromChannelOpenIdMetadataUrl: addresses.openIdMetadata,
      // Tokens of the retired emulator are the app's own. The same keys check them, so none is accepted.
      ToBotFromEmulatorOpenIdMetadataUrl: addresses.openIdMetadata,
      OAuthUrl: addresses.issuer,
      ValidateAuthority: true,
    },
    credentials,
  );
}

/**
 * Returns the error for a failed check. A 5xx or a network failure says nothing about the token. The verifier's messages
 * quote the token, so the log gets a fixed phrase instead.
 */
function toAuthenticationError(error: unknown): Error {
  const { statusCode, name, message = '' } = error as { statusCode?: number; name?: string; message?: string };
  if ((statusCode !== undefined && statusCode >= 500) || name === 'FetchError') {
    return new VerificationError('the keys of the Bot Framework cannot be fetched');
  }
  const known = reasons.find(([pattern]) => pattern.test(message));
  return new UnauthenticatedError(known?.[1] ?? 'token refused');
}

const reasons: readonly [RegExp, string][] = [
  [/expired/, 'token expired'],
  [/audience/, 'token for another app'],
  [/issuer/, 'token of another issuer'],
  [/signature/, 'token with a wrong signature'],
  [/endorsement/, 'token of another channel'],
];
