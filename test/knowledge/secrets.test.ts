import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

/** Texts that people copy commands from. */
const places = ['knowledge', 'docs', 'README.md', 'src/answer', 'src/desk'];

function filesBelow(path: string): string[] {
  return statSync(path).isDirectory() ? readdirSync(path).flatMap((name) => filesBelow(join(path, name))) : [path];
}

/** Sections of the configuration that hold passwords, keys or environment variables. */
const secretSection =
  /\blist config\b.*\/?-?section:"?[\w./]*(identity|anonymousAuthentication|fastCgi|webFarms|connectionStrings|machineKey|sessionState|appSettings|applicationPools|sites)\b(?!\/)(?!.*\/text:(?!\*))/i;

const dangerous: [name: string, pattern: RegExp][] = [
  ['every attribute of a directory or pool, passwords among them', /\blist (vdir|apppool)\b.*\/(text:\*|config\b)/i],
  ['a whole configuration', /\blist config(\s+"[^"]*")?(?!.*section:)\s*(['"`>|]|\/config|$)/i],
  ['a section with secrets as a whole', secretSection],
];

function offences(text: string): string[] {
  return text
    .split('\n')
    .flatMap((line) => dangerous.filter(([, form]) => form.test(line)).map(([name]) => `${name}: ${line.trim()}`));
}

describe('no command prints a secret', () => {
  it.each(places)('also not in %s', (place) => {
    const found = filesBelow(place)
      .filter((file) => /\.(yaml|md|ts)$/.test(file))
      .flatMap((file) => offences(readFileSync(file, 'utf8')).map((what) => `${file}: ${what}`));
    expect(found).toEqual([]);
  });

  it.each([
    'appcmd list vdir /text:*',
    'appcmd list apppool "x" /config',
    'appcmd list apppool /config:*',
    'appcmd list config "<site>"',
    'appcmd list config "<site>" /config:* > C:\\iis.txt',
    'appcmd list config /section:system.webServer/fastCgi /config:*',
    'appcmd list config "<site>" /section:system.web/identity',
    'appcmd list config "<site>" /section:connectionStrings',
    'appcmd list config /section:webFarms',
  ])('refuses %s', (command) => {
    expect(offences(command)).toHaveLength(1);
  });

  it.each([
    'appcmd list vdir /text:physicalPath',
    'appcmd list apppool "x" /text:processModel.identityType',
    'appcmd list apppool "x" /text:state',
    'appcmd list config "<site>" /section:system.webServer/handlers',
    'appcmd list config "<site>" /section:system.web/identity /text:impersonate',
  ])('allows %s', (command) => {
    expect(offences(command)).toEqual([]);
  });
});
