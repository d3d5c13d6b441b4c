import { describe, expect, it } from 'vitest';
import { answerReport } from '../../src/answer/diagnosis-answer.js';
import { renderText } from '../../src/answer/text.js';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import { readEvidence, readPasted } from '../../src/evidence/read.js';
import { webConfig, wholeApplicationHost } from '../generator/evidence/configuration.js';
import { knowledge } from './readings.js';

const read = (name: string, text: string) => readEvidence(name, new TextEncoder().encode(text));
const judged = (name: string, text: string) => diagnose([read(name, text)], knowledge).files[0]!;
const rulesOf = (name: string, text: string) => judged(name, text).configuration?.map(({ rule }) => rule);

const modules = [
  'HttpCacheModule',
  'StaticCompressionModule',
  'DefaultDocumentModule',
  'DirectoryListingModule',
  'ProtocolSupportModule',
  'StaticFileModule',
  'AnonymousAuthenticationModule',
  'RequestFilteringModule',
  'CustomErrorModule',
  'HttpLoggingModule',
  'RewriteModule',
];
const listOf = (names: readonly string[]) =>
  names.map((name) => `MODULE "${name}" ( native, preCondition: )`).join('\n');
const site = (module: string) =>
  webConfig(`    <handlers><add name="x" path="*.x" verb="*" modules="${module}" /></handlers>`);

describe('a web.config beside what appcmd lists of the modules', () => {
  it.each(['FastCgiModule', 'iisnode', 'AspNetCoreModuleV2', 'httpPlatformHandler', 'CgiModule'])(
    'a handler of %s, which the server does not have',
    (module) => {
      const report = diagnose([read('web.config', site(module)), read('modules.txt', listOf(modules))], knowledge);
      const [finding] = report.diagnosis.findings;
      expect(finding).toMatchObject({ cause: 'handler-module-missing', confidence: 'confirmed' });
      const told = renderText(answerReport(report, knowledge)).replace(/\s+/g, ' ');
      expect(told).toContain(`names ${module}, which the list of modules from that server does not hold`);
    },
  );

  it('are read from one paste, with the question and the prompt', () => {
    const text = `why 500.21?\n${site('iisnode')}\nC:\\>%windir%\\system32\\inetsrv\\appcmd list module\n${listOf(modules)}`;
    const { findings } = diagnose(readPasted(text), knowledge).diagnosis;
    expect(findings.map(({ cause }) => cause)).toContain('handler-module-missing');
  });

  it.each([
    ['a module that is listed', site('StaticFileModule'), modules],
    ['a piece of a list', site('iisnode'), modules.slice(0, 3)],
    ['a managed handler', site('ManagedPipelineHandler'), modules],
  ])('%s proves nothing', (_, config, names) => {
    const report = diagnose([read('web.config', config), read('modules.txt', listOf(names))], knowledge);
    expect(report.diagnosis.findings.map(({ cause }) => cause)).not.toContain('handler-module-missing');
  });
});

describe('an entry that applicationHost.config locks', () => {
  const host = wholeApplicationHost({
    webServer:
      '<modules><add name="StaticFileModule" lockItem="true" /><add name="AnonymousAuthenticationModule" /></modules>',
  });
  const findings = (webServer: string) =>
    diagnose([read('web.config', webConfig(webServer)), read('applicationHost.config', host)], knowledge).diagnosis
      .findings;

  it('cannot be removed below it', () => {
    const locked = findings('<modules><remove name="staticfilemodule" /></modules>');
    expect(locked.find(({ cause }) => cause === 'config-section-locked')?.remarks.join(' ')).toContain('lockItem');
  });

  it('one without the lock can', () => {
    const free = findings('<modules><remove name="AnonymousAuthenticationModule" /></modules>');
    expect(free.flatMap(({ remarks }) => remarks).join(' ')).not.toContain('lockItem');
  });

  it('a clear in modules meets the locks of every server', () => {
    const file = judged('web.config', webConfig('<modules><clear /><add name="StaticFileModule" /></modules>'));
    expect(file).toMatchObject({ verdict: 'failure', cause: 'config-section-locked' });
    expect(judged('web.config', webConfig('<staticContent><clear /></staticContent>')).cause).toBeNull();
  });
});

