import { describe, expect, it } from 'vitest';
import { readAssertion } from '../../src/questions/parse/assertion.js';
import { findNamed } from '../../src/questions/parse/names.js';
import { readNumbers } from '../../src/questions/parse/numbers.js';
import { findProposition } from '../../src/questions/parse/proposition.js';
import { parseQuestion } from '../../src/questions/parse/question.js';
import { findSides } from '../../src/questions/parse/sides.js';
import { findWorlds, worldMarks } from '../../src/questions/parse/worlds.js';
import { likenessOf } from '../../src/questions/rank/sign.js';
import { builtKnowledge } from '../built-knowledge.js';

const codesIn = (text: string) => readNumbers(text).codes.map(({ value }) => value);
const statusesIn = (text: string) => readNumbers(text).statuses.map(({ code }) => code);

describe('the numbers of a question', () => {
  it.each([
    ['the site shows 500.19.', '500.19'],
    ['we get 503.', '503'],
    ['(404.7), why', '404.7'],
    ['503が出ます', '503'],
    ['出现500.19错误', '500.19'],
    ['error: 401.2!', '401.2'],
    ['"413"?', '413'],
    ['status=502;', '502'],
  ])('are found beside any sign: %s', (text, status) => {
    expect(statusesIn(text)).toEqual([status]);
  });

  it.each([
    ['0x80070542, again.', 0x80070542],
    ['(0x8007000d)', 0x8007000d],
    ['エラー0x80070005が出る', 0x80070005],
    ['2147943746.', 2147943746],
    ['win32 error 1346.', 1346],
  ])('holds the code of "%s"', (text, code) => {
    expect(codesIn(text)).toEqual([code]);
  });

  it.each(['部屋503に鍵がない', '我在404房间等你'])(
    'hide no letter beside them, and are no plain status there: %s',
    (text) => {
      const { statuses, rest } = readNumbers(text);
      expect(statuses.map(({ certain }) => certain)).toEqual([false]);
      expect(rest.replace('statusnumber', '').length).toBeGreaterThan(3);
    },
  );

  it.each([
    'at 10:45:31 on 2026-03-01 it stopped',
    'port 8080 on 10.0.0.5:443',
    'event 5011 and event id 4625',
    'KB5034441 is installed',
    'detail code: 0',
    'it costs 500 euros',
    '500 users a day',
    'since server 2019',
    'S-1-5-82-3006700770-424185619-1745488364-794895919-4004696415',
    '+1',
  ])('are none in "%s"', (text) => {
    expect([...codesIn(text.toLowerCase()), ...statusesIn(text.toLowerCase())]).toEqual([]);
  });
});

describe('a question for yes or no', () => {
  it.each([
    ['is it safe to remove it', true],
    ['ok so, does that need a restart?', true],
    ['the site is down. can i restart it', true],
    ['why is it dangerous', false],
    ['is it the gpo or the pool', false],
    ['how do i know if it is safe', false],
    ['it is the pool', false],
    ['my console shows it, so the pool has it?', true],
    ['the pool has it too, right?', true],
    ['so not the password then?', true],
    ['IIS_IUSRS?', false],
    ['does it break when the group is removed', true],
    ['can you tell me which account it is', false],
    ['did that, still 403.7', false],
    ['did it, same as before', false],
    ['did that help', true],
  ])('is told from others: "%s" is one: %s', (text, wants) => {
    expect(findProposition(text) !== undefined).toBe(wants);
  });

  it('is read by what it claims and by what turns its sign', () => {
    const read = (text: string) => readAssertion(text, []);
    expect(read('is it ok to remove the group')).toEqual(read('can we safely take the group away'));
    expect(read('is it dangerous to remove the group')).toEqual({ ...read('can i remove the group'), turns: ['harm'] });
    expect(read("isn't it safe to remove the group").turns).toEqual([]);
    expect(read('can i keep the group').claims).not.toEqual(read('can i remove the group').claims);
    expect(read('must i remove the group').claims).toEqual(['need', 'remove']);
    expect(read('are they different')).toEqual({ ...read('are they the same'), turns: ['differ'] });
  });

  it('is alike in other words, and not where another number or another claim stands', () => {
    const alike = (one: string, other: string) => likenessOf(readAssertion(one, []), readAssertion(other, []), () => 5);
    expect(alike('can i remove the group', 'is it ok to drop the group')).toBe(1);
    expect(alike('can i remove the group', 'can i keep the group')).toBe(0);
    expect(alike('does sp1 have it', 'does sp2 have it')).toBe(0);
    expect(alike('does the gpo override secpol', 'does secpol override the gpo')).toBeLessThan(0.6);
  });
});

