import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { builtKnowledge } from '../built-knowledge.js';
import { collectedServer } from '../generator/evidence/collection.js';
import { packServer } from '../generator/evidence/collector.js';
import { accessLog } from '../generator/evidence/server.js';
import { zipOf } from '../intake/zips.js';
import { frebLog } from '../scenarios/logs.js';
import { TerminalRun } from '../terminal/driver.js';
import { frebEvent, markers } from './markers.js';

const { cookie, authorization, query, body, address, connection, person } = markers;
/** What may not even be in the zip. Names of people are: they are withheld from the answer. */
const secrets = {
  cookie,
  authorization,
  query,
  body,
  address,
  connection,
  pool: 'ZqPoolPw1174',
  key: 'ZqMachineKey2285',
  setting: 'ZqSetting3396',
  folder: 'ZqFolderPw4417',
  environment: 'ZqEnvironment5528',
};

const applicationHost = `<configuration><configProtectedData><providers><add name="x" keyContainerName="${secrets.key}" sessionKey="${secrets.key}"/></providers></configProtectedData>
<system.applicationHost><applicationPools><add name="Portal" managedRuntimeVersion="v4.0"><processModel identityType="SpecificUser" userName="CONTOSO\\svc_portal" password="${secrets.pool}"/>
<environmentVariables><add name="DB" value="${secrets.environment}"/></environmentVariables></add></applicationPools>
<sites><site name="Portal" id="1"><application path="/" applicationPool="Portal"><virtualDirectory path="/" physicalPath="D:\\portal" userName="CONTOSO\\files" password="${secrets.folder}"/></application></site></sites></system.applicationHost></configuration>`;

const webConfig = `<configuration><appSettings><add key="ApiKey" value="${secrets.setting}"/></appSettings>
<connectionStrings><add name="db" connectionString="Server=db1;User Id=sa;Password=${connection}"/></connectionStrings>
<system.web><machineKey validationKey="${secrets.key}" decryptionKey="${secrets.key}"/><compilation debug="true"/><identity impersonate="true" userName="CONTOSO\\web" password="${secrets.pool}"/>
<sessionState sqlConnectionString="Password=${connection}"/></system.web>
<system.webServer><aspNetCore processPath="dotnet" arguments="app.dll --key ${secrets.setting}"><environmentVariables><environmentVariable name="K" value="${secrets.environment}"/></environmentVariables></aspNetCore></system.webServer></configuration>`;

/** A log whose request carries all of them. */
function trace(): string {
  const log = Buffer.from(
    frebLog({ url: `http://web03:80/login.aspx?user=${query}&password=${query}`, user: `CONTOSO\\${person}` }),
  ).toString('utf8');
  const headers = `Cookie: .ASPXAUTH=${cookie}; path=/&#13;&#10;Authorization: Bearer ${authorization}&#13;&#10;Referer: http://web03/x?p=${query}&#13;&#10;User-Agent: curl`;
  const page = `&lt;!-- [SqlException]: Cannot open database, Server=db1;User Id=sa;Password=${connection}; --&gt;`;
  const events = [
    frebEvent('GENERAL_REQUEST_HEADERS', { Headers: headers }),
    frebEvent('GENERAL_REQUEST_ENTITY', { Buffer: `name=${body}&amp;text=${body}` }),
    frebEvent('GENERAL_ENDPOINT_INFORMATION', { RemoteAddress: address, RemotePort: '50123' }),
    frebEvent('GENERAL_RESPONSE_HEADERS', {
      Headers: `Set-Cookie: session=${cookie}&#13;&#10;Location: /a?k=${query}`,
    }),
    frebEvent('GENERAL_RESPONSE_ENTITY_BUFFER', { Buffer: page }),
  ];
  return log.replace('</failedRequest>', `${events.join('')}</failedRequest>`);
}

const fields = [
  'date',
  'time',
  'c-ip',
  'cs-username',
  'cs-method',
  'cs-uri-stem',
  'cs-uri-query',
  'cs(Cookie)',
  'sc-status',
  'sc-substatus',
  'sc-win32-status',
];
const server = {
  configuration: { 'config/applicationHost.config': applicationHost, 'config/site-1/web.config': webConfig },
  logs: {
    'logs/W3SVC1.log': accessLog(fields, [
      `2026-06-08 19:53:49 ${address} CONTOSO\\${person} GET /login.aspx p=${query} s=${cookie} 500 0 1346`,
    ]),
  },
  texts: {
    'traces/W3SVC1/fr000012.xml': trace(),
    'events/Application.xml': `<Events><Event xmlns="http://schemas.microsoft.com/win/2004/08/events/event"><System><Provider Name="ASP.NET 4.0.30319.0"/><EventID>1309</EventID><TimeCreated SystemTime="2026-06-08T19:53:49Z"/><Computer>WEB03</Computer></System><EventData><Data>Login failed; Password=${connection}; http://web03/login.aspx?p=${query}</Data></EventData></Event></Events>`,
  },
};

const terminal = new TerminalRun();
afterAll(() => terminal.stop());
const foundIn = (texts: readonly string[], wanted: readonly string[]) =>
  wanted.filter((secret) => texts.some((text) => text.includes(secret)));

describe('secrets of a server', () => {
  const packed = packServer(server, [...builtKnowledge().collect.values()]);

  it('are on it before', () => {
    const everything = [server.configuration, server.logs, server.texts].flatMap((files) => Object.values(files));
    expect(foundIn(everything, Object.values(secrets))).toEqual(Object.values(secrets));
  });

  it('are not in the zip of a collection', () => {
    expect(foundIn(Object.values(packed), Object.values(secrets))).toEqual([]);
    // What decides is.
    expect(packed['config/applicationHost.config']).toContain(
      'identityType="SpecificUser" userName="CONTOSO\\svc_portal"',
    );
    expect(packed['traces/W3SVC1/fr000012.xml']).toContain('2147943746');
    expect(packed['logs/W3SVC1.log']).toContain('/login.aspx - - 500 0 1346');
  });

  it.each([
    ['as the script packs it', packed],
    ['without any mask', { ...server.configuration, ...server.logs, ...server.texts }],
  ])('are in no form of the answer about the zip %s', async (_how, files) => {
    const bytes = Object.entries(files).map(([name, text]): [string, Buffer] => [name, Buffer.from(text)]);
    terminal.file('frebot-WEB03.zip', await zipOf({ ...collectedServer(), ...Object.fromEntries(bytes) }));
    const said: string[] = [];
    for (const form of [['--json'], ['--all'], ['--html', 'answer.html']]) {
      const { out } = await terminal.run(['diagnose', 'frebot-WEB03.zip', ...form]);
      said.push(out);
    }
    said.push(readFileSync(join(terminal.folder, 'answer.html'), 'utf8'));
    expect(said[0]).toContain('impersonation-right-missing');
    expect(foundIn(said, [...Object.values(secrets), person])).toEqual([]);
  });
});
