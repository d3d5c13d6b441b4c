// Runs a watcher in its own process, so that a test can kill it. FOLDER is watched, STATE is its journal, POSTS the file that its
// posts are appended to. It looks without a pause, and reports how many logs it has counted after each look.
import { appendFileSync } from 'node:fs';
import { createIntake } from '../../src/intake/intake.js';
import { createWatchFiles } from '../../src/watch/files.js';
import { Journal } from '../../src/watch/journal.js';
import { jsonTarget } from '../../src/watch/targets.js';
import { Watcher } from '../../src/watch/watcher.js';
import { builtKnowledge } from '../built-knowledge.js';

const { FOLDER = '', STATE = '', POSTS = '' } = process.env;
const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
const journal = new Journal(STATE);
const intake = createIntake({ workers: 0 });
const watcher = new Watcher({
  folders: [FOLDER],
  files: createWatchFiles(20_000, (_ms, signal) => new Promise((end) => signal.addEventListener('abort', () => end()))),
  intake,
  largeIntake: intake,
  knowledge: builtKnowledge(),
  clock: { now: () => new Date(), sleep: pause },
  journal,
  targets: [jsonTarget((line) => appendFileSync(POSTS, `${line}\n`))],
  muted: { has: () => false, refresh: async () => undefined },
  slowMs: 3000,
  note: () => undefined,
});
process.once('disconnect', () => process.exit(0));
for (;;) {
  await watcher.look();
  const counted = [...journal.state.groups.values()].reduce((sum, { count }) => sum + count, 0);
  process.send?.({ counted, waiting: journal.state.waiting.size, rss: process.memoryUsage().rss });
  await pause(1);
}
