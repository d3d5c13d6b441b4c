import { describe, expect, it } from 'vitest';
import { readEventTime } from '../../src/evidence/events/forms/event-time.js';
import { readEvidence, readPasted } from '../../src/evidence/read.js';
import { eventForms, moduleStory } from '../generator/evidence/events.js';
import { eventLogFile } from '../generator/evidence/evtx.js';
import { fact, facts } from './facts.js';

const bytes = (text: string) => new TextEncoder().encode(text);
const forms = Object.entries(eventForms);

describe('Windows events in every form people post', () => {
  it.each(forms)('%s: the same three events', (_form, write) => {
    const r = readEvidence('events', bytes(write(moduleStory)));
    expect(r.kind).toBe('event-export');
    expect(facts(r, 'event.id')).toEqual([2280, 5009, 5002]);
    expect(facts(r, 'event.pool')).toEqual(['Portal', 'Portal']);
    expect(fact(r, 'event.file')).toContain('Own.dll');
    expect(fact(r, 'events.count')).toBe(3);
    expect(facts(r, 'event.time').map((t) => String(t).slice(0, 10))).toEqual(Array(3).fill('2026-06-08'));
  });

  it.each(forms)('%s are read alike when they are pasted into a chat', (_form, write) => {
    const [r, ...more] = readPasted(write(moduleStory));
    expect(more).toEqual([]);
    expect(r?.kind).toBe('event-export');
    expect(facts(r, 'event.id')).toEqual([2280, 5009, 5002]);
  });

  it('a pool whose name has blanks is named, and not what its identity is called', () => {
    const [r] = readPasted(
      'Warning 5057 Microsoft-Windows-WAS\nApplication pool Order Portal has been disabled. Windows Process Activation Service (WAS) did not create a worker process to serve the application pool because the application pool identity is invalid.',
    );
    expect(facts(r!, 'event.pool')).toEqual(['Order Portal']);
  });

  it('a repeated event is reported once, with its count and its last time', () => {
    const [, crash] = moduleStory;
    const again = Array.from({ length: 5000 }, (_, i) => ({
      ...crash!,
      time: `2026-06-08T10:${String(Math.floor(i / 60) % 60).padStart(2, '0')}:${String(i % 60).padStart(2, '0')}`,
      data: { AppPoolID: 'Portal', ProcessID: String(i) },
    }));
    const r = readEvidence('e.xml', bytes(eventForms['wevtutil XML']!(again)));
    expect(fact(r, 'events.count')).toBe(5000);
    expect(facts(r, 'event.id')).toEqual([5009]);
    expect(fact(r, 'event.count')).toBe(5000);
    expect(fact(r, 'event.last-time')).toBe('2026-06-08T10:59:59Z');
  });

  it('show the error number in the binary data, and the code in the text', () => {
    const azure = eventForms['eventlog.xml of Azure']!([
      { provider: 'W3SVC-WP', id: 2303, time: '2026-06-08T09:12:40', data: ['shop'], binary: '02000780', message: '' },
    ]);
    expect(fact(readEvidence('eventlog.xml', bytes(azure)), 'event.code')).toBe('0x80070002');
    const schannel = eventForms['wevtutil text']!([
      {
        provider: 'Schannel',
        id: 36870,
        time: '2026-06-08T09:12:40',
        message:
          'A fatal error occurred when attempting to access the TLS server credential private key. The error code returned from the cryptographic module is 0x8009030d. The internal error state is 10001.',
      },
    ]);
    expect(fact(readEvidence('e.txt', bytes(schannel)), 'event.code')).toBe('0x8009030d');
  });

  it('only the text of an event, in a quotation among other words', () => {
    const refused = (status: string, sub: string) =>
      `Hello,\n> Failure Information:\n>   Reason:  Wrong.\n>   Status:  ${status}\n>   Sub Status:  ${sub}\nany idea?`;
    const [r] = readPasted(refused('0xC000006D', '0xC0000064'));
    expect([fact(r, 'event.id'), fact(r, 'event.code')]).toEqual([4625, '0xc0000064']);
    const [german] = readPasted(
      'Fehlerinformationen:\n\tStatus:\t\t0xC000006D\n\tUnterstatus::\t\t0xC0000072'.replace('::', ':'),
    );
    expect(fact(german, 'event.code')).toBe('0xc0000072');
    const crash = (program: string, code: string) =>
      `Faulting application name: ${program}, version: 1.0.0.0, time stamp: 0x57899b8a\nFaulting module name: own.dll, version: 1.0.0.0, time stamp: 0x57899b8a\nException code: ${code}`;
    const two = `${crash('w3wp.exe', '0xc0000005')}\n\nand\n\n${crash('php-cgi.exe', '0xc0000409')}`;
    const [both] = readPasted(two.replace(/^/gm, '> '));
    expect(facts(both, 'event.process')).toEqual(['w3wp.exe', 'php-cgi.exe']);
    expect(facts(both, 'event.code')).toEqual(['0xc0000005', '0xc0000409']);
  });

  it.each([
    ['In einem Satz: "C:\\iis\\own.dll" x86 … http://go.microsoft.com/fwlink/?LinkId=29349.', 2282],
    ['モジュール DLL "%windir%\\own.dll" http://go.microsoft.com/fwlink/?LinkId=29349', 2282],
    ['The Module DLL D:\\iis\\own.dll failed to load.  The data is the error.', 2280],
    [
      "A listener channel for protocol 'http' in worker process '732' serving application pool 'Shop' reported a listener channel failure.",
      5139,
    ],
  ])('only the text of an event: %s', (text, id) => {
    const [r] = readPasted(`the log says\n${text}`);
    expect(fact(r, 'event.id')).toBe(id);
  });

  it.each([
    ['see https://example.org/?LinkId=29349 about own.dll', 'a link'],
    ['> a\n> b\n> c', 'a quotation of words'],
  ])('%s is no event: %s', (text) => {
    expect(readPasted(text)).toEqual([]);
  });

  it.each([
    [
      'Keywords:      \nUser:          SYSTEM\nComputer:      WEB-12\nDescription:\nA fatal alert was received: 51.\nEvent Xml:',
      51,
    ],
    [
      'Keywords:      \nUser:          SYSTEM\nComputer:      WEB-12\nDescription:\nThe code is 40. The state is 1205.',
      40,
    ],
    ['Schlüsselwörter:\nBenutzer:      SYSTEM\nComputer:      WEB-12\nBeschreibung:\nWarnung empfangen: 70.', 70],
  ])('a head with an empty keyword: the alert of its text', (rest, alert) => {
    const head =
      'Log Name:      System\nSource:        Schannel\nDate:          8/5/2020 5:16:37 AM\nEvent ID:      36887\n';
    const r = readEvidence('e.txt', bytes(`${head}Task Category: None\nLevel:         Error\n${rest}`));
    expect(fact(r, 'event.alert')).toBe(alert);
    expect(fact(r, 'event.message')).not.toContain('WEB-12');
  });

  it('show program, module and exception code of a crash, by text and by place', () => {
    const crash = {
      provider: 'Application Error',
      id: 1000,
      time: '2026-06-08T09:12:40',
      message:
        'Faulting application name: w3wp.exe, version: 10.0.17763.1, time stamp: 0xcfdb13d8\nFaulting module name: own.dll, version: 1.2.0.0, time stamp: 0x5c2d3a11\nException code: 0xc0000005\nFault offset: 0x000000000001a2b3',
    };
    const data = ['w3wp.exe', '10.0.17763.1', 'cfdb13d8', 'own.dll', '1.2.0.0', '5c2d3a11', 'c0000005', '1a2b3'];
    for (const text of [
      crash.message,
      eventForms['Event Viewer in German']!([crash]),
      eventForms['eventlog.xml of Azure']!([{ ...crash, data }]),
    ]) {
      const r = readEvidence('e', bytes(text));
      expect(fact(r, 'event.process')).toBe('w3wp.exe');
      expect(fact(r, 'event.file')).toBe('own.dll');
      expect(fact(r, 'event.code')).toBe('0xc0000005');
    }
  });

  it('show whose code threw the exception, by text and by place, in any language', () => {
    const stack = '   bei System.Web.UI.Page.Load(Object x)\n   bei Fabrikam.Cache.Handler.<Run>d__0.MoveNext()';
    const event = { provider: 'ASP.NET 4.0.30319.0', id: 1309, time: '2026-06-08T09:12:40' };
    const lines = `Ereigniscode: 3005\nEreignismeldung: x\nEreigniszeit: 08.06.2026 21:50:00\nAnwendungspfad: C:\\inetpub\\FabrikamCache\\\nAusnahmetyp: FileNotFoundException\nAusnahmemeldung: Not there.\n${stack}`;
    const data = [...Array(11).fill('3005'), 'C:\\inetpub\\FabrikamCache\\', ...Array(5).fill('1')];
    data.push('FileNotFoundException', 'Not there.', '', '/', ...Array(8).fill(''), stack);
    for (const bytesOfEvent of [
      bytes(lines),
      bytes(eventForms['Event Viewer in German']!([{ ...event, message: lines }])),
      bytes(eventForms['eventlog.xml of Azure']!([{ ...event, data, message: '' }])),
      eventLogFile([{ ...event, data, message: '', log: 'Application' }]),
    ]) {
      const r = readEvidence('e', bytesOfEvent);
      expect(fact(r, 'exception.type')).toBe('FileNotFoundException');
      expect(fact(r, 'event.application')).toBe('C:\\inetpub\\FabrikamCache\\');
      expect(fact(r, 'event.method')).toBe('Fabrikam.Cache.Handler.<Run>d__0.MoveNext');
    }
  });

  it.each([
    'The pool was stopped: see event ID 5002, or ask: what is Schannel 36870?',
    'Log Name: System\nSource: my notes\nI wrote this down on Monday.\nEvent: party',
    'Level,Date\nhigh,today\n',
    'Name : x\nId : 5\nMessage : hello\n',
  ])('text about events is none: %s', (text) => {
    expect(readEvidence('a.txt', bytes(text)).kind).toBe('unknown');
  });
});

describe('times of events', () => {
  it.each([
    ['2026-06-08T19:50:00.136050600Z', '2026-06-08T19:50:00Z'],
    ['2024-03-12T05:30:52.841', '2024-03-12T05:30:52'],
    ['08.06.2026 21:50:00', '2026-06-08T21:50:00'],
    ['6/8/2026 9:50:00 PM', '2026-06-08T21:50:00'],
    ['6/8/2026 12:05:00 AM', '2026-06-08T00:05:00'],
    ['13/06/2026 21:50:00', '2026-06-13T21:50:00'],
    ['2026/06/08 21:50:00', '2026-06-08T21:50:00'],
    // Either number may be the day.
    ['06/08/2026 21:50:00', undefined],
    ['yesterday', undefined],
  ])('are read where they are clear: %s', (text, time) => {
    expect(readEventTime(text)).toBe(time);
  });
});
