import { execFileSync, spawnSync } from 'node:child_process';
import {
  createWriteStream,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import yazl from 'yazl';
import { impersonation, pageException, slowPage, success } from '../test/generator/index.js';
import { extractPy, extractXsl } from './bench-others.js';

/**
 * `npm run bench:many [-- folder [count]]`: reads ten thousand logs as a folder and as a zip with the built `frebot`, and the same
 * files with xsltproc and Python's lxml where they are installed. The logs are hard links to those of the folder, or to
 * generated ones, in a temporary folder that is removed at the end. Peak memory is that of the whole process, its threads included.
 */

const [folder, countText = '10000'] = process.argv.slice(2);
const count = Number(countText);
const here = mkdtempSync(path.join(tmpdir(), 'frebot-bench-'));
const logs = path.join(here, 'logs');
const root = path.join(import.meta.dirname, '..');

try {
  const megabytes = linkLogs();
  console.log(
    `${count} logs, ${megabytes.toFixed(0)} MB, ${folder ? 'links to those of a folder' : 'from the generator'}`,
  );
  const zip = path.join(here, 'logs.zip');
  await zipLogs(zip);
  const main = path.join(root, 'dist/src/main.js');
  const runs = new Map<string, RunFigures>();
  const measure = (name: string, command: string, args: string[], files = false) => {
    if (!isInstalled(command, args)) return console.log(`${name.padEnd(26)} not installed, not compared`);
    const all = files ? [...args, ...readdirSync(logs).map((f) => path.join(logs, f))] : args;
    const figures = measureRun(command, all);
    const { seconds, cpuSeconds, kilobytes } = figures;
    runs.set(name, figures);
    const memory = kilobytes ? `, CPU ${cpuSeconds.toFixed(1)} s, peak ${(kilobytes / 1024).toFixed(0)} MB` : '';
    console.log(
      `${name.padEnd(26)} ${seconds.toFixed(1).padStart(6)} s, ${(megabytes / seconds).toFixed(0)} MB/s${memory}`,
    );
  };
  measure('frebot, folder', process.execPath, [main, 'diagnose', '--json', logs]);
  measure('frebot, zip', process.execPath, [main, 'diagnose', '--json', zip]);
  measure('xsltproc', 'xsltproc', [writeStylesheet()], true);
  measure('lxml', findPython(), [writeScript()], true);
  const own = runs.get('frebot, folder');
  for (const [name, { seconds, cpuSeconds }] of own ? runs : []) {
    const wall = (seconds / (own?.seconds ?? 1)).toFixed(2).padStart(6);
    console.log(
      `${name.padEnd(26)} ${wall} times frebot's folder, CPU ${(cpuSeconds / (own?.cpuSeconds ?? 1)).toFixed(2)}`,
    );
  }
} finally {
  rmSync(here, { recursive: true });
}

/** Puts the logs into the folder; returns their size in megabytes. */
function linkLogs(): number {
  mkdirSync(logs);
  const sources = folder
    ? readdirSync(folder)
        .filter((f) => f.endsWith('.xml'))
        .map((f) => readFileSync(path.join(folder, f)))
    : [success(), impersonation(), pageException(), slowPage({ ms: 4000 })].map((log) => log.bytes());
  const sourceFiles = sources.map((bytes, i) => {
    const file = path.join(here, `source${i}.xml`);
    writeFileSync(file, bytes);
    return file;
  });
  let bytes = 0;
  for (let i = 0; i < count; i++) {
    const at = i % sources.length;
    linkSync(sourceFiles[at] as string, path.join(logs, `fr${String(i).padStart(6, '0')}.xml`));
    bytes += (sources[at] as Buffer).length;
  }
  return bytes / 1e6;
}

async function zipLogs(file: string): Promise<void> {
  const zip = new yazl.ZipFile();
  for (const name of readdirSync(logs)) zip.addFile(path.join(logs, name), name);
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(file));
}

/** What one run took: wall time and, where GNU time is installed, CPU time and peak memory; 0 elsewhere. */
interface RunFigures {
  seconds: number;
  cpuSeconds: number;
  kilobytes: number;
}

function measureRun(command: string, args: string[]): RunFigures {
  const gnu = isInstalled('/usr/bin/time', []);
  const list = gnu ? ['-f', 'used %U %S %M', command, ...args] : args;
  const start = performance.now();
  const { stderr } = spawnSync(gnu ? '/usr/bin/time' : command, list, {
    stdio: ['ignore', 'ignore', 'pipe'],
    maxBuffer: 1e9,
  });
  const seconds = (performance.now() - start) / 1000;
  const [, user = 0, system = 0, kilobytes = 0] = /used (\S+) (\S+) (\d+)\s*$/.exec(String(stderr)) ?? [];
  return { seconds, cpuSeconds: Number(user) + Number(system), kilobytes: Number(kilobytes) };
}

function isInstalled(command: string, args: string[]): boolean {
  const probe = args[0]?.endsWith('.py') ? ['-c', 'import lxml'] : ['--version'];
  try {
    execFileSync(command, probe, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Returns the Python that has lxml: the system's own one, because a version manager may hide it. */
function findPython(): string {
  return isInstalled('/usr/bin/python3', ['x.py']) ? '/usr/bin/python3' : 'python3';
}

function writeStylesheet(): string {
  const file = path.join(here, 'extract.xsl');
  writeFileSync(file, extractXsl);
  return file;
}

function writeScript(): string {
  const file = path.join(here, 'extract.py');
  writeFileSync(file, extractPy);
  return file;
}
