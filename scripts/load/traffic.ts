import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { botUser, type Delivered, FakeSlack } from '../../test/fakes/slack/index.js';
import { FakeConnector, FakeIdentity, offering, personal, tenantId } from '../../test/fakes/teams/index.js';
import { frebLog } from '../../test/scenarios/logs.js';

/** A message with a log, and what became of it. Times are milliseconds from sending. */
export interface Sent {
  at: number;
  acknowledgedMs?: number;
  answeredMs?: number;
  /** Whether the answer names what is in the log. */
  right?: boolean;
}

/** Size of a log as a busy request leaves it. */
const logBytes = 250_000;
/** The code in the log, which every answer must name. */
const expected = '0x80070542';

/** Both platforms on loopback, people who drop logs, and a watch on the answers. */
export class Traffic {
  readonly slack: FakeSlack;
  readonly connector: FakeConnector;
  readonly filesUrl: string;
  readonly #log: Uint8Array;
  readonly #identity: FakeIdentity;
  readonly #stopFiles: () => void;
  readonly #open = new Map<string, Sent>();
  readonly #watch: NodeJS.Timeout;
  #token: { value: string; until: number } | undefined;
  #count = 0;

  private constructor(
    slack: FakeSlack,
    connector: FakeConnector,
    identity: FakeIdentity,
    files: { url: string; stop(): void },
    log: Uint8Array,
  ) {
    this.slack = slack;
    this.connector = connector;
    this.filesUrl = files.url;
    this.#identity = identity;
    this.#stopFiles = files.stop;
    this.#log = log;
    this.#watch = setInterval(() => this.#look(), 10);
  }

  static async start(): Promise<Traffic> {
    const log = frebLog({ filler: logBytes });
    const slack = await FakeSlack.start({ transport: 'socket' });
    const identity = await FakeIdentity.create();
    const connector = await new FakeConnector(identity).start();
    return new Traffic(slack, connector, identity, await serveFile(log), log);
  }

  /** Drops a log: by turns with a mention in a Slack channel, in a Slack direct message, and twice in Teams chats. */
  send(teams: string): Sent {
    const n = this.#count++;
    const sent: Sent = { at: performance.now() };
    const heard = () => {
      sent.acknowledgedMs ??= performance.now() - sent.at;
    };
    if (n % 2 === 1) void this.#toTeams(`a:1load-${n}`, sent, teams, heard);
    else {
      const direct = n % 4 === 0;
      const channel = direct ? 'D0ANNA' : 'C0OPS';
      const files = [{ name: 'fr000032.xml', bytes: this.#log }];
      const { ts, done } = this.slack.post(channel, direct ? '' : `<@${botUser}> what is this?`, { files });
      this.#open.set(`${channel} ${ts}`, sent);
      void done.then((deliveries) => {
        if ((deliveries as Delivered[]).every(({ acknowledged }) => acknowledged)) heard();
      });
    }
    return sent;
  }

  async stop(): Promise<void> {
    clearInterval(this.#watch);
    this.slack.verify();
    await this.slack.stop();
    await this.connector.stop();
    this.#stopFiles();
  }

  async #toTeams(id: string, sent: Sent, address: string, heard: () => void): Promise<void> {
    this.#open.set(id, sent);
    if (!this.#token || this.#token.until < Date.now()) {
      this.#token = { value: await this.#identity.token(this.connector.serviceUrl), until: Date.now() + 60_000 };
    }
    const activity = personal(this.connector.serviceUrl, {
      conversation: { tenantId, conversationType: 'personal', id },
      ...offering('fr000032.xml', `${this.filesUrl}/fr000032.xml`),
    });
    const response = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${this.#token.value}` },
      body: JSON.stringify(activity),
      signal: AbortSignal.timeout(15_000),
    }).catch(() => undefined);
    if (response?.ok) heard();
  }

  /** Notes the answers that came since the last look, and lets go of what nobody asks for any more. */
  #look(): void {
    const { messages } = this.slack.state;
    for (const message of messages) {
      const { metadata, thread_ts } = message;
      if (!metadata || !thread_ts || String(metadata.event_payload.key ?? '').endsWith(':progress')) continue;
      this.#answered(`${message.channel} ${thread_ts}`, message);
    }
    for (const { conversation, method, activity } of this.connector.sent.splice(0)) {
      if (activity.type === 'message' && method === 'POST') this.#answered(conversation, activity);
    }
    // A minute later no reaction and no late retry refers to them.
    const old = Date.now() / 1000 - 60;
    const gone = messages.findIndex(({ ts }) => Number(ts) > old);
    for (const { files } of messages.splice(0, Math.max(0, gone))) {
      for (const { id } of files ?? []) this.slack.state.files.delete(id);
    }
    this.slack.deliveries.splice(0);
  }

  #answered(place: string, said: unknown): void {
    const sent = this.#open.get(place);
    const text = sent && JSON.stringify(said);
    // A progress message of Teams is none.
    if (!sent || !text || text.includes('Still reading')) return;
    this.#open.delete(place);
    sent.answeredMs = performance.now() - sent.at;
    sent.right = text.includes(expected);
  }
}

/** Resolves when all have their yes and their answer, or after the limit. */
export async function settled(sent: readonly Sent[], withinMs: number): Promise<void> {
  const end = Date.now() + withinMs;
  const open = ({ acknowledgedMs, answeredMs }: Sent) => acknowledgedMs === undefined || answeredMs === undefined;
  while (Date.now() < end && sent.some(open)) await sleep(50);
}

/** Serves the log as SharePoint would. */
async function serveFile(bytes: Uint8Array): Promise<{ url: string; stop(): void }> {
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': bytes.length });
    response.end(bytes);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
