import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { botUser, type FakeMessage } from '../../test/fakes/slack/index.js';
import type { Sent } from '../../test/fakes/teams/index.js';
import { frebLog } from '../../test/scenarios/logs.js';
import { startPostgres } from '../postgres.js';
import { Platforms } from '../served/platforms.js';
import { Replicas, type Told } from './replicas.js';

export interface ChaosOptions {
  messages: number;
  /** Seconds between kills: a random time around this. */
  killEvery: number;
  /** Processes on a Postgres server; 0 is one process on the embedded engine. */
  replicas: number;
  /** Restarts of the Postgres server. */
  engineRestarts: number;
  /** Messages a second. */
  rate: number;
  say(line: string): void;
}

export interface Figures {
  acknowledged: { slack: number; teams: number };
  /** The platform delivered until it gave up: it was never told yes, so it is not ours. */
  neverAcknowledged: number;
  lost: string[];
  twice: { slack: number; teamsUnmarked: number; teamsMarked: number };
  kills: number;
  engineRestarts: number;
  seconds: number;
  told: Told;
}

/** Slack's pauses before it delivers again are a minute and five; here they are shorter, for the run to end. */
const retryMs: [number, number, number] = [2_000, 15_000, 40_000];

/** Sends messages with files through both fakes while processes are killed, and counts what became of them. */
export async function chaos(options: ChaosOptions): Promise<Figures> {
  const started = Date.now();
  const dataDir = mkdtempSync(join(tmpdir(), 'frebot-chaos-'));
  const server = options.replicas > 0 ? await startPostgres() : undefined;
  const platforms = await Platforms.start(frebLog(), retryMs);
  const replicas = new Replicas({ ...platforms.around, dataDir, databaseUrl: server?.url });
  const places = Array.from({ length: Math.max(1, options.replicas) }, (_, place) => place);
  let over = false;
  let engineRestarts = 0;
  try {
    await Promise.all(places.map((place) => replicas.start(place)));
    options.say(`${places.length} process(es) up after ${seconds(started)} s`);
    const killing = killNowAndThen(replicas, places, options, () => over);
    const restarting = (async () => {
      const length = (options.messages / options.rate) * 1000;
      for (let n = 1; server && n <= options.engineRestarts; n++) {
        await sleep(length / (options.engineRestarts + 1));
        await server.restart();
        engineRestarts++;
        options.say('the Postgres server was restarted');
      }
    })();

    const sent: Message[] = [];
    for (let n = 0; n < options.messages; n++) {
      sent.push(n % 2 === 0 ? toSlack(n, platforms) : toTeams(n, platforms, replicas));
      await sleep(1000 / options.rate);
      if (n % 200 === 199) options.say(`${n + 1} sent, ${answered(sent)} answered, ${replicas.kills} kills`);
    }
    const acknowledged = await Promise.all(sent.map(({ acknowledged }) => acknowledged));
    await restarting;
    over = true;
    await killing;
    const ours = sent.filter((_, n) => acknowledged[n]);
    await settle(() => ours.filter(({ answers }) => answers().length === 0).length, 120);
    // Whatever would still come twice comes now.
    await sleep(5_000);
    platforms.verify();
    const of = (door: Message['door']) => ours.filter((message) => message.door === door);
    const again = (message: Message) => message.answers().slice(1);
    const marked = (text: string) => text.includes('(repeated after a restart)');
    const teamsAgain = of('teams').flatMap(again);
    return {
      acknowledged: { slack: of('slack').length, teams: of('teams').length },
      neverAcknowledged: sent.length - ours.length,
      lost: ours.filter(({ answers }) => answers().length === 0).map(({ name }) => name),
      twice: {
        slack: of('slack').flatMap(again).length,
        teamsUnmarked: teamsAgain.filter((text) => !marked(text)).length,
        teamsMarked: teamsAgain.filter(marked).length,
      },
      kills: replicas.kills,
      engineRestarts,
      seconds: seconds(started),
      told: replicas.told,
    };
  } finally {
    over = true;
    await replicas.stop();
    await platforms.stop();
    await server?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

interface Message {
  door: 'slack' | 'teams';
  name: string;
  /** Whether the platform heard yes. */
  acknowledged: Promise<boolean>;
  /** The texts of its answers so far; progress messages are none. */
  answers(): string[];
}

const answered = (sent: Message[]) => sent.filter(({ answers }) => answers().length > 0).length;
const seconds = (since: number) => Math.round((Date.now() - since) / 1000);
const upload = () => ({ name: 'fr000032.xml', bytes: frebLog() });

/** Mentions with a file (two events each), direct messages with a file, and questions. */
function toSlack(n: number, { slack }: Platforms): Message {
  const direct = n % 4 === 0;
  const channel = direct ? 'D0ANNA' : 'C0OPS';
  const text = direct ? '' : `<@${botUser}> what is this?`;
  const { ts, done } = slack.post(channel, text, { files: [upload()] });
  const whole = (message: FakeMessage) => /^[^+]*$/.test(keyOf(message)) && !keyOf(message).endsWith(':progress');
  return {
    door: 'slack',
    name: `slack ${channel} ${ts}`,
    // The desk claims by the message: one acknowledged delivery of it is enough.
    acknowledged: done.then((deliveries) => (deliveries as { acknowledged: boolean }[]).some((d) => d.acknowledged)),
    answers: () =>
      slack
        .answers(channel, ts)
        .filter(whole)
        .map(({ text: said }) => said),
  };
}

const keyOf = (message: FakeMessage) => String(message.metadata?.event_payload.key ?? '');

/** A dropped file in a personal chat of its own, delivered until the bot says yes. */
function toTeams(n: number, platforms: Platforms, replicas: Replicas): Message {
  const id = `a:1chat-${n}`;
  const activity = platforms.dropped(id);
  const deliver = async (): Promise<boolean> => {
    for (let tries = 0; tries < 40; tries++) {
      const { address } = replicas;
      if (address && (await platforms.toTeams(address, activity)) === 200) return true;
      await sleep(1_000);
    }
    return false;
  };
  const texts = ({ activity: said }: Sent) => JSON.stringify(said);
  return {
    door: 'teams',
    name: `teams ${id}`,
    acknowledged: deliver(),
    answers: () =>
      platforms.teams.messages
        .filter(({ conversation, method }) => conversation === id && method === 'POST')
        .map(texts)
        .filter((text) => !text.includes('Still reading')),
  };
}

async function killNowAndThen(
  replicas: Replicas,
  places: number[],
  options: ChaosOptions,
  over: () => boolean,
): Promise<void> {
  for (;;) {
    const end = Date.now() + options.killEvery * 1000 * (0.5 + Math.random());
    while (Date.now() < end) {
      if (over()) return;
      await sleep(50);
    }
    const place = places[Math.floor(Math.random() * places.length)] as number;
    await replicas.kill(place);
    await replicas.start(place);
  }
}

/** Waits until a count is zero, or has not changed for so many seconds. */
async function settle(left: () => number, patience: number): Promise<void> {
  let last = left();
  let changed = Date.now();
  while (last > 0 && Date.now() - changed < patience * 1000) {
    await sleep(200);
    const now = left();
    if (now !== last) changed = Date.now();
    last = now;
  }
}
