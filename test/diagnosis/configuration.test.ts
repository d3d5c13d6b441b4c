import { describe, expect, it } from 'vitest';
import { answerReport } from '../../src/answer/diagnosis-answer.js';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import type { FileVerdict } from '../../src/diagnosis/report.js';
import { readEvidence, readPasted } from '../../src/evidence/read.js';
import { webConfig, wholeApplicationHost } from '../generator/evidence/configuration.js';
import { knowledge, reading } from './readings.js';

const read = (name: string, text: string) => readEvidence(name, new TextEncoder().encode(text));

function judge(text: string): FileVerdict {
  return diagnose([read('web.config', text)], knowledge).files[0]!;
}

/** The rules that a file meets, each with its lines. */
function rules(file: FileVerdict): string[] {
  return (file.configuration ?? []).map(({ rule, lines }) => `${rule} ${lines.join(' ')}`.trim());
}

const handlers = (attributes: string) => `    <handlers><add name="x" path="*" verb="*" ${attributes} /></handlers>`;

/** One web.config each: what is said, whether it breaks, and by which cause. */
const alone: [what: string, text: string, rules: string[], cause: string | null][] = [
  ['nothing wrong', webConfig('    <defaultDocument enabled="true" />'), [], null],
  [
    'a rule whose pattern is a lone star, and the modules it needs',
    webConfig(
      '    <rewrite><rules>\n      <rule name="all">\n        <match url="*" />\n        <action type="Rewrite" url="app.js" />\n      </rule></rules></rewrite>\n    <iisnode />',
    ),
    ['rule-pattern 6', 'needs-url-rewrite 4', 'needs-iisnode 9'],
    'rewrite-failed',
  ],
  [
    'the same star as a wildcard',
    webConfig(
      '    <rewrite><rules><rule name="all" patternSyntax="Wildcard"><match url="*" /><action type="None" /></rule></rules></rewrite>',
    ),
    ['needs-url-rewrite 4'],
    null,
  ],
  [
    'a tag that is never closed',
    webConfig('    <handlers>\n    <add name="x" />'),
    ['malformed-not-closed 4'],
    'config-invalid',
  ],
  [
    'an & that stands alone',
    webConfig('    <httpRedirect destination="/a?b=1&c=2" />'),
    ['malformed-ampersand 4'],
    'config-invalid',
  ],
  [
    'an empty line before the declaration',
    `\n${webConfig('')}`,
    ['malformed-declaration-not-first 2'],
    'config-invalid',
  ],
  [
    'an attribute twice',
    webConfig('    <httpErrors a="1" a="2" />'),
    ['malformed-attribute-twice 4'],
    'config-invalid',
  ],
  [
    'an entry twice, in other case',
    webConfig(
      '    <staticContent>\n      <mimeMap fileExtension=".x1" mimeType="a/b" />\n      <mimeMap fileExtension=".X1" mimeType="a/b" />\n    </staticContent>',
    ),
    ['twice-in-file 6'],
    'config-duplicate-entry',
  ],
  [
    'an entry that is removed before it is added again',
    webConfig(
      '    <staticContent>\n      <mimeMap fileExtension=".x1" mimeType="a/b" />\n      <remove fileExtension=".x1" />\n      <mimeMap fileExtension=".x1" mimeType="a/b" />\n    </staticContent>',
    ),
    [],
    null,
  ],
  [
    'an entry that Windows may bring',
    webConfig('    <staticContent><mimeMap fileExtension=".json" mimeType="application/json" /></staticContent>'),
    ['mime-map-inherited 4'],
    null,
  ],
  [
    'sections that are locked by default',
    webConfig(
      '    <security><authentication><windowsAuthentication enabled="true" /></authentication>\n    <ipSecurity /></security>',
    ),
    ['locked-authentication 4', 'locked-others 5'],
    null,
  ],
  ['request filtering, which is not', webConfig('    <security><requestFiltering /></security>'), [], null],
  [
    'a section for applicationHost.config only',
    webConfig('    <globalModules />'),
    ['server-only 4'],
    'config-section-locked',
  ],
  ['a section of no product that is known', webConfig('    <ownThing />'), ['unknown-section 4'], null],
  ['a section of .NET that nothing declares', webConfig('', '  <entityFramework />\n'), ['unlisted-section 3'], null],
  [
    'the same, declared',
    webConfig(
      '',
      '  <configSections><section name="entityFramework" type="X" /></configSections>\n  <entityFramework />\n',
    ),
    [],
    null,
  ],
  [
    'ASP.NET Core without the name of its program',
    webConfig(
      `${handlers('modules="AspNetCoreModuleV2"')}\n    <aspNetCore processPath="dotnet" stdoutLogEnabled="true" />`,
    ),
    ['core-no-arguments 5', 'needs-aspnetcore-module 5', 'locked-handlers 4'],
    'aspnetcore-start-failed',
  ],
  [
    'ASP.NET Core in process, in the module that cannot',
    webConfig(
      `${handlers('modules="AspNetCoreModule"')}\n    <aspNetCore processPath=".\\app.exe" hostingModel="InProcess" />`,
    ),
    [
      'needs-aspnetcore-module 5',
      'locked-handlers 4',
      'handler-old-core-module 4',
      'core-old-module 5',
      'hides-stdout 5',
    ],
    null,
  ],
  [
    'what Visual Studio left behind',
    webConfig(
      `${handlers('modules="AspNetCoreModuleV2"')}\n    <aspNetCore processPath="%LAUNCHER_PATH%" arguments="%LAUNCHER_ARGS%" />`,
    ),
    ['core-placeholder 5', 'needs-aspnetcore-module 5', 'locked-handlers 4', 'hides-stdout 5'],
    'aspnetcore-start-failed',
  ],
  [
    'a 64-bit DLL for 32-bit pools',
    webConfig(
      handlers(
        'modules="IsapiModule" scriptProcessor="C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\aspnet_isapi.dll" preCondition="classicMode,bitness32"',
      ),
    ),
    ['locked-handlers 4', 'handler-of-other-bitness 4', 'handler-isapi 4'],
    null,
  ],
  [
    'an upload limit that was raised in one place only',
    webConfig(
      '    <security><requestFiltering><requestLimits maxAllowedContentLength="1073741824" /></requestFiltering></security>',
      '  <system.web><compilation /></system.web>\n',
    ),
    ['aspnet-limit 5'],
    null,
  ],
  [
    'an upload limit that was raised in both',
    webConfig(
      '    <security><requestFiltering><requestLimits maxAllowedContentLength="1073741824" /></requestFiltering></security>',
      '  <system.web><httpRuntime maxRequestLength="1048576" /></system.web>\n',
    ),
    [],
    null,
  ],
  [
    'what hides errors',
    webConfig(
      '    <httpErrors errorMode="Custom" existingResponse="Replace" />',
      '  <system.web><customErrors mode="On" /></system.web>\n',
    ),
    ['hides-custom-errors 3', 'hides-error-mode 5', 'hides-replaced 5'],
    null,
  ],
  [
    'https by this connection only',
    webConfig(
      '    <rewrite><rules><rule name="https"><match url="(.*)" /><conditions><add input="{HTTPS}" pattern="off" /></conditions><action type="Redirect" url="https://{HTTP_HOST}/{R:1}" /></rule></rules></rewrite>',
    ),
    ['needs-url-rewrite 4', 'https-rule 4'],
    null,
  ],
  [
    'https as the balancer says',
    webConfig(
      '    <rewrite><rules><rule name="https"><match url="(.*)" /><conditions><add input="{HTTP_X_FORWARDED_PROTO}" pattern="^http$" /></conditions><action type="Redirect" url="https://{HTTP_HOST}/{R:1}" /></rule></rules></rewrite>',
    ),
    ['needs-url-rewrite 4'],
    null,
  ],
  [
    'impersonation by ASP.NET',
    webConfig('', '  <system.web><identity impersonate="true" /></system.web>\n'),
    ['impersonate 3'],
    null,
  ],
  [
    'the same, silenced',
    webConfig(
      '    <validation validateIntegratedModeConfiguration="false" />',
      '  <system.web><identity impersonate="true" /></system.web>\n',
    ),
    ['impersonate-silenced 3'],
    null,
  ],
  [
    'modules where only Classic pools look',
    webConfig('', '  <system.web><httpModules><add name="x" type="y" /></httpModules></system.web>\n'),
    ['classic-modules 3'],
    null,
  ],
  [
    'every request through ASP.NET',
    webConfig('    <modules runAllManagedModulesForAllRequests="true" />'),
    ['locked-handlers 4', 'all-managed-modules 4'],
    null,
  ],
  [
    'no way to sign in',
    webConfig('    <security><authentication><anonymousAuthentication enabled="false" /></authentication></security>'),
    ['locked-authentication 4', 'no-scheme 4'],
    null,
  ],
  [
    'two ways, of which one is never asked',
    webConfig(
      '    <security><authentication><anonymousAuthentication enabled="true" /><windowsAuthentication enabled="true" /></authentication></security>',
    ),
    ['locked-authentication 4', 'two-schemes 4'],
    null,
  ],
];

