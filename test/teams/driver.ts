import { resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import nock from 'nock';
import { reportPage } from '../../adapters/web/index.js';
import { createDesk, type Desk } from '../../src/desk/desk.js';
import type { Clock } from '../../src/desk/ports/environment.js';
import { createIntake } from '../../src/intake/intake.js';
import { MemoryInbox } from '../../src/store/memory-inbox.js';
import { memoryStore } from '../../src/store/memory-store.js';
import { builtKnowledge } from '../built-knowledge.js';
import type { GraphFile } from '../fakes/teams/graph.js';
import {
  buttonInvoke,
  channelActivity,
  FakeTeams,
  type FakeTeamsOptions,
  fileOffer,
  mention,
  personalActivity,
  type SentActivity,
} from '../fakes/teams/index.js';
import { frebLog } from '../scenarios/logs.js';
import type { Scenario, ScenarioFile, Turn } from '../scenarios/types.js';
import { cardElements, cardText } from './cards.js';

export const knowledge = builtKnowledge();

/** A log as a channel or group chat holds it. */
export const droppedLog: GraphFile = {
  id: '1c2d3e4f-0000-4000-8000-00000000f11e',
  name: 'fr000032.xml',
  bytes: frebLog(),
};

/** A Frebot with the whole core behind the fake of Teams. */
export class TeamsRun {
  readonly desk: Desk;
  teams!: FakeTeams;
  readonly store: ReturnType<typeof memoryStore>;
  readonly inbox: MemoryInbox;

  private constructor(store = memoryStore()) {
    this.store = store;
    const clock: Clock = {
      now: () => new Date('2026-06-08T20:00:00Z'),
      sleep: (ms, signal) => setTimeout(ms, undefined, { signal, ref: false }).catch(() => undefined),
    };
    const events = { emit: () => undefined };
    this.inbox = new MemoryInbox(events, clock);
    this.desk = createDesk({
      knowledge,
      intake: createIntake({ workers: 1 }),
      store: this.store,
      inbox: this.inbox,
      events,
      clock,
    });
  }

  /** @param store the store of an earlier run, for tests of a restart */
  static async start(options: FakeTeamsOptions = {}, store?: TeamsRun['store']): Promise<TeamsRun> {
    const run = new TeamsRun(store);
    const report = reportPage(resolve(import.meta.dirname, '../..'), () => new Date('2026-06-08T20:00:00Z'));
    run.teams = await FakeTeams.start(run.desk, { report, ...options });
    run.desk.addDoor(run.teams.door.door);
    run.desk.start();
    return run;
  }

  async stop(): Promise<void> {
    await this.desk.stop(2000);
    await this.teams.stop();
  }
}

/** Serves files as SharePoint does in 1:1 chats, at an address that carries its own permission and takes no token. */
export function serveSharePoint(files: ScenarioFile[]): (name: string) => string {
  for (const { name, bytes } of files) {
    nock('https://contoso-my.sharepoint.com', { badheaders: ['authorization'] })
      .get(`/personal/ada/_layouts/15/download.aspx`)
      .query({ name, tempauth: 'v1.once' })
      .reply(200, Buffer.from(bytes), { 'content-type': 'application/octet-stream' });
  }
  const path = 'https://contoso-my.sharepoint.com/personal/ada/_layouts/15/download.aspx';
  return (name) => `${path}?${new URLSearchParams({ name, tempauth: 'v1.once' })}`;
}

/** Plays a scenario. Returns what a person reads after each turn, empty when Frebot says nothing. */
export async function playScenario(scenario: Scenario, run: TeamsRun): Promise<string[]> {
  const read: string[] = [];
  let root: string | undefined;
  for (const turn of scenario.turns) {
    const before = run.teams.messages.length;
    if (turn.presses) {
      read.push(await press(turn.presses, run));
      continue;
    }
    for (const activity of activitiesOf(turn, scenario, run, root)) {
      const response = await run.teams.deliver(activity);
      if (response.status !== 200) throw new Error(`Frebot answered ${response.status}`);
      root ??= activity.id;
    }
    if (turn.silent) {
      await setTimeout(150);
      read.push(run.teams.messages.slice(before).map(cardWords).join('\n'));
      continue;
    }
    await run.teams.connector.waitForMessages(before + 1);
    read.push(run.teams.messages.slice(before).map(cardWords).join('\n'));
  }
  return read;
}

function activitiesOf(turn: Turn, scenario: Scenario, run: TeamsRun, root: string | undefined) {
  const { serviceUrl } = run.teams;
  const drops = turn.drops ?? [];
  if (scenario.place === 'channel') {
    const text = turn.says ?? '';
    return [channelActivity(serviceUrl, turn.mentions === false ? { text } : mention(text), root)];
  }
  if (drops.length === 0) return [personalActivity(serviceUrl, { text: turn.says })];
  const address = serveSharePoint(drops);
  const offers = drops.map((file) => fileOffer(file.name, address(file.name)) as { attachments: object[] });
  return [personalActivity(serviceUrl, { text: turn.says, attachments: offers.flatMap((offer) => offer.attachments) })];
}

async function press(label: string, run: TeamsRun): Promise<string> {
  const last = run.teams.messages.at(-1) as SentActivity;
  const card = cardOf(last);
  const button = cardElements(card).find((e) => e.title === label && String(e.type).startsWith('Action.'));
  if (!button) throw new Error(`no button "${label}"`);
  if (button.type === 'Action.ToggleVisibility') {
    const id = (button.targetElements as string[])[0];
    return cardText(cardElements(card).find((e) => e.id === id));
  }
  const response = await run.teams.deliver(
    personalActivity(run.teams.serviceUrl, buttonInvoke(String(button.verb), button.data as object, last.id)),
  );
  const body = (await response.json()) as { value: unknown };
  return typeof body.value === 'string' ? body.value : cardText(body.value);
}

/** Returns the prepared responses of the platform that the bot did not request, without those for tokens. */
export function unusedMocks(): string[] {
  return nock.pendingMocks().filter((mock) => !mock.includes('login.microsoftonline.com'));
}

export function cardOf(sent: SentActivity): unknown {
  return sent.activity.attachments?.[0]?.content;
}

const cardWords = (sent: SentActivity) => cardText(cardOf(sent));
