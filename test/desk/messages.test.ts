import { describe, expect, it } from 'vitest';
import { plainText } from '../../src/answer/answer.js';
import { operatorAdvice } from '../../src/answer/errors.js';
import { renderText } from '../../src/answer/text.js';
import { CatalogueError } from '../../src/desk/ports/errors.js';
import type { Message } from '../../src/desk/ports/message.js';
import { frebLog, rightsExport } from '../scenarios/logs.js';
import { done, file, holdLog, message, settled, world } from './support.js';

const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]);
const text = (answer: Parameters<typeof renderText>[0] | undefined) => (answer ? renderText(answer) : '');

describe('a message addressed to us', () => {
  it('is acknowledged and answered with one post', async () => {
    const w = world();
    await w.tell({ text: 'who holds SeImpersonatePrivilege by default?' });
    expect(w.door.acknowledged).toHaveLength(1);
    expect(w.door.said).toHaveLength(1);
    expect(text(w.door.answers[0])).toMatch(/LOCAL SERVICE/);
    expect(await w.store.thread('slack/T1/C1/thread')).toMatchObject({ joined: true, muted: false });
  });

  it('gets help when it says nothing', async () => {
    const w = world();
    await w.tell({ text: '  ' });
    expect(text(w.door.answers[0])).toMatch(/diagnose/);
  });

  it('with a log gets the diagnosis', async () => {
    const w = world();
    w.door.files = { 'fr000032.xml': frebLog() };
    await w.tell({ files: [file('fr000032.xml')] });
    expect(w.door.answers).toHaveLength(1);
    expect(text(w.door.answers[0])).toMatch(/0x80070542/);
    expect(w.door.answers[0]?.verdict).toBe('failure');
  });

  it('reports files that cannot be used to the operator, with the advice of the catalogue and no name', async () => {
    const w = world();
    w.door.files = { 'portrait of ann.log': png, 'second.log': png, 'fr000032.xml': Buffer.alloc(0) };
    await w.tell({ files: Object.keys(w.door.files).map((name) => file(name)) });
    const refused = w.events.filter(({ name }) => name === 'file-refused');
    expect(refused).toEqual([
      { name: 'file-refused', code: 'picture', advice: operatorAdvice('picture'), files: 2 },
      { name: 'file-refused', code: 'empty-file', advice: operatorAdvice('empty-file'), files: 1 },
    ]);
    expect(JSON.stringify(refused)).not.toMatch(/ann|fr000032/);
  });

  it('adds a second file of the thread to the first: the list fits, and the account of the pool is asked for', async () => {
    const w = world();
    w.door.files = { 'fr000032.xml': frebLog(), 'ur.inf': rightsExport() };
    await w.tell({ files: [file('fr000032.xml')] });
    await w.tell({ files: [file('ur.inf')], addressed: false });
    expect(plainText(w.door.answers[0]?.title ?? '')).toMatch(/^Likely/);
    expect(plainText(w.door.answers[1]?.title ?? '')).toMatch(/^IIS_IUSRS is missing from the list/);
  });

  it('leaves out the log of another server that was dropped in the same long chat', async () => {
    const w = world();
    w.door.files = {
      'fr000032.xml': frebLog(),
      'fr000001.xml': frebLog({ server: 'SHOP01', pool: 'Shop', url: 'http://shop01:80/cart' }),
      'ur.inf': rightsExport(),
    };
    await w.tell({ files: [file('fr000032.xml')] });
    await w.tell({ files: [file('fr000001.xml')] });
    expect(text(w.door.answers[1])).toMatch(/SHOP01/);
    expect(text(w.door.answers[1])).not.toMatch(/WEB03|fr000032/);
    await w.tell({ files: [file('ur.inf')] });
    expect(text(w.door.answers[2])).toMatch(/fr000001/);
  });

  it('keeps threads apart', async () => {
    const w = world();
    w.door.files = { 'fr000032.xml': frebLog(), 'ur.inf': rightsExport() };
    await w.tell({ files: [file('fr000032.xml')], thread: 'one' });
    await w.tell({ files: [file('ur.inf')], thread: 'two' });
    expect(text(w.door.answers[1])).not.toMatch(/fr000032/);
  });

  it('reports the outcome for each file', async () => {
    const w = world();
    w.door.files = {
      'fr000032.xml': frebLog(),
      'gone.xml': new CatalogueError('download-not-found', { name: 'gone.xml' }),
      'odd.xml': new Error('connect ECONNREFUSED 10.1.2.3 secret-token'),
    };
    await w.tell({
      files: [file('fr000032.xml'), file('gone.xml'), file('odd.xml'), file('huge.zip', 200 * 1024 * 1024)],
      unreachable: [{ name: 'stub.xml', reason: 'slack-file-external' }],
    });
    const answerText = text(w.door.answers[0]);
    expect(answerText).toMatch(/0x80070542/);
    expect(answerText).toMatch(/gone\.xml is gone/);
    expect(answerText).toMatch(/huge\.zip is larger/);
    expect(answerText).toMatch(/stub\.xml\s+is\s+only\s+a\s+link/);
    expect(answerText).toMatch(/I ran into an internal error/);
    expect(answerText).not.toMatch(/secret-token|ECONNREFUSED/);
    const logged = w.events.find(({ name }) => name === 'unexpected-error');
    expect(answerText).toContain(logged?.id as string);
    expect(JSON.stringify(w.events)).not.toMatch(/secret-token/);
  });

  it('stops a stream at the limit, and says so', async () => {
    const w = world();
    let sent = 0;
    let closed = false;
    w.door.files = {
      'endless.xml': async function* () {
        try {
          for (;;) {
            sent += 16 * 1024 * 1024;
            yield new Uint8Array(16 * 1024 * 1024);
          }
        } finally {
          closed = true;
        }
      },
    };
    await w.tell({ files: [file('endless.xml')] });
    expect(text(w.door.answers[0])).toMatch(/larger than I accept/);
    expect(sent).toBeLessThan(130 * 1024 * 1024);
    expect(closed).toBe(true);
  });

  it('takes pasted lines for evidence and a long text for anything but a question', async () => {
    const w = world();
    await w.tell({ text: new TextDecoder().decode(frebLog()) });
    expect(text(w.door.answers[0])).toMatch(/0x80070542/);
    await w.tell({ text: 'why does it fail? '.repeat(300) });
    expect(text(w.door.answers[1])).toMatch(/not a kind of evidence I can read/);
    await w.tell({ text: 'x'.repeat(1025 * 1024) });
    expect(text(w.door.answers[2])).toMatch(/longer than I accept/);
  });

  it('posts progress only after five seconds, and deletes it after the answer', async () => {
    const w = world();
    const release = holdLog(w.door, 'fr000032.xml');
    await w.desk.receive(message({ files: [file('fr000032.xml')] }));
    await settled();
    await w.clock.pass(4_900);
    expect(w.door.said).toHaveLength(0);
    await w.clock.pass(200);
    expect(text(w.door.said[0]?.answer)).toMatch(/still reading: 0 of 1 log/);
    release();
    await done(w.inbox);
    expect(w.door.said.map(({ edited, key }) => [key.endsWith(':progress'), edited])).toEqual([
      [true, false],
      [false, false],
    ]);
    await settled();
    expect(w.door.removed).toEqual([{ ts: '1' }]);
  });

  it('shows the status of the platform, where it has one, instead of a message, and ends it', async () => {
    const w = world();
    const shown: string[] = [];
    Object.assign(w.door, { showStatus: async (_where: unknown, status: string) => shown.push(status) > 0 });
    const release = holdLog(w.door, 'fr000032.xml');
    await w.desk.receive(message({ files: [file('fr000032.xml')] }));
    await settled();
    await w.clock.pass(5_100);
    expect(shown).toEqual(['is still reading: 0 of 1 log']);
    await w.clock.pass(10_100);
    expect(shown).toHaveLength(2);
    release();
    await done(w.inbox);
    await settled();
    expect(shown.at(-1)).toBe('');
    expect(w.door.said).toHaveLength(1);
    expect(w.door.removed).toEqual([]);
  });

  it('compares two logs when asked to', async () => {
    const w = world();
    w.door.files = { 'bad.xml': frebLog(), 'good.xml': frebLog({ status: 200 }) };
    await w.tell({ text: 'compare these', files: [file('bad.xml'), file('good.xml')] });
    expect(text(w.door.answers[0])).toMatch(/Failing: bad\.xml/);
    expect(text(w.door.answers[0])).toMatch(/event \d+ MODULE_SET_RESPONSE_ERROR_STATUS/);

    w.door.files = { 'bad.xml': frebLog(), 'good.xml': png };
    await w.tell({ text: 'compare', files: [file('bad.xml'), file('good.xml')] });
    expect(text(w.door.answers[1])).toMatch(/good\.xml is a PNG image/);
  });
});

