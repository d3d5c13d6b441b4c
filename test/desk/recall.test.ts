import { describe, expect, it } from 'vitest';
import type { Answer } from '../../src/answer/answer.js';
import { renderText } from '../../src/answer/text.js';
import { CatalogueError } from '../../src/desk/ports/errors.js';
import type { FileRef } from '../../src/desk/ports/message.js';
import { memoryStore } from '../../src/store/memory-store.js';
import { frebLog, rightsExport } from '../scenarios/logs.js';
import { message, type World, world } from './support.js';

const lasting = (name: string): FileRef => ({ name, id: `id of ${name}`, lasting: true });
const last = (w: World) => renderText(w.door.answers.at(-1) as Answer);
/** Another process over what the first one stored, as after a restart or on another replica. */
const another = (w: World) => world({ store: w.store.snapshot(), inbox: w.inbox.snapshot() });
const files = { 'fr000032.xml': frebLog(), 'rights.inf': rightsExport() };

async function drop(w: World, ...names: string[]): Promise<string> {
  w.door.files = { ...files, ...w.door.files };
  await w.tell({ files: names.map(lasting) });
  return last(w);
}

describe('an export dropped to another process than the log', () => {
  it('is judged together with the log: the list fits', async () => {
    const before = world();
    expect(await drop(before, 'fr000032.xml')).toMatch(/likely/i);
    const after = another(before);
    expect(await drop(after, 'rights.inf')).toMatch(/IIS_IUSRS is missing from the list/);
    expect(after.events).toContainEqual({ name: 'recalled', door: 'slack', files: 1 });
  });

  it('reads again only what it does not hold, and each but once', async () => {
    const before = world();
    await drop(before, 'fr000032.xml');
    const after = another(before);
    const fetched: string[] = [];
    const fetch = after.door.fetch.bind(after.door);
    after.door.fetch = (ref) => {
      fetched.push(ref.name);
      return fetch(ref);
    };
    await drop(after, 'rights.inf');
    await drop(after, 'rights.inf');
    expect(fetched).toEqual(['rights.inf', 'fr000032.xml', 'rights.inf']);
  });

  it('speaks for itself when the log is gone from the chat', async () => {
    const before = world();
    await drop(before, 'fr000032.xml');
    const after = another(before);
    after.door.files['fr000032.xml'] = new CatalogueError('download-not-found');
    const answer = await drop(after, 'rights.inf');
    expect(answer).toMatch(/Impersonate a client after authentication/);
    expect(answer).not.toMatch(/is gone/);
    expect(after.events).toContainEqual(
      expect.objectContaining({ name: 'recall-failed', door: 'slack', code: 'download-not-found' }),
    );
  });

  it('is alone when the platform keeps no file, when the message was deleted, and after `forget`', async () => {
    const ends: ((w: World, key: string) => Promise<unknown>)[] = [
      async () => undefined,
      (w, key) => w.desk.forgetMessage(key),
      (w) => w.tell({ text: 'forget' }),
    ];
    for (const [n, end] of ends.entries()) {
      const before = world();
      before.door.files = files;
      const asked = message({ files: [n === 0 ? { name: 'fr000032.xml' } : lasting('fr000032.xml')] });
      await before.tell(asked);
      await end(before, asked.key);
      expect(before.store.snapshot()).not.toContain('id of');
      expect(await drop(another(before), 'rights.inf')).not.toMatch(/fr000032/);
    }
  });

  it('after a fix no longer brings back what was before it', async () => {
    const before = world();
    await drop(before, 'fr000032.xml');
    before.door.files = { 'fr000033.xml': frebLog({ works: true, status: 200, time: '2026-06-09T08:00:00.000Z' }) };
    expect(await drop(before, 'fr000033.xml')).toMatch(/Fixed/);
    const snapshot = before.store.snapshot();
    expect(snapshot).toContain('id of fr000033.xml');
    expect(snapshot).not.toContain('id of fr000032.xml');
  });

  it('knows what another process has outdated meanwhile', async () => {
    const store = memoryStore();
    const [one, other] = [world({}, store), world({}, store)];
    await drop(one, 'fr000032.xml');
    other.door.files = { 'fr000033.xml': frebLog({ works: true, status: 200, time: '2026-06-09T08:00:00.000Z' }) };
    expect(await drop(other, 'fr000033.xml')).toMatch(/Fixed/);
    expect(await drop(one, 'rights.inf')).not.toMatch(/fr000032/);
  });

  it('lets `case` say what is still to be dropped', async () => {
    const before = world();
    await drop(before, 'fr000032.xml');
    await before.tell({ text: 'case' });
    const after = another(before);
    after.door.files = files;
    await after.tell({ text: 'case' });
    expect(last(after)).toBe(last(before));
  });
});
