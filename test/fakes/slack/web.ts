import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Args, call } from './api.js';
import { judge } from './judge.js';
import { type Block, botId, type FakeMessage, type State, team } from './state.js';

export interface WebDeps {
  state: State;
  url(): string;
  posted(message: FakeMessage): void;
}

/** Slack's server: the Web API, files, response URLs. */
export class Web {
  readonly #state: State;
  readonly #url: WebDeps['url'];
  readonly #posted: WebDeps['posted'];

  constructor({ state, url, posted }: WebDeps) {
    this.#state = state;
    this.#url = url;
    this.#posted = posted;
  }

  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString('utf8');
    const { pathname } = new URL(request.url ?? '/', this.#url());
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
    if (pathname.startsWith('/api/')) return this.#api(pathname.slice(5), token, argsOf(request, body), response);
    if (pathname.startsWith('/files-pri/')) return this.#file(pathname, token, response);
    if (pathname.startsWith('/response/')) return this.#response(pathname.slice(10), body, response);
    const upload = pathname.startsWith('/upload/') && this.#state.uploads.get(pathname.slice(8));
    if (upload) {
      upload.bytes = Buffer.concat(chunks);
      response.writeHead(200).end('OK');
      return;
    }
    const cdn = /^\/cdn\/([A-Z0-9]+)$/.exec(pathname)?.[1];
    if (cdn) {
      // The signed address of another host must not see the token.
      if (token) this.#state.unexpected.push('a token was shown to the CDN');
      response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(this.#state.files.get(cdn)?.bytes);
      return;
    }
    this.#state.unexpected.push(`${request.method} ${pathname}`);
    response.writeHead(404).end();
  }

  #api(method: string, token: string | undefined, args: Args, response: ServerResponse): void {
    this.#state.calls.push({ method, args, token, at: Date.now() });
    const fault = this.#state.faults.get(method)?.shift();
    if (fault === 'busy') {
      response.writeHead(429, { 'retry-after': '1' }).end();
      return;
    }
    if (fault === 'cut') {
      response.destroy();
      return;
    }
    if (typeof fault === 'object') {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ ok: false, ...fault }));
      return;
    }
    const reply = call(method, token, args, {
      state: this.#state,
      team,
      filesUrl: this.#url(),
      socketUrl: () => `${this.#url().replace('http', 'ws')}/link`,
      posted: (message) => {
        // Slack reports the app's own messages to it too.
        this.#posted(message);
      },
    });
    if (fault === 'silent') return;
    if (fault === 'lost') {
      response.destroy();
      return;
    }
    response.writeHead(200, { 'content-type': 'application/json', 'x-oauth-scopes': this.#state.scopes.join(',') });
    response.end(JSON.stringify(reply));
  }

  /** Without a token that may read the file Slack answers 200 and a sign-in page. */
  #file(pathname: string, token: string | undefined, response: ServerResponse): void {
    const id = /^\/files-pri\/[A-Z0-9]+-([A-Z0-9]+)\//.exec(pathname)?.[1];
    const file = id === undefined ? undefined : this.#state.files.get(id);
    const mayRead = this.#state.scopes.includes('files:read') && (id === undefined || this.#state.mayRead(id));
    if (!token || this.#state.locked || !this.#state.tokens.has(token) || !mayRead) {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
      response.end(
        '<!DOCTYPE html><html><head><title>Sign in | Slack</title></head><body>Sign in to your workspace</body></html>',
      );
      return;
    }
    if (!file) {
      response.writeHead(404).end();
      return;
    }
    const location = this.#state.redirects.get(file.id);
    if (location) {
      response.writeHead(302, { location }).end();
      return;
    }
    response.writeHead(200, {
      'content-type': 'application/octet-stream',
      'content-length': String(file.bytes.length),
    });
    response.end(file.bytes);
  }

  /** A response URL works five times in half an hour. */
  #response(id: string, body: string, response: ServerResponse): void {
    const responseUrl = this.#state.responses.get(id);
    if (!responseUrl || responseUrl.uses >= 5 || this.#state.clock.now() > responseUrl.until) {
      response.writeHead(404).end('used_url');
      return;
    }
    responseUrl.uses += 1;
    const post = JSON.parse(body) as { response_type?: string; text?: string; blocks?: Block[] };
    const shown = shownTo(this.#state, responseUrl.user, responseUrl.channel, post, responseUrl.thread_ts);
    if (post.response_type === 'in_channel') shown.onlyFor = undefined;
    if (this.#state.faults.get('response_url')?.shift() === 'silent') return;
    response.writeHead(200).end('ok');
  }
}

/** Stores a message that one person sees: an acknowledgement, or a post through a response URL. */
export function shownTo(
  state: State,
  user: string,
  channel: string,
  body: { text?: string; blocks?: Block[] },
  thread_ts?: string,
): FakeMessage {
  const wrong = body.blocks && judge(body.blocks, 'private');
  if (wrong) state.unexpected.push(`response refused: ${wrong.error} ${wrong.hint}`);
  const message: FakeMessage = {
    channel,
    ts: state.nextTs(),
    bot_id: botId,
    text: body.text ?? '',
    onlyFor: user,
    reactions: [],
    ...(body.blocks && { blocks: body.blocks }),
    ...(thread_ts && { thread_ts }),
  };
  state.messages.push(message);
  return message;
}

/** Returns the arguments of a call: JSON, or form fields, whose structured ones are JSON in a string. */
function argsOf(request: IncomingMessage, body: string): Args {
  if (request.headers['content-type']?.startsWith('application/json')) return JSON.parse(body || '{}');
  const fields = Object.fromEntries(new URLSearchParams(body));
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [
      key,
      ['blocks', 'metadata', 'view'].includes(key) ? JSON.parse(value) : value,
    ]),
  );
}