it('an error that a door notices is logged with the sentence for the operator', () => {
  const w = world();
  expect(w.desk.trouble('nothing-attached').summary).toContain("I don't see a file");
  const advice = operatorAdvice('nothing-attached');
  expect(w.events).toEqual([expect.objectContaining({ name: 'call-failed', code: 'nothing-attached', advice })]);
});

describe('a message overheard', () => {
  it('with a log is acknowledged and answered', async () => {
    const w = world();
    w.door.files = { 'holiday.txt': frebLog() };
    await w.tell({ addressed: false, files: [file('holiday.txt')] });
    expect(w.door.acknowledged).toHaveLength(1);
    expect(text(w.door.answers[0])).toMatch(/0x80070542/);
  });

  it.each([
    ['a picture', png],
    ['an empty file', new Uint8Array()],
    ['a text', new TextEncoder().encode('Dear all, lunch is at noon.\n')],
    ['a file that cannot be fetched', new CatalogueError('download-forbidden')],
    ['a file that fails in an unknown way', new Error('boom')],
  ])('with %s is met with silence', async (_what, content) => {
    const w = world();
    w.door.files = { 'fr000001.xml': content };
    const heard = message({ addressed: false, files: [file('fr000001.xml')] });
    await w.desk.receive(heard);
    await done(w.inbox);
    expect(w.door.said).toHaveLength(0);
    expect(w.door.acknowledged).toHaveLength(0);
    expect(w.outcome(heard.key)?.state).toBe('silent');
  });

  it('with a log beside a picture speaks of the log only', async () => {
    const w = world();
    w.door.files = { 'a.png': png, 'b.xml': frebLog() };
    await w.tell({ addressed: false, files: [file('a.png'), file('b.xml')] });
    expect(text(w.door.answers[0])).not.toMatch(/a\.png/);
  });

  it('is answered in a thread we are part of when it is plainly a question for us', async () => {
    const w = world();
    expect(await w.desk.receive(message({ addressed: false, text: 'what is 500.19?' }))).toBe('not-for-us');
    await w.tell({ text: 'who holds SeImpersonatePrivilege by default?' });
    await w.tell({ addressed: false, text: 'what is 500.19?' });
    expect(w.door.answers).toHaveLength(2);
    expect(await w.desk.receive(message({ addressed: false, text: 'has anybody seen my keys?' }))).toBe('not-for-us');
    await w.tell({ text: 'mute' });
    expect(await w.desk.receive(message({ addressed: false, text: 'what is 500.19?' }))).toBe('not-for-us');
    await w.tell({ text: 'mute off' });
    expect(await w.desk.receive(message({ addressed: false, text: 'what is 500.19?' }))).toBe('claimed');
  });

  it('with a stub named like a log gets one receipt a place and day', async () => {
    const w = world();
    const stub: Partial<Message> = {
      addressed: false,
      unreachable: [{ name: 'fr000001.xml', reason: 'teams-channel-file' }],
    };
    await w.tell(stub);
    await w.tell(stub);
    expect(w.door.answers).toHaveLength(1);
    await w.clock.pass(24 * 3600_000);
    await w.tell(stub);
    expect(w.door.answers).toHaveLength(2);
  });
});

