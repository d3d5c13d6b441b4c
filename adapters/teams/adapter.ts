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
import { guardConsole, withoutConsole } from './console-guard.js';
import { allowTargetedRecipients } from './outbound/targeted.js';
import type { TeamsReference } from './place.js';
import { endpoints, type TeamsSettings } from './settings.js';

type Turn = (context: TurnContext) => Promise<void>;

/** An activity to be posted. botbuilder's type demands fields of accounts and conversations that Teams leaves out. */
export interface OutgoingActivity extends Omit<Partial<Activity>, 'conversation' | 'from' | 'recipient'> {
  conversation?: TeamsReference['conversation'];
  from?: TeamsReference['bot'];
  recipient?: TeamsReference['user'] & { isTargeted?: true };
}

/** The calls that Frebot uses of the connector's client. */
export interface Connector {
  conversations: {
    sendToConversation(conversation: string, activity: OutgoingActivity): Promise<{ id?: string }>;
    replyToActivity(conversation: string, id: string, activity: OutgoingActivity): Promise<{ id?: string }>;
    deleteActivity(conversation: string, id: string): Promise<unknown>;
    updateActivity(conversation: string, id: string, activity: OutgoingActivity): Promise<{ id?: string }>;
  };
}

/** The platform's keys could not be fetched, so the token is neither good nor bad. */
export class VerificationError extends Error {}
/** The token is missing, broken, expired, or meant for another app. */
export class UnauthenticatedError extends Error {}

/** The Bot Framework adapter. Checks a token before the turn begins, and lends connections for posts. */
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
   * @param accept decides about an activity with a good token; false refuses it
   * @returns the response to an invoke, if any
   * @throws UnauthenticatedError, VerificationError
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
      throw toAuthenticationError(error);
    });
    if (!accept(activity)) return 'refused';
    return this.processActivity(identity, activity, turn);
  }

  /** Runs `work` with a connection to a stored conversation and returns its result. */
  async withConversation<T>(
    reference: TeamsReference,
    work: (connector: Connector, context: TurnContext) => Promise<T>,
  ): Promise<T> {
    let result: T | undefined;
    // botbuilder's type demands fields that Teams leaves out.
    await this.continueConversationAsync(this.#appId, reference as ConversationReference, async (context) => {
      const connector = context.turnState.get<Connector>(this.ConnectorClientKey);
      result = await work(withoutRetries(connector), context);
    });
    return result as T;
  }
}

/**
 * Removes the client's own retry policy, because it would multiply our attempts and retries other statuses than Teams asks
 * for (retry.ts). The client has no option for that.
 */
function withoutRetries(connector: Connector): Connector {
  const { client } = connector as unknown as { client?: { pipeline?: { removePolicy(p: { name: string }): void } } };
  client?.pipeline?.removePolicy({ name: 'defaultRetryPolicy' });
  return connector;
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
