import { createHash, randomUUID } from 'node:crypto';

export interface FakeFile {
  id: string;
  name: string;
  bytes: Uint8Array;
  mode?: 'snippet';
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

type ChannelKind = 'channel' | 'group' | 'im' | 'mpim';

export interface FakeChannel {
  id: string;
  kind: ChannelKind;
  /** Whether the bot is a member. */
  joined: boolean;
}

/**
 * Nothing happens to this call; too many requests; the connection breaks before Slack has done it, or after; it is done and
 * never answered.
 */
export type Fault = 'none' | 'busy' | 'cut' | 'lost' | 'silent';

/** The time of this Slack; a test may bring its own and let minutes pass at once. */
export interface FakeClock {
  now(): number;
  sleep(ms: number): Promise<void>;
}

/** The real one. */
export const wallClock: FakeClock = {
  now: () => Date.now(),
  sleep: (ms) => new Promise((done) => setTimeout(done, ms)),
};

/** A clock that only moves when it is told to. */
export class HandClock implements FakeClock {
  #now = 1_780_000_000_000;
  readonly #waiting: { at: number; wake: () => void }[] = [];

  now = () => this.#now;

  sleep(ms: number): Promise<void> {
    return new Promise((wake) => this.#waiting.push({ at: this.#now + ms, wake }));
  }

  /** Lets time pass, and wakes whoever waited for it. */
  advance(ms: number): void {
    this.#now += ms;
    const due = this.#waiting.filter(({ at }) => at <= this.#now);
    for (const one of due) {
      this.#waiting.splice(this.#waiting.indexOf(one), 1);
      one.wake();
    }
  }

  /** Milliseconds until the next who waits; undefined when nobody does. */
  get next(): number | undefined {
    const all = this.#waiting.map(({ at }) => at - this.#now);
    return all.length > 0 ? Math.min(...all) : undefined;
  }
}

export interface Call {
  method: string;
  args: Record<string, unknown>;
  token: string | undefined;
  at: number;
}

export const team = 'T0FREBOT';
export const botUser = 'U0FREBOT';
export const botId = 'B0FREBOT';
export const botToken = 'xoxb-fake-bot-token';
export const appToken = 'xapp-fake-app-token';
export const clientId = '1.2';
export const clientSecret = 'fake-client-secret';
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
  /** Bot tokens that are good, each with its workspace. */
  readonly tokens = new Map([[botToken, team]]);
  /** Codes of installations under way, each with the workspace that installs. */
  readonly codes = new Map<string, string>();
  /** Uploads the app began. */
  readonly uploads = new Map<string, { name: string; bytes: Uint8Array }>();
  /** Where the download of a file is redirected to. */
  readonly redirects = new Map<string, string>();
  /** So many times `files.info` does not know yet where a file was shared. */
  sharesLate = 0;
  /** Results of workflow steps, by execution. */
  readonly steps = new Map<string, { outputs?: Record<string, unknown>; error?: string }>();
  readonly prompts = new Map<string, unknown[]>();
  readonly groups = new Map<string, string[]>([['S0ADMINS', ['U0ADMIN']]]);
  readonly clock: FakeClock;
  /** Scopes without which some event would not have been sent. */
  readonly eventScopes = new Set<string>();
  readonly faults = new Map<string, Fault[]>();
  /** Error that every message with blocks gets. */
  refusing: string | undefined;
  #second = 1_780_000_000;
  #count = 0;

  constructor(scopes: string[], clock: FakeClock = wallClock) {
    this.scopes = scopes;
    this.clock = clock;
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
    const id = `${this.clock.now()}.${randomUUID()}`;
    this.triggers.set(id, { user, until: this.clock.now() + 3000, used: false });
    return id;
  }

  respondable(channel: string, user: string, thread_ts?: string): string {
    const id = randomUUID();
    this.responses.set(id, {
      channel,
      user,
      ...(thread_ts && { thread_ts }),
      uses: 0,
      until: this.clock.now() + 30 * 60_000,
    });
    return id;
  }

  thread(channel: string, ts: string): FakeMessage[] {
    return this.messages.filter((m) => m.channel === channel && !m.onlyFor && (m.ts === ts || m.thread_ts === ts));
  }
}