describe('posting', () => {
  it('tries again with pauses, and records what could not be posted', async () => {
    const w = world();
    w.door.failing = [new Error('503'), new Error('503')];
    const asked = message({ text: 'help' });
    await w.desk.receive(asked);
    await settled();
    await w.clock.pass(500);
    await w.clock.pass(2_000);
    await done(w.inbox);
    expect(w.outcome(asked.key)?.state).toBe('answered');

    w.door.failing = Array.from({ length: 4 }, () => new CatalogueError('rate-limited'));
    const lost = message({ text: 'help' });
    await w.desk.receive(lost);
    await settled();
    for (const ms of [500, 2_000, 8_000]) await w.clock.pass(ms);
    await done(w.inbox);
    expect(w.outcome(lost.key)).toEqual({ state: 'failed', code: 'rate-limited' });
  });

  it('does not post twice what got through although it seemed to fail', async () => {
    const w = world();
    const asked = message({ text: 'help' });
    w.door.failing = [new Error('socket hang up')];
    w.door.arrived.set(asked.key, { posted: { ts: '9' }, state: 'whole' });
    await w.desk.receive(asked);
    await settled();
    await w.clock.pass(500);
    await done(w.inbox);
    expect(w.door.said).toHaveLength(0);
    expect(w.outcome(asked.key)).toEqual({ state: 'answered', posted: { ts: '9' } });
  });
});

