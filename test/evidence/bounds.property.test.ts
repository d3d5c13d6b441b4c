import { expect, it } from 'vitest';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import { mostEvents } from '../../src/evidence/bounded.js';
import type { Reading } from '../../src/evidence/evidence.js';
import { mostOfAKind, ObservationCollector } from '../../src/evidence/gather.js';
import { readEvidence } from '../../src/evidence/read.js';
import { builtKnowledge } from '../built-knowledge.js';

const many = 6_000;
const times = (count: number, of: (i: number) => string) => Array.from({ length: count }, (_, i) => of(i)).join('');
const read = (text: string) => readEvidence('file', Buffer.from(text));
const more = ({ observations }: Reading) =>
  observations.filter(({ name }) => name === 'reading.first-of').map(({ value }) => value);
const count = ({ observations }: Reading, wanted: string) => observations.filter(({ name }) => name === wanted).length;

const event = (id: number, provider: string, data: string) =>
  `<Event xmlns="http://schemas.microsoft.com/win/2004/08/events/event"><System><Provider Name="${provider}"/><EventID>${id}</EventID></System><EventData>${data}</EventData></Event>`;

it('keeps the first 5,000 of what a file lists, and says so', () => {
  const pools = read(
    `<configuration><system.applicationHost><applicationPools>${times(many, (i) => `<add name="p${i}"/>`)}</applicationPools></system.applicationHost></configuration>`,
  );
  expect(count(pools, 'pool.name')).toBe(mostOfAKind);
  expect(more(pools)).toEqual(['application pools']);

  const appcmd = read(times(many, (i) => `APPPOOL "p${i}" (MgdVersion:v4.0,MgdMode:Integrated,state:Started)\r\n`));
  expect(count(appcmd, 'pool.name')).toBe(mostOfAKind);
  expect(more(appcmd)).toEqual(['application pools']);

  const rights = read(
    `[Unicode]\r\nUnicode=yes\r\n[Privilege Rights]\r\nSeImpersonatePrivilege = ${times(many, (i) => `*S-1-5-21-1-2-3-${i},`)}\r\n[Version]\r\nsignature="$CHICAGO$"\r\n`,
  );
  expect(rights.kind).toBe('rights-export');
  expect(more(rights)).toEqual(['holders of the right']);
  const holders = rights.observations.find(({ name }) => name === 'right.holders')?.value as string[];
  expect(holders).toHaveLength(mostOfAKind);

  const warnings = read(`<Events>${times(many, () => event(1202, 'SceCli', '<Data>0x534</Data>'))}</Events>`);
  expect(warnings.kind).toBe('event-export');
  expect(count(warnings, 'policy.warning')).toBe(mostOfAKind);
  expect(warnings.observations.find(({ name }) => name === 'events.count')?.value).toBe(many);
});

it('reads what follows thousands of events without information', () => {
  const logons = times(many, () => event(4624, 'Microsoft-Windows-Security-Auditing', '<Data Name="x">1</Data>'));
  const removed = event(
    4705,
    'Microsoft-Windows-Security-Auditing',
    '<Data Name="TargetSid">S-1-5-32-568</Data><Data Name="PrivilegeList">SeImpersonatePrivilege</Data>',
  );
  const reading = read(`<Events>${logons}${removed}</Events>`);
  expect(count(reading, 'audit.iis-iusrs-removed')).toBe(1);
  expect(more(reading)).toEqual([]);
});

it('bounds facts and lists whatever a reader does', () => {
  const gather = new ObservationCollector();
  for (let i = 0; i < many; i++) gather.add('code.seen', `0x${i}`);
  gather.add('right.holders', Array.from({ length: many }, String));
  const reading = gather.toReading('file', 'fragment', 'any');
  expect(reading.observations).toHaveLength(mostOfAKind + 3);
  expect(more(reading)).toEqual(['values of code.seen', 'values of right.holders']);
});

const asFrebLog = (events: string) =>
  `<failedRequest url="http://web03:80/a" siteId="1" appPoolId="Portal" verb="GET" statusCode="500">${events}</failedRequest>`;

it('reads the events of a FREB log up to more than IIS can write, and says that there are more', () => {
  const reading = read(asFrebLog('<Event/>'.repeat(mostEvents + 1)));
  expect(reading.observations.find(({ name }) => name === 'trace.events')?.value).toBe(mostEvents);
  expect(reading.damage).not.toContain('cut-off');
  const [file] = diagnose([reading], builtKnowledge()).files;
  expect(file?.damageNote).toContain(`I read the first ${mostEvents} events of this log; it has more.`);
  expect(more(read(asFrebLog('<Event/>'.repeat(10))))).toEqual([]);
});

it.each([
  ['as IIS writes them', ''],
  ['behind a comment', '<!-- -->'],
])('reads the first 5,000 fields of an event, %s, and says so', (_name, odd) => {
  const fields = times(many, (i) => `<Data Name="f${i}">1</Data>`);
  const logged = `<Event xmlns="http://schemas.microsoft.com/win/2004/08/events/event"><System><Provider Name="WWW Server"/><Level>2</Level><Opcode>1</Opcode></System>${odd}<EventData>${fields}<Data Name="Data1">late</Data></EventData><RenderingInfo Culture="en-US"><Opcode>MODULE_WARNING</Opcode></RenderingInfo></Event>`;
  const reading = read(asFrebLog(logged));
  expect(more(reading)).toEqual(['fields of an event']);
  expect(count(reading, 'module.warning')).toBe(0);
});

it('says in the verdict of the file that only the first were read', () => {
  const reading = read(
    `<configuration><system.applicationHost><applicationPools>${times(many, (i) => `<add name="p${i}"/>`)}</applicationPools></system.applicationHost></configuration>`,
  );
  const [file] = diagnose([reading], builtKnowledge()).files;
  expect(file?.damageNote).toBe('The file holds a great many application pools: I read the first 5,000 of them.');
});
