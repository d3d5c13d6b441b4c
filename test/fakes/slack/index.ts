import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { type Delivered, Deliveries } from './deliveries.js';
import { type Acknowledged, type Delivery, HttpTransport, SocketTransport } from './delivery.js';
import { eventsOf } from './events.js';
import { type Upload, upload } from './files.js';
import {
  type Around,
  commandPayload,
  messageShortcutPayload,
  pressPayload,
  shortcutPayload,
  submissionPayload,
} from './people.js';
import { installedScopes } from './scopes.js';
import {
  type Block,
  botId,
  botToken,
  botUser,
  type FakeAttachment,
  type FakeClock,
  type FakeMessage,
  type FakeView,
  type Fault,
  State,
  team,
  wallClock,
} from './state.js';
import { shownTo, Web } from './web.js';

export type { Delivered } from './deliveries.js';
export { signature } from './delivery.js';
export type { Upload } from './files.js';
export { forwarded, permalinkTo } from './files.js';
export { buttonsOf, labelsOf, readable } from './reading.js';
export { fullScopes, installedScopes } from './scopes.js';
export type { FakeMessage, FakeView } from './state.js';
export { appToken, botToken, botUser, clientId, clientSecret, HandClock, signingSecret, team } from './state.js';

export interface FakeOptions {
  transport: 'socket' | 'http';
  scopes?: string[];
  /** Milliseconds that Slack waits for an acknowledgement: 3 s in reality, 60 s here unless a test says otherwise. */
  ackMs?: number;
  /** Milliseconds before each of the three retries: none, a minute and five minutes unless a test says otherwise. */
  retryMs?: [number, number, number];
  clock?: FakeClock;
}

interface SayOptions {
  user?: string;
  thread?: string;
  files?: Upload[];
  attachments?: FakeAttachment[];
  blocks?: Block[];
  /** Posted by another app, whose messages have no user. */
  app?: true;
  /** How often Slack delivers each event, acknowledged or not; networks do that. */
  times?: number;
  /** Milliseconds before each delivery, so that those of many messages come in any order. */
  after?: () => number;
  /** Which of the two events of a mention with a file comes first. */
  first?: 'app_mention' | 'message';
}

/**
 * A workspace with one app in it, on loopback. People talk with `say`, `command` and `press`; the app talks through the
 * Web API. It checks blocks as Slack does. Calls that it does not know end in `unexpected`.
 */
export class FakeSlack {
  readonly state: State;
  readonly options: Required<FakeOptions>;
  /** Address of signed requests. The test sets it once the app listens. */
  requestUrl = '';
  readonly #server: Server;
  readonly #connections = new Set<WebSocket>();
  readonly #deliveries: Deliveries;

