import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import nock from 'nock';
import { createTeamsDoor, type TeamsDeps, type TeamsDoor, type TeamsLog } from '../../../adapters/teams/index.js';
import type { TeamsSettings } from '../../../adapters/teams/settings.js';
import type { FakeActivity } from './activities.js';
import { FakeConnector, type SentActivity } from './connector.js';
import { appId, FakeIdentity, tenantId } from './identity.js';

export * from './activities.js';
export { FakeConnector, type SentActivity } from './connector.js';
export { appId, FakeIdentity, tenantId } from './identity.js';

export interface FakeTeamsOptions {
  settings?: Partial<TeamsSettings>;
  download?: TeamsDeps['download'];
  report?: TeamsDeps['report'];
  invokeTimeoutMs?: number;
}

export interface LogLine {
  level: string;
  message: string;
  [fact: string]: unknown;
}

/** The token of the fake identity platform for posts of the bot. */
export const botToken = 'token-for-the-connector';

/**
 * A Teams tenant on loopback that runs the product's own door and verifier. `deliver` posts an activity as Teams does.
 */
export class FakeTeams {
  readonly identity: FakeIdentity;
  readonly connector: FakeConnector;
  readonly log: LogLine[] = [];
  door!: TeamsDoor;
  #server!: Server;

  private constructor(identity: FakeIdentity, connector: FakeConnector) {
    this.identity = identity;
    this.connector = connector;
  }

  static async start(desk: TeamsDeps['desk'], options: FakeTeamsOptions = {}): Promise<FakeTeams> {
    const identity = await FakeIdentity.create();
    const fake = new FakeTeams(identity, await new FakeConnector(identity).start());
    serveEntra();
    fake.door = await createTeamsDoor(
      {
        appId,
        tenantId,
        secret: 'not-a-secret',
        loopback: true,
        // The service URL is on loopback here; the allow-list itself has its own test.
        development: true,
        endpoints: {
          openIdMetadata: `${fake.connector.url}/.well-known/openidconfiguration`,
          service: fake.connector.serviceUrl,
        },
        ...options.settings,
      },
      {
        desk,
        log: fake.#logger(),
        clock: { now: () => new Date(), sleep: async () => undefined },
        ...(options.download && { download: options.download }),
        ...(options.report && { report: options.report }),
        ...(options.invokeTimeoutMs && { invokeTimeoutMs: options.invokeTimeoutMs }),
      },
    );
    const app = express();
    fake.door.mount(app);
    await new Promise<void>((resolve) => {
      fake.#server = app.listen(0, '127.0.0.1', () => resolve());
    });
    await fake.door.start();
    return fake;
  }

  /** The address on which the bot listens. */
  get address(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get url(): string {
    return `${this.address}/api/messages`;
  }

  get serviceUrl(): string {
    return this.connector.serviceUrl;
  }

  get messages(): SentActivity[] {
    return this.connector.messages;
  }

  /** Delivers an activity with a good token; `authorization` replaces it, null leaves it out. */
  async deliver(activity: FakeActivity | object, authorization?: string | null): Promise<Response> {
    const header = authorization === undefined ? `Bearer ${await this.identity.token(this.serviceUrl)}` : authorization;
    return fetch(this.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(header !== null && { authorization: header }) },
      body: JSON.stringify(activity),
    });
  }

  /**
   * Delivers as the Bot Framework does: again, when the bot does not answer in time or answers with a 5xx. Resolves with the
   * number of deliveries.
   */
  async deliverUntilTaken(activity: FakeActivity, timeoutMs: number, attempts = 4): Promise<number> {
    const authorization = `Bearer ${await this.identity.token(this.serviceUrl)}`;
    for (let count = 1; count <= attempts; count++) {
      const status = await fetch(this.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization },
        body: JSON.stringify(activity),
        signal: AbortSignal.timeout(timeoutMs),
      }).then(
        (response) => response.status,
        () => 504,
      );
      if (status < 500) return count;
    }
    throw new Error(`not taken in ${attempts} deliveries`);
  }

  /** Stops everything. @throws when the bot made a call that Teams does not have */
  async stop(): Promise<void> {
    await this.door.stop();
    await new Promise((resolve) => {
      this.#server.closeAllConnections();
      this.#server.close(resolve);
    });
    await this.connector.stop();
    nock.cleanAll();
    if (this.connector.unexpectedCalls.length > 0)
      throw new Error(`unexpected calls: ${this.connector.unexpectedCalls.join(', ')}`);
  }

  #logger(): TeamsLog {
    const line = (level: string) => (facts: object, message: string) => {
      this.log.push({ level, message, ...facts });
    };
    return { info: line('info'), warn: line('warn'), error: line('error') };
  }
}

/** Serves the identity platform, as far as an app with a secret uses it. */
export function serveEntra(): void {
  nock('https://login.microsoftonline.com')
    .persist()
    .post(`/${tenantId}/oauth2/v2.0/token`)
    .query(true)
    .reply(200, { token_type: 'Bearer', expires_in: 3599, ext_expires_in: 3599, access_token: botToken });
}
