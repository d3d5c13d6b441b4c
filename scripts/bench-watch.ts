/**
 * `npx tsx scripts/bench-watch.ts`, after a build, on Linux. Two figures of a watcher:
 * from the moment a log is complete to its post in the stand-in for Slack, over some hundred logs, each with a new cause; and
 * memory and time of `frebot watch` over 50,000 old logs at its first start.
 */
import { spawn } from 'node:child_process';
import { setMaxListeners } from 'node:events';
import { linkSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createIntake } from '../src/intake/intake.js';
import { openDoorTarget } from '../src/run/door-target.js';
import { createMutes } from '../src/run/mutes.js';
import { createWatchFiles } from '../src/watch/files.js';
import { Journal } from '../src/watch/journal.js';
import type { PostTarget } from '../src/watch/ports.js';
import { Watcher } from '../src/watch/watcher.js';
import { builtKnowledge } from '../test/built-knowledge.js';
import { frebLog } from '../test/scenarios/logs.js';
import { SlackRun } from '../test/slack/driver.js';
import { residentMegabytes } from './process-memory.js';

/** Watchers side by side, each with its own time of looking, and logs of each. */
const watchers = 20;
const rounds = 15;
const oldLogs = 50_000;
/** Bytes of events that say nothing: logs of about 40 and 110 KB. */
const filler = { fresh: 40_000, old: 110_000 };

const idle = loadavg()[0]?.toFixed(0);
console.log(`${cpus().length} cores (${cpus()[0]?.model}), load average ${idle} before`);
console.log(await measurePosts());
console.log(await measureOldLogs());

async function measurePosts(): Promise<string> {
  const root = mkdtempSync(join(tmpdir(), 'frebot-bench-watch-'));
  const chat = await SlackRun.start();
  const intake = createIntake({ workers: 0 });
  const stop = new AbortController();
  setMaxListeners(0, stop.signal);
  try {
    const all = Array.from({ length: watchers }, (_, n) =>
      startWatcher(join(root, String(n)), chat, intake, stop.signal),
    );
    // The first look posts that there was nothing.
    await untilPosted(chat, watchers);
    const times: number[] = [];
    await Promise.all(
      all.map(async (watcher, n) => {
        for (let round = 0; round < rounds; round++) {
          await sleep(Math.random() * 5000);
          times.push(await timeOfPost(watcher, `Pool${n}x${round}x`, chat));
        }
      }),
    );
    times.sort((a, b) => a - b);
    const at = (share: number) => `${((times[Math.floor(share * (times.length - 1))] ?? 0) / 1000).toFixed(1)} s`;
    return `${times.length} logs, ${watchers} watchers in one process: from complete to posted p50 ${at(0.5)}, p95 ${at(0.95)}, most ${at(1)}`;
  } finally {
    stop.abort();
    await chat.stop();
    await intake.close();
    rmSync(root, { recursive: true, force: true });
  }
}

interface BenchWatcher {
  /** Completes a log whose cause is new. */
  complete(pool: string): void;
}

/** Starts a watcher for which hours pass between two logs, so that the cap of posts in an hour is never reached. */
function startWatcher(
  root: string,
  chat: SlackRun,
  intake: ReturnType<typeof createIntake>,
  signal: AbortSignal,
): BenchWatcher {
  const folder = join(root, 'logs', 'W3SVC2');
  mkdirSync(folder, { recursive: true });
  let passed = 0;
  const now = () => Date.now() + passed;
  const target = openDoorTarget('slack:iis-prod', chat.desk, now) as PostTarget;
  const knowledge = builtKnowledge();
  const watcher = new Watcher({
    folders: [join(root, 'logs')],
    files: createWatchFiles(20_000, (ms, waiting) => sleep(ms, undefined, { signal: waiting }).catch(() => undefined)),
    intake,
    largeIntake: intake,
    knowledge,
    clock: {
      now: () => new Date(now()),
      sleep: (ms, ended) => sleep(ms, undefined, { ...(ended && { signal: ended }) }).catch(() => undefined),
    },
    journal: new Journal(join(root, 'state.jsonl')),
    targets: [target],
    muted: createMutes([], knowledge),
    slowMs: 3000,
    note: (sentence) => console.error(sentence),
  });
  void watcher.run(signal);
  let number = 0;
  return {
    complete(pool) {
      passed += 600_000;
      number++;
      writeFileSync(join(folder, `fr${String(number).padStart(6, '0')}.xml`), frebLog({ pool, filler: filler.fresh }));
    },
  };
}

async function timeOfPost(watcher: BenchWatcher, pool: string, chat: SlackRun): Promise<number> {
  watcher.complete(pool);
  const complete = Date.now();
  for (;;) {
    const post = chat.slack.state.calls.find(
      ({ method, args }) => method === 'chat.postMessage' && String(args.text).includes(`pool ${pool}`),
    );
    if (post) return post.at - complete;
    await sleep(20);
  }
}

async function untilPosted(chat: SlackRun, count: number): Promise<void> {
  while (chat.slack.state.messages.length < count) await sleep(50);
}

/** Runs the built `frebot watch` over hard links of a few logs, until it has told what it found. */
async function measureOldLogs(): Promise<string> {
  const root = mkdtempSync(join(tmpdir(), 'frebot-bench-old-'));
  try {
    writeOldLogs(root);
    const program = join(import.meta.dirname, '../dist/src/main.js');
    const started = Date.now();
    const args = [program, 'watch', join(root, 'logs'), '--data', join(root, 'data'), '--to', 'json'];
    const env = { PATH: process.env.PATH, NODE_OPTIONS: process.env.NODE_OPTIONS };
    const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
    let posts = '';
    child.stdout.on('data', (bytes) => {
      posts += bytes;
    });
    while (!posts.includes('\n')) await sleep(50);
    const seconds = Math.round((Date.now() - started) / 1000);
    // Some more looks: the others stay unread.
    await sleep(30_000);
    const [now, peak] = (['VmRSS', 'VmHWM'] as const).map((field) => residentMegabytes(child.pid, field));
    child.kill('SIGKILL');
    const { answer } = JSON.parse(posts.split('\n')[0] ?? '');
    const said = JSON.stringify(answer.parts[0].text);
    const flags = env.NODE_OPTIONS ? ` with ${env.NODE_OPTIONS}` : '';
    return `${oldLogs} old logs${flags}: told after ${seconds} s, ${posts.trim().split('\n').length} post, ${now} MB, at most ${peak} MB; ${said}`;
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

function writeOldLogs(root: string): void {
  const kinds = 20;
  mkdirSync(join(root, 'kinds'));
  for (let kind = 0; kind < kinds; kind++) {
    const works = kind % 4 === 3 ? ({ works: true, status: 200 } as const) : {};
    const log = frebLog({
      url: `http://web03:80/page${kind}.aspx`,
      pool: `Pool${kind % 3}`,
      filler: filler.old,
      ...works,
    });
    writeFileSync(join(root, 'kinds', `${kind}.xml`), log);
  }
  for (let n = 0; n < oldLogs; n++) {
    const folder = join(root, 'logs', `W3SVC${1 + (n % 5)}`);
    if (n < 5) mkdirSync(folder, { recursive: true });
    linkSync(join(root, 'kinds', `${n % kinds}.xml`), join(folder, `fr${String(n + 1).padStart(6, '0')}.xml`));
  }
}