describe('a setting that applicationHost.config locks inside of an open section', () => {
  const locked = (inHost: string, inSite: string) =>
    diagnose(
      [
        read('web.config', webConfig(inSite)),
        read('applicationHost.config', wholeApplicationHost({ webServer: inHost })),
      ],
      knowledge,
    ).diagnosis.findings.find(
      ({ cause, remarks }) => cause === 'config-section-locked' && /lockAttributes/.test(`${remarks}`),
    );

  it.each([
    ['an attribute', '<directoryBrowse lockAttributes="enabled,showFlags" />', '<directoryBrowse enabled="true" />'],
    ['all attributes', '<directoryBrowse lockAttributes="*" />', '<directoryBrowse showFlags="Size" />'],
    [
      'all but another',
      '<httpErrors lockAllAttributesExcept="errorMode" />',
      '<httpErrors existingResponse="Replace" />',
    ],
    ['an element', '<modules lockElements="clear,remove" />', '<modules><remove name="x" /></modules>'],
    [
      'all elements but one',
      '<staticContent lockAllElementsExcept="mimeMap" />',
      '<staticContent><clientCache cacheControlMode="NoControl" /></staticContent>',
    ],
    [
      'an element inside',
      '<httpProtocol><customHeaders lockElements="add" /></httpProtocol>',
      '<httpProtocol><customHeaders><add name="X-A" value="b" /></customHeaders></httpProtocol>',
    ],
    ['the whole section', '<directoryBrowse lockItem="true" />', '<directoryBrowse enabled="true" />'],
    [
      'an attribute in other letters',
      '<directoryBrowse lockAttributes="Enabled" />',
      '<directoryBrowse enabled="true" />',
    ],
  ])('is the confirmed cause: %s', (_, inHost, inSite) => {
    expect(locked(inHost, inSite)).toMatchObject({ confidence: 'confirmed' });
  });

  it.each([
    ['another attribute', '<directoryBrowse lockAttributes="showFlags" />', '<directoryBrowse enabled="true" />'],
    ['the one left open', '<httpErrors lockAllAttributesExcept="errorMode" />', '<httpErrors errorMode="Detailed" />'],
    [
      'the element left open',
      '<staticContent lockAllElementsExcept="mimeMap" />',
      '<staticContent><mimeMap fileExtension=".x" mimeType="a/b" /></staticContent>',
    ],
    ['another element', '<modules lockElements="clear" />', '<modules><remove name="x" /></modules>'],
    ['a lock that is off', '<directoryBrowse lockItem="false" />', '<directoryBrowse enabled="true" />'],
    [
      'one entry',
      '<modules><add name="A" lockAttributes="type" /></modules>',
      '<modules><add name="B" type="C" /></modules>',
    ],
  ])('%s is free', (_, inHost, inSite) => {
    expect(locked(inHost, inSite)).toBeUndefined();
  });
});

describe('a redirect to a path of the same site', () => {
  it.each([
    ['', true],
    [' exactDestination="true"', true],
    [' childOnly="true"', false],
  ])('also redirects what is below it, unless childOnly is set:%s', (more, told) => {
    const text = webConfig(`<httpRedirect enabled="true" destination="/new"${more} />`);
    expect(rulesOf('web.config', text)?.includes('redirects-below')).toBe(told);
  });

  it.each([
    '<httpRedirect enabled="false" destination="/new" />',
    '<httpRedirect enabled="true" destination="//cdn.example/x" />',
  ])('%s is none', (text) => {
    expect(rulesOf('web.config', webConfig(text))).not.toContain('redirects-below');
  });
});

describe('machine.config', () => {
  const machine = (web: string) =>
    `<configuration>\n  <system.web>\n    <processModel autoConfig="true" />\n    ${web}\n  </system.web>\n</configuration>\n`;

  it('is told for what hides errors on the whole server', () => {
    expect(rulesOf('machine.config', machine('<deployment retail="true" />'))).toEqual(['hides-retail']);
    expect(rulesOf('machine.config', machine(''))).toEqual([]);
  });

  it('is told where it cannot be read', () => {
    expect(judged('machine.config', machine('<deployment retail="true">'))).toMatchObject({
      verdict: 'failure',
      cause: 'config-invalid',
    });
  });
});
