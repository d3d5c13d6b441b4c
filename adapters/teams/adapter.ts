import type { IncomingMessage } from 'node:http';
import {
  type Activity,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  ConfigurationServiceClientCredentialFactory,
  type ConversationReference,
  type InvokeResponse,
  type TurnContext,
} from 'botbuilder';
import { allowTargetedRecipients } from './outbound/targeted.js';
import { guardConsole, withoutConsole } from './quiet.js';
import { endpoints, type TeamsSettings } from './settings.js';

type Turn = (context: TurnContext) => Promise<void>;

/** What Frebot uses of the connector's client: post into a conversation, reply to a message, replace or remove an own post. */
export interface Connector {
  conversations: {
    sendToConversation(conversation: string, activity: Partial<Activity>): Promise<{ id?: string }>;
    replyToActivity(conversation: string, id: string, activity: Partial<Activity>): Promise<{ id?: string }>;
    deleteActivity(conversation: string, id: string): Promise<unknown>;
    updateActivity(conversation: string, id: string, activity: Partial<Activity>): Promise<{ id?: string }>;
  };
}

/** The platform could not be asked for its keys: neither a good token nor a bad one. */
export class VerificationError extends Error {}
/** The token is missing, broken, expired, or meant for someone else. */
export class UnauthenticatedError extends Error {}

/** The Bot Framework adapter, with authentication apart from the turn and one place that posts. */
export class TeamsAdapter extends CloudAdapter {
  readonly #appId: string;

  constructor(settings: TeamsSettings) {
    super(authentication(settings));
    allowTargetedRecipients();
    guardConsole();
    this.#appId = settings.appId ?? '';
  }

  /**
   * Checks the token of an activity, then runs the turn.
   * @param accept has the last word on an activity with a good token, before anything is done with it.
   * @throws NotAuthenticated, CannotVerify
   */
  async receive(
    request: IncomingMessage & { body: Activity },
    accept: (activity: Activity) => boolean,
    turn: Turn,
  ): Promise<InvokeResponse | 'refused' | undefined> {
    const activity = request.body;
    const authorization = request.headers.authorization ?? '';
    const identity = await withoutConsole(() =>
      this.botFrameworkAuthentication.authenticateRequest(activity, authorization),
    ).catch((error: unknown) => {
      throw verdict(error);
    });
    if (!accept(activity)) return 'refused';
    return this.processActivity(identity, activity, turn);
  }

  /** Lends the connection of a stored conversation. */
  async withConversation<T>(
    reference: Partial<ConversationReference>,
    work: (connector: Connector, context: TurnContext) => Promise<T>,
  ): Promise<T> {
    let result: T | undefined;
    await this.continueConversationAsync(this.#appId, reference, async (context) => {
      const connector = context.turnState.get<Connector>(this.ConnectorClientKey);
      result = await work(withoutRetries(connector), context);
    });
    return result as T;
  }
}

/**
 * The client retries some failures by itself and multiplies our own attempts; Teams' list of what to retry is another one
 * (retry.ts), so its policy goes. It offers no option for that.
 */
function withoutRetries(connector: Connector): Connector {
  const { client } = connector as unknown as { client?: { pipeline?: { removePolicy(p: { name: string }): void } } };
  client?.pipeline?.removePolicy({ name: 'defaultRetryPolicy' });
  return connector;
}

function authentication(settings: TeamsSettings): ConfigurationBotFrameworkAuthentication {
  const to = endpoints(settings);
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
      ToChannelFromBotLoginUrl: `${to.login}/${settings.tenantId ?? 'botframework.com'}`,
      ToChannelFromBotOAuthScope: to.botScope,
      ToBotFromChannelTokenIssuer: to.issuer,
      ToBotFromChannelOpenIdMetadataUrl: to.openIdMetadata,
      // Tokens of the retired emulator are the app's own; they are checked against the same keys, so never accepted.
      ToBotFromEmulatorOpenIdMetadataUrl: to.openIdMetadata,
      OAuthUrl: to.issuer,
      ValidateAuthority: true,
    },
    credentials,
  );
}

/**
 * Sorts what the verifier throws: its own 5xx and network failures say nothing about the token. Its sentences quote the
 * token, so the log gets words of ours.
 */
function verdict(error: unknown): Error {
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
