import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { collectedServer } from '../test/generator/evidence/collection.js';
import { accessLog } from '../test/generator/evidence/server.js';
import { zipOf } from '../test/intake/zips.js';
import { frebLog } from '../test/scenarios/logs.js';
import { cpuMilliseconds, residentMegabytes } from './process-memory.js';

/**
 * `npx tsx scripts/bench-collect.ts`, after a build, on Linux: from the zip of a collection to its one answer, as a whole process.
 * The zip is as large as `collect` makes it for three sites: 20 traces each, 2,000 lines of each W3C log, rights and configuration.
 */

const sites = 3;
const tracesOfSite = 20;
const lines = 2000;
const rounds = 5;

const fields = ['date', 'time', 'cs-method', 'cs-uri-stem', 'sc-status', 'sc-substatus', 'sc-win32-status'];
const files: Record<string, Uint8Array> = { ...collectedServer() };
for (let site = 1; site <= sites; site++) {
  for (let n = 1; n <= tracesOfSite; n++) {
    const log = frebLog({ url: `http://web03:80/page${n}.aspx`, filler: 250_000 });
    files[`traces/W3SVC${site}/fr${String(n).padStart(6, '0')}.xml`] = log;
  }
  const rows = Array.from({ length: lines }, (_, n) => `2026-06-08 19:53:${n % 60} GET /page${n % 50}.aspx 500 0 1346`);
  files[`logs/W3SVC${site}.log`] = Buffer.from(accessLog(fields, rows));
}

const folder = mkdtempSync(join(tmpdir(), 'frebot-bench-collect-'));
try {
  const path = join(folder, 'frebot-WEB03.zip');
  const zip = await zipOf(files);
  writeFileSync(path, zip);
  const unpacked = Object.values(files).reduce((sum, { length }) => sum + length, 0);
  console.log(`${cpus().length} cores, load average ${loadavg()[0]?.toFixed(0)} before`);
  console.log(
    `${Object.keys(files).length} files, ${(unpacked / 1e6).toFixed(1)} MB, as a zip ${(zip.length / 1e6).toFixed(1)} MB`,
  );
  const runs = [];
  for (let round = 0; round < rounds; round++) runs.push(await diagnose(path));
  const best = runs.reduce((a, b) => (b.ms < a.ms ? b : a));
  console.log(
    `from the zip to one answer, the best of ${rounds}: ${best.ms} ms (${best.cpu} ms computing), peak ${best.megabytes} MB; ${best.says}`,
  );
} finally {
  rmSync(folder, { recursive: true });
}

async function diagnose(path: string): Promise<{ ms: number; cpu: number; megabytes: number; says: string }> {
  const started = performance.now();
  const program = join(import.meta.dirname, '../dist/src/main.js');
  const child = spawn(process.execPath, [program, 'diagnose', path, '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let megabytes = 0;
  let cpu = 0;
  const watch = setInterval(() => {
    // The process may have ended.
    if (child.exitCode !== null) return;
    megabytes = Math.max(megabytes, residentMegabytes(child.pid, 'VmHWM') || 0);
    cpu = cpuMilliseconds(child.pid) || cpu;
  }, 20);
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  await new Promise((ended) => child.once('close', ended));
  clearInterval(watch);
  const ms = Math.round(performance.now() - started);
  const { diagnosis, files: read } = JSON.parse(Buffer.concat(chunks).toString('utf8'));
  const causes = diagnosis.findings.map(
    ({ cause, confidence }: { cause: string; confidence: string }) => `${cause} ${confidence}`,
  );
  return { ms, cpu, megabytes, says: `${read.length} files read, ${causes.join(', ')}` };
}
