import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { installedScopes } from '../../test/fakes/slack/index.js';
import { frebLog } from '../../test/scenarios/logs.js';
import { startPostgres } from '../postgres.js';
import { Platforms } from '../served/platforms.js';
import { type Ask, command, type DroppedFile, toSlack, toTeams } from './asks.js';
import { type EventCounts, Replicas } from './replicas.js';

export interface ChaosOptions {
  /** Messages with a file. Every eighth adds a slash command with a pasted log, and a press on the button of its answer. */
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

/** The results of one kind of request. */
interface AskFates {
  acknowledged: number;
  /** The platform was never acknowledged, so the request is not ours: the person sees the failure, or the platform gave up. */
  neverAcknowledged: number;
  lost: string[];
  /** Answers that came twice without saying so, and with the words "repeated after a restart". */
  twice: number;
  marked: number;
}

type AskKind = `${Ask['door']} ${Ask['kind']}`;

export interface Figures {
  fates: Record<AskKind, AskFates>;
  /** Failures of the run: lost, twice without saying so, or, where Frebot can look its posts up, twice at all. */
  broken: string[];
  kills: number;
  engineRestarts: number;
  seconds: number;
  reports: EventCounts;
}

/** Slack's pauses before it delivers again are a minute and five; here they are shorter, for the run to end. */
const retryMs: [number, number, number] = [2_000, 15_000, 40_000];
/** Without the last one Frebot cannot look into a channel for its posts, and repeats them marked, as in Teams. */
const scopes = [...installedScopes, 'channels:history'];

/** Sends messages with files through both fakes while processes are killed, and counts what became of them. */
export async function chaos(options: ChaosOptions): Promise<Figures> {
  const startMs = Date.now();
  const dataDir = mkdtempSync(join(tmpdir(), 'frebot-chaos-'));
  const server = options.replicas > 0 ? await startPostgres() : undefined;
  const platforms = await Platforms.start(frebLog(), { retryMs, scopes });
  const replicas = new Replicas({ ...platforms.around, dataDir, databaseUrl: server?.url });
  const places = Array.from({ length: Math.max(1, options.replicas) }, (_, place) => place);
  let isOver = false;
  try {
    await Promise.all(places.map((place) => replicas.start(place)));
    options.say(`${places.length} process(es) up after ${seconds(startMs)} s`);
    const killLoop = killNowAndThen(replicas, places, options, () => isOver);
    const restartLoop = server ? restartEngine(server, options) : Promise.resolve(0);

    const sent: Ask[] = [];
    const unpressed: DroppedFile[] = [];
    const press = () => {
      for (const [at, dropped] of [...unpressed.entries()].reverse()) {
        if (dropped.answers().length > 0) sent.push(...unpressed.splice(at, 1).map((one) => one.press()));
      }
    };
    for (let n = 0; n < options.messages; n++) {
      const dropped = n % 2 === 0 ? toSlack(n, platforms) : toTeams(n, platforms, replicas);
      sent.push(dropped);
      if (n % 8 < 2) unpressed.push(dropped);
      if (n % 8 === 4) sent.push(command(n, platforms));
      if (n % 8 === 6) press();
      await sleep(1000 / options.rate);
      if (n % 200 === 199) options.say(`${n + 1} sent, ${answeredAsks(sent)} answered, ${replicas.kills} kills`);
    }
    await settle(() => {
      press();
      return unpressed.length;
    }, 60);
    const acknowledged = await Promise.all(sent.map(({ acknowledged }) => acknowledged));
    const engineRestarts = await restartLoop;
    isOver = true;
    await killLoop;
    const ours = new Set(sent.filter((_, n) => acknowledged[n]));
    await settle(() => [...ours].filter(({ answers }) => answers().length === 0).length, 120);
    // Repeated answers that are still on their way arrive now.
    await sleep(5_000);
    platforms.verify();
    const fates = Object.fromEntries(kinds.map((kind) => [kind, fateOf(kind, sent, ours)])) as Figures['fates'];
    return {
      fates,
      broken: kinds.flatMap((kind) => findBroken(kind, fates[kind])),
      kills: replicas.kills,
      engineRestarts,
      seconds: seconds(startMs),
      reports: replicas.reports,
    };
  } finally {
    isOver = true;
    await replicas.stop();
    await platforms.stop();
    await server?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** Restarts the server as often as wanted, evenly over the run; resolves with how often that was. */
async function restartEngine(server: { restart(): Promise<void> }, options: ChaosOptions): Promise<number> {
  const runMs = (options.messages / options.rate) * 1000;
  for (let n = 1; n <= options.engineRestarts; n++) {
    await sleep(runMs / (options.engineRestarts + 1));
    await server.restart();
    options.say('the Postgres server was restarted');
  }
  return options.engineRestarts;
}

const kinds = ['slack file', 'slack button', 'slack command', 'teams file', 'teams button'] as const;
/** Posts in a thread or direct message of Slack can be looked up after a crash. */
const lookedUp: readonly AskKind[] = ['slack file', 'slack button'];

function fateOf(kind: AskKind, sent: readonly Ask[], ours: ReadonlySet<Ask>): AskFates {
  const requests = sent.filter((ask) => `${ask.door} ${ask.kind}` === kind);
  const acknowledged = requests.filter((ask) => ours.has(ask));
  const repeats = acknowledged.flatMap(({ answers }) => answers().slice(1));
  const marked = repeats.filter((text) => text.includes('repeated after a restart')).length;
  return {
    acknowledged: acknowledged.length,
    neverAcknowledged: requests.length - acknowledged.length,
    lost: acknowledged.filter(({ answers }) => answers().length === 0).map(({ name }) => name),
    twice: repeats.length - marked,
    marked,
  };
}

function findBroken(kind: AskKind, { lost, twice, marked }: AskFates): string[] {
  return [
    ...lost.map((name) => `lost: ${name}`),
    ...(twice > 0 ? [`${kind}: ${twice} answered twice without saying so`] : []),
    ...(marked > 0 && lookedUp.includes(kind) ? [`${kind}: ${marked} repeated`] : []),
  ];
}

const answeredAsks = (sent: readonly Ask[]) => sent.filter(({ answers }) => answers().length > 0).length;
const seconds = (since: number) => Math.round((Date.now() - since) / 1000);

async function killNowAndThen(
  replicas: Replicas,
  places: number[],
  options: ChaosOptions,
  isOver: () => boolean,
): Promise<void> {
  for (;;) {
    const end = Date.now() + options.killEvery * 1000 * (0.5 + Math.random());
    while (Date.now() < end) {
      if (isOver()) return;
      await sleep(50);
    }
    const place = places[Math.floor(Math.random() * places.length)] as number;
    await replicas.kill(place);
    await replicas.start(place);
  }
}

/** Waits until a count is zero, or has not changed for `patience` seconds. */
async function settle(countOpen: () => number, patience: number): Promise<void> {
  let last = countOpen();
  let changed = Date.now();
  while (last > 0 && Date.now() - changed < patience * 1000) {
    await sleep(200);
    const now = countOpen();
    if (now !== last) changed = Date.now();
    last = now;
  }
}
