import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/service/config.js';

const root = resolve(import.meta.dirname, '../..');
const read = (name: string) => readFileSync(join(root, name), 'utf8');

describe('the documents', () => {
  it.each([
    'README.md',
    'CONTRIBUTING.md',
    'knowledge/README.md',
    'docs/slack.md',
    'docs/teams.md',
    'docs/durability.md',
    'docs/operations.md',
    'docs/measurements.md',
  ])('every link of %s leads somewhere', (name) => {
    const links = [...read(name).matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map((match) => match[1] as string);
    expect(links.filter((link) => !existsSync(join(root, dirname(name), link)))).toEqual([]);
  });

  it('the README lists every setting, with the default the program has', () => {
    const readme = read('README.md');
    const settings = new Set(read('src/service/config.ts').match(/\b(?:FREBOT|SLACK|TEAMS|DATABASE)_[A-Z_]+\b/g));
    for (const name of settings) if (!name.endsWith('_')) expect(readme, name).toContain(`\`${name}\``);
    const { host, port, slowMs, logLevel, dataDir, retentionDays } = readConfig({});
    for (const value of [host, port, slowMs, logLevel, dataDir, retentionDays])
      expect(readme).toContain(`\`${value}\``);
  });

  it('every npm command a document names is a script', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    for (const name of [
      'README.md',
      'CONTRIBUTING.md',
      'AGENTS.md',
      'docs/slack.md',
      'docs/teams.md',
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
