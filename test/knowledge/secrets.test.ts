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
  [
    'every attribute of a site, directory or pool, passwords among them',
    /\blist (site|app|vdir|apppool|wp|backup)\b.*\/(text:\*|config\b|xml\b)/i,
  ],
  ['a whole configuration', /\blist config(\s+"[^"]*")?(?!.*section:)\s*(['"`>|]|\/config|$)/i],
  ['a section with secrets as a whole', secretSection],
  ['a section that the reader may choose freely', /\blist config\b.*\/?-?section:"?</i],
  ['a group of sections', /\blist config\b.*\/?-?section:"?[\w./]*\bauthentication(?!\/)(?=["'`\s]|$)/i],
  [
    'a file that holds passwords as it stands',
    /\b(type|more|cat|gc|Get-Content) (-\w+ )?["']?[^\s"'|)]*\b(redirection|applicationHost|administration|machine|web|appsettings[\w.]*)\.(config|json)\b(?!["']?\)\)?\.\w)/i,
  ],
  [
    'every property of a pool, site or directory',
    /\b(Get-Item|Get-ItemProperty|Get-ChildItem|gci|dir|ls)\b[^|]*\bIIS:\\[^|]*\|\s*(Format-List|fl|select(-object)?)\s+\*/i,
  ],
  ['the environment with its secrets', /\/c "?set\b\W*$|\b(Get-ChildItem|gci|dir|ls) env:\W*$/i],
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
    expect(
      found,
      'these print passwords or keys: ask for single attributes, as in /text:mode, or name the place in IIS Manager',
    ).toEqual([]);
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
    'appcmd.exe list site "<site>" /config',
    'appcmd list site /xml',
    'appcmd list app "x/" /text:*',
    'appcmd list config "<site>" /section:<section> > C:\\iis.txt',
    'appcmd list config "<site>" /section:system.webServer/security/authentication',
    'type C:\\Windows\\System32\\inetsrv\\config\\redirection.config',
    'Get-Content C:\\inetpub\\wwwroot\\web.config',
    'Get-Item IIS:\\AppPools\\x | Select-Object *',
    'cmd /c set',
  ])('refuses %s', (command) => {
    expect(offences(command)).toHaveLength(1);
  });

  it.each([
    'appcmd list vdir /text:physicalPath',
    'appcmd list apppool "x" /text:processModel.identityType',
    'appcmd list apppool "x" /text:state',
    'appcmd list config "<site>" /section:system.webServer/handlers',
    'appcmd list config "<site>" /section:system.web/identity /text:impersonate',
    'appcmd list config "<site>" /section:system.webServer/<section>',
    'appcmd list site "<site>" /text:bindings',
    '([xml](Get-Content C:\\x\\redirection.config)).configuration.configurationRedirection | Select-Object path',
    'set "ASPNETCORE_URLS=http://localhost:5999" & dotnet <app>.dll',
  ])('allows %s', (command) => {
    expect(offences(command)).toEqual([]);
  });
});
