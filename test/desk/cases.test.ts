import { describe, expect, it } from 'vitest';
import type { Answer } from '../../src/answer/answer.js';
import { renderText } from '../../src/answer/text.js';
import { accessChkProcess } from '../generator/evidence/tokens.js';
import { frebLog } from '../scenarios/logs.js';
import { file, message, type World, world } from './support.js';

const dayMs = 24 * 60 * 60 * 1000;
const log = (more: Parameters<typeof frebLog>[0] = {}) => frebLog(more);
const last = (w: World) => renderText(w.door.answers.at(-1) as Answer);

async function drop(w: World, bytes: Uint8Array, given: Parameters<World['tell']>[0] = {}): Promise<string> {
  w.door.files = { 'a.xml': bytes };
  await w.tell({ files: [file('a.xml')], ...given });
  return last(w);
}

describe('a case', () => {
  it('is numbered in its tenant, and told in its own conversation only', async () => {
    const w = world();
    await drop(w, log(), { thread: 'one' });
    await drop(w, log({ pool: 'Shop' }), { thread: 'two' });
    await drop(w, log({ pool: 'Shop' }), { thread: 'three', tenant: 'T2' });
    const say = async (text: string, thread: string, tenant = 'T1') => {
      await w.tell({ text, thread, tenant });
      return last(w);
    };
    expect(await say('case', 'one')).toMatch(/Case 1: open/);
    expect(await say('case', 'two')).toMatch(/Case 2: open/);
    expect(await say('case', 'three', 'T2')).toMatch(/Case 1: open/);
    const foreign = await say('case 1', 'two');
    expect(foreign).toMatch(/another conversation/);
    expect(foreign).not.toMatch(/impersonat|FREB log/);
    expect(await say('case 9', 'one')).toMatch(/no case 9/);
  });

  it('elsewhere says only how often it was seen and how it ended', async () => {
    const w = world();
    await drop(w, log(), { thread: 'one' });
    const fix = w.door.answers[0]?.actions.find(({ id }) => id === 'fixed');
    await w.desk.press({ door: 'slack', action: 'fixed', case: fix?.case ?? '', tenant: 'T1', who: 'U1' });
    await w.clock.pass(dayMs);
    expect(await drop(w, log({ url: 'http://web03:80/other' }), { thread: 'two' })).toMatch(
      /I've seen this failure 2 times since Wednesday\.\sThe\slast\sone\swas\smarked\sfixed\.\sThis\sis\scase\s2\./,
    );
    expect(await drop(w, log(), { thread: 'three', tenant: 'T2' })).not.toMatch(/seen this failure/);
    expect(await drop(w, log({ server: 'WEB04' }), { thread: 'four' })).not.toMatch(/seen this failure/);
    await w.clock.pass(8 * dayMs);
    expect(await drop(w, log(), { thread: 'five' })).toMatch(/seen this failure 3 times since 2026-06-10/);
  });

  it('keeps kinds and fingerprints, no names', async () => {
    const w = world();
    await drop(w, log(), { thread: 'one' });
    const { cases } = JSON.parse(w.store.snapshot());
    expect(cases).toHaveLength(1);
    expect(JSON.stringify(cases)).not.toMatch(/Portal|WEB03|secret\.html|a\.xml/);
    expect(JSON.stringify(cases)).toMatch(/freb-log/);
  });

  it('asks what it was after "Not it", and keeps the reply of who pressed, scrubbed and short', async () => {
    const w = world();
    await drop(w, log(), { thread: 'one' });
    const not = w.door.answers[0]?.actions.find(({ id }) => id === 'not-it');
    const asked = await w.desk.press({
      door: 'slack',
      action: 'not-it',
      case: not?.case ?? '',
      tenant: 'T1',
      who: 'U1',
    });
    expect(renderText(asked)).toMatch(/What was it\?/);
    const answersBefore = w.door.answers.length;
    await w.tell({ thread: 'one', who: 'U2', text: 'lunch at noon', addressed: false });
    expect(w.door.answers).toHaveLength(answersBefore);
    const text = `the batch logon right of CONTOSO\\ada, password=Hunter2 ${'x '.repeat(600)}`;
    await w.tell({ thread: 'one', who: 'U1', text, addressed: false });
    expect(last(w)).toMatch(/Noted/);
    await w.tell({ thread: 'one', text: 'case' });
    expect(last(w)).toMatch(/batch logon right of …/);
    const snapshot = w.store.snapshot();
    expect(snapshot).not.toMatch(/Hunter2|\bada\b/);
    expect(JSON.parse(JSON.parse(snapshot).cases[0][1]).notes[0].text.length).toBeLessThanOrEqual(500);
    await w.tell({ thread: 'one', who: 'U1', text: 'and the weather is nice', addressed: false });
    expect(w.door.answers).toHaveLength(answersBefore + 2);
  });

  it('hands what it was to those who review the knowledge, until its author deletes it', async () => {
    const w = world();
    await drop(w, log(), { thread: 'one' });
    const not = w.door.answers[0]?.actions.find(({ id }) => id === 'not-it');
    await w.tell({ thread: 'one', press: { action: 'not-it', case: not?.case ?? '' } });
    const reply = message({ thread: 'one', text: 'the batch logon right', addressed: false });
    await w.tell(reply);
    expect(await w.desk.doubts()).toMatchObject([
      {
        case: 1,
        cause: expect.stringMatching(/impersonat/),
        confidence: 'likely',
        evidence: ['freb-log'],
        outcome: 'not-it',
        said: ['the batch logon right'],
      },
    ]);
    await w.desk.forgetMessage(reply.key);
    expect(await w.desk.doubts()).toMatchObject([{ outcome: 'not-it', said: [] }]);
  });

  it('counts a press once, though it is worked on again', async () => {
    const w = world();
    await drop(w, log(), { thread: 'one' });
    const fixed = w.door.answers[0]?.actions.find(({ id }) => id === 'fixed');
    const press = message({ thread: 'one', press: { action: 'fixed', case: fixed?.case ?? '' } });
    await w.tell(press);
    expect(last(w)).toMatch(/^Good/);
    const again = world({ store: w.store.snapshot() });
    await again.tell(press);
    const [[, record]] = JSON.parse(again.store.snapshot()).cases;
    expect(JSON.parse(record)).toMatchObject({ outcome: 'fixed', pressed: [{ action: 'fixed' }] });
  });

  it('is compared after a restart too, from what the store kept', async () => {
    const before = world();
    await drop(before, log(), { thread: 'one' });
    const w = world({ store: before.store.snapshot() });
    const again = await drop(w, log({ time: '2026-06-08T21:00:00.000Z' }), { thread: 'one' });
    expect(again).toMatch(/The same[\s\S]*still runs on its old token/);
    const restarted = await drop(w, log({ time: '2026-06-08T21:05:00.000Z', processId: 9001 }), { thread: 'one' });
    expect(restarted).toMatch(/The same/);
    expect(restarted).not.toMatch(/old token/);
    expect(restarted).toMatch(/Worker process[\s\S]*9001/);
  });

  it('does not take another request, an older log or the same file for a proof', async () => {
    const w = world();
    await drop(w, log(), { thread: 'one' });
    const works = { status: 200, works: true as const };
    const later = '2026-06-08T21:00:00.000Z';
    expect(await drop(w, log({ ...works, time: later, url: 'http://web03:80/about' }), { thread: 'one' })).toMatch(
      /isn.t the one that failed/,
    );
    expect(await drop(w, log({ ...works, time: '2026-06-08T10:00:00.000Z' }), { thread: 'one' })).toMatch(/older/);
    expect(await drop(w, log(), { thread: 'one' })).toMatch(/already seen this log/);
    await w.tell({ thread: 'one', text: 'case' });
    expect(last(w)).toMatch(/Case 1: open/);
    expect(await drop(w, log({ ...works, time: later }), { thread: 'one' })).toMatch(/Fixed: GET/);
    await w.tell({ thread: 'one', text: 'case' });
    expect(last(w)).toMatch(/Case 1: fixed/);
  });

  it('takes a line of the access log with 200 for a proof: a page that works writes no trace', async () => {
    const w = world();
    await drop(w, log(), { thread: 'one' });
    const line = (time: string, path: string, status: string) =>
      w.tell({ thread: 'one', text: `2026-06-08 ${time} 10.0.0.4 GET ${path} - 80 - 10.0.0.9 curl/8 - ${status} 15` });
    await line('10:00:00', '/secure/secret.html', '200 0 0');
    expect(last(w)).toMatch(/older/);
    await line('21:00:00', '/about', '200 0 0');
    expect(last(w)).toMatch(/isn.t the one that failed/);
    await line('21:00:00', '/secure/secret.html', '200 0 0');
    expect(last(w)).toMatch(/^Fixed: GET \/secure\/secret\.html answers 200 now/);
    await w.tell({ thread: 'one', text: 'case' });
    expect(last(w)).toMatch(/Case 1: fixed/);
  });

  it('takes the token of a new worker process that holds the right for a proof', async () => {
    const token = (id: number, pool: string) =>
      Buffer.from(
        accessChkProcess({
          id,
          user: 'CONTOSO\\svc_web',
          groups: ['BUILTIN\\IIS_IUSRS', `IIS APPPOOL\\${pool}`],
          privileges: ['SeChangeNotifyPrivilege', 'SeImpersonatePrivilege'],
        }),
      );
    const w = world();
    await drop(w, log(), { thread: 'one' });
    expect(await drop(w, token(9001, 'Shop'), { thread: 'one' })).not.toMatch(/Fixed/);
    expect(await drop(w, token(7120, 'Portal'), { thread: 'one' })).not.toMatch(/Fixed/);
    expect(await drop(w, token(9001, 'Portal'), { thread: 'one' })).toMatch(
      /^Fixed: the worker process holds the right/,
    );
  });

  it('a failure that comes back reopens it', async () => {
    const w = world();
    await drop(w, log(), { thread: 'one' });
    await drop(w, log({ status: 200, works: true, time: '2026-06-08T21:00:00.000Z' }), { thread: 'one' });
    expect(await drop(w, log({ time: '2026-06-09T09:00:00.000Z' }), { thread: 'one' })).toMatch(/The same/);
    await w.tell({ thread: 'one', text: 'case 1' });
    expect(last(w)).toMatch(/Case 1: open/);
  });
});

