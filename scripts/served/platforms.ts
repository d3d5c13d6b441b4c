import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type FakeOptions, FakeSlack } from '../../test/fakes/slack/index.js';
import { FakeConnector, FakeIdentity, fileOffer, personalActivity, tenantId } from '../../test/fakes/teams/index.js';

/** Slack, Teams and SharePoint on loopback. Every dropped file is the same one. */
export class Platforms {
  readonly slack: FakeSlack;
  readonly teams: FakeConnector;
  readonly #identity: FakeIdentity;
  readonly #files: Server;
  #token: { value: string; until: number } | undefined;

  private constructor(slack: FakeSlack, teams: FakeConnector, identity: FakeIdentity, files: Server) {
    this.slack = slack;
    this.teams = teams;
    this.#identity = identity;
    this.#files = files;
  }

  static async start(file: Uint8Array, options: Pick<FakeOptions, 'retryMs' | 'scopes'> = {}): Promise<Platforms> {
    const slack = await FakeSlack.start({ transport: 'socket', ...options });
    const identity = await FakeIdentity.create();
    const teams = await new FakeConnector(identity).start();
    return new Platforms(slack, teams, identity, await sharePoint(file));
  }

  /** The addresses that a Frebot is given. */
  get around(): { slack: string; teams: string; files: string } {
    return { slack: this.slack.url, teams: this.teams.url, files: this.#filesUrl };
  }

  get #filesUrl(): string {
    return `http://127.0.0.1:${(this.#files.address() as AddressInfo).port}`;
  }

  /** Returns the activity of a log dropped into a personal chat of Teams. */
  droppedLog(chat: string): object {
    return this.inChat(chat, fileOffer('fr000032.xml', `${this.#filesUrl}/fr000032.xml`));
  }

  /** Returns an activity from a personal chat of Teams. */
  inChat(chat: string, more: object): object {
    const conversation = { tenantId, conversationType: 'personal', id: chat };
    return personalActivity(this.teams.serviceUrl, { conversation, ...more });
  }

  /** Delivers an activity as the Bot Framework does. @returns undefined when there was no answer in 15 s */
  async toTeams(address: string, activity: object): Promise<{ status: number; body: string } | undefined> {
    if (!this.#token || this.#token.until < Date.now()) {
      this.#token = { value: await this.#identity.token(this.teams.serviceUrl), until: Date.now() + 60_000 };
    }
    try {
      const response = await fetch(address, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${this.#token.value}` },
        body: JSON.stringify(activity),
        signal: AbortSignal.timeout(15_000),
      });
      return { status: response.status, body: await response.text() };
    } catch {
      return undefined;
    }
  }

  /** @throws when a call came that the fake Slack or the fake Teams does not know */
  verify(): void {
    this.slack.verify();
    const { unexpectedCalls } = this.teams;
    if (unexpectedCalls.length > 0) throw new Error(`unexpected calls of Teams: ${unexpectedCalls.join('; ')}`);
  }

  async stop(): Promise<void> {
    await this.slack.stop();
    await this.teams.stop();
    this.#files.closeAllConnections();
    await new Promise((closed) => this.#files.close(closed));
  }
}

/** Serves one file under any name, as SharePoint would. */
async function sharePoint(bytes: Uint8Array): Promise<Server> {
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': bytes.length });
    response.end(bytes);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return server;
}
