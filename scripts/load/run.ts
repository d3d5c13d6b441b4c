import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startPostgres } from '../postgres.js';
import { FrebotProcess, type Memory } from '../served/process.js';
import { type MemoryAt, type MemoryFigures, memoryFigures, type Step, stepLine, stepOf, tenths } from './figures.js';
import { type SentMessage, Traffic, waitForAnswers } from './traffic.js';

export interface LoadOptions {
  engine: 'embedded' | 'postgres';
  /** How long in all, the search for the rate included. */
  minutes: number;
  /** Messages a second to hold, instead of seven tenths of what the search found. */
  rate?: number;
  say(line: string): void;
}

interface RateSearch {
  /** The highest rate whose answers were there within `boundMs` in 95 of 100 cases; 0 when none was, absent when not searched. */
  sustained?: number;
  /** The lowest rate that was too much; absent when none was. */
  tooMuch?: number;
  steps: Step[];
}

/** Milliseconds, megabytes, messages a second. */
export interface Figures extends RateSearch {
  engine: string;
  /** `parts` are six equal stretches, which show whether it gets slower with time. `cpuMs` is the computing time of a message. */
  held: Step & { seconds: number; parts: { answerP50: number; answerP95: number; cpuMs: number }[] };
  memory: MemoryFigures & {
    /** Before and after the rate was held, with nothing to do and nothing left to collect. */
    collected: { before: CollectedMemory; after: CollectedMemory };
  };
  unanswered: number;
  wrong: number;
}

type CollectedMemory = Pick<Memory, 'rss' | 'heapUsed' | 'external'>;

/** The answer time that 95 of 100 must keep. */
export const boundMs = 2_000;
const firstRate = 8;
/** Each coarse step has this many times the rate of the step before. Coarse steps are short: far too much shows at once. */
const growth = 2;
const coarseMs = 6_000;
/** A rate that is a little too high shows only after a while: the backlog needs time to pass the bound. */
const fineMs = 20_000;
const fineSteps = 3;
/** At a higher rate the fakes in this process would be the slow part. */
const mostRate = 128;

