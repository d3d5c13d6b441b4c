import { describe, expect, it } from 'vitest';
import type { Answer } from '../../src/answer/answer.js';
import { renderText } from '../../src/answer/text.js';
import type { PointedMessage } from '../../src/desk/ports/door.js';
import { CatalogueError } from '../../src/desk/ports/errors.js';
import { frebLog } from '../scenarios/logs.js';
import { file, type World, world } from './support.js';

const last = (w: World) => renderText(w.door.answers.at(-1) as Answer);
const log = Buffer.from(frebLog()).toString('utf8');

/** A desk whose door reads these messages, by the number that a message points at. */
function pointing(messages: Record<string, PointedMessage | Error>): World & { read: string[] } {
  const w = world();
  const read: string[] = [];
  w.door.files = { 'fr000001.xml': frebLog() };
  Object.assign(w.door, {
    readMessage: async ({ id }: { id: string }) => {
      read.push(id);
      const found = messages[id];
      if (found === undefined || found instanceof Error) throw found ?? new CatalogueError('message-gone');
      return found;
    },
  });
  return Object.assign(w, { read });
}

describe('a question that says too little', () => {
  it.each([
    ['words of its own handed on', { quoted: 'HTTP Error 500.19, 0x8007000d' }, '500.19'],
    ['a log in the words handed on', { quoted: log }, '0x80070542'],
    ['a message with a log', { pointsAt: [{ id: 'log' }] }, '0x80070542'],
    [
      'the second message, where the first is about nothing',
      { pointsAt: [{ id: 'lunch' }, { id: 'log' }] },
      '0x80070542',
    ],
    ['the second message, where the first cannot be read', { pointsAt: [{ id: 'shut' }, { id: 'log' }] }, '0x80070542'],
  ])('is answered from %s', async (_what, given, shown) => {
    const w = pointing({
      log: { text: 'look', files: [file('fr000001.xml')] },
      lunch: { text: 'lunch at twelve?', files: [] },
      shut: new CatalogueError('slack-no-history'),
    });
    await w.tell({ text: 'what is this?', ...given });
    expect(last(w)).toContain(shown);
  });

  it('names what cannot be read only where nothing else answers', async () => {
    const w = pointing({ shut: new CatalogueError('slack-no-history', { scope: 'groups:history' }) });
    await w.tell({ text: 'what is this?', pointsAt: [{ id: 'shut' }] });
    expect(last(w)).toContain('groups:history');
    await w.tell({ text: 'who holds SeImpersonatePrivilege by default?', pointsAt: [{ id: 'shut' }] });
    expect(last(w)).toContain('Administrators');
    expect(w.read).toEqual(['shut']);
  });

  it('does not obey a command in the words of another person', async () => {
    const w = pointing({});
    await w.tell({ text: '', quoted: 'mute', private: true });
    expect(last(w)).toContain("don't see a file here");
  });

  it('a private answer leaves the thread to its people', async () => {
    const w = pointing({});
    await w.tell({ text: '', quoted: 'HTTP Error 500.19, 0x8007000d', private: true });
    expect((await w.store.thread('slack/T1/C1/thread'))?.joined ?? false).toBe(false);
  });
});
