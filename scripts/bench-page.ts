import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Page } from 'playwright-core';
import { launchChromium } from '../test/browser/driver.js';
import { freePort } from '../test/free-port.js';
import { writeLogs, writeLongLog } from './bench-page/logs.js';
import { frameWatch, holdKey, longList, wheel } from './bench-page/scrolling.js';
import { residentMegabytes } from './process-memory.js';

/**
 * `npm run bench:page`: the trace and ten thousand logs on the page of the built `frebot serve`, in Debian's Chromium. The frames
 * of a plain list of as many lines show what the machine itself can draw.
 */

/** Lines of the tree that one turn of the wheel passes: a slow and a very quick hand. */
const linesATurn = [4, 40];
const root = path.join(import.meta.dirname, '..');
const folder = mkdtempSync(path.join(tmpdir(), 'frebot-page-'));
const port = String(await freePort());
const server = spawn(process.execPath, [path.join(root, 'dist/src/main.js'), 'serve', '--port', port], {
  cwd: folder,
  env: { PATH: process.env.PATH, FREBOT_LOG_LEVEL: 'warn' },
  stdio: ['ignore', 'pipe', 'inherit'],
});
const browser = await launchChromium();
try {
  const address = await readAddress();
  const wanted = process.argv.slice(2);
  const parts: [name: string, run: (address: string) => Promise<void>][] = [
    ['trace', measureTraces],
    ['scroll', measureScrolling],
    ['logs', measureManyLogs],
  ];
  for (const [name, run] of parts) if (wanted.length === 0 || wanted.includes(name)) await run(address);
} finally {
  await browser.close();
  server.kill();
  rmSync(folder, { recursive: true });
}

/** Returns the URL of the page, from the text that the server prints when it is open. */
async function readAddress(): Promise<string> {
  for await (const line of createInterface(server.stdout)) {
    const url = /page\s+open: (\S+)/.exec(line)?.[1];
    if (url) return url;
  }
  throw new Error('the server ended before its page was open');
}

/** From the drop of a trace to its answer and its tree, its size as a report, and how fast that opens. */
async function measureTraces(address: string): Promise<void> {
  for (const events of [4_300, 20_000]) {
    const log = writeLongLog(folder, events);
    const page = await openPage(address);
    const { answer, shown } = await drop(page, [log], '.line.selected');
    const [saved] = await Promise.all([page.waitForEvent('download'), page.getByText('Save as a report').click()]);
    const report = path.join(folder, `${events}.html`);
    await saved.saveAs(report);
    const start = performance.now();
    await page.goto(`file://${report}`);
    await page.locator('.line.selected').waitFor();
    const opened = performance.now() - start;
    say(
      `${events} events, ${megabytes(statSync(log).size)}`,
      `answer ${seconds(answer)}, tree ${seconds(shown)}, report ${megabytes(statSync(report).size)}, opens in ${seconds(opened)}`,
    );
    await page.close();
  }
}

/** Frames while 20,000 events are scrolled by wheel and by keyboard, beside a plain list. */
async function measureScrolling(address: string): Promise<void> {
  const page = await openPage(address);
  await page.setContent(longList(20_000));
  await page.evaluate(frameWatch);
  for (const lines of linesATurn) say(`plain list, wheel, ${lines}`, await wheel(page, '#list', lines));
  say('plain list, PageDown held', await holdKey(page, '#list', 'PageDown'));
  await page.close();
  const trace = await openPage(address);
  await drop(trace, [writeLongLog(folder, 20_000)], '.line.selected');
  await trace.getByRole('button', { name: 'Open all' }).click();
  await trace.evaluate(frameWatch);
  for (const lines of linesATurn) say(`trace, wheel, ${lines}`, await wheel(trace, '.tree', lines));
  for (const key of ['ArrowDown', 'PageDown']) say(`trace, ${key} held`, await holdKey(trace, '.tree', key));
  await trace.close();
}

/** Ten thousand small logs in one drop: until the first row, and what page and server hold then. */
async function measureManyLogs(address: string): Promise<void> {
  const page = await openPage(address);
  page.setDefaultTimeout(300_000);
  const { answer, shown } = await drop(page, writeLogs(folder, 10_000), '.logs tbody tr');
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = (await session.send('Runtime.getHeapUsage')) as { usedSize: number };
  say(
    '10,000 logs',
    `answer ${seconds(answer)}, first row ${seconds(shown)}; page ${megabytes(usedSize)} of script memory, server at most ${residentMegabytes(server.pid, 'VmHWM')} MB`,
  );
  await page.close();
}

async function openPage(address: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.goto(address);
  return page;
}

/** Drops files; returns milliseconds until the answer stands and until an element is shown. */
async function drop(page: Page, files: string[], wanted: string): Promise<{ answer: number; shown: number }> {
  const start = performance.now();
  await page.setInputFiles('#files', files);
  await page.locator('.answer').waitFor();
  const answer = performance.now() - start;
  await page.locator(wanted).first().waitFor();
  return { answer, shown: performance.now() - start };
}

function say(name: string, figures: string): void {
  console.log(`${name.padEnd(26)} ${figures}`);
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
