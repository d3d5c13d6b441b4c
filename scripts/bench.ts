import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { XMLParser } from 'fast-xml-parser';
import { readEvidence } from '../src/evidence/read.js';
import {
  challenge,
  duplicateConfig,
  fileNotFound,
  impersonation,
  pageException,
  slowPage,
  success,
} from '../test/generator/index.js';
import { extractPy, extractXsl } from './bench-others.js';

/**
 * `npm run bench [-- folder]`: measures ratios of reading speed in one run. Logs come from the folder when one is given, else
 * from the generator. Takes CPU time, the best of several rounds, because wall time says little on a shared machine.
 */

const folder = process.argv[2];
const logs: Buffer[] = folder
  ? readdirSync(folder)
      .filter((f) => f.endsWith('.xml'))
      .map((f) => readFileSync(path.join(folder, f)))
  : Array.from({ length: 12 }, () => [
      success(),
      success({ url: 'http://a.example:80/b.css' }),
      fileNotFound(),
      challenge(),
      impersonation(),
      duplicateConfig(),
      pageException(),
      slowPage({ ms: 500 }),
    ])
      .flat()
      .map((log) => log.bytes());
const total = logs.reduce((sum, b) => sum + b.length, 0);
const decoder = new TextDecoder();
const dom = new XMLParser({ ignoreAttributes: false, parseTagValue: false, htmlEntities: true, processEntities: true });

const work: Record<string, (log: Buffer) => number> = {
  'decode + indexOf': (log) => {
    const text = decoder.decode(log);
    let count = 0;
    for (let i = text.indexOf('<Event '); i >= 0; i = text.indexOf('<Event ', i + 7)) count++;
    return count;
  },
  'reading with verdict': (log) => readEvidence('bench.xml', log).observations.length,
  'reading with timeline': (log) => readEvidence('bench.xml', log, { timeline: true }).observations.length,
  'fast-xml-parser, whole tree': (log) => (dom.parse(decoder.decode(log)) ? 1 : 0),
};

/** Returns the megabytes a second of the best round, by CPU time. */
function speed(run: (log: Buffer) => number, rounds: number): number {
  for (const log of logs) run(log);
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i < rounds; i++) {
    const start = process.cpuUsage();
    for (const log of logs) run(log);
    const used = process.cpuUsage(start);
    best = Math.min(best, used.user + used.system);
  }
  return total / best;
}

const speeds = new Map<string, number>();
for (const [name, run] of Object.entries(work)) speeds.set(name, speed(run, name.startsWith('fast') ? 3 : 25));
const base = speeds.get('decode + indexOf')!;
console.log(`${logs.length} logs, ${(total / 1e6).toFixed(1)} MB, ${folder ?? 'from the generator'}`);
for (const [name, value] of speeds) {
  console.log(
    `${name.padEnd(30)} ${value.toFixed(0).padStart(6)} MB/s  ${((100 * value) / base).toFixed(0).padStart(4)} %`,
  );
}
console.log(
  `reading with verdict is ${(speeds.get('reading with verdict')! / speeds.get('fast-xml-parser, whole tree')!).toFixed(1)} times fast-xml-parser's tree`,
);
compareOtherTools();

/** Measures the same extraction with other tools where they are installed, one process over all files each. */
function compareOtherTools(): void {
  const here = mkdtempSync(path.join(tmpdir(), 'frebot-bench-'));
  try {
    const files = logs.map((log, i) => {
      const file = path.join(here, `fr${String(i).padStart(6, '0')}.xml`);
      writeFileSync(file, log);
      return file;
    });
    const sheet = path.join(here, 'extract.xsl');
    writeFileSync(sheet, extractXsl);
    const python = path.join(here, 'extract.py');
    writeFileSync(python, extractPy);
    const reader = speeds.get('reading with verdict')!;
    measureTool('xsltproc', () => spawnSync('xsltproc', [sheet, ...files], { maxBuffer: 1e9 }), reader);
    measureTool('python3 lxml', () => spawnSync('python3', [python, ...files], { maxBuffer: 1e9 }), reader);
  } finally {
    if (existsSync(here)) rmSync(here, { recursive: true });
  }
}

function measureTool(name: string, run: () => { status: number | null; error?: Error }, reader: number): void {
  const probe = name === 'xsltproc' ? ['xsltproc', '--version'] : ['python3', '-c', 'import lxml'];
  try {
    execFileSync(probe[0]!, probe.slice(1), { stdio: 'ignore' });
  } catch {
    console.log(`${name}: not installed, not compared`);
    return;
  }
  const start = performance.now();
  run();
  const rate = total / ((performance.now() - start) * 1000);
  console.log(
    `${name.padEnd(30)} ${rate.toFixed(0).padStart(6)} MB/s; reading with verdict is ${(reader / rate).toFixed(1)} times that`,
  );
}
