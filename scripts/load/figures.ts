import type { Memory } from '../served/process.js';
import type { SentMessage } from './traffic.js';

/** Messages sent at one rate. Whole milliseconds from sending; infinite without an answer. */
export interface Step {
  rate: number;
  messages: number;
  answer: Spread;
  /** Until the platform was acknowledged. */
  ack: { slack: Spread; teams: Spread; slackFileEvent: Spread };
}

interface Spread {
  p50: number;
  p95: number;
  p99: number;
  most: number;
}

export function stepOf(rate: number, sent: readonly SentMessage[]): Step {
  const never = Number.POSITIVE_INFINITY;
  const acks = (door: SentMessage['door']) =>
    spread(sent.filter((one) => one.door === door).map(({ acknowledgedMs }) => acknowledgedMs ?? never));
  return {
    rate: tenths(rate),
    messages: sent.length,
    answer: spread(sent.map(({ answeredMs }) => answeredMs ?? never)),
    ack: {
      slack: acks('slack'),
      teams: acks('teams'),
      slackFileEvent: spread(sent.flatMap(({ fileEventMs }) => fileEventMs ?? [])),
    },
  };
}

export function stepLine({ rate, messages, answer, ack }: Step): string {
  return (
    `${rate}/s, ${messages} messages: answer p50 ${answer.p50} p95 ${answer.p95} ms, ` +
    `yes to Slack p50 ${ack.slack.p50} p99 ${ack.slack.p99} ms, to Teams p50 ${ack.teams.p50} p99 ${ack.teams.p99} ms`
  );
}

export interface MemoryAt extends Memory {
  at: number;
}

/** Megabytes over a stretch of time: `parts` are its six equal parts, means of each; `cpuMs` is what was computed in it. */
export interface MemoryFigures {
  from: number;
  to: number;
  most: number;
  parts: { rss: number; heapUsed: number; live: number | undefined; external: number; cpuMs: number }[];
  /** By the line through the second half, MB a minute. */
  growth: { rss: number; live: number | undefined };
}

/**
 * @param samples one a second
 * @param live taken right after a full collection each: what is in use then is still referenced
 */
export function memoryFigures(samples: readonly MemoryAt[], live: readonly MemoryAt[]): MemoryFigures {
  const [from, to] = [samples[0]?.at ?? 0, samples.at(-1)?.at ?? 0];
  const within = <T extends { at: number }>(all: readonly T[], begin: number, end: number) =>
    all.filter(({ at }) => at >= from + (to - from) * begin && at <= from + (to - from) * end);
  const growth = (all: readonly MemoryAt[], of: 'rss' | 'heapUsed') =>
    tenths(slope(within(all, 1 / 2, 1).map((one) => [one.at / 60_000, one[of]])));
  return {
    from: Math.round(samples[0]?.rss ?? Number.NaN),
    to: Math.round(samples.at(-1)?.rss ?? Number.NaN),
    most: Math.round(Math.max(...samples.map(({ rss }) => rss))),
    parts: Array.from({ length: 6 }, (_, n) => {
      const here = within(samples, n / 6, (n + 1) / 6);
      const alive = within(live, n / 6, (n + 1) / 6);
      return {
        rss: mean(here.map(({ rss }) => rss)),
        heapUsed: mean(here.map(({ heapUsed }) => heapUsed)),
        live: alive.length > 0 ? mean(alive.map(({ heapUsed }) => heapUsed)) : undefined,
        external: mean(here.map(({ external }) => external)),
        cpuMs: Math.round((here.at(-1)?.cpuMs ?? Number.NaN) - (here[0]?.cpuMs ?? Number.NaN)),
      };
    }),
    growth: { rss: growth(samples, 'rss'), live: live.length > 2 ? growth(live, 'heapUsed') : undefined },
  };
}

function spread(values: readonly number[]): Spread {
  const at = (hundredths: number) => Math.round(percentile(values, hundredths));
  return { p50: at(50), p95: at(95), p99: at(99), most: at(100) };
}

/** Returns the value that `hundredths` of a hundred values do not exceed; NaN without values. */
function percentile(values: readonly number[], hundredths: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((sorted.length * hundredths) / 100) - 1)] ?? Number.NaN;
}

/** Returns how fast y grows with x: the line with the least squares. 0 without two different x. */
function slope(points: readonly (readonly [x: number, y: number])[]): number {
  const middle = (pick: 0 | 1) => points.reduce((sum, point) => sum + point[pick], 0) / points.length;
  const [x, y] = [middle(0), middle(1)];
  const width = points.reduce((sum, point) => sum + (point[0] - x) ** 2, 0);
  return width === 0 ? 0 : points.reduce((sum, point) => sum + (point[0] - x) * (point[1] - y), 0) / width;
}

const mean = (values: readonly number[]) => Math.round(values.reduce((sum, value) => sum + value, 0) / values.length);
export const tenths = (value: number) => Math.round(value * 10) / 10;
