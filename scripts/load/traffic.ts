import { setTimeout as sleep } from 'node:timers/promises';
import { botUser, type Delivered, type FakeMessage } from '../../test/fakes/slack/index.js';
import { frebLog } from '../../test/scenarios/logs.js';
import { Platforms } from '../served/platforms.js';

/** A message with a log, and its result. Times are milliseconds from sending. */
export interface SentMessage {
  door: 'slack' | 'teams';
  at: number;
  /** The platform was acknowledged. */
  acknowledgedMs?: number;
  /**
   * Slack reports a file in a channel a second time, in a separate event that waits for the other files of the upload (400 ms).
   * It is acknowledged apart: the message was claimed by its mention.
   */
  fileEventMs?: number;
  answeredMs?: number;
  /** Whether the answer names what is in the log. */
  right?: boolean;
}

/** Size of a log as a busy request leaves it. */
const logBytes = 250_000;
/** The code in the log, which every answer must name. */
const expected = '0x80070542';
/** A minute later no reaction and no late retry refers to a message. */
const forgottenMs = 60_000;

/** Both platforms on loopback, people who drop logs, and a watch on the answers. */
export class Traffic {
  readonly platforms: Platforms;
  readonly #log: Uint8Array;
  readonly #open = new Map<string, SentMessage>();
  readonly #seen = new WeakMap<FakeMessage, number>();
  readonly #watch: NodeJS.Timeout;
  #count = 0;

  private constructor(platforms: Platforms, log: Uint8Array) {
    this.platforms = platforms;
    this.#log = log;
    this.#watch = setInterval(() => this.#look(), 10);
  }

  static async start(): Promise<Traffic> {
    const log = frebLog({ filler: logBytes });
    return new Traffic(await Platforms.start(log), log);
  }

  /** Drops a log: by turns with a mention in a Slack channel, in a Slack direct message, and twice in Teams chats. */
  send(teams: string): SentMessage {
    const n = this.#count++;
    if (n % 2 === 1) return this.#toTeams(`a:1load-${n}`, teams);
    return n % 4 === 0 ? this.#toSlack('D0ANNA', '') : this.#toSlack('C0OPS', `<@${botUser}> what is this?`);
  }

  async stop(): Promise<void> {
    clearInterval(this.#watch);
    await this.platforms.stop();
  }

  #toSlack(channel: string, text: string): SentMessage {
    const sent: SentMessage = { door: 'slack', at: performance.now() };
    const { ts, done } = this.platforms.slack.post(channel, text, {
      files: [{ name: 'fr000032.xml', bytes: this.#log }],
    });
    this.#open.set(`${channel} ${ts}`, sent);
    void done.then((deliveries) => {
      for (const { event, acknowledged, tookMs, at } of deliveries as Delivered[]) {
        if (!acknowledged) continue;
        const ms = (at.at(-1) ?? 0) - (at[0] ?? 0) + tookMs;
        if (event === 'file_shared') sent.fileEventMs = ms;
        else sent.acknowledgedMs = ms;
      }
    });
    return sent;
  }

  #toTeams(chat: string, address: string): SentMessage {
    const sent: SentMessage = { door: 'teams', at: performance.now() };
    this.#open.set(chat, sent);
    void this.platforms.toTeams(address, this.platforms.droppedLog(chat)).then((response) => {
      if (response?.status === 200) sent.acknowledgedMs = performance.now() - sent.at;
    });
    return sent;
  }

  /** Counts the answers that came since the last look, and forgets those that are no longer needed. */
  #look(): void {
    const { slack, teams } = this.platforms;
    const { messages, files, calls } = slack.state;
    const now = performance.now();
    for (const message of messages) {
      if (this.#seen.has(message)) continue;
      this.#seen.set(message, now);
      const { metadata, thread_ts } = message;
      if (!metadata || !thread_ts || String(metadata.event_payload.key ?? '').endsWith(':progress')) continue;
      this.#countAnswer(`${message.channel} ${thread_ts}`, message);
    }
    for (const { conversation, method, activity } of teams.activities.splice(0)) {
      if (activity.type === 'message' && method === 'POST') this.#countAnswer(conversation, activity);
    }
    const firstRecent = messages.findIndex((message) => (this.#seen.get(message) ?? now) > now - forgottenMs);
    for (const message of messages.splice(0, Math.max(0, firstRecent))) {
      for (const { id } of message.files ?? []) files.delete(id);
    }
    calls.splice(0);
    slack.deliveries.splice(0);
  }

  #countAnswer(place: string, answer: unknown): void {
    const sent = this.#open.get(place);
    const text = sent && JSON.stringify(answer);
    // A progress message of Teams is none.
    if (!sent || !text || text.includes('Still reading')) return;
    this.#open.delete(place);
    sent.answeredMs = performance.now() - sent.at;
    sent.right = text.includes(expected);
  }
}

/** Resolves when all are acknowledged and answered, or after the limit. */
export async function waitForAnswers(sent: readonly SentMessage[], withinMs: number): Promise<void> {
  const end = Date.now() + withinMs;
  const open = ({ acknowledgedMs, answeredMs }: SentMessage) =>
    acknowledgedMs === undefined || answeredMs === undefined;
  while (Date.now() < end && sent.some(open)) await sleep(50);
}
