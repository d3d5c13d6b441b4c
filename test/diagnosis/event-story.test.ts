import { describe, expect, it } from 'vitest';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import { readEvidence } from '../../src/evidence/read.js';
import { eventForms, moduleStory, type SampleEvent } from '../generator/evidence/events.js';
import { knowledge } from './readings.js';

const judge = (text: string) => diagnose([readEvidence('events', new TextEncoder().encode(text))], knowledge).files[0]!;
const one = (event: Partial<SampleEvent>) =>
  judge(
    eventForms['wevtutil text']!([
      { provider: 'Microsoft-Windows-WAS', id: 5021, time: '2026-06-08T09:12:40', message: 'x', ...event },
    ]),
  );

describe('Windows events are one story', () => {
  it.each(Object.keys(eventForms))(
    '%s: the event that names the reason decides, in whatever order they stand',
    (form) => {
      const file = judge(eventForms[form]!([...moduleStory].reverse()));
      expect(file).toMatchObject({ kind: 'event-export', verdict: 'failure', cause: 'config-module-dll-missing' });
      expect(file.story?.events.map(({ name }) => name.split(' ').at(-1))).toEqual(['2280', '5009', '5002']);
    },
  );

  it('a consequence alone is reported as one, and the answer asks for the event before it', () => {
    const file = judge(eventForms['wevtutil text']!(moduleStory.slice(2)));
    expect(file.cause).toBe('application-pool-stopped');
    expect(file.detail).toContain('Portal');
    expect(file.next).toEqual(['event-log']);
  });

  it.each([
    ['Schannel', 36870, 'x', 'https-certificate-unusable'],
    ['Microsoft-Windows-HttpEvent', 15021, 'x', 'https-certificate-unusable'],
    ['MSSQLSERVER', 18456, "Login failed for user 'CONTOSO\\WEB03$'.", 'database-logon-failed'],
  ])('%s %i has its card', (provider, id, message, cause) => expect(one({ provider, id, message }).cause).toBe(cause));

  it.each([
    ['SqlException', 'A network-related or instance-specific error occurred.', 'database-unavailable'],
    ['WebException', 'The request was aborted: Could not create SSL/TLS secure channel.', 'outbound-tls-failed'],
    ['OutOfMemoryException', "Exception of type 'System.OutOfMemoryException' was thrown.", 'out-of-memory'],
    ['InvalidOperationException', 'Sequence contains no elements', 'aspnet-unhandled-exception'],
  ])('ASP.NET 1309: %s has the card of its exception', (type, message, cause) => {
    const data = [...Array.from({ length: 17 }, () => '3005'), type, message, 'https://web03/a', '/a'];
    const text = eventForms['eventlog.xml of Azure']!([
      { provider: 'ASP.NET 4.0.30319.0', id: 1309, time: '2026-06-08T19:50:00', data, message: '' },
    ]);
    expect(judge(text).cause).toBe(cause);
  });

  it('the answer asks for no trace where no request was traced', () => {
    const events: Partial<SampleEvent>[] = [
      { id: 5021 },
      { id: 5057 },
      { provider: 'Schannel', id: 36870 },
      { provider: 'Microsoft-Windows-HttpEvent', id: 15021 },
      { provider: 'W3SVC-WP', id: 2280 },
    ];
    for (const event of events) {
      const file = one(event);
      expect(file.verdict).toBe('failure');
      expect(file.next.filter((id) => /freb|trace|whole-log|successful/.test(id))).toEqual([]);
    }
  });

  it('a recycle is no fault', () => {
    expect(one({ id: 5080, message: "…serving application pool 'Portal' …" })).toMatchObject({
      verdict: 'no-fault',
      cause: null,
    });
  });

  it('an event without a row is named, and claims nothing', () => {
    const file = one({ provider: 'Contoso-Backup', id: 77 });
    expect(file).toMatchObject({ verdict: 'inconclusive', cause: null });
    expect(file.detail).toContain('Contoso-Backup 77');
  });

  it('an unknown event is told with the nearest known ones and what to send next', () => {
    const near = (event: Partial<SampleEvent>) => one(event).story?.nearest.map(({ name }) => name);
    // The same provider and the next number; else the same words; a provider spelled in its long form is the same.
    expect(near({ id: 5023 })?.[0]).toBe('WAS 5022');
    expect(near({ provider: 'Schannel', id: 36872 })).toEqual(
      expect.arrayContaining(['Schannel 36871', 'Schannel 36870']),
    );
    expect(
      near({
        provider: 'Contoso-Backup',
        id: 77,
        message: 'The account cannot log on, the password is wrong or expired',
      }),
    ).toContain('WAS 5021');
    expect(near({ provider: 'Contoso-Backup', id: 77, message: 'x' })).toEqual([]);
    expect(one({ id: 5023 }).next).toEqual(['event-log']);
  });

  it('of a whole log the last failure of IIS is told, not the noise of the server', () => {
    const at = (time: string, event: Partial<SampleEvent>): SampleEvent => ({
      provider: 'Microsoft-Windows-WAS',
      id: 5021,
      time,
      message: 'x',
      ...event,
    });
    const noise = Array.from({ length: 60 }, (_, i) =>
      at(`2026-05-${String(1 + (i % 28)).padStart(2, '0')}T09:00:00`, {
        provider: 'Service Control Manager',
        id: 7023,
        data: { param1: `Other ${i}`, param2: '%%5' },
      }),
    );
    const log = [
      at('2026-03-01T09:00:00', { id: 5002, data: { AppPoolID: 'Old' } }),
      ...noise,
      at('2026-05-20T10:00:00', { id: 5009, data: { AppPoolID: 'Portal' } }),
      at('2026-05-20T10:00:05', { id: 5002, data: { AppPoolID: 'Portal' } }),
      at('2026-06-08T09:00:00', { provider: 'Schannel', id: 36887, data: ['70'] }),
    ];
    const story = judge(eventForms['wevtutil XML']!(log));
    expect(story.detail).toContain('Portal');
    expect(story.story?.events.map(({ name }) => name)).toEqual([
      'Microsoft-Windows-WAS 5009',
      'Microsoft-Windows-WAS 5002',
    ]);
    expect(story.story?.more).toBe(62);
    const quiet = judge(eventForms['wevtutil XML']!([...noise, log.at(-1)!]));
    expect(quiet).toMatchObject({ verdict: 'inconclusive', cause: null });
    expect(quiet.detail).toContain('another one');
  });

  it.each([
    ['w3wp.exe', 'failure', 'pool-process-ended', 'own.dll'],
    ['explorer.exe', 'no-fault', null, "isn't part of IIS"],
  ])('a crash of %s: a worker process ended, or a program that is no part of IIS', (process, verdict, cause, says) => {
    const crash = one({
      provider: 'Application Error',
      id: 1000,
      message: `Faulting application name: ${process}, version: 10.0.1.1, time stamp: 0x5c2d3a11\nFaulting module name: own.dll, version: 1.2.0.0, time stamp: 0x5c2d3a11\nException code: 0xc0000005\nFault offset: 0x1`,
    });
    expect(crash).toMatchObject({ verdict, cause });
    expect(crash.detail).toContain(process);
    expect(crash.detail).toContain(says);
  });

  it('a field decides where one number means several things', () => {
    const logon = (SubStatus: string, LogonType: string) =>
      judge(
        eventForms['wevtutil XML']!([
          {
            provider: 'Microsoft-Windows-Security-Auditing',
            id: 4625,
            time: '2026-06-08T09:12:40',
            data: { Status: '0xc000006d', SubStatus, LogonType },
            message: 'An account failed to log on.',
          },
        ]),
      );
    expect(logon('0xc000006a', '4').cause).toBe('logon-failed');
    expect(logon('0xc0000234', '3').cause).toBe('account-locked-or-expired');
    expect(logon('0xc000015b', '4').detail).toContain('batch');
  });

  it('a text without its head is recognized by the words of its provider', () => {
    const file = judge(
      "Application 'MACHINE/WEBROOT/APPHOST/SHOP' with physical root 'C:\\shop\\' created process with commandline 'C:\\shop\\Shop.exe ' but failed to get its status, ErrorCode = '0x80070005'.\n\nC:\\>dir\n",
    );
    expect(file).toMatchObject({ kind: 'event-export', cause: 'aspnetcore-start-failed' });
    expect(file.detail).toContain('refused access to it (0x80070005)');
  });
});
