import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import express from 'express';
import { createSlackDoor, type SlackDoor, type SlackSettings } from '../../adapters/slack/index.js';
import type { Answer } from '../../src/answer/answer.js';
import { createDesk, type Desk } from '../../src/desk/desk.js';
import type { Clock, Vault } from '../../src/desk/ports/environment.js';
import type { Store } from '../../src/desk/ports/store.js';
import type { Quotas } from '../../src/desk/quotas.js';
import { createIntake } from '../../src/intake/intake.js';
import { makeDownload } from '../../src/service/download.js';
import { MemoryInbox } from '../../src/store/memory-inbox.js';
import { memoryStore } from '../../src/store/memory-store.js';
import { memoryVault } from '../../src/store/vault.js';
import { builtKnowledge } from '../built-knowledge.js';
import {
  appToken,
  botToken,
  botUser,
  type FakeMessage,
  type FakeOptions,
  FakeSlack,
  fullScopes,
  readable,
  signingSecret,
} from '../fakes/slack/index.js';
import type { Scenario, Turn } from '../scenarios/types.js';

const knowledge = builtKnowledge();

export const transports = ['socket', 'http'] as const;

/** A clock whose time stands still, so that answers are the same each time, and whose pauses are real. */
export const clock: Clock = {
  now: () => new Date('2026-06-08T20:00:00Z'),
  sleep: (ms, signal) => sleep(ms, undefined, { ref: false, signal }).catch(() => undefined),
};

export interface RunOptions extends Partial<FakeOptions> {
  /** Instead of the whole core. */
  desk?: Desk;
  /** The Slack of an earlier Frebot, which is stopped by then. */
  slack?: FakeSlack;
  /** The store of an earlier Frebot. */
  store?: Store;
  vault?: Vault;
  /** Allow-lists, or OAuth instead of one token. */
  settings?: { [Name in keyof SlackSettings]?: SlackSettings[Name] };
  report?: (answer: Answer) => string;
  /** Factor for the door's own pauses. The pauses of the desk and of Slack keep their length. */
  pace?: number;
  reconnectMs?: number;
}

/** A Frebot with the whole core behind the fake of Slack. */
export class SlackRun {
  readonly slack: FakeSlack;
  readonly desk: Desk;
  readonly store: Store;
  readonly vault: Vault;
  readonly slackDoor: SlackDoor;
  readonly log: { level: string; facts: object; message: string }[] = [];
  readonly #options: RunOptions;
  #server: Server | undefined;

  private constructor(
    slack: FakeSlack,
    desk: Desk,
    door: SlackDoor,
    log: SlackRun['log'],
    kept: { store: Store; vault: Vault },
    options: RunOptions,
  ) {
    this.#options = options;
    this.store = kept.store;
    this.vault = kept.vault;
    this.slack = slack;
    this.desk = desk;
    this.slackDoor = door;
    this.log = log;
  }

  static async start(options: RunOptions = {}): Promise<SlackRun> {
    const transport = options.transport ?? 'socket';
    const { slack: known, ...fake } = options;
    const slack = known ?? (await FakeSlack.start({ retryMs: [20, 50, 100], scopes: fullScopes, ...fake, transport }));
    const store = options.store ?? memoryStore();
    const vault = options.vault ?? memoryVault();
    const desk = options.desk ?? wholeDesk(store);
    const log: SlackRun['log'] = [];
    const note = (level: string) => (facts: object, message: string) => void log.push({ level, facts, message });
    const door = await createSlackDoor(
      {
        botToken,
        apiUrl: slack.apiUrl,
        ...(transport === 'socket' ? { appToken } : { signingSecret }),
        ...options.settings,
      } as SlackSettings,
      {
        desk,
        vault,
        report: options.report,
        clock: { now: clock.now, sleep: (ms, signal) => clock.sleep(ms * (options.pace ?? 1), signal) },
        ...(options.reconnectMs !== undefined && { reconnectMs: options.reconnectMs }),
        log: { info: note('info'), warn: note('warn'), error: note('error') },
        download: downloadFrom(slack.url),
      },
    );
    const run = new SlackRun(slack, desk, door, log, { store, vault }, options);
    desk.addDoor(door.door);
    desk.start();
    await run.#listen();
    await door.start();
    if (transport === 'socket') await slack.connected();
    return run;
  }

