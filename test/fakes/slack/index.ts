import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { type Args, call, described } from './api.js';
import { type Acknowledged, type Delivery, HttpWay, SocketWay, type Way } from './delivery.js';
import { judge } from './judge.js';
import {
  type Block,
  botId,
  botToken,
  botUser,
  type FakeClock,
  type FakeFile,
  type FakeMessage,
  type FakeView,
  type Fault,
  State,
  team,
  wallClock,
} from './state.js';

export { encoded, signature } from './delivery.js';
export type { FakeFile, FakeMessage, FakeView } from './state.js';
export { appToken, botToken, botUser, clientId, clientSecret, HandClock, signingSecret, team } from './state.js';

/** What a workspace grants when the manifest is installed as it is. */
export const installedScopes = [
  'app_mentions:read',
  'chat:write',
  'commands',
  'files:read',
  'files:write',
  'im:history',
  'reactions:write',
];

/** What it grants when the full manifest is installed. */
export const fullScopes = [
  ...installedScopes,
  'assistant:write',
  'channels:history',
  'groups:history',
  'mpim:history',
  'usergroups:read',
];

export interface FakeOptions {
  transport: 'socket' | 'http';
  scopes?: string[];
  /** How long Slack waits for an acknowledgement; 3 seconds, as Slack does, unless a test is in a hurry. */
  ackMs?: number;
  /** Pauses before the three retries; at once, after a minute, after five, unless a test is in a hurry. */
  retryMs?: [number, number, number];
  clock?: FakeClock;
}

export interface Upload {
  name: string;
  bytes: Uint8Array | string;
  shown?: Record<string, unknown>;
  info?: FakeFile['info'];
}

interface Said {
  user?: string;
  thread?: string;
  files?: Upload[];
  /** Times that Slack delivers each event although it heard yes; networks do that. */
  times?: number;
  /** Milliseconds before each delivery, so that those of many messages come in any order. */
  after?: () => number;
  /** Which of the twins of a mention with a file comes first. */
  first?: 'app_mention' | 'message';
}

/** How one event fared: whether the app said yes, and at which attempt. */
export interface Delivered {
  event: string;
  attempts: number;
  acknowledged: boolean;
  tookMs: number;
  /** When each attempt was made, on the clock of this Slack. */
  at: number[];
  ids: Set<string>;
}

/**
 * A workspace with one app in it, on loopback. People talk with `say`, `command` and `press`; the app talks through the
 * Web API. It has what Slack has and judges as Slack does; what it does not have ends in `unexpected`.
 */
export class FakeSlack {
  readonly state: State;
  readonly deliveries: Delivered[] = [];
  readonly options: Required<FakeOptions>;
  /** Where signed requests go; the test sets it once the app listens. */
  requestUrl = '';
  readonly #server: Server;
  readonly #connections = new Set<WebSocket>();
  readonly #way: Way;
  readonly #running = new Set<Promise<unknown>>();
  #closed = false;