/** Raises the rate until answers take too long, then holds a rate below it and watches the memory. */
export async function load(options: LoadOptions): Promise<Figures> {
  const { engine, minutes, say } = options;
  const end = Date.now() + minutes * 60_000;
  const dataDir = mkdtempSync(join(tmpdir(), 'frebot-load-'));
  const server = engine === 'postgres' ? await startPostgres() : undefined;
  const traffic = await Traffic.start();
  const memory: MemoryAt[] = [];
  const live: MemoryAt[] = [];
  const around = { ...traffic.platforms.around, dataDir, databaseUrl: server?.url };
  const start = () =>
    new FrebotProcess(around, (message) => {
      if ('memory' in message) memory.push({ at: Date.now(), ...message.memory });
      if ('live' in message) live.push({ at: Date.now(), ...message.live });
    });
  let frebot = start();
  try {
    await frebot.opened;
    // A new process serves, so that creating the database does not count.
    await frebot.kill();
    frebot = start();
    const address = await frebot.opened;
    const all: SentMessage[] = [];
    const sendAndWait = async (rate: number, ms: number): Promise<SentMessage[]> => {
      const sent = await sendFor(traffic, address, rate, ms);
      all.push(...sent);
      await waitForAnswers(sent, 60_000);
      return sent;
    };

    // The first messages load code and warm the compiler.
    await sendAndWait(firstRate / 2, 5_000);
    const found: RateSearch =
      options.rate === undefined
        ? await search(
            async (rate, ms) => {
              const step = stepOf(rate, await sendAndWait(rate, ms));
              say(`${engine}: ${stepLine(step)}`);
              return step;
            },
            Date.now() + (end - Date.now()) * 0.7,
          )
        : { steps: [] };

    const rate = options.rate ?? Math.max(1, (found.sustained ?? 0) * 0.7);
    const before = await frebot.collectMemory();
    const heldFrom = Date.now();
    const sent = await sendAndWait(rate, Math.max(20_000, end - Date.now()));
    const heldTo = Date.now();
    const after = await frebot.collectMemory();
    const held = stepOf(rate, sent);
    say(`${engine}: held ${stepLine(held)}`);
    const isDuringHold = ({ at }: { at: number }) => at >= heldFrom && at <= heldTo;
    const heldMemory = memoryFigures(memory.filter(isDuringHold), live.filter(isDuringHold));
    traffic.platforms.verify();
    return {
      engine,
      ...found,
      held: describeHold(held, sent, heldTo - heldFrom, heldMemory),
      memory: { ...heldMemory, collected: { before: roundMemory(before), after: roundMemory(after) } },
      unanswered: all.filter(({ answeredMs }) => answeredMs === undefined).length,
      wrong: all.filter(({ right }) => right === false).length,
    };
  } finally {
    await frebot.kill();
    await traffic.stop();
    await server?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** Returns the figures of the rate that was held, in all and for each sixth of the time. */
function describeHold(
  held: Step,
  sent: readonly SentMessage[],
  ms: number,
  memory: ReturnType<typeof memoryFigures>,
): Figures['held'] {
  const size = Math.ceil(sent.length / 6);
  const parts = Array.from({ length: 6 }, (_, n) => stepOf(held.rate, sent.slice(n * size, (n + 1) * size)));
  return {
    ...held,
    seconds: Math.round(ms / 1000),
    parts: parts.map(({ answer, messages }, n) => ({
      answerP50: answer.p50,
      answerP95: answer.p95,
      cpuMs: tenths((memory.parts[n]?.cpuMs ?? Number.NaN) / messages),
    })),
  };
}

/**
 * Doubles the rate until it is too much, then halves the distance as long as there is time. The rate it ends with was held for
 * `fineMs`.
 */
async function search(step: (rate: number, ms: number) => Promise<Step>, until: number): Promise<RateSearch> {
  const steps: Step[] = [];
  const good = async (rate: number, ms: number) => {
    const one = await step(rate, ms);
    steps.push(one);
    return one.answer.p95 < boundMs;
  };
  const time = () => Date.now() < until;
  let [low, high] = [0, Number.POSITIVE_INFINITY];
  for (let rate = firstRate; rate <= mostRate && high === Number.POSITIVE_INFINITY && time(); rate *= growth) {
    if (await good(rate, coarseMs)) low = rate;
    else high = rate;
  }
  let isSustained = false;
  for (let n = 0; n < fineSteps && low > 0 && high < Number.POSITIVE_INFINITY && time(); n++) {
    const rate = Math.sqrt(low * high);
    if (await good(rate, fineMs)) [low, isSustained] = [rate, true];
    else high = rate;
  }
  // The best of the short steps may still have been too much: a rate is reported only when it was sustained.
  for (; !isSustained && low > 1; low /= Math.SQRT2) {
    isSustained = await good(low, fineMs);
    if (isSustained) break;
    high = low;
  }
  return { sustained: tenths(low), ...(high < Number.POSITIVE_INFINITY && { tooMuch: tenths(high) }), steps };
}

/** Sends at even distances, whether earlier messages are answered or not: people do not wait for each other. */
async function sendFor(traffic: Traffic, address: string, rate: number, ms: number): Promise<SentMessage[]> {
  const started = performance.now();
  const sent: SentMessage[] = [];
  for (let n = 0; n < (rate * ms) / 1000; n++) {
    const due = started + (n * 1000) / rate - performance.now();
    if (due > 1) await sleep(due);
    sent.push(traffic.send(address));
  }
  return sent;
}

const roundMemory = ({ rss, heapUsed, external }: Memory): CollectedMemory => ({
  rss: Math.round(rss),
  heapUsed: Math.round(heapUsed),
  external: Math.round(external),
});