  private constructor(options: FakeOptions) {
    this.options = {
      scopes: installedScopes,
      // Longer than Slack's 3 s, so that a busy machine causes no second delivery.
      ackMs: 60_000,
      retryMs: [0, 60_000, 300_000],
      clock: wallClock,
      ...options,
    };
    this.state = new State([...this.options.scopes], this.options.clock);
    const web = new Web({
      state: this.state,
      url: () => this.url,
      posted: (message) => {
        for (const event of eventsOf(message, this.state, this.url)) void this.deliverEvent(event);
      },
    });
    this.#server = createServer((request, response) => void web.serve(request, response));
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
    const isSocket = options.transport === 'socket';
    const transport = isSocket ? new SocketTransport(this.#connections) : new HttpTransport(() => this.requestUrl);
    this.#deliveries = new Deliveries(transport, this.options);
  }

  static async start(options: FakeOptions): Promise<FakeSlack> {
    const fake = new FakeSlack(options);
    await new Promise<void>((resolve) => fake.#server.listen(0, '127.0.0.1', resolve));
    return fake;
  }

  /** The outcome of each event. */
  get deliveries(): Delivered[] {
    return this.#deliveries.all;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get apiUrl(): string {
    return `${this.url}/api/`;
  }

  async stop(): Promise<void> {
    await this.#deliveries.close();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** A person writes a message, with files or without. @returns its ts, when Slack has delivered it */
  async say(channel: string, text: string, options: SayOptions = {}): Promise<string> {
    const { ts, done } = this.post(channel, text, options);
    await done;
    return ts;
  }

  /** A person writes a message; does not wait for the app. `done` resolves when Slack has delivered it. */
  post(channel: string, text: string, options: SayOptions = {}): { ts: string; done: Promise<unknown> } {
    const files = (options.files ?? []).map((one) => upload(one, this.state));
    const message: FakeMessage = {
      channel,
      ts: this.state.nextTs(),
      ...(options.app ? { bot_id: 'B0MONITOR' } : { user: options.user ?? 'U0ANNA' }),
      text,
      reactions: [],
      ...(options.thread && { thread_ts: options.thread }),
      ...(files.length > 0 && { files }),
      ...(options.attachments && { attachments: options.attachments }),
      ...(options.blocks && { blocks: options.blocks }),
    };
    this.state.messages.push(message);
    const events = eventsOf(message, this.state, this.url);
    if (options.first === 'message') events.reverse();
    const done = Promise.all(
      events
        .flatMap((event) => Array.from({ length: options.times ?? 1 }, () => event))
        .map(async (event) => {
          if (options.after) await this.options.clock.sleep(options.after());
          return this.deliverEvent(event);
        }),
    );
    return { ts: message.ts, done };
  }

  /** Delivers an Events API body until the app acknowledges it or the retries are used up. */
  deliverEvent(event: Record<string, unknown>, to = team): Promise<Delivered> {
    const channel = this.state.channels.get(String(event.channel ?? event.channel_id));
    return this.#deliveries.event(event, to, channel?.shared);
  }

  /** `/freb …`. @returns what the asker sees at once; undefined is Slack's "operation_timeout" */
  async command(text: string, user = 'U0ANNA', channel = 'C0OPS'): Promise<FakeMessage | undefined> {
    const payload = commandPayload(text, user, channel, this.#around);
    const answer = await this.#attempt({ kind: 'slash_commands', payload });
    const body = answer?.body as { text?: string; blocks?: Block[] } | undefined;
    return body && shownTo(this.state, user, channel, body);
  }

  /**
   * A person presses the button with this label below a message.
   * @param times how often Slack delivers the press, all at once
   * @returns whether it was acknowledged; if not, Slack shows that something went wrong
   */
  async press(message: FakeMessage, label: string, user = 'U0ANNA', times = 1): Promise<boolean> {
    const payload = pressPayload(message, label, user, this.#around);
    const attempts = Array.from({ length: times }, () => this.#attempt({ kind: 'interactive', payload }));
    return (await Promise.all(attempts)).every((answer) => answer !== undefined);
  }

  /** A person chooses "Diagnose this log" in the menu of a message. */
  async messageShortcut(message: FakeMessage, user = 'U0ANNA'): Promise<boolean> {
    return this.#interact(messageShortcutPayload(message, user, this.#around));
  }

  /** A person chooses the shortcut from the lightning menu. */
  async globalShortcut(user = 'U0ANNA'): Promise<boolean> {
    const more = { type: 'shortcut', action_ts: this.state.nextTs() };
    return this.#interact(shortcutPayload('frebot_ask', user, this.#around, more));
  }

  async #interact(payload: Record<string, unknown>): Promise<boolean> {
    return (await this.#attempt({ kind: 'interactive', payload })) !== undefined;
  }

  /**
   * A person fills the form and presses its button.
   * @param times how often Slack delivers the submission, all at once
   * @returns the app's answer; an empty one closes the form
   */
  async submit(
    view: FakeView,
    entered: { files?: Upload[]; question?: string; reason?: string },
    times = 1,
  ): Promise<unknown> {
    const files = (entered.files ?? []).map((one) => upload(one, this.state));
    const payload = submissionPayload(
      view,
      { files, question: entered.question, reason: entered.reason },
      this.#around,
    );
    const attempts = Array.from({ length: times }, () => this.#attempt({ kind: 'interactive', payload }));
    const answers = await Promise.all(attempts);
    if (answers.includes(undefined)) throw new Error('the form was not acknowledged in time');
    return answers[0]?.body;
  }

  /** A person adds the app, or another user, to a channel. */
  invite(channel: string, user = botUser): Promise<Delivered> {
    return this.deliverEvent({
      type: 'member_joined_channel',
      user,
      channel,
      channel_type: 'C',
      team,
      inviter: 'U0ANNA',
      event_ts: this.state.nextTs(),
    });
  }

  /** A person opens the home tab of the app. */
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

  /** A person opens the Messages tab of an app with the agent view. */
  async openMessagesTab(user = 'U0ANNA'): Promise<void> {
    await this.deliverEvent({
      type: 'app_home_opened',
      user,
      channel: 'D0ANNA',
      tab: 'messages',
      event_ts: this.state.nextTs(),
    });
  }

  /** A workflow runs the app's step. @returns the result of the step */
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

  /** Stores a file that is in the workspace and in no message, as the form of a workflow has it. @returns its id */
  keep(one: Upload): string {
    return upload(one, this.state).id;
  }

  /** Returns the app's answers in a thread. A progress message above an answer is none: a busy machine may cause one. */
  answers(channel: string, ts: string): FakeMessage[] {
    return this.#posts(channel, ts).filter((message) => !isProgress(message));
  }

  /** Returns the app's progress messages in a thread. */
  progressMessages(channel: string, ts: string): FakeMessage[] {
    return this.#posts(channel, ts).filter(isProgress);
  }

  #posts(channel: string, ts: string): FakeMessage[] {
    return this.state.thread(channel, ts).filter((message) => message.bot_id === botId && !message.files);
  }

  /** Waits until `look` returns a value. @throws with `what` when the time is over */
  async until<T>(what: string, look: () => T | undefined | false, withinMs = 120_000): Promise<T> {
    const end = Date.now() + withinMs;
    for (;;) {
      const found = look();
      if (found) return found;
      if (Date.now() > end)
        throw new Error(`waited in vain for ${what}; unexpected: ${this.state.unexpected.join(', ') || 'nothing'}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  /** Waits for an answer in a thread: the first, or the nth. */
  async answer(channel: string, ts: string, nth = 1): Promise<FakeMessage> {
    return this.until(`answer ${nth} in ${channel}`, () => this.answers(channel, ts)[nth - 1]);
  }

  /** Sets the faults of the next calls of a method, or of `response_url`, one after the other. */
  disturb(method: string, ...faults: Fault[]): void {
    this.state.faults.set(method, faults);
  }

  /** Makes Slack refuse all blocks until the returned function is called. */
  refuseBlocks(error: string): () => void {
    this.state.refusing = error;
    return () => {
      this.state.refusing = undefined;
    };
  }

  /** @throws when the app made a call that Slack does not have */
  verify(): void {
    if (this.state.unexpected.length > 0) throw new Error(`unexpected calls: ${this.state.unexpected.join('; ')}`);
  }

  connected(withinMs?: number): Promise<unknown> {
    return this.until('a Socket Mode connection', () => this.#connections.size > 0, withinMs);
  }

  /** Renews the connections, as Slack does every few hours: asks the app to disconnect, and waits for the new connection. */
  async recycle(withinMs?: number): Promise<void> {
    const old = [...this.#connections];
    for (const socket of old) {
      this.#connections.delete(socket);
      socket.send(JSON.stringify({ type: 'disconnect', reason: 'refresh_requested' }));
    }
    await this.connected(withinMs);
  }

  #attempt(delivery: Delivery): Promise<Acknowledged> {
    return this.#deliveries.attempt(delivery);
  }

  get #around(): Around {
    return { state: this.state, url: this.url };
  }
}

function isProgress({ metadata }: FakeMessage): boolean {
  return String(metadata?.event_payload.key).endsWith(':progress');
}