  /** Serves the door on an HTTP app, as main.ts does. */
  async #listen(): Promise<void> {
    if (!this.slackDoor.mount) return;
    const app = express();
    this.slackDoor.mount(app);
    this.#server = createServer(app);
    await new Promise<void>((done) => this.#server?.listen(0, '127.0.0.1', done));
    this.slack.requestUrl = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/slack/events`;
  }

  /** Stops this Frebot and starts another for the same Slack, with the same store. */
  async successor(options: RunOptions = {}): Promise<SlackRun> {
    const { store, vault, slack } = this;
    await this.#end();
    return SlackRun.start({ ...this.#options, store, vault, slack, ...options });
  }

  async stop(): Promise<void> {
    await this.#end(() => this.slack.stop());
  }

  async #end(slack?: () => Promise<void>): Promise<void> {
    await this.slackDoor.stop();
    await this.desk.stop(2000);
    await slack?.();
    this.#server?.closeAllConnections();
    await new Promise((done) => (this.#server ? this.#server.close(done) : done(undefined)));
  }
}

/** The guarded download, with this fake for Slack's hosts of files. */
export function downloadFrom(url: string) {
  const { host, port } = new URL(url);
  return makeDownload({ standIns: { [host]: 'files.slack.com', [`localhost:${port}`]: 'cdn.slack-edge.com' } });
}

export function wholeDesk(store: Store = memoryStore(), quotas?: Quotas, own: Clock = clock): Desk {
  const events = { emit: () => undefined };
  return createDesk({
    knowledge,
    intake: createIntake({ workers: 1 }),
    store,
    inbox: new MemoryInbox(events, own),
    events,
    clock: own,
    ...(quotas && { quotas }),
  });
}

/** Returns a desk that shows its progress after this many milliseconds instead of five seconds. */
export function quickDesk(ms: number): Desk {
  const sleep: Clock['sleep'] = (given, signal) => clock.sleep((given * ms) / 5000, signal);
  return wholeDesk(undefined, undefined, { ...clock, sleep });
}

export const mention = (text = '') => `<@${botUser}> ${text}`.trim();

/** Returns typed text as Slack sends it. */
export const asSent = (text: string) =>
  text.replace(/[&<>]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[c] as string);

/** Plays a scenario. Returns what a person reads after each turn, with the parts behind "Show more"; empty without an answer. */
export async function play(scenario: Scenario, run: SlackRun): Promise<string[]> {
  const channel = scenario.place === 'direct' ? 'D0ANNA' : 'C0OPS';
  const read: string[] = [];
  let root: string | undefined;
  for (const turn of scenario.turns) {
    const before = root ? run.slack.answers(channel, root).length : 0;
    if (turn.presses) {
      const last = run.slack.answers(channel, root as string).at(-1) as FakeMessage;
      read.push(await openedBy(turn.presses, last, run));
      continue;
    }
    const ts = await run.slack.say(channel, textOf(turn, scenario), {
      ...(root && { thread: root }),
      files: turn.drops ?? [],
    });
    root ??= ts;
    if (turn.silent) {
      await new Promise((done) => setTimeout(done, 150));
      read.push(
        run.slack
          .answers(channel, root)
          .slice(before)
          .map((m) => readable(m.blocks))
          .join('\n'),
      );
      continue;
    }
    const answer = await run.slack.answer(channel, root, before + 1);
    const more = hasMore(answer) ? await openedBy('Show more', answer, run) : '';
    read.push(`${readable(answer.blocks)}\n${more}`);
  }
  return read;
}

function textOf(turn: Turn, scenario: Scenario): string {
  const text = asSent(turn.says ?? '');
  return scenario.place === 'direct' || turn.mentions === false ? text : mention(text);
}

const hasMore = (message: FakeMessage) => readable(message.blocks).includes('Show more');

/** Presses a button and returns the text of the modal that opens. */
export async function openedBy(label: string, message: FakeMessage, run: SlackRun): Promise<string> {
  const before = run.slack.state.views.length;
  await run.slack.press(message, label);
  const view = await run.slack.until(`a modal after "${label}"`, () => run.slack.state.views[before]);
  return readable(view.blocks);
}

/** Presses "Not it" and sends the form that opens, empty unless a reason is given. */
export async function pressNotIt(message: FakeMessage, run: SlackRun, user = 'U0ANNA', reason?: string): Promise<void> {
  const before = run.slack.state.views.length;
  await run.slack.press(message, 'Not it', user);
  const view = await run.slack.until('the form of "Not it"', () => run.slack.state.views[before]);
  await run.slack.submit(view, reason === undefined ? {} : { reason });
}
