import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleProgram } from '../../scripts/build/program.js';
import { runStep } from '../../scripts/build/step.js';
import { writePackage } from '../../scripts/package/npm.js';
import { impersonation, slowPage } from '../generator/index.js';

// The package as an administrator gets it: one tarball, installed into an empty folder without a network.
const root = resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'frebot-package-'));
const home = join(folder, 'home');
const installed = join(home, 'node_modules/frebot');
const command = join(home, 'node_modules/.bin/frebot');

interface Manifest {
  dependencies?: object;
  peerDependencies: Record<string, string>;
}
const manifest = () => JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as Manifest;

/** Runs the installed command with nothing in its environment but a path. */
function frebot(args: string[], env: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd: home,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, ...env },
    maxBuffer: 1e8,
  });
  return { status, stdout, stderr };
}

function write(name: string, bytes: Uint8Array): string {
  const file = join(home, name);
  writeFileSync(file, bytes);
  return file;
}

beforeAll(async () => {
  await runStep(root, bundleProgram);
  const target = join(folder, 'npm');
  writePackage(root, target);
  const npm = (args: string[], cwd: string) => execFileSync('npm', args, { cwd, encoding: 'utf8' });
  const tarball = npm(['pack', '--silent', '--pack-destination', folder], target).trim();
  mkdirSync(home);
  npm(['install', '--offline', '--ignore-scripts', '--no-audit', '--no-fund', join(folder, tarball)], home);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the npm package', () => {
  it('installs alone, in less than 60 MB', () => {
    const files = readdirSync(join(home, 'node_modules'), { recursive: true, withFileTypes: true });
    const bytes = files
      .filter((entry) => entry.isFile())
      .map((entry) => statSync(join(entry.parentPath, entry.name)).size);
    expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThan(60e6);
    expect(readdirSync(join(home, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual(['frebot']);
    expect(manifest()).not.toHaveProperty('dependencies');
  });

  it('says its version, diagnoses a log and answers a question', () => {
    expect(frebot(['--version']).stdout).toMatch(/^frebot \d+\.\d+\.\d+\n$/);
    const log = write('fr000001.xml', impersonation().bytes());
    expect(JSON.parse(frebot(['diagnose', log, '--json']).stdout)).toMatchObject({
      schema: 'frebot.diagnosis/1',
      files: [{ verdict: 'failure', cause: 'impersonation-right-missing' }],
    });
    const asked = frebot(['ask', 'what is SeImpersonatePrivilege?', '--json']);
    expect(JSON.parse(asked.stdout)).toMatchObject({ schema: 'frebot.answer/1', topic: 'SeImpersonatePrivilege' });
    expect(asked.status).toBe(0);
  });

  it('reads what a thread and a process of its own must read', () => {
    const log = impersonation().bytes();
    const padding = Buffer.alloc(5e6, slowPage({ ms: 4000 }).bytes().subarray(2500, -20));
    const large = Buffer.concat([log.subarray(0, -20), padding, log.subarray(-20)]);
    const medium = Buffer.concat([log.subarray(0, -20), padding.subarray(0, 1e6), log.subarray(-20)]);
    const files = [write('large.xml', large), write('medium.xml', medium)];
    const { files: read } = JSON.parse(frebot(['diagnose', ...files, '--json']).stdout) as {
      files: { kind: string; refusal?: string }[];
    };
    expect(read.map(({ kind, refusal }) => [kind, refusal])).toEqual([
      ['freb-log', undefined],
      ['freb-log', undefined],
    ]);
  });

  it('serves an agent', async () => {
    const transport = new StdioClientTransport({ command, args: ['mcp'], cwd: home, stderr: 'ignore' });
    const client = new Client({ name: 'test', version: '1' });
    await client.connect(transport);
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toContain('diagnose');
    const told = await client.callTool({ name: 'ask', arguments: { question: 'what is SeImpersonatePrivilege?' } });
    expect(told.isError ?? false).toBe(false);
    await client.close();
  });

  it('serves the page with its script and styles', async () => {
    const port = '39783';
    const env = { PATH: process.env.PATH, FREBOT_PORT: port };
    const server = spawn(command, ['serve'], { cwd: home, env, stdio: ['ignore', 'pipe', 'inherit'] });
    try {
      await once(server.stdout, 'data');
      for (const path of ['', 'page.js', 'report.js', 'page.css', 'samples/impersonation-500.xml']) {
        expect((await fetch(`http://127.0.0.1:${port}/${path}`)).status, path).toBe(200);
      }
    } finally {
      server.kill();
      await once(server, 'exit');
    }
  });

  it.each([
    ['Slack', { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' }, '@slack/bolt'],
    ['Teams', { TEAMS_DEV_WITHOUT_AUTH: 'true' }, 'botbuilder'],
    ['The database', { DATABASE_URL: 'postgres://frebot@127.0.0.1:1/frebot', FREBOT_KEY: 'a'.repeat(64) }, 'pg'],
  ])('%s is told in one sentence how to add its packages', (part, env, name) => {
    const { status, stderr } = frebot(['serve'], { ...env, FREBOT_PORT: '39784' });
    expect(stderr).toContain(`frebot: ${part} needs packages`);
    expect(stderr).toContain(`${name}@${manifest().peerDependencies[name]}`);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(status).toBe(2);
  });

  it('names the licence of everything inside it', () => {
    const sbom = JSON.parse(readFileSync(join(installed, 'sbom.json'), 'utf8')) as {
      components: { name: string; version: string }[];
    };
    const notices = readFileSync(join(installed, 'THIRD-PARTY-NOTICES.txt'), 'utf8');
    expect(sbom.components.length).toBeGreaterThan(50);
    for (const { name, version } of sbom.components) expect(notices).toContain(`\n${name} ${version} (`);
  });
});
