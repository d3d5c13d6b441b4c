/**
 * `npx tsx scripts/bench-watchers.ts`, after a build, on Linux: 50 and 500 watchers that report to one centre. Each sends some
 * signs of life and some new causes; a day is computed from the cost of one. Prints memory, computing time and what is stored.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createApiToken } from '../src/service/api-tokens.js';
import { freePort } from '../test/free-port.js';
import { residentMegabytes } from './process-memory.js';

const beatsADay = 288;
/** New causes, counts and troubles of one server in a day; a guess on the high side. */
const postsADay = 20;
const beatsSent = 10;
const postsSent = 4;
const program = join(import.meta.dirname, '../dist/src/main.js');

/** A post as a watcher writes it: where, how often, the first step of the fix. */
const answer = {
  title: 'New: the worker process lost the right to impersonate users',
  summary: 'The worker process of the pool Portal lost the right to impersonate users.',
  parts: [
    {
      kind: 'facts',
      id: 'where',
      keep: 'always',
      facts: ['Pool', 'Site', 'Server', 'Seen', 'Example'].map((label) => ({ label, value: `a value of ${label}` })),
    },
    {
      kind: 'steps',
      id: 'fix',
      heading: 'Fix',
      keep: 'always',
      steps: [{ text: 'Add IIS_IUSRS to the list. '.repeat(8) }],
    },
  ],
  sources: [],
  actions: [],
};

for (const watchers of [50, 500]) console.log(await measure(watchers));

async function measure(count: number): Promise<string> {
  const dataDir = mkdtempSync(join(tmpdir(), 'frebot-watchers-'));
  const port = await freePort();
  const tokens = Array.from({ length: count }, (_, n) => createApiToken(`web${n}`));
  const env = {
    PATH: process.env.PATH,
    FREBOT_PORT: String(port),
    FREBOT_DATA: dataDir,
    FREBOT_API_TOKENS: tokens.map(({ setting }) => setting).join(','),
  };
  const centre = spawn(process.execPath, [program, 'serve'], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  try {
    const origin = `http://127.0.0.1:${port}`;
    while (!(await fetch(`${origin}/healthz`).catch(() => undefined))?.ok) await sleep(100);
    const before = readUse(centre);
    const state = join(dataDir, 'reports/state.jsonl');
    const beats = await sendAll(origin, tokens, beatsSent, () => ({ kind: 'heartbeat' }));
    const afterBeats = { ...readUse(centre), bytes: statSync(state).size };
    await sendAll(origin, tokens, postsSent, (n) => postOf(n));
    const afterPosts = { ...readUse(centre), bytes: statSync(state).size };
    const beatMs = (afterBeats.cpuMs - before.cpuMs) / (count * beatsSent);
    const postMs = (afterPosts.cpuMs - afterBeats.cpuMs) / (count * postsSent);
    const daySeconds = (count * (beatMs * beatsADay + postMs * postsADay)) / 1000;
    const postBytes = (afterPosts.bytes - afterBeats.bytes) / (count * postsSent);
    return [
      `${count} watchers: ${before.rss} MB without, ${afterPosts.rss} MB after ${count * (beatsSent + postsSent)} reports (peak ${afterPosts.peak} MB)`,
      `a sign of life ${beatMs.toFixed(2)} ms, a post ${postMs.toFixed(2)} ms of computing; slowest sign of life ${Math.round(beats)} ms`,
      `a day: ${Math.round(daySeconds)} s of computing; ${postBytes.toFixed(0)} bytes of state for a post before the file is written anew, now ${afterPosts.bytes} bytes`,
    ].join('\n  ');
  } finally {
    centre.kill('SIGKILL');
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** Sends from all watchers, twenty at a time. Returns the slowest in milliseconds. */
async function sendAll(
  origin: string,
  tokens: readonly { token: string }[],
  each: number,
  bodyOf: (n: number) => object,
): Promise<number> {
  const queue = tokens.flatMap(({ token }, n) => Array.from({ length: each }, () => ({ token, n })));
  let slowest = 0;
  const lane = async () => {
    for (let next = queue.pop(); next; next = queue.pop()) {
      const started = performance.now();
      const response = await fetch(`${origin}/api/reports`, {
        method: 'POST',
        headers: { authorization: `Bearer ${next.token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ schema: 'frebot.report/1', ...bodyOf(next.n) }),
      });
      if (!response.ok) throw new Error(`status ${response.status}: ${await response.text()}`);
      slowest = Math.max(slowest, performance.now() - started);
    }
  };
  await Promise.all(Array.from({ length: 20 }, lane));
  return slowest;
}

function postOf(n: number): object {
  const facts = { verdict: 'failure', cause: 'impersonation-right-missing', pool: 'Portal', site: '2', page: null };
  return {
    id: randomUUID(),
    kind: 'new',
    at: new Date().toISOString(),
    answer,
    group: { ...facts, server: `WEB${n}`, count: 3 },
  };
}

/** Returns memory in megabytes and computing time in milliseconds, as Linux counts them. */
function readUse({ pid }: ChildProcess): { rss: number; peak: number; cpuMs: number } {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return {
    rss: residentMegabytes(pid, 'VmRSS'),
    peak: residentMegabytes(pid, 'VmHWM'),
    cpuMs: (Number(fields[11]) + Number(fields[12])) * 10,
  };
}
