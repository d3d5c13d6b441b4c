import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleProgram } from '../../scripts/build/program.js';
import { runStep } from '../../scripts/build/step.js';
import { writeWindowsFolder, zipFolder } from '../../scripts/package/windows.js';
import { doorTable } from '../../src/doors.js';
import { readConfig, serviceSettingRows } from '../../src/service/config.js';
import { nodesOf, parsePowershell, powershellMistakes } from '../powershell.js';

// What the zip holds, with a stand-in for node.exe: the real one is fetched when the zip is made, and checked by its hash.
const root = resolve(import.meta.dirname, '../..');
const work = mkdtempSync(join(tmpdir(), 'frebot-windows-'));
const folder = join(work, 'Frebot');
const read = (name: string) => readFileSync(join(folder, name), 'utf8');
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

beforeAll(async () => {
  await runStep(root, bundleProgram);
  writeWindowsFolder(root, folder, Buffer.from('MZ stand-in'));
});

afterAll(() => rmSync(work, { recursive: true, force: true }));

describe('the zip for Windows', () => {
  it('holds Node, the program, its knowledge, a command and a script, with a checksum of each', () => {
    for (const name of [
      'node.exe',
      'app/dist/src/main.js',
      'app/dist/questions.model',
      'app/knowledge/iis-rights.yaml',
      'LICENSE',
    ]) {
      expect(existsSync(join(folder, name)), name).toBe(true);
    }
    const sums = read('checksums.txt')
      .trimEnd()
      .split('\r\n')
      .map((line) => line.split('  '));
    expect(sums.length).toBeGreaterThan(100);
    for (const [sum, name] of sums) expect(sha256(readFileSync(join(folder, name as string))), name).toBe(sum);
  });

  it('names what is inside, Node too', () => {
    const { components } = JSON.parse(read('sbom.json')) as { components: { name: string; version: string }[] };
    const pinned = JSON.parse(readFileSync(join(root, 'scripts/package/windows/node.json'), 'utf8')) as {
      version: string;
    };
    expect(components).toContainEqual(expect.objectContaining({ name: 'node', version: pinned.version }));
    expect(pinned.version).toMatch(/^2[24]\.\d+\.\d+$/);
    expect(read('THIRD-PARTY-NOTICES.txt')).toContain('Node.js, node.exe (MIT)');
  });

  it('the command runs the program that lies beside it, with line ends of Windows', () => {
    const [, program] = /"%~dp0node\.exe" "%~dp0(\S+)" %\*/.exec(read('frebot.cmd')) as RegExpExecArray;
    expect(existsSync(join(folder, (program as string).replaceAll('\\', '/')))).toBe(true);
    for (const name of ['frebot.cmd', 'Install-Frebot.ps1', 'README.txt']) expect(read(name)).not.toMatch(/[^\r]\n/);
  });

  it('the sample of settings starts Frebot, and names only settings that exist', () => {
    const sample = read('frebot.env.sample');
    expect(readConfig(parseEnv(sample)).dataDir).toBe('C:\\ProgramData\\Frebot');
    const known = Object.keys(Object.assign({}, serviceSettingRows, ...doorTable.map(({ settings }) => settings)));
    const named = [...sample.matchAll(/^(?:# )?([A-Z_]+)=/gm)].map(([, name]) => name);
    expect(named.length).toBeGreaterThan(4);
    expect(named.filter((name) => !known.includes(name as string))).toEqual([]);
  });

  it('the script is well formed, asks for elevation, and never uses LocalSystem', () => {
    const script = read('Install-Frebot.ps1');
    expect(powershellMistakes(script)).toEqual([]);
    const commands = nodesOf(parsePowershell(script))
      .filter(({ type }) => type === 'command_name')
      .map(({ text }) => text);
    expect(commands).toEqual(
      expect.arrayContaining(['Register-ScheduledTask', 'New-ScheduledTaskPrincipal', 'icacls.exe']),
    );
    expect(script).toContain('-AtStartup');
    expect(script).toContain("$Account = 'S-1-5-19'");
    expect(script).toContain("if ($sid.Value -eq 'S-1-5-18') {");
    expect(script).toContain('-RunLevel Limited');
    // Windows PowerShell 5.1 has none of these.
    expect(script).not.toMatch(/&&|\|\||\?\?|\?\./);
    // 5.1 reads a script without a mark as ANSI.
    expect(script).toMatch(/^[\x00-\x7f]*$/);
  });

  it('is packed under one folder, the same content to the same bytes', async () => {
    const zips = [join(work, 'a.zip'), join(work, 'b.zip')];
    for (const zip of zips) await zipFolder(folder, zip);
    const [a, b] = zips.map((zip) => readFileSync(zip));
    expect(a?.includes('Frebot/node.exe')).toBe(true);
    expect(sha256(a as Buffer)).toBe(sha256(b as Buffer));
  });
});
