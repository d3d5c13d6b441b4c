import { createHash, randomUUID } from 'node:crypto';

export interface FakeFile {
  id: string;
  name: string;
  bytes: Uint8Array;
  /** What the event tells instead of the usual, for Slack Connect stubs, external and deleted files. */
  shown?: Record<string, unknown>;
  /** What files.info answers instead of the usual. */
  info?: Record<string, unknown> | { error: string };
}

export interface FakeMessage {
  channel: string;
  ts: string;
  thread_ts?: string;
  user?: string;
  bot_id?: string;
  text: string;
  blocks?: Block[];
  metadata?: { event_type: string; event_payload: Record<string, unknown> };
  files?: FakeFile[];
  /** Set when only this user sees it. */
  onlyFor?: string | undefined;
  edited?: boolean;
  reactions: string[];
}

// biome-ignore lint/suspicious/noExplicitAny: a block is whatever the door sent
export type Block = any;

export interface FakeView {
  view_id: string;
  user: string;
  type: string;
  title: string;
  blocks: Block[];
  private_metadata?: string;
  callback_id?: string;
}

export type ChannelKind = 'channel' | 'group' | 'im' | 'mpim';

export interface FakeChannel {
  id: string;
  kind: ChannelKind;
  /** Whether the bot is a member. */
  joined: boolean;
}

/** Too many requests; or the call is done but its answer never arrives. */
export type Fault = 'busy' | 'lost';

export interface Call {
  method: string;
  args: Record<string, unknown>;
  at: number;
}

export const team = 'T0FREBOT';
export const botUser = 'U0FREBOT';
export const botId = 'B0FREBOT';
export const botToken = 'xoxb-fake-bot-token';
export const appToken = 'xapp-fake-app-token';
export const signingSecret = createHash('md5').update('fake').digest('hex');

/** Everything this Slack remembers. */
export class State {
  readonly channels = new Map<string, FakeChannel>();
  readonly messages: FakeMessage[] = [];
  readonly files = new Map<string, FakeFile>();
  readonly views: FakeView[] = [];
  readonly homes = new Map<string, FakeView>();
  readonly calls: Call[] = [];
  /** Calls Slack would not know, or that this fake has no rule for. A test that leaves one here fails. */
  readonly unexpected: string[] = [];
  readonly triggers = new Map<string, { user: string; until: number; used: boolean }>();
  readonly responses = new Map<
    string,
    { channel: string; user: string; thread_ts?: string; uses: number; until: number }
  >();
  scopes: string[];
  /** Scopes without which some event would not have been sent. */
  readonly eventScopes = new Set<string>();
  readonly faults = new Map<string, Fault[]>();
  /** Error that every message with blocks gets. */
  refusing: string | undefined;
  #second = 1_780_000_000;
  #count = 0;

  constructor(scopes: string[]) {
    this.scopes = scopes;
    this.channels.set('C0OPS', { id: 'C0OPS', kind: 'channel', joined: true });
    this.channels.set('G0SECRET', { id: 'G0SECRET', kind: 'group', joined: true });
    this.channels.set('C0OTHER', { id: 'C0OTHER', kind: 'channel', joined: false });
    this.channels.set('D0ANNA', { id: 'D0ANNA', kind: 'im', joined: true });
    this.channels.set('G0MANY', { id: 'G0MANY', kind: 'mpim', joined: true });
  }

  /** Slack's ts: seconds and a counter, unique in a channel. */
  nextTs(): string {
    this.#count += 1;
    return `${this.#second++}.${String(this.#count).padStart(6, '0')}`;
  }

  trigger(user: string): string {
    const id = `${Date.now()}.${randomUUID()}`;
    this.triggers.set(id, { user, until: Date.now() + 3000, used: false });
    return id;
  }

  respondable(channel: string, user: string, thread_ts?: string): string {
    const id = randomUUID();
    this.responses.set(id, {
      channel,
      user,
      ...(thread_ts && { thread_ts }),
      uses: 0,
      until: Date.now() + 30 * 60_000,
    });
    return id;
  }

  thread(channel: string, ts: string): FakeMessage[] {
    return this.messages.filter((m) => m.channel === channel && !m.onlyFor && (m.ts === ts || m.thread_ts === ts));
  }
}
