import { describe, expect, it } from 'vitest';
import { readNumbers } from '../../src/questions/parse/numbers.js';
import { findProposition, signatureOf } from '../../src/questions/parse/proposition.js';
import { findWorlds, worldMarks } from '../../src/questions/parse/worlds.js';
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
  ])('%s: %s', (text, wants) => {
    expect(findProposition(text) !== undefined).toBe(wants);
  });

  it('turns with a negation, with what is done and with what comes of it', () => {
    const all = [
      'can i remove it',
      'can i keep it',
      'can i not remove it',
      'does removing it break anything',
      'must i remove it',
    ];
    expect(new Set(all.map((text) => signatureOf(text, []))).size).toBe(all.length);
    expect(signatureOf('is it ok to remove the group', [])).toBe(signatureOf('can we safely take it away', []));
    expect(signatureOf('can i remove it', ['everyone'])).not.toBe(signatureOf('can i remove it', []));
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
