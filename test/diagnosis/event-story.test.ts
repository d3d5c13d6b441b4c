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