describe('a web.config alone', () => {
  it.each(alone)('is answered by what it holds: %s', (_, text, expected, cause) => {
    const file = judge(text);
    expect(file.kind).toBe('server-config');
    expect(rules(file)).toEqual(expected);
    expect(file.cause).toBe(cause);
    const needs = file.configuration?.some((r) => r.weight === 'needs');
    expect(file.verdict).toBe(cause ? 'failure' : needs ? 'inconclusive' : 'no-fault');
    expect(file.detail).not.toMatch(/who may impersonate/);
  });

  it('a pasted piece is judged as its file would be, with a sentence below it', () => {
    const piece =
      '<handlers>\n  <add name="a" path="*" verb="*" modules="iisnode" />\n  <add name="A" path="*" verb="*" modules="iisnode" />\n</handlers>\nWhat is wrong here?';
    expect(judge(piece)).toMatchObject({ verdict: 'failure', cause: 'config-duplicate-entry' });
  });
});

describe('an applicationHost.config alone', () => {
  it('names every pool with whom it runs as, inherited accounts included', () => {
    const pools =
      '<add name="Inherits" /><add name="Own"><processModel identityType="NetworkService" manualGroupMembership="false" /></add><applicationPoolDefaults><processModel identityType="SpecificUser" userName="contoso\\svc_web" password="Secret1" manualGroupMembership="true" /></applicationPoolDefaults>';
    const file = judge(wholeApplicationHost({ pools, applications: '' }));
    expect(file.pools).toEqual([
      { name: 'Inherits', identity: 'SpecificUser', account: 'contoso\\svc_web', manual: true },
      { name: 'Own', identity: 'NetworkService', account: null, manual: false },
    ]);
    expect(JSON.stringify(file)).not.toContain('Secret1');
  });

  it.each([
    [
      'a handler without its module',
      { webServer: '<handlers><add name="x" path="*" verb="*" modules="GoneModule" /></handlers>' },
      'module-not-registered',
      'handler-module-missing',
    ],
    [
      'a 32-bit module that every pool would load',
      { globalModules: ['<add name="Old" image="C:\\Program Files (x86)\\Old\\old.dll" />'] },
      'dll-of-other-bitness',
      'config-bitness',
    ],
    [
      'an application of a pool that is not there',
      { applications: '<application path="/" applicationPool="Gone" />' },
      'pool-undefined',
      null,
    ],
  ])('is answered with its fault: %s', (_, options, rule, cause) => {
    const file = judge(wholeApplicationHost(options));
    expect(file.configuration?.[0]?.rule).toBe(rule);
    expect([file.verdict, file.cause]).toEqual(['failure', cause]);
  });

  it('a new server is in order', () => {
    expect(judge(wholeApplicationHost()).configuration).toEqual([]);
  });
});

