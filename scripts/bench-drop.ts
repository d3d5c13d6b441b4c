import { spawn } from 'node:child_process';
import { Agent, request } from 'node:http';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../test/free-port.js';
import { zipOf } from '../test/intake/zips.js';
import { carriers } from './fuzz/carriers.js';
import { residentMegabytes } from './process-memory.js';

/**
 * `npm run bench:drop`: how long `/healthz` of the built `frebot serve` waits while bad files are dropped on the page, ten in
 * one form, and then a zip with a configuration of 550,000 pools. The first row, without a drop, shows what the machine does.
 */

const idleMs = 5_000;
const pauseMs = 5;
const shapes: [carrier: string, filler: string][] = [
  ['FREB log, between events', '<?a?>'],
  ['FREB log, between events', '<!-- -->'],
  ['FREB log, between events', '<?a?><!-- -->'],
  ['FREB log, between events', '<Event/>'],
  ['FREB log, between events', '<![CDATA[ ]]>'],
  ['FREB log, between events', ']]>'],
  ['FREB log in UTF-16, between events', '<?a?>'],
  ['FREB log, a warning', 'PHP Warning:  a in C:'],
  ['FREB log, a body', 'PHP Warning:  a in C:'],
  ['a text', 'PHP Warning:  a in C:'],
];

const root = path.join(import.meta.dirname, '..');
const port = String(await freePort());
const server = spawn(process.execPath, [path.join(root, 'dist/src/main.js'), 'serve', '--port', port], {
  cwd: root,
  env: { PATH: process.env.PATH },
  stdio: ['ignore', 'pipe', 'inherit'],
});
const agent = new Agent({ keepAlive: true });
try {
  const page = await readAddress();
  await measure('nothing', page, () => sleep(idleMs));
  for (const kilobytes of [30, 250])
    await measure(`ten bad files of ${kilobytes} KB`, page, () => drop(page, shapes.map(makeFile(kilobytes * 1024))));
  const zip = await zipOf({ 'applicationHost.config': Buffer.from(manyPools(550_000)) });
  await measure('a zip with 550,000 pools', page, () => drop(page, [{ name: 'logs.zip', bytes: zip }]));
  const peak = residentMegabytes(server.pid, 'VmHWM');
  console.log(`peak memory of the server: ${peak} MB (its reading processes have a limit of their own)`);
} finally {
  agent.destroy();
  server.kill();
}

/** Returns the URL of the page, from the text that the server prints when it is open. */
async function readAddress(): Promise<string> {
  for await (const line of createInterface(server.stdout)) {
    const url = /page\s+open: (\S+)/.exec(line)?.[1];
    if (url) return url.replace('localhost', '127.0.0.1');
  }
  throw new Error('the server ended before its page was open');
}

/** Asks `/healthz` again and again while the work goes on, and prints how long the slowest answer took. */
async function measure(name: string, page: string, work: () => Promise<unknown>): Promise<void> {
  const start = performance.now();
  let working = true;
  const done = work().finally(() => {
    working = false;
  });
  const waits: number[] = [];
  while (working) {
    const asked = performance.now();
    await send(`${page}/healthz`);
    waits.push(performance.now() - asked);
    await sleep(pauseMs);
  }
  await done;
  waits.sort((a, b) => a - b);
  const longest = waits.at(-1)?.toFixed(0).padStart(5);
  const usual = waits[Math.floor(waits.length / 2)]?.toFixed(1);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${name.padEnd(28)} longest ${longest} ms, median ${usual} ms of ${waits.length} (${seconds} s)`);
}

interface DroppedFile {
  name: string;
  bytes: Buffer;
}

function makeFile(length: number): (shape: (typeof shapes)[number], index: number) => DroppedFile {
  return ([name, filler], index) => {
    const carrier = carriers.find((one) => one.name === name);
    if (!carrier) throw new Error(`no carrier is named ${name}`);
    const bytesEach = carrier.encoding ? 2 : 1;
    const text = carrier.wrap(filler.repeat(length / filler.length / bytesEach));
    return { name: `bad${index}.xml`, bytes: Buffer.from(text, carrier.encoding ?? 'utf8') };
  };
}

/** Sends files to the page in one form, as a drop does. */
async function drop(page: string, files: readonly DroppedFile[]): Promise<void> {
  const form = new FormData();
  for (const { name, bytes } of files) form.append('file', new Blob([new Uint8Array(bytes)]), name);
  const encoded = new Response(form);
  const type = encoded.headers.get('content-type') as string;
  await send(`${page}/api/diagnose`, Buffer.from(await encoded.arrayBuffer()), type);
}

function send(url: string, body?: Buffer, type = 'text/plain'): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = body ? { 'content-type': type, 'content-length': body.length } : {};
    const sent = request(url, { method: body ? 'POST' : 'GET', headers, agent }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`${url} answered ${response.statusCode}`));
      response.on('error', reject).on('end', resolve).resume();
    });
    sent.on('error', reject).end(body);
  });
}

function manyPools(count: number): string {
  const pools = Array.from({ length: count }, (_, i) => `<add name="p${i}" managedRuntimeVersion="v4.0" />`).join('\n');
  return `<configuration><system.applicationHost><applicationPools>${pools}</applicationPools></system.applicationHost></configuration>`;
}