describe('a question that compares', () => {
  it.each([
    ['what is the difference between 4704 and 4705?', ['4704', '4705']],
    ['ApplicationHost vs web.config', ['applicationhost', 'web.config']],
    ['iusr or iis_iusrs, which is which', ['iusr', 'iis_iusrs']],
    ['how is 401.2 different from 401.3', ['401.2', '401.3']],
    ["what's different, 502.3 and 502.4", ['502.3', '502.4']],
    ['difference IUSR and IIS_IUSRS', ['iusr', 'iis_iusrs']],
    ['httperr vs w3c vs freb logs, who writes what', ['httperr', 'w3c', 'freb']],
    ['Unterschied zwischen 404.2 und 404.3?', ['404.2', '404.3']],
    ['quelle est la différence entre FREB et HTTPERR ?', ['freb', 'httperr']],
    ['¿qué diferencia hay entre 503.2, 503.3 y 503.4?', ['503.2', '503.3', '503.4']],
    ['404.7と404.8の違いは?', ['404.7', '404.8']],
    ['a, b, c and d: what is the difference', undefined],
    ['which event shows it', undefined],
    ['is it the pool or the account', undefined],
  ])('has its sides, or none: %s', (text, sides) => {
    expect(findSides(text.toLowerCase())).toEqual(sides);
  });
});

describe('exact names', () => {
  const owners = (text: string) => [...findNamed(text, builtKnowledge()).entries.keys()];

  it.each([
    ['event 4672 on a server', 'audit-events'],
    ['what is s-1-5-32-568?', 'iis-iusrs'],
    ['where does timetaken come from', 'freb-root'],
  ])('tell the entry that holds them: %s', (text, entry) => {
    expect(owners(text)).toContain(entry);
  });

  it('are no words, years or codes', () => {
    expect(owners('the server of 2019 answers 1346 in the log')).toEqual([]);
  });
});

describe('the names of products', () => {
  const worldsIn = (text: string) => findWorlds(text, builtKnowledge());

  it.each([
    ['caddy returns 502', ['web-servers']],
    ['caddy in front of iis', ['web-servers', 'iis']],
    ['azure devops agent', ['clouds']],
    ['azure and intune', ['microsoft-servers']],
    ['the web.config of our app-pool', ['iis']],
    ['アプリケーション プールが停止', ['iis']],
    ['the site is slow', []],
  ])('tell the worlds of "%s", the longest name first', (text, worlds) => {
    expect(worldsIn(text).map(({ world }) => world)).toEqual(worlds);
  });

  it('are features by what stands together', () => {
    expect(worldMarks(worldsIn('caddy in front of iis'))).toContain('places other ours');
    expect(worldMarks(worldsIn('caddy behind nginx'))).toEqual(['world web-servers', 'places other']);
    expect(worldMarks([])).toEqual([]);
  });
});

describe('what a question does not ask', () => {
  it('is in a concession', () => {
    expect(findProposition("does the service hold it, even though it isn't on the list?")).toBe(
      'does the service hold it',
    );
  });

  it('is in the words of an address', () => {
    const { text } = parseQuestion('what is this https://chat.example/secret/password/change', builtKnowledge());
    expect(text).toBe('what is this');
  });
});
