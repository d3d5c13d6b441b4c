import { beforeAll, describe, expect, it } from 'vitest';
import { collectScript } from '../../src/answer/collect-script.js';
import type { CollectBlock } from '../../src/knowledge/collect-schema.js';
import { builtKnowledge } from '../built-knowledge.js';
import { nodesOf, parsePowershell, powershellMistakes } from '../powershell.js';

let blocks: readonly CollectBlock[];
let script: string;
beforeAll(() => {
  blocks = [...builtKnowledge().collect.values()];
  script = collectScript(blocks, { site: 'Default Web Site', pool: 'Portal', hours: 24 });
});

/** Replaces as PowerShell's -replace does: every match, in any case. */
function blank(text: string): string {
  return blocks
    .flatMap(({ masks }) => masks)
    .reduce((rest, { pattern, to }) => rest.replace(new RegExp(pattern, 'gi'), to), text);
}

describe('the script of collect', () => {
  it('is PowerShell, with any name of a site', () => {
    expect(powershellMistakes(script)).toEqual([]);
    for (const site of ["O'Brien", 'a"; Remove-Item C:\\ -Recurse #', '’; iisreset', '$(iisreset)', ''])
      expect(powershellMistakes(collectScript(blocks, { site, hours: 2 }))).toEqual([]);
  });

  it('keeps a name in its string', () => {
    const hostile = collectScript(blocks, { site: '’; iisreset; ’', hours: 2 });
    const calls = nodesOf(parsePowershell(hostile)).filter(({ type }) => type === 'command_name');
    expect(calls.map(({ text }) => text)).not.toContain('iisreset');
    expect(hostile).toContain("$site = '’’; iisreset; ’’'");
  });

  it('runs in Constrained Language Mode: no members of types, no methods, no objects of .NET', () => {
    const nodes = nodesOf(parsePowershell(script));
    expect(nodes.filter(({ type }) => type === 'invokation_expression').map(({ text }) => text)).toEqual([]);
    const types = nodes.filter(({ type }) => type === 'type_literal').map(({ text }) => text);
    expect(new Set(types)).toEqual(new Set(['[bool]']));
    const commands = nodes.filter(({ type }) => type === 'command_name').map(({ text }) => text);
    expect(commands).not.toContain('New-Object');
    expect(commands).not.toContain('Add-Type');
    expect(commands).not.toContain('Invoke-Expression');
  });

  it('calls only what reads, or writes into its own folder', () => {
    const commands = nodesOf(parsePowershell(script))
      .filter(({ type }) => type === 'command_name')
      .map(({ text }) => text);
    expect([...new Set(commands)].sort()).toMatchInlineSnapshot(`
      [
        "Add-Content",
        "Add-Line",
        "Compress-Archive",
        "Copy-Allowed",
        "Expand-Folder",
        "ForEach-Object",
        "Get-ChildItem",
        "Get-CimInstance",
        "Get-Content",
        "Get-Date",
        "Get-ItemProperty",
        "Hide-Secrets",
        "Join-Path",
        "New-Item",
        "New-TimeSpan",
        "Read-Host",
        "Read-Log",
        "Remove-Item",
        "Save-Config",
        "Save-Text",
        "Select-Object",
        "Select-String",
        "Select-Xml",
        "Set-Content",
        "Sort-Object",
        "Split-Path",
        "Test-Path",
        "Where-Object",
        "Write-Host",
        "Write-Warning",
        "gpresult.exe",
        "secedit.exe",
        "wevtutil.exe",
        "whoami.exe",
      ]
    `);
  });

  it('copies no attribute that can hold a secret', () => {
    const attributes = blocks.flatMap(({ allow }) => Object.values(allow).flat());
    const secret = /password|secret|key|connectionString|value|arguments|token|validation|decryption/i;
    expect(attributes.filter((name) => secret.test(name))).toEqual([]);
    expect(Object.keys(Object.assign({}, ...blocks.map(({ allow }) => allow)))).not.toContain('appSettings');
  });
});

describe('before a text is packed', () => {
  it.each([
    [
      'a cookie in a block of headers',
      '<Data Name="Headers">Host: a&#xD;&#xA;Cookie: id=S3CR3T; b=S3CR3T&#xD;&#xA;Accept: */*</Data>',
    ],
    ['a cookie at a line of its own', 'Accept: x\r\nCookie: id=S3CR3T; b=S3CR3T\r\nHost: a'],
    ['basic authorisation', '<Data Name="Headers">Authorization: Basic UzNDUjNUOlMzQ1IzVA==</Data>'],
    ['a cookie that is set', 'Set-Cookie: auth=S3CR3T; path=/'],
    ['a header as name and value', '<Data Name="HeaderName">Cookie</Data>\n <Data Name="HeaderValue">a=S3CR3T</Data>'],
    ['a value of a query', 'url="http://h/a?x=S3CR3T&amp;token=S3CR3T"'],
    ['a password in a message', 'Login failed; Password=S3CR3T;'],
    ['a key in JSON', '{"apiKey": "S3CR3T"}'],
    [
      'posted data',
      '<Event><EventData><Data Name="Buffer">a=S3CR3T</Data></EventData><Opcode>GENERAL_REQUEST_ENTITY</Opcode></Event>',
    ],
    ['an address of a caller', '<Data Name="RemoteAddress">S3CR3T</Data>'],
  ])('%s is blanked', (_what, text) => {
    expect(blank(text)).not.toMatch(/S3CR3T|UzNDUjNU/);
    expect(blank(text)).toContain('masked');
  });

  it('keeps what decides: the scheme of authorisation, codes, modules, the page that was sent', () => {
    for (const text of [
      'Authorization: Negotiate ',
      '<Data Name="ErrorCode">2147943746</Data>',
      'tokenUserName="IIS APPPOOL\\Portal"',
      '<Event><EventData><Data Name="Buffer">Exception: x</Data></EventData><Opcode>GENERAL_RESPONSE_ENTITY_BUFFER</Opcode></Event>',
    ])
      expect(blank(text)).toContain(text.trim());
  });
});
