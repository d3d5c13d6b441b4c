import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startPostgres } from '../postgres.js';
import type { FromChild } from './child.js';
import { percentile, slope } from './figures.js';
import { type Sent, settled, Traffic } from './traffic.js';

export interface LoadOptions {
  engine: 'embedded' | 'postgres';
  /** How long in all, the search for the rate included. */
  minutes: number;
  /** Messages a second to hold, instead of seven tenths of what the search found. */
  rate?: number;
  say(line: string): void;
}

/** Milliseconds, megabytes, messages a second. */
export interface Figures {
  engine: string;
  /** The highest rate tried whose answers were there within `boundMs` in 95 of 100 cases; 0 when none was. */
  sustained: number;
  steps: Step[];
  /** `parts` are six equal stretches: whether it gets slower with time. */
  held: Step & { seconds: number; parts: { answerP50: number; answerP95: number }[] };
  memory: { start: number; heldFrom: number; end: number; most: number; growthPerMinute: number };
  unanswered: number;
  wrong: number;
}

export interface Step {
  rate: number;
  messages: number;
  answerP50: number;
  answerP95: number;
  ackP50: number;
  ackP99: number;
}

/** The answer time that 95 of 100 must keep. */
export const boundMs = 2_000;
const stepMs = 5_000;
const firstRate = 4;
const growth = 1.5;
/** More than the fakes in this one process could tell from their own slowness. */
const mostRate = 100;

/** Raises the rate until answers take too long, then holds a rate below it and watches the memory. */
export async function load(options: LoadOptions): Promise<Figures> {
  const { engine, minutes, say } = options;
  const end = Date.now() + minutes * 60_000;
  const dataDir = mkdtempSync(join(tmpdir(), 'frebot-load-'));
  const server = engine === 'postgres' ? await startPostgres() : undefined;
  const traffic = await Traffic.start();
  const memory: { at: number; rss: number }[] = [];
  const child = fork(resolve(import.meta.dirname, 'child.ts'), {
    execArgv: ['--import', 'tsx'],
    env: {
      ...process.env,
      LOAD: JSON.stringify({
        slack: traffic.slack.url,
        teams: traffic.connector.url,
        files: traffic.filesUrl,
        dataDir,
        databaseUrl: server?.url,
      }),
      NODE_NO_WARNINGS: '1',
    },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  child.on('message', (message: FromChild) => {
    if ('memory' in message) memory.push({ at: Date.now(), rss: message.memory.rss / 1e6 });
  });
  try {
    const address = `http://127.0.0.1:${await opened(child)}/api/messages`;
    await sleep(1_500);
    const start = memory.at(-1)?.rss ?? Number.NaN;
    const all: Sent[] = [];
    const during = async (rate: number, ms: number): Promise<Step> => {
      const sent = await sendFor(traffic, address, rate, ms);
      all.push(...sent);
      await settled(sent, 60_000);
      return step(rate, sent);
    };

    // The first messages load code and warm the compiler.
    await during(firstRate, 3_000);
    const steps: Step[] = [];
    const enough = Date.now() + (end - Date.now()) * 0.65;
    for (let rate = firstRate; options.rate === undefined && rate <= mostRate && Date.now() < enough; rate *= growth) {
      const one = await during(rate, stepMs);
      steps.push(one);
      say(`${engine}: ${line(one)}`);
      if (!(one.answerP95 < boundMs)) break;
    }
    const sustained = Math.max(0, ...steps.filter(({ answerP95 }) => answerP95 < boundMs).map(({ rate }) => rate));

    const heldFrom = Date.now();
    const rate = options.rate ?? Math.max(1, sustained * 0.7);
    const held = await during(rate, Math.max(20_000, end - Date.now()));
    const sent = all.slice(-held.messages);
    const size = Math.ceil(sent.length / 6);
    const parts = Array.from({ length: 6 }, (_, n) => step(rate, sent.slice(n * size, (n + 1) * size)));
    say(`${engine}: held ${line(held)}`);
    // The heap first grows to the size it needs: the growth is that of the second half.
    const then = memory.filter(({ at }) => at >= heldFrom);
    const later = then.slice(Math.floor(then.length / 2));
    return {
      engine,
      sustained: round(sustained),
      steps,
      held: {
        ...held,
        seconds: Math.round((Date.now() - heldFrom) / 1000),
        parts: parts.map(({ answerP50, answerP95 }) => ({ answerP50, answerP95 })),
      },
      memory: {
        start: Math.round(start),
        heldFrom: Math.round(then[0]?.rss ?? Number.NaN),
        end: Math.round(memory.at(-1)?.rss ?? Number.NaN),
        most: Math.round(Math.max(...memory.map(({ rss }) => rss))),
        growthPerMinute: round(slope(later.map(({ at, rss }) => [at / 60_000, rss]))),
      },
      unanswered: all.filter(({ answeredMs }) => answeredMs === undefined).length,
      wrong: all.filter(({ right }) => right === false).length,
    };
  } finally {
    const gone = new Promise((exited) => child.once('exit', exited));
    if (child.exitCode === null && child.signalCode === null && child.kill('SIGKILL')) await gone;
    await traffic.stop();
    await server?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** At even distances, whatever became of the ones before: people do not wait for each other. */
async function sendFor(traffic: Traffic, address: string, rate: number, ms: number): Promise<Sent[]> {
  const started = performance.now();
  const sent: Sent[] = [];
  for (let n = 0; n < (rate * ms) / 1000; n++) {
    const due = started + (n * 1000) / rate - performance.now();
    if (due > 1) await sleep(due);
    sent.push(traffic.send(address));
  }
  return sent;
}

function step(rate: number, sent: readonly Sent[]): Step {
  // Who got no answer waited for ever.
  const answers = sent.map(({ answeredMs }) => answeredMs ?? Number.POSITIVE_INFINITY);
  const acks = sent.map(({ acknowledgedMs }) => acknowledgedMs ?? Number.POSITIVE_INFINITY);
  return {
    rate: round(rate),
    messages: sent.length,
    answerP50: Math.round(percentile(answers, 50)),
    answerP95: Math.round(percentile(answers, 95)),
    ackP50: Math.round(percentile(acks, 50)),
    ackP99: Math.round(percentile(acks, 99)),
  };
}

function line({ rate, messages, answerP50, answerP95, ackP50, ackP99 }: Step): string {
  return `${rate}/s, ${messages} messages: answer p50 ${answerP50} p95 ${answerP95} ms, ack p50 ${ackP50} p99 ${ackP99} ms`;
}

const round = (value: number) => Math.round(value * 10) / 10;

function opened(child: ChildProcess): Promise<number> {
  return new Promise((ready, failed) => {
    child.on('message', (message: FromChild) => {
      if ('ready' in message) ready(message.ready);
    });
    child.once('exit', (code, signal) => failed(new Error(`Frebot ended by itself: ${code ?? signal}`)));
  });
}
