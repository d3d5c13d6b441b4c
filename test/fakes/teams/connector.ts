import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { person, team } from './activities.js';
import type { FakeIdentity } from './identity.js';

/** An activity that the bot sent. */
export interface SentActivity {
  conversation: string;
  method: 'POST' | 'PUT';
  /** The id that Teams gave it, or the id of the message that it replaces. */
  id: string;
  authorization: string | undefined;
  activity: {
    type: string;
    text?: string;
    summary?: string;
    attachments?: { contentType: string; content: Record<string, unknown> }[];
    [field: string]: unknown;
  };
}

/**
 * Teams' connector and the Bot Framework's key set on loopback. It can do what Teams can: post, replace, remove, typing, team
 * details. `unexpectedCalls` lists every other call, and the test fails on them.
 */
export class FakeConnector {
  readonly activities: SentActivity[] = [];
  readonly unexpectedCalls: string[] = [];
  /** Ids of the posts that the bot deleted. */
  readonly deletedIds: string[] = [];
  /** Whether posts can be deleted, which not every client supports. */
  canDelete = true;
  /** Accepts posts and never responds. */
  neverAnswers = false;
  /** Failures to return before the next posts succeed, e.g. `[429, 502]`. */
  failures: { status: number; retryAfter?: number; code?: string }[] = [];
  /** Number of posts that succeed before the failures begin. */
  postsBeforeFailures = 0;
  readonly #identity: FakeIdentity;
  readonly #server: Server;
  readonly #waiting: (() => void)[] = [];
  #count = 0;

  constructor(identity: FakeIdentity) {
    this.#identity = identity;
    this.#server = createServer((request, response) => void this.#serve(request, response));
  }

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** What activities name as their service URL. */
  get serviceUrl(): string {
    return `${this.url}/connector/`;
  }

  /** How often the bot asked for the details of a team. */
  teamReads = 0;

  get messages(): SentActivity[] {
    return this.activities.filter(({ activity }) => activity.type === 'message');
  }

  /** Resolves when the bot has sent this many messages in all. */
  async waitForMessages(count: number, withinMs = 120_000): Promise<SentActivity[]> {
    const end = Date.now() + withinMs;
    while (this.messages.length < count) {
      if (Date.now() > end) throw new Error(`${this.messages.length} of ${count} messages came from the bot`);
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve);
        setTimeout(resolve, 100);
      });
    }
    return this.messages;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = decodeURIComponent(new URL(request.url ?? '/', this.url).pathname);
    const body = await readAll(request);
    const json = (status: number, value: unknown, headers: Record<string, string> = {}) =>
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value));

    if (path === '/.well-known/openidconfiguration') {
      return void json(200, { issuer: this.#identity.issuer, jwks_uri: `${this.url}/keys` });
    }
    if (path === '/keys') return void json(200, this.#identity.jwks);

    const details = /^\/connector\/v3\/teams\/([^/]+)$/.exec(path);
    if (details && request.method === 'GET') {
      this.teamReads++;
      return void json(200, { id: details[1], name: 'Web servers', aadGroupId: team.group });
    }
    const member = /^\/connector\/v3\/conversations\/([^/]+)\/members\/([^/]+)$/.exec(path);
    if (member && request.method === 'GET') {
      const isHere = [person.id, person.aadObjectId].includes(member[2] ?? '');
      return void (isHere ? json(200, person) : json(404, { error: { code: 'MemberNotFoundInConversation' } }));
    }
    const route = /^\/connector\/v3\/conversations\/([^/]+)\/activities(?:\/([^/]+))?$/.exec(path);
    if (!route || !['POST', 'PUT', 'DELETE'].includes(request.method ?? '')) {
      this.unexpectedCalls.push(`${request.method} ${path}`);
      return void json(404, { error: { code: 'NotFound', message: 'no such call' } });
    }
    if (request.method === 'DELETE' && route[2]) {
      this.deletedIds.push(route[2]);
      return void json(this.canDelete ? 200 : 501, {});
    }
    const activity = JSON.parse(body) as SentActivity['activity'];
    const spared = activity.type === 'typing' || this.postsBeforeFailures > 0;
    if (activity.type !== 'typing' && this.postsBeforeFailures > 0) this.postsBeforeFailures--;
    const failure = spared ? undefined : this.failures.shift();
    if (failure) {
      const headers: Record<string, string> = failure.retryAfter ? { 'retry-after': String(failure.retryAfter) } : {};
      return void json(
        failure.status,
        { error: { code: failure.code ?? 'Failure', message: 'as the test wants it' } },
        headers,
      );
    }
    // Counted as Teams counts: UTF-16.
    if (body.length * 2 > 100 * 1024) return void json(413, { error: { code: 'MessageSizeTooBig' } });
    const id = request.method === 'PUT' ? (route[2] as string) : `sent-${++this.#count}`;
    this.activities.push({
      conversation: route[1] as string,
      method: request.method as SentActivity['method'],
      id,
      authorization: request.headers.authorization,
      activity,
    });
    for (const wake of this.#waiting.splice(0)) wake();
    if (this.neverAnswers && activity.type !== 'typing') return;
    json(activity.type === 'typing' ? 202 : request.method === 'PUT' ? 200 : 201, { id });
  }
}

async function readAll(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