describe('the same message delivered twice', () => {
  const asked = () => message({ text: 'who holds SeImpersonatePrivilege by default?' });

  it('is answered once', async () => {
    const w = world();
    const secondMessage = asked();
    expect(await w.desk.receive(secondMessage)).toBe('claimed');
    expect(await w.desk.receive({ ...secondMessage })).toBe('already-claimed');
    await done(w.inbox);
    expect(await w.desk.receive({ ...secondMessage })).toBe('already-claimed');
    await done(w.inbox);
    expect(w.door.answers).toHaveLength(1);
  });

  it.each(['the overheard one first', 'the addressed one first'])('is answered once, %s', async (order) => {
    const w = world();
    w.door.files = { 'notes.txt': new TextEncoder().encode('Dear all, lunch is at noon.\n') };
    const addressed = message({ text: 'look at this', files: [file('notes.txt')] });
    const overheard = { ...addressed, addressed: false };
    const [first, second] = order.startsWith('the overheard') ? [overheard, addressed] : [addressed, overheard];
    await w.desk.receive(first);
    await w.desk.receive(second);
    await done(w.inbox);
    await settled();
    expect(w.door.answers).toHaveLength(1);
    expect(text(w.door.answers[0])).toMatch(/not a kind of evidence/);
  });

  it('an addressed twin that comes after the silence is answered', async () => {
    const w = world();
    w.door.files = { 'notes.txt': new TextEncoder().encode('Dear all, lunch is at noon.\n') };
    const addressed = message({ text: 'look', files: [file('notes.txt')] });
    await w.desk.receive({ ...addressed, addressed: false });
    await done(w.inbox);
    expect(w.door.answers).toHaveLength(0);
    expect(await w.desk.receive(addressed)).toBe('already-claimed');
    await done(w.inbox);
    await settled();
    expect(w.door.answers).toHaveLength(1);
  });

  it('an overheard twin that was not for us does not take the claim', async () => {
    const w = world();
    const addressed = asked();
    expect(await w.desk.receive({ ...addressed, addressed: false })).toBe('not-for-us');
    expect(await w.desk.receive(addressed)).toBe('claimed');
    await done(w.inbox);
    expect(w.door.answers).toHaveLength(1);
  });
});

describe('a crash', () => {
  it('between claim and work loses nothing', async () => {
    const before = world();
    before.door.files = { 'fr000032.xml': frebLog() };
    const asked = message({ files: [file('fr000032.xml')] });
    expect(await before.desk.receive(asked)).toBe('claimed');
    // Nothing has been worked on yet: this is all that a database would hold.
    const saved = { inbox: before.inbox.snapshot(), store: before.store.snapshot() };

    const after = world(saved);
    after.door.files = { 'fr000032.xml': frebLog() };
    await done(after.inbox);
    expect(after.door.answers).toHaveLength(1);
    expect(text(after.door.answers[0])).toMatch(/0x80070542/);
  });

  it('after the answer neither repeats it nor breaks its buttons', async () => {
    const before = world();
    before.door.files = { 'fr000032.xml': frebLog() };
    await before.tell({ files: [file('fr000032.xml')] });
    const answer = before.door.answers[0];
    const after = world({ inbox: before.inbox.snapshot(), store: before.store.snapshot() });
    await settled();
    expect(after.door.said).toHaveLength(0);
    const fix = answer?.actions.find(({ id }) => id === 'fix');
    const opened = await after.desk.press({
      door: 'slack',
      action: 'fix',
      case: fix?.case ?? '',
      parts: fix?.part ? [fix.part] : [],
      tenant: 'T1',
      who: 'U2',
    });
    expect(opened.parts[0]?.kind).toBe('steps');
  });

  it('leaves nothing of a finished message in the inbox but its key', async () => {
    const w = world();
    await w.tell({ text: 'what is 500.19? my-marker' });
    expect(w.inbox.snapshot()).not.toMatch(/my-marker/);
  });
});