describe('a web.config beside the applicationHost.config of its server', () => {
  const windows = webConfig(
    '    <security><authentication><windowsAuthentication enabled="true" /></authentication></security>',
  );
  const both = (web: string, host: string) =>
    diagnose([read('web.config', web), read('applicationHost.config', host)], knowledge).diagnosis;

  it('a locked section breaks', () => {
    expect(both(windows, wholeApplicationHost())).toMatchObject({
      verdict: 'failure',
      findings: [
        { cause: 'config-section-locked', confidence: 'confirmed', files: ['web.config', 'applicationHost.config'] },
      ],
    });
  });

  it('a section that a location opens for all sites does not', () => {
    const locations =
      '<location path="" overrideMode="Allow"><system.webServer><security><authentication><windowsAuthentication enabled="false" /></authentication></security></system.webServer></location>';
    expect(both(windows, wholeApplicationHost({ locations })).findings).toEqual([]);
  });

  it('a section that a location opens for one path may', () => {
    const locations =
      '<location path="Other Site" overrideMode="Allow"><system.webServer><security><authentication><windowsAuthentication enabled="false" /></authentication></security></system.webServer></location>';
    expect(both(windows, wholeApplicationHost({ locations })).findings).toMatchObject([
      { cause: 'config-section-locked', confidence: 'possible' },
    ]);
  });

  it('a section whose module is not installed breaks, and one whose module is does not', () => {
    const web = webConfig('    <rewrite><rules /></rewrite>');
    expect(both(web, wholeApplicationHost()).findings).toMatchObject([
      { cause: 'config-invalid', confidence: 'confirmed' },
    ]);
    const declares = '<sectionGroup name="rewrite"><section name="rules" overrideModeDefault="Allow" /></sectionGroup>';
    expect(both(web, wholeApplicationHost({ declares })).findings).toEqual([]);
  });

  it('an entry that both add breaks', () => {
    const map = '<staticContent><mimeMap fileExtension=".json" mimeType="application/json" /></staticContent>';
    expect(both(webConfig(map), wholeApplicationHost({ webServer: map })).findings).toMatchObject([
      { cause: 'config-duplicate-entry', confidence: 'confirmed' },
    ]);
    expect(both(webConfig(map), wholeApplicationHost()).findings).toEqual([]);
  });

  it('a handler without its module breaks', () => {
    const locations =
      '<location path="" overrideMode="Allow"><system.webServer><handlers /></system.webServer></location>';
    expect(both(webConfig(handlers('modules="iisnode"')), wholeApplicationHost({ locations })).findings).toMatchObject([
      { cause: 'handler-module-missing', confidence: 'confirmed' },
    ]);
  });

  it('the title says that only both together break', () => {
    const files = [read('web.config', windows), read('applicationHost.config', wholeApplicationHost())];
    const more = [...files, read('other.config', webConfig('    <rewrite><rules /></rewrite>'))];
    expect(answerReport(diagnose(more, knowledge), knowledge).title).toContain('together they do');
  });

  it('says nothing where several servers are there', () => {
    const files = [read('web.config', windows), ...['a', 'b'].map((n) => read(`${n}.config`, wholeApplicationHost()))];
    expect(diagnose(files, knowledge).diagnosis.findings).toEqual([]);
  });
});

