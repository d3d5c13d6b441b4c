import { describe, expect, it } from 'vitest';
import { renderText } from '../../src/answer/text.js';
import { commands, parseCommand } from '../../src/desk/conversation/commands.js';
import type { Caller } from '../../src/desk/desk.js';
import { frebLog } from '../scenarios/logs.js';
import { world } from './support.js';

const here: Caller = { door: 'slack', thread: 'slack/T1/C1/thread', tenant: 'T1', who: 'U1' };

describe('the command table', () => {
  it.each([
    ['help', 'help', ''],
    ['  HELP  ', 'help', ''],
    ['/help', 'help', ''],
    ['help me?', 'help', 'me?'],
    ['explain 500.19', 'explain', '500.19'],
    ['explain: SeImpersonatePrivilege', 'explain', 'SeImpersonatePrivilege'],
    ['defaults', 'defaults', ''],
    ['default holders on a DC', 'defaults', 'on a DC'],
    ['fix gpo', 'fix', 'gpo'],
    ['diagnose\nline', 'diagnose', 'line'],
    ['compare', 'compare', ''],
    ['capture', 'capture', ''],
    ['case 12', 'case', '12'],
    ['privacy', 'privacy', ''],
    ['forget this thread', 'forget', ''],
    ['unmute', 'mute', 'off'],
    ['mute off', 'mute', 'off'],
  ])('%j is %s %j', (line, name, args) => {
    const parsed = parseCommand(line);
    expect([parsed?.command.name, parsed?.args]).toEqual([name, args]);
  });

  it.each([
    'fix the printer in room 12',
    'forget what I said about the pool',
    'help me understand 0x80070542',
    'mute the alarms on WEB03',
    'casement windows',
    'who holds the right?',
    'why 500?',
    '',
  ])('%j is free text', (line) => expect(parseCommand(line)).toBeNull());

  it('has a name or alias only once', () => {
    const words = commands.flatMap(({ name, aliases }) => [
      name,
      ...aliases.map((a) => (typeof a === 'string' ? a : a[0])),
    ]);
    expect(new Set(words).size).toBe(words.length);
  });

  it('is what help shows', async () => {
    const { answer } = await world().desk.command('help', here);
    for (const { name } of commands) expect(renderText(answer)).toContain(name);
  });
});

describe('a call without a caller, as in the terminal', () => {
  it.each([
    ['privacy', 'privacy', null],
    ['help', 'help', null],
    ['compare', 'compare', null],
    ['defaults', 'defaults', 'SeImpersonatePrivilege'],
    ['explain 500.19', 'status', '500.19'],
    ['how do I fix my printer', 'unknown', null],
  ])('%j has the intent %s and the topic %s', async (line, intent, topic) => {
    expect(await world().desk.command(line)).toMatchObject({ intent, topic });
  });

  it('offers no command that needs a thread', async () => {
    const { desk } = world();
    const help = renderText((await desk.command('help')).answer);
    for (const name of ['mute', 'forget', 'case']) {
      expect((await desk.command(name)).command, name).toBe('ask');
      expect(help).not.toMatch(new RegExp(`^ *${name}\\b`, 'm'));
    }
  });

  it('the page has a thread, but nothing to mute', async () => {
    const { desk } = world();
    const page: Caller = { door: 'web', thread: 'web:page', tenant: 'local', who: 'local' };
    expect((await desk.command('forget', page)).command).toBe('forget');
    expect((await desk.command('mute', page)).command).toBe('ask');
  });
});

describe('what commands do', () => {
  it('answers every line with a sentence, known or not', async () => {
    const { desk } = world();
    for (const line of [
      '',
      'help',
      'explain',
      'defaults dc',
      'fix',
      'diagnose',
      'compare',
      'capture',
      'case',
      'case 7',
      'privacy',
      '???',
      '\0',
      'a'.repeat(5000),
    ]) {
      const { answer } = await desk.command(line, here);
      expect(answer.summary, line).toMatch(/^.*\w.*[.?!:]$/s);
    }
  });

  it('diagnoses pasted text, fenced or not', async () => {
    const { desk } = world();
    const log = new TextDecoder().decode(frebLog());
    for (const line of [`diagnose ${log}`, `diagnose\n\`\`\`\n${log}\n\`\`\``]) {
      const { answer, command } = await desk.command(line, here);
      expect(command).toBe('diagnose');
      expect(renderText(answer)).toMatch(/0x80070542/);
    }
    expect(renderText((await desk.command('diagnose nothing of the kind', here)).answer)).toMatch(
      /I don.t see a file here/,
    );
  });

  it('marks what concerns only the asker', async () => {
    const { desk } = world();
    expect((await desk.command('privacy', here)).private).toBe(true);
    expect((await desk.command('defaults', here)).private).toBeUndefined();
  });

  it('forgets a thread: answers, buttons and evidence', async () => {
    const w = world();
    const { answer } = await w.desk.diagnose([{ name: 'fr000032.xml', bytes: frebLog() }], here);
    expect(renderText((await w.desk.command('case', here)).answer)).toMatch(/fr000032\.xml/);
    expect(renderText((await w.desk.command('forget', here)).answer)).toMatch(
      /2 stored answers and the facts of 1 file/,
    );
    expect(w.store.snapshot()).not.toMatch(/Portal/);
    expect(renderText((await w.desk.command('case', here)).answer)).toMatch(/no evidence/);
    const pressed = await w.desk.press({ action: 'fix', case: answer.case ?? '', ...here });
    expect(renderText(pressed)).toMatch(/I no longer have that answer/);
  });

  it('takes a follow-up to be about what the thread is about', async () => {
    const w = world();
    await w.desk.command('who holds SeImpersonatePrivilege by default?', here);
    const { answer } = await w.desk.command('and on a domain controller?', here);
    expect(renderText(answer)).toMatch(/domain controller/i);
  });
});

describe('buttons', () => {
  it('open their part, and nothing of another tenant', async () => {
    const w = world();
    const { answer } = await w.desk.diagnose([{ name: 'fr000032.xml', bytes: frebLog() }], here);
    expect(answer.case).toMatch(/^[\w-]{16}$/);
    expect((await w.store.answer(answer.case ?? ''))?.answer).toEqual(answer);
    for (const action of answer.actions) {
      expect(action.case).toBe(answer.case);
      const opened = await w.desk.press({
        action: action.id,
        case: action.case ?? '',
        parts: action.part ? [action.part] : [],
        ...here,
      });
      expect(renderText(opened), action.id).not.toMatch(/I no longer have/);
      expect(
        opened.parts.every(({ keep }) => keep === 'always'),
        action.id,
      ).toBe(true);
    }
    const folded = answer.parts.filter(({ keep }) => keep === 'fold').length;
    const more = await w.desk.press({ action: 'show-more', case: answer.case ?? '', ...here });
    expect(more.parts).toHaveLength(folded);
    const foreignPress = await w.desk.press({ action: 'fix', case: answer.case ?? '', ...here, tenant: 'T2' });
    expect(renderText(foreignPress)).toMatch(/I no longer have that answer/);
    expect(await w.desk.storedAnswer(answer.case ?? '', 'T2')).toBeUndefined();
  });

  it('stores nothing where there is no thread', async () => {
    const w = world();
    const { answer } = await w.desk.diagnose([{ name: 'fr000032.xml', bytes: frebLog() }]);
    expect(answer.case).toBeUndefined();
    expect(JSON.parse(w.store.snapshot()).answers).toEqual([]);
  });
});
