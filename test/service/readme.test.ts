import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { doorTable } from '../../src/doors.js';
import { serviceSettingRows } from '../../src/service/config.js';
import type { SettingRow, SettingRows } from '../../src/service/settings.js';

const root = resolve(import.meta.dirname, '../..');
const read = (name: string) => readFileSync(join(root, name), 'utf8');

describe('the documents', () => {
  it.each([
    'README.md',
    'CONTRIBUTING.md',
    'knowledge/README.md',
    'docs/slack.md',
    'docs/teams.md',
    'docs/agents.md',
    'docs/pipelines.md',
    'docs/durability.md',
    'docs/architecture.md',
    'docs/operations.md',
    'docs/measurements.md',
  ])('every link of %s leads somewhere', (name) => {
    const links = [...read(name).matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map((match) => match[1] as string);
    expect(links.filter((link) => !existsSync(join(root, dirname(name), link)))).toEqual([]);
  });

  it('the README is short, in the order of its readers, and sets no variable and chains no command as only some shells can, but for two lines', () => {
    const text = read('README.md');
    expect(text.split('\n').length).toBeLessThan(200);
    expect([...text.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading)).toEqual([
      'Try it',
      'Drop a log',
      'Watch a server',
      'Slack in five minutes',
      'Teams in ten minutes',
      'Agents',
      'Operate',
      'More',
    ]);
    const lines = text.split('\n').map((line) => line.trim());
    // Windows PowerShell 5.1 has no `&&` and no variable before a command, and its npm script swallows `--`.
    expect(lines.filter((line) => line.includes('&&'))).toEqual(['npm ci && npm start', 'npm ci && npm test']);
    expect(lines.filter((line) => /^[`(]*[A-Z_]+=\S+ +\w|npm run .* -- /.test(line))).toEqual([]);
  });

  it('docs/settings.md lists every setting of the process and of every door, with its default', () => {
    const declared: SettingRows = Object.assign({}, serviceSettingRows, ...doorTable.map(({ settings }) => settings));
    const table = [...read('docs/settings.md').matchAll(/^\| (`[A-Z_`, ]+`) \| ([^|]*?) ?\|/gm)].flatMap(
      ([, names, cell]) =>
        [...(names as string).matchAll(/[A-Z_]+/g)].map(([name]) => ({ name, cell: cell as string })),
    );
    expect(table.map(({ name }) => name).sort()).toEqual(Object.keys(declared).sort());
    for (const { name, cell } of table) {
      const row = declared[name] as SettingRow;
      if (row.default !== undefined) expect(cell, name).toBe(`\`${row.default}\``);
      else expect(cell, name).not.toContain('`');
    }
  });

  it.each(doorTable)('$name: one variable opens the door, and its guide is a heading of the README', (entry) => {
    expect(Object.values(entry.settings).filter((row) => row.opensDoor)).toHaveLength(1);
    const heading = /^README, "(.+)"$/.exec(entry.guide)?.[1];
    expect(read('README.md')).toContain(`\n## ${heading}\n`);
  });

  it('every npm command a document names is a script', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    for (const name of [
      'README.md',
      'CONTRIBUTING.md',
      'AGENTS.md',
      'docs/slack.md',
      'docs/teams.md',
      'docs/agents.md',
      'docs/durability.md',
      'docs/operations.md',
      'docs/measurements.md',
      'knowledge/README.md',
    ]) {
      for (const [, script] of read(name).matchAll(/npm run (?:-s )?([\w:-]+)/g)) {
        expect(Object.keys(scripts), `${name}: ${script}`).toContain(script);
      }
    }
  });
});
