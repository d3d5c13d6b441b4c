import { impersonation } from '../scenarios/impersonation.js';
import { gpresultXml } from './policy.js';
import { machineRights, seceditExport } from './rights.js';
import { accessLog } from './server.js';

/** The lines of `manifest.txt` in a collection. */
export function collectionManifest(server: string, leftOut: readonly string[] = []): string[] {
  return [
    'Frebot collection 1',
    `server: ${server}`,
    'time: 2026-06-08T22:04:11+02:00',
    'windows: Microsoft Windows Server 2022 Standard 10.0.20348',
    'iis: Version 10.0',
    'elevated: yes',
    'last-hours: 24',
    'taken: rights\\user-rights.inf (list of user rights)',
    'taken: config\\applicationHost.config (pools, sites, modules)',
    ...leftOut.map((what) => `left-out: ${what}`),
  ];
}

/** The copy of applicationHost.config in a collection: what the list of attributes lets through. */
const copiedConfiguration = `<configuration><system.applicationHost><applicationPools><add name="Portal" managedRuntimeVersion="v4.0">
<processModel identityType="SpecificUser" userName="CONTOSO\\svc_portal"></processModel></add></applicationPools></system.applicationHost></configuration>
`;

/** The files of a collection from a server whose rights list has lost IIS_IUSRS, as the script of `collect` packs them. */
export function collectedServer(): Record<string, Buffer> {
  const bom = '\uFEFF';
  const text = (value: string) => Buffer.from(bom + value, 'utf8');
  return {
    'manifest.txt': text(
      `${collectionManifest('WEB03', ['logs\\httperr.log (HTTPERR): none found, or not readable']).join('\r\n')}\r\n`,
    ),
    'config/applicationHost.config': text(copiedConfiguration),
    'outputs/worker-processes.txt': text('WP "7120" (applicationPool:Portal)\r\n'),
    'outputs/pool-states.txt': text('APPPOOL "Portal" (MgdVersion:v4.0,MgdMode:Integrated,state:Started)\r\n'),
    'outputs/site-states.txt': text('SITE "Portal" (id:1,bindings:http/*:80:,state:Started)\r\n'),
    'traces/W3SVC1/fr000012.xml': impersonation().bytes(),
    'rights/user-rights.inf': Buffer.from(
      bom + seceditExport(machineRights({ impersonate: '*S-1-5-19,*S-1-5-20,*S-1-5-32-544,*S-1-5-6' })),
      'utf16le',
    ),
    'rights/gpresult.xml': Buffer.from(bom + gpresultXml(), 'utf16le'),
    'logs/W3SVC1.log': text(
      accessLog(
        ['date', 'time', 'cs-method', 'cs-uri-stem', 'sc-status', 'sc-substatus', 'sc-win32-status'],
        ['2026-06-08 19:53:49 GET /a 500 0 1346'],
      ),
    ),
  };
}