describe('a configuration beside the log that names a line of it', () => {
  const log = (line: number) =>
    reading('fr000001.xml', 'freb-log', {
      'final-status': 500,
      'final-substatus': 19,
      'decisive.event': 'MODULE_SET_RESPONSE_ERROR_STATUS',
      'decisive.code': '0x80070021',
      'decisive.config-file': 'C:\\sites\\shop\\web.config',
      'decisive.config-line': line,
    });
  const web = webConfig(
    '    <security>\n      <access sslFlags="Ssl" />\n    </security>\n    <handlers>\n    </handlers>',
  );

  it.each([
    [5, 'system.webServer/security/access'],
    [8, 'system.webServer/handlers'],
  ])('line %i is in %s', (line, section) => {
    const [finding] = diagnose([log(line), read('web.config', web)], knowledge).diagnosis.findings;
    expect(finding?.cause).toBe('config-section-locked');
    expect(finding?.files).toEqual(['fr000001.xml', 'web.config']);
    expect(finding?.remarks.join(' ')).toContain(
      `Line ${line}, which the error names, is in ${section} of web.config.`,
    );
  });
});

describe('a configuration of another shape', () => {
  it('tags that stay open, however many, are one fault', () => {
    expect(judge(webConfig('<a>'.repeat(300_000)))).toMatchObject({ cause: 'config-invalid', damage: ['malformed'] });
  });

  it('is read when it is pasted below a question', () => {
    const [piece] = readPasted(
      'Why does this not start?\n\n<system.webServer>\n  <rewrite><rules><rule name="a"><match url="+" /></rule></rules></rewrite>\n</system.webServer>\nThanks!',
    );
    expect(diagnose([piece!], knowledge).files[0]).toMatchObject({ kind: 'server-config', cause: 'rewrite-failed' });
  });
});
