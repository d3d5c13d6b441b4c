import { createHash, randomUUID } from 'node:crypto';

export interface FakeFile {
  id: string;
  name: string;
  bytes: Uint8Array;
  mode?: 'snippet';
  /** The file in events, where it differs from the usual: Slack Connect stubs, external and deleted files. */
  shown?: Record<string, unknown>;
  /** The answer of files.info, where it differs from the usual. */
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
  /** Forwarded messages, and the cards of apps. */
  attachments?: FakeAttachment[];
  /** Set when only this user sees it. */
  onlyFor?: string | undefined;
  edited?: boolean;
  reactions: string[];
}

/** An attachment as Slack delivers it. `shared` are the files of a forwarded message, described when it is delivered. */
export interface FakeAttachment {
  [field: string]: unknown;
  shared?: FakeFile[];
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
  /** Its name, by which a message can be posted and not edited. */
  name?: string;
  /** Whether the bot is a member. */
  joined: boolean;
  /** People of another organization read it (Slack Connect). */
  shared?: true;
  /** The people in it; all when absent. */
  members?: string[];
}

/**
 * The fault of one call. `none`: it succeeds. `busy`: too many requests. `cut`: the connection breaks before Slack has done it.
 * `error`: Slack refuses with this code.
 * `lost`: it breaks after that. `silent`: Slack does it and never answers.
 */
export type Fault = 'none' | 'busy' | 'cut' | 'lost' | 'silent' | { error: string };

/** The clock of this Slack; a test may bring its own and let minutes pass at once. */
export interface FakeClock {
  now(): number;
  sleep(ms: number): Promise<void>;
}

/** The real clock. */
export const wallClock: FakeClock = {
  now: () => Date.now(),
  sleep: (ms) => new Promise((done) => setTimeout(done, ms)),
};

/** A clock that only moves by `advance`. */
export class HandClock implements FakeClock {
  #now = 1_780_000_000_000;
  readonly #waiting: { at: number; wake: () => void }[] = [];

  now = () => this.#now;

  sleep(ms: number): Promise<void> {
    return new Promise((wake) => this.#waiting.push({ at: this.#now + ms, wake }));
  }

  /** Lets time pass, and wakes the sleepers whose time has come. */
  advance(ms: number): void {
    this.#now += ms;
    const due = this.#waiting.filter(({ at }) => at <= this.#now);
    for (const one of due) {
      this.#waiting.splice(this.#waiting.indexOf(one), 1);
      one.wake();
    }
  }

  /** Milliseconds until the next sleeper wakes; undefined without sleepers. */
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

/** The state of this Slack. */
export class State {
  readonly channels = new Map<string, FakeChannel>();
  readonly messages: FakeMessage[] = [];
  readonly files = new Map<string, FakeFile>();
  readonly views: FakeView[] = [];
  readonly homes = new Map<string, FakeView>();
  readonly calls: Call[] = [];
  /** Calls that Slack does not know, or that this fake has no rule for. A test that leaves one here fails. */
  readonly unexpected: string[] = [];
  readonly triggers = new Map<string, { user: string; until: number; used: boolean }>();
  readonly responses = new Map<
    string,
    { channel: string; user: string; thread_ts?: string; uses: number; until: number }
  >();
  scopes: string[];
  /** Valid bot tokens, each with its workspace. */
  readonly tokens = new Map([[botToken, team]]);
  /** Codes of unfinished installations, each with the workspace that installs. */
  readonly codes = new Map<string, string>();
  /** The administrator installs the app for the whole organization. */
  wholeOrganization = false;
  /** Uploads the app began. */
  readonly uploads = new Map<string, { name: string; bytes: Uint8Array }>();
  /** Where the download of a file is redirected to. */
  readonly redirects = new Map<string, string>();
  /** Slack gives a sign-in page instead of every file, although the token may read files. */
  locked = false;
  /** How often `files.info` does not yet know where a file was shared. */
  sharesLate = 0;
  /** Results of workflow steps, by execution. */
  readonly steps = new Map<string, { outputs?: Record<string, unknown>; error?: string }>();
  /** What the app showed below threads, one after the other; empty when it ended. */
  readonly statuses: string[] = [];
  readonly prompts = new Map<string, unknown[]>();
  readonly groups = new Map<string, string[]>([['S0ADMINS', ['U0ADMIN']]]);
  readonly clock: FakeClock;
  /** Scopes that some event needed in order to be sent. */
  readonly eventScopes = new Set<string>();
  readonly faults = new Map<string, Fault[]>();
  /** The error for every message with blocks; undefined for none. */
  refusing: string | undefined;
  #second = 1_780_000_000;
  #count = 0;

  constructor(scopes: string[], clock: FakeClock = wallClock) {
    this.scopes = scopes;
    this.clock = clock;
    this.channels.set('C0OPS', { id: 'C0OPS', name: 'iis-prod', kind: 'channel', joined: true });
    this.channels.set('G0SECRET', { id: 'G0SECRET', kind: 'group', joined: true });
    this.channels.set('C0SHARED', { id: 'C0SHARED', kind: 'channel', joined: true, shared: true });
    this.channels.set('C0OTHER', { id: 'C0OTHER', name: 'elsewhere', kind: 'channel', joined: false });
    this.channels.set('C0ELSE', { id: 'C0ELSE', kind: 'channel', joined: true, members: ['U0ANNA'] });
    this.channels.set('D0ANNA', { id: 'D0ANNA', kind: 'im', joined: true });
    this.channels.set('G0MANY', { id: 'G0MANY', kind: 'mpim', joined: true });
  }

  /** Returns the id of a channel by its name with a number sign. */
  channelNamed(name: string): string | undefined {
    return [...this.channels.values()].find((channel) => name === `#${channel.name}`)?.id;
  }

  /** Returns a ts of Slack: seconds and a counter, unique in a channel. */
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

  /** Whether the bot may read a file: it is in no message yet, or in one of a conversation that the bot is in. */
  mayRead(file: string): boolean {
    const within = this.messages.filter(({ files, attachments }) =>
      [...(files ?? []), ...(attachments ?? []).flatMap(({ shared }) => shared ?? [])].some(({ id }) => id === file),
    );
    return within.length === 0 || within.some(({ channel }) => this.channels.get(channel)?.joined);
  }

  thread(channel: string, ts: string): FakeMessage[] {
    return this.messages.filter((m) => m.channel === channel && !m.onlyFor && (m.ts === ts || m.thread_ts === ts));
  }
}