  private constructor(options: FakeOptions) {
    this.options = {
      scopes: installedScopes,
      ackMs: 3000,
      retryMs: [0, 60_000, 300_000],
      clock: wallClock,
      ...options,
    };
    this.state = new State([...this.options.scopes], this.options.clock);
    this.#server = createServer((request, response) => void this.#serve(request, response));
    const sockets = new WebSocketServer({ server: this.#server, path: '/link' });
    sockets.on('connection', (socket) => {
      // Each delivery under way listens for its own acknowledgement.
      socket.setMaxListeners(0);
      this.#connections.add(socket);
      socket.on('close', () => this.#connections.delete(socket));
      socket.send(
        JSON.stringify({
          type: 'hello',
          num_connections: this.#connections.size,
          connection_info: { app_id: 'A0FREBOT' },
        }),
      );
    });
    this.#way = options.transport === 'socket' ? new SocketWay(this.#connections) : new HttpWay(() => this.requestUrl);
  }

  static async start(options: FakeOptions): Promise<FakeSlack> {
    const fake = new FakeSlack(options);
    await new Promise<void>((resolve) => fake.#server.listen(0, '127.0.0.1', resolve));
    return fake;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get apiUrl(): string {
    return `${this.url}/api/`;
  }

  async stop(): Promise<void> {
    this.#closed = true;
    await this.#way.close();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** Somebody writes a message, with files or without. @returns its ts, once Slack is done delivering it */
  async say(channel: string, text: string, said: Said = {}): Promise<string> {
    const { ts, done } = this.post(channel, text, said);
    await done;
    return ts;
  }

  /** As `say`, without waiting for the app. */
  post(channel: string, text: string, said: Said = {}): { ts: string; done: Promise<unknown> } {
    const files = (said.files ?? []).map((upload) => this.#upload(upload));
    const message: FakeMessage = {
      channel,
      ts: this.state.nextTs(),
      user: said.user ?? 'U0ANNA',
      text,
      reactions: [],
      ...(said.thread && { thread_ts: said.thread }),
      ...(files.length > 0 && { files }),
    };
    this.state.messages.push(message);
    const events = this.#eventsOf(message);
    if (said.first === 'message') events.reverse();
    const done = Promise.all(
      events
        .flatMap((event) => Array.from({ length: said.times ?? 1 }, () => event))
        .map(async (event) => {
          if (said.after) await this.options.clock.sleep(said.after());
          return this.deliverEvent(event);
        }),
    );
    return { ts: message.ts, done };
  }

  /** An Events API body, delivered until the app says yes or the retries are used up; one event id for all attempts. */
  async deliverEvent(event: Record<string, unknown>, to = team): Promise<Delivered> {
    const eventId = `Ev${randomUUID()}`;
    const payload = {
      type: 'event_callback',
      team_id: to,
      api_app_id: 'A0FREBOT',
      event_id: eventId,
      event_time: Math.floor(Date.now() / 1000),
      authorizations: [{ team_id: to, user_id: botUser, is_bot: true, is_enterprise_install: false }],
      event,
    };
    const delivered: Delivered = {
      event: String(event.type),
      attempts: 0,
      acknowledged: false,
      tookMs: 0,
      at: [],
      ids: new Set(),
    };
    this.deliveries.push(delivered);
    for (let num = 0; num <= 3 && !this.#closed; num++) {
      if (num > 0) await this.options.clock.sleep(this.options.retryMs[num - 1] as number);
      const started = performance.now();
      delivered.attempts += 1;
      delivered.at.push(this.options.clock.now());
      delivered.ids.add(eventId);
      const retry = num > 0 ? { num, reason: 'http_timeout' } : undefined;
      const answer = await this.#attempt({ kind: 'events_api', payload, ...(retry && { retry }) });
      delivered.tookMs = performance.now() - started;
      if (answer) {
        delivered.acknowledged = true;
        break;
      }
    }
    return delivered;
  }

  /** `/freb …`. @returns what the asker sees at once; undefined is Slack's "operation_timeout" */
  async command(text: string, user = 'U0ANNA', channel = 'C0OPS'): Promise<FakeMessage | undefined> {
    const response = this.state.respondable(channel, user);
    const payload = {
      command: '/freb',
      text,
      token: 'unused',
      team_id: team,
      team_domain: 'frebot-test',
      channel_id: channel,
      channel_name: 'ops',
      user_id: user,
      user_name: 'anna',
      api_app_id: 'A0FREBOT',
      is_enterprise_install: 'false',
      response_url: `${this.url}/response/${response}`,
      trigger_id: this.state.trigger(user),
    };
    const answer = await this.#attempt({ kind: 'slash_commands', payload });
    const body = answer?.body as { text?: string; blocks?: Block[] } | undefined;
    return body && this.#shownTo(user, channel, body);
  }

  /**
   * Somebody presses the button with this label below a message.
   * @param times that Slack delivers the press, all at once
   * @returns whether it was acknowledged; if not, Slack shows that something went wrong
   */
  async press(message: FakeMessage, label: string, user = 'U0ANNA', times = 1): Promise<boolean> {
    const button = buttonLabelled(message.blocks ?? [], label);
    const { channel, ts, thread_ts, onlyFor } = message;
    const response = this.state.respondable(channel, user, thread_ts);
    const payload = {
      type: 'block_actions',
      team: { id: team, domain: 'frebot-test' },
      user: { id: user, username: 'anna', team_id: team },
      api_app_id: 'A0FREBOT',
      container: {
        type: 'message',
        message_ts: ts,
        channel_id: channel,
        is_ephemeral: Boolean(onlyFor),
        ...(thread_ts && { thread_ts }),
      },
      trigger_id: this.state.trigger(user),
      channel: { id: channel, name: 'ops' },
      response_url: `${this.url}/response/${response}`,
      // Slack does not send the message along when only one person saw it.
      ...(!onlyFor && {
        message: { type: 'message', bot_id: botId, ts, thread_ts, text: message.text, blocks: message.blocks },
      }),
      actions: [{ ...button, block_id: 'b', action_ts: String(Date.now() / 1000), type: 'button' }],
    };
    const attempts = Array.from({ length: times }, () => this.#attempt({ kind: 'interactive', payload }));
    return (await Promise.all(attempts)).every((answer) => answer !== undefined);
  }

  /** Somebody chooses "Diagnose this log" in the menu of a message. */
  async messageShortcut(message: FakeMessage, user = 'U0ANNA'): Promise<boolean> {
    const files = message.files?.map((file) => file.shown ?? described(file, this.url));
    const { channel, ts, thread_ts, text } = message;
    const response = this.state.respondable(channel, user);
    return this.#interact('frebot_diagnose', user, {
      type: 'message_action',
      message_ts: ts,
      action_ts: this.state.nextTs(),
      channel: { id: channel, name: 'ops' },
      response_url: `${this.url}/response/${response}`,
      message: {
        type: 'message',
        user: message.user,
        ts,
        text,
        ...(thread_ts && { thread_ts }),
        ...(files && { files }),
      },
    });
  }

  /** Somebody chooses the shortcut from the lightning menu. */
  async globalShortcut(user = 'U0ANNA'): Promise<boolean> {
    return this.#interact('frebot_ask', user, { type: 'shortcut', action_ts: this.state.nextTs() });
  }

  async #interact(callback_id: string, user: string, more: Record<string, unknown>): Promise<boolean> {
    const payload = {
      callback_id,
      team: { id: team, domain: 'frebot-test' },
      user: { id: user, username: 'anna', team_id: team },
      trigger_id: this.state.trigger(user),
      ...more,
    };
    return (await this.#attempt({ kind: 'interactive', payload })) !== undefined;
  }

  /** Somebody fills the form and presses its button. @returns what the app answers: nothing closes the form */
  async submit(view: FakeView, entered: { files?: Upload[]; question?: string }): Promise<unknown> {
    const files = (entered.files ?? [])
      .map((upload) => this.#upload(upload))
      .map((file) => file.shown ?? described(file, this.url));
    const values = {
      files: { files: { type: 'file_input', files } },
      question: { question: { type: 'plain_text_input', value: entered.question ?? null } },
    };
    const payload = {
      type: 'view_submission',
      team: { id: team, domain: 'frebot-test' },
      user: { id: view.user, username: 'anna', team_id: team },
      trigger_id: this.state.trigger(view.user),
      view: {
        id: view.view_id,
        type: 'modal',
        callback_id: view.callback_id,
        blocks: view.blocks,
        state: { values },
        private_metadata: '',
      },
    };
    const answer = await this.#attempt({ kind: 'interactive', payload });
    if (!answer) throw new Error('the form was not acknowledged in time');
    return answer.body;
  }

  /** Somebody opens the home tab of the app. */
  async openHome(user = 'U0ANNA', to = team): Promise<FakeView> {
    this.state.homes.delete(user);
    await this.deliverEvent(
      {
        type: 'app_home_opened',
        user,
        channel: 'D0ANNA',
        tab: 'home',
        event_ts: this.state.nextTs(),
      },
      to,
    );
    return this.until('a home tab', () => this.state.homes.get(user));
  }

  /** Somebody opens the Messages tab of an app with the agent view. */
  async openMessagesTab(user = 'U0ANNA'): Promise<void> {
    await this.deliverEvent({
      type: 'app_home_opened',
      user,
      channel: 'D0ANNA',
      tab: 'messages',
      event_ts: this.state.nextTs(),
    });
  }

  /** A workflow comes to the app's step. @returns what the step came to */
  async runStep(
    callbackId: string,
    inputs: Record<string, unknown>,
  ): Promise<{ outputs?: Record<string, unknown>; error?: string }> {
    const execution = `Fx${randomUUID()}`;
    await this.deliverEvent({
      type: 'function_executed',
      function: { id: 'Fn1', callback_id: callbackId, title: '', type: 'app', app_id: 'A0FREBOT' },
      inputs,
      function_execution_id: execution,
      workflow_execution_id: 'Wx1',
      event_ts: this.state.nextTs(),
      bot_access_token: botToken,
    });
    return this.until('the result of the step', () => this.state.steps.get(execution));
  }

  /** A file that is in the workspace and in no message, as the form of a workflow has it. */
  keep(upload: Upload): string {
    return this.#upload(upload).id;
  }

  /** The app's answers in a thread, as everybody sees them. */
  answers(channel: string, ts: string): FakeMessage[] {
    return this.state.thread(channel, ts).filter((message) => message.bot_id === botId && !message.files);
  }

  /** Waits until something holds; says what it waited for. */
  async until<T>(what: string, look: () => T | undefined | false, withinMs = 10_000): Promise<T> {
    const end = Date.now() + withinMs;
    for (;;) {
      const found = look();
      if (found) return found;
      if (Date.now() > end)
        throw new Error(`waited in vain for ${what}; unexpected: ${this.state.unexpected.join(', ') || 'nothing'}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  /** The next answer in a thread. */
  async answer(channel: string, ts: string, nth = 1): Promise<FakeMessage> {
    return this.until(`answer ${nth} in ${channel}`, () => this.answers(channel, ts)[nth - 1]);
  }

  /** What becomes of the next calls of a method, or of `response_url`, one after the other. */
  disturb(method: string, ...faults: Fault[]): void {
    this.state.faults.set(method, faults);
  }

  /** Lets Slack find fault with all blocks, until the returned function is called. */
  refuseBlocks(error: string): () => void {
    this.state.refusing = error;
    return () => {
      this.state.refusing = undefined;
    };
  }

  /** Fails when the app called anything that Slack does not have. */
  verify(): void {
    if (this.state.unexpected.length > 0) throw new Error(`unexpected calls: ${this.state.unexpected.join('; ')}`);
  }

  connected(withinMs?: number): Promise<unknown> {
    return this.until('a Socket Mode connection', () => this.#connections.size > 0, withinMs);
  }

  /** Slack renews its connections every few hours: it says so, and the app connects anew. */
  async recycle(withinMs?: number): Promise<void> {
    const old = [...this.#connections];
    for (const socket of old) {
      this.#connections.delete(socket);
      socket.send(JSON.stringify({ type: 'disconnect', reason: 'refresh_requested' }));
    }
    await this.connected(withinMs);
  }

  #attempt(delivery: Delivery): Promise<Acknowledged> {
    const attempt = this.#way.deliver(delivery, this.options.ackMs);
    this.#running.add(attempt);
    return attempt.finally(() => this.#running.delete(attempt));
  }

  #upload({ name, bytes, shown, info }: Upload): FakeFile {
    const id = `F${randomUUID().slice(0, 8).toUpperCase()}`;
    const content = typeof bytes === 'string' ? Buffer.from(bytes) : bytes;
    const file: FakeFile = { id, name, bytes: content, ...(shown && { shown }), ...(info && { info }) };
    this.state.files.set(id, file);
    return file;
  }

  /** Which events Slack sends of a message: what the app subscribed to and has the scopes for. */
  #eventsOf(message: FakeMessage): Record<string, unknown>[] {
    const channel = this.state.channels.get(message.channel);
    if (!channel?.joined) return [];
    const { scopes } = this.state;
    const files = message.files?.map((file) => file.shown ?? described(file, this.url));
    const base = {
      user: message.user,
      text: message.text,
      ts: message.ts,
      event_ts: message.ts,
      channel: message.channel,
      ...(message.bot_id && { bot_id: message.bot_id }),
      ...(message.thread_ts && { thread_ts: message.thread_ts }),
      ...(files && { files }),
    };
    const events: Record<string, unknown>[] = [];
    if (
      message.text.includes(`<@${botUser}>`) &&
      channel.kind !== 'im' &&
      !message.bot_id &&
      scopes.includes('app_mentions:read')
    ) {
      this.state.eventScopes.add('app_mentions:read');
      events.push({ type: 'app_mention', team, ...base });
    }
    const scope = { channel: 'channels:history', group: 'groups:history', im: 'im:history', mpim: 'mpim:history' }[
      channel.kind
    ];
    if (scopes.includes(scope)) {
      this.state.eventScopes.add(scope);
      // A message with files comes without its team.
      events.push({
        type: 'message',
        channel_type: channel.kind,
        ...(files ? { subtype: 'file_share' } : { team }),
        ...base,
      });
    }
    if (scopes.includes('files:read')) {
      for (const { id } of message.files ?? []) {
        const { channel: channel_id, ts: event_ts, user: user_id } = message;
        events.push({ type: 'file_shared', file_id: id, file: { id }, user_id, channel_id, event_ts });
      }
    }
    return events;
  }

  #shownTo(user: string, channel: string, body: { text?: string; blocks?: Block[] }, thread_ts?: string): FakeMessage {
    const wrong = body.blocks && judge(body.blocks, 'private');
    if (wrong) this.state.unexpected.push(`response refused: ${wrong.error} ${wrong.hint}`);
    const message: FakeMessage = {
      channel,
      ts: this.state.nextTs(),
      bot_id: botId,
      text: body.text ?? '',
      onlyFor: user,
      reactions: [],
      ...(body.blocks && { blocks: body.blocks }),
      ...(thread_ts && { thread_ts }),
    };
    this.state.messages.push(message);
    return message;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString('utf8');
    const { pathname } = new URL(request.url ?? '/', this.url);
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
    if (pathname.startsWith('/api/')) return this.#api(pathname.slice(5), token, argsOf(request, body), response);
    if (pathname.startsWith('/files-pri/')) return this.#file(pathname, token, response);
    if (pathname.startsWith('/response/')) return this.#response(pathname.slice(10), body, response);
    const upload = pathname.startsWith('/upload/') && this.state.uploads.get(pathname.slice(8));
    if (upload) {
      upload.bytes = Buffer.concat(chunks);
      response.writeHead(200).end('OK');
      return;
    }
    const cdn = /^\/cdn\/([A-Z0-9]+)$/.exec(pathname)?.[1];
    if (cdn) {
      // A signed address of another host: a token shown here would be one too many.
      if (token) this.state.unexpected.push('a token was shown to the CDN');
      response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(this.state.files.get(cdn)?.bytes);
      return;
    }
    this.state.unexpected.push(`${request.method} ${pathname}`);
    response.writeHead(404).end();
  }

  #api(method: string, token: string | undefined, args: Args, response: ServerResponse): void {
    this.state.calls.push({ method, args, token, at: Date.now() });
    const fault = this.state.faults.get(method)?.shift();
    if (fault === 'busy') {
      response.writeHead(429, { 'retry-after': '1' }).end();
      return;
    }
    if (fault === 'cut') {
      response.destroy();
      return;
    }
    const reply = call(method, token, args, {
      state: this.state,
      team,
      filesUrl: this.url,
      socketUrl: () => `${this.url.replace('http', 'ws')}/link`,
      posted: (message) => {
        // Slack tells the app of its own messages too.
        for (const event of this.#eventsOf(message)) void this.deliverEvent(event);
      },
    });
    if (fault === 'silent') return;
    if (fault === 'lost') {
      response.destroy();
      return;
    }
    response.writeHead(200, { 'content-type': 'application/json', 'x-oauth-scopes': this.state.scopes.join(',') });
    response.end(JSON.stringify(reply));
  }

  /** Without a token that may read files Slack answers 200 and a sign-in page. */
  #file(pathname: string, token: string | undefined, response: ServerResponse): void {
    const id = /^\/files-pri\/[A-Z0-9]+-([A-Z0-9]+)\//.exec(pathname)?.[1];
    const file = id === undefined ? undefined : this.state.files.get(id);
    if (!token || !this.state.tokens.has(token) || !this.state.scopes.includes('files:read')) {
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
    const location = this.state.redirects.get(file.id);
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
    const known = this.state.responses.get(id);
    if (!known || known.uses >= 5 || this.state.clock.now() > known.until) {
      response.writeHead(404).end('used_url');
      return;
    }
    known.uses += 1;
    const said = JSON.parse(body) as { response_type?: string; text?: string; blocks?: Block[] };
    const shown = this.#shownTo(known.user, known.channel, said, known.thread_ts);
    if (said.response_type === 'in_channel') shown.onlyFor = undefined;
    if (this.state.faults.get('response_url')?.shift() === 'silent') return;
    response.writeHead(200).end('ok');
  }
}

/** Form fields, whose structured ones are JSON in a string; or JSON. */
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

interface Button {
  action_id: string;
  value?: string;
  text: { type: string; text: string };
}

function buttonLabelled(blocks: Block[], label: string): Button {
  const buttons = buttonsOf(blocks);
  const found = buttons.find(({ text }) => text.text.startsWith(label));
  if (!found) throw new Error(`no button "${label}"; there are: ${buttons.map(({ text }) => text.text)}`);
  return found;
}

/** The buttons of a message or a view. */
export function buttonsOf(blocks: Block[]): Button[] {
  return blocks.filter((block) => block.type === 'actions').flatMap((block) => block.elements as Button[]);
}

/** Everything a person reads in blocks, in order, one line a block. */
export function readable(blocks: Block[] | undefined): string {
  return (blocks ?? []).map((block) => words(block).join('')).join('\n');
}

function words(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(words);
  if (node === null || typeof node !== 'object') return [];
  const { text, type, elements, rows } = node as {
    text?: unknown;
    type?: string;
    elements?: unknown;
    rows?: unknown[][];
  };
  if (typeof text === 'string') return [text];
  const own = [
    ...words(text),
    ...words(elements),
    ...(rows ?? []).flatMap((row) => [...row.flatMap((cell) => [...words(cell), ' ']), '\n']),
  ];
  return /^(rich_text_(section|preformatted|list|quote)|button)$/.test(type ?? '') ? [...own, '\n'] : own;
}