describe('forgetting', () => {
  it('goes with the question that is deleted: answer, buttons, case', async () => {
    const w = world();
    const asked = message({ thread: 'one', files: [file('a.xml')] });
    w.door.files = { 'a.xml': log() };
    await w.tell(asked);
    const stored = w.door.answers[0]?.case ?? '';
    await w.desk.forgetMessage(asked.key);
    expect(
      renderText(await w.desk.press({ door: 'slack', action: 'fix', case: stored, tenant: 'T1', who: 'U1' })),
    ).toMatch(/Drop the log again/);
    expect(JSON.parse(w.store.snapshot())).toMatchObject({ answers: [], cases: [] });
    await w.tell({ thread: 'one', text: 'case' });
    expect(last(w)).toMatch(/no evidence/);
  });

  it('answers nothing to a question deleted before its answer', async () => {
    const w = world();
    const asked = message({ text: 'who holds SeImpersonatePrivilege by default?' });
    await w.desk.forgetMessage(asked.key);
    await w.tell(asked);
    expect(w.door.answers).toHaveLength(0);
    expect(w.outcome(asked.key)).toEqual({ state: 'withdrawn' });
  });

  it('`forget` removes the case of the thread and leaves the others', async () => {
    const w = world();
    await drop(w, log(), { thread: 'one' });
    await drop(w, log({ pool: 'Shop' }), { thread: 'two' });
    await w.tell({ thread: 'one', text: 'forget' });
    const { cases } = JSON.parse(w.store.snapshot());
    expect(cases.map(([key]: [string]) => key)).toEqual(['T1 2']);
  });
});
