import { setTimeout as sleep } from 'node:timers/promises';
import { answerReport } from '../src/answer/diagnosis-answer.js';
import { createDesk, type IntakeInput } from '../src/desk/desk.js';
import { diagnose } from '../src/diagnosis/diagnose.js';
import { readEvidence } from '../src/evidence/read.js';
import { createIntake } from '../src/intake/intake.js';
import { ask } from '../src/questions/ask.js';
import { systemClock } from '../src/service/clock.js';
import { MemoryInbox } from '../src/store/memory-inbox.js';
import { memoryStore } from '../src/store/memory-store.js';
import { builtKnowledge } from '../test/built-knowledge.js';
import { impersonation, slowPage } from '../test/generator/index.js';
import { longestStop } from './event-loop.js';

/** `npm run bench:answers`: measures the time of one answer and the longest block of the event loop. */

const cpu = (from?: NodeJS.CpuUsage) => {
  const { user, system } = process.cpuUsage(from);
  return (user + system) / 1000;
};
const row = (name: string, value: number, limit: string) =>
  console.log(`${name.padEnd(58)} ${value.toFixed(1).padStart(7)} ms  (${limit})`);

const start = performance.now();
const knowledge = builtKnowledge();
row('knowledge, load and index, cold, wall', performance.now() - start, 'under 150');

const log = impersonation().bytes();
const large = Buffer.concat([log.subarray(0, -20), ...Array(2).fill(log.subarray(2500, -20)), log.subarray(-20)]);
row(
  `one log of ${(large.length / 1024).toFixed(0)} KB, bytes to Answer, warm, median`,
  median(400, () => answerReport(diagnose([readEvidence('fr1.xml', large, { timeline: true })], knowledge), knowledge)),
  'under 5',
);
const questions = [
  'What is SeImpersonatePrivilege?',
  'Who holds it by default on a domain controller?',
  'what does 500.19 mean',
  'how do I fix it with a GPO',
  'is it raining in Paris',
];
row('one question to Answer, warm, CPU, mean', questionCost(), 'under 5');

const intake = createIntake();
const events = { emit: () => {} };
const desk = createDesk({
  knowledge,
  intake,
  store: memoryStore(),
  inbox: new MemoryInbox(events, systemClock),
  events,
  clock: systemClock,
});
const huge = Buffer.concat([
  slowPage({ ms: 4000 }).bytes().subarray(0, -20),
  ...Array(900).fill(log.subarray(2500, -20)),
]);
const access = accessLog(30e6);
const caller = { door: 'terminal', tenant: 'local', who: 'local', thread: 'bench' } as const;
const loads: [string, () => Promise<unknown>][] = [
  ['nothing (noise of this machine)', () => sleep(300)],
  [`a log of ${(huge.length / 1e6).toFixed(0)} MB`, () => read({ name: 'huge.xml', bytes: huge })],
  ['an access log of 30 MB', () => read({ name: 'u_ex.log', bytes: access })],
  [
    '10,000 logs at once',
    async () => {
      for (let i = 0; i < 10; i++)
        await read(...Array.from({ length: 1000 }, (_, n) => ({ name: `fr${n}.xml`, bytes: log })));
    },
  ],
  ...Object.entries({
    markup: '<',
    events: '<Event ',
    names: 'MODULE_SET_RESPONSE_ERROR_STATUS\nModuleName x\n',
    lists: '*S-1-5-32-568,',
    lines: '\n',
    words: 'why does the pool lose it ',
  }).map(([name, piece]): [string, () => Promise<unknown>] => [
    `pasted text of 100 KB: ${name}`,
    () => desk.command(piece.repeat(102_000 / piece.length), caller),
  ]),
];
for (const [, load] of loads) await load();
for (const [name, load] of loads) row(`longest stop of the event loop: ${name}`, await longestStop(load), 'under 20');
await intake.close();

function read(...inputs: IntakeInput[]): Promise<unknown> {
  return desk.diagnose(inputs, caller);
}

function median(times: number, work: () => unknown): number {
  const durations = Array.from({ length: times }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  return durations.slice(times / 4).sort((a, b) => a - b)[Math.floor((times * 3) / 8)] as number;
}

function questionCost(): number {
  for (let i = 0; i < 40; i++) for (const question of questions) ask(question, knowledge);
  const start = process.cpuUsage();
  for (let i = 0; i < 40; i++) for (const question of questions) ask(question, knowledge);
  return cpu(start) / (40 * questions.length);
}

function accessLog(bytes: number): Buffer {
  const head =
    '#Software: Microsoft Internet Information Services 10.0\r\n#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) sc-status sc-substatus sc-win32-status time-taken\r\n';
  const line = (i: number) =>
    `2026-06-08 08:00:${10 + (i % 50)} 10.0.0.1 GET /page${i % 5000}.aspx id=${i} 443 - 10.1.2.${i % 250} Mozilla/5.0 ${i % 7 ? 200 : 500} 0 ${i % 11 ? 0 : 1346} ${i % 900}\r\n`;
  const block = Array.from({ length: 10_000 }, (_, i) => line(i)).join('');
  return Buffer.from(head + block.repeat(Math.ceil(bytes / block.length)));
}
