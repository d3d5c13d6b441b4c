import { describe, expect, it } from 'vitest';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import { readEvidence, readPasted } from '../../src/evidence/read.js';
import { knowledge } from '../diagnosis/readings.js';
import { iisPageText } from '../generator/evidence/pages.js';
import { fact } from './facts.js';

const judged = (text: string) => diagnose(readPasted(text), knowledge).files;

describe('a FastCGI program that crashed', () => {
  it.each(['0xc0000005', '0xc0000409', '0xc0000374', '0xc00000fd', '0xc0000417', '0xc000001d'])(
    'is found with %s',
    (code) => {
      const page = iisPageText({
        heading: 'HTTP Error 500.0 - Internal Server Error',
        module: 'FastCgiModule',
        notification: 'ExecuteRequestHandler',
        handler: 'PHP',
        code,
      });
      expect(judged(page)[0]).toMatchObject({ verdict: 'failure', cause: 'fastcgi-process-died' });
    },
  );
});

describe('resources of DSC that set user rights', () => {
  const five = "'Administrators, LOCAL SERVICE, NETWORK SERVICE, SERVICE, IIS_IUSRS'";
  const sids = "@('*S-1-5-32-544', '*S-1-5-19', '*S-1-5-20', '*S-1-5-6')";
  const resource = (policy: string, identity: string, more = '') =>
    `UserRightsAssignment Right\n{\n    Policy   = '${policy}'\n${more}    Identity = ${identity}\n}\n`;
  const right = 'Impersonate_a_client_after_authentication';

  it.each([
    ['names in one text', resource(right, "'Administrators, LOCAL SERVICE, NETWORK SERVICE, SERVICE'"), false],
    ['SIDs in an array', resource(right, sids), false],
    ['an option between both', resource(right, sids, '    Force = $true\n'), false],
    ['IIS_IUSRS on the list', resource(right, five), true],
    ['another right above it', resource('Debug_programs', "'Administrators'") + resource(right, five), true],
  ])('tell whether IIS_IUSRS is on the list: %s', (_, text, holds) => {
    for (const reading of [readPasted(text)[0], readEvidence('rights.ps1', Buffer.from(text))])
      expect(fact(reading!, 'right.holds-iis-iusrs')).toBe(holds);
  });

  it('other rights, and a policy without a list, say nothing about it', () => {
    for (const text of [resource('Debug_programs', "'Administrators'"), `Policy = '${right}'`])
      expect(readPasted(text).some((r) => r.observations.some((o) => o.name === 'right.holders'))).toBe(false);
  });
});

describe('XML of an event as forums show it', () => {
  const xml =
    '<Event xmlns="http://schemas.microsoft.com/win/2004/08/events/event">\n<System>\n<Provider Name="Microsoft-Windows-WAS"/>\n<EventID>5011</EventID>\n<TimeCreated SystemTime="2024-03-12T05:30:52Z"/>\n</System>';
  const data = '\n<EventData><Data Name="AppPoolID">Shop</Data></EventData>\n</Event>';
  it.each([
    [
      'with its folding signs as links',
      `[-](https://forum.example/new?x=1) ${xml.replace('\n<System>', '\n  [-](https://forum.example/new) <System>')}${data}`,
    ],
    ['cut off below its head', xml],
    ['cut off within its data', `${xml}\n<EventData>`],
    ['in a fence, below a sentence', `As per the log:\n\`\`\`xml\n${xml}${data}\n\`\`\``],
  ])('is answered with its cause: %s', (_, text) => {
    expect(judged(text)).toMatchObject([{ kind: 'event-export', cause: 'pool-process-ended' }]);
  });

  it('an event is told once, however its text could be read', () => {
    const message =
      "Application '/LM/W3SVC/3/ROOT' with physical root 'D:\\sites\\shop\\' failed to load clr and managed application. Managed server didn't initialize after 120000 ms.";
    const text = `See:\n<Event><System><Provider Name="IIS AspNetCore Module V2"/><EventID>1007</EventID></System><EventData><Data>\n${message}\n</Data></EventData></Event>`;
    const files = judged(text);
    expect(files).toHaveLength(1);
    expect(files[0]!.detail).toContain('startupTimeLimit');
  });
});

describe('a crash inside .NET', () => {
  it.each(['coreclr.dll', 'clr.dll', 'clrjit.dll'])('%s is not a module to remove', (module) => {
    const text = `Faulting application name: w3wp.exe, version: 10.0.1.0, time stamp: 0x5a000000\nFaulting module name: ${module}, version: 6.0.1.0, time stamp: 0x5a000000\nException code: 0xc0000005\nFault offset: 0x1`;
    expect(judged(text)[0]!.detail).toContain('inside .NET itself');
  });
});
