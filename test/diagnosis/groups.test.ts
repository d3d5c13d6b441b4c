import { describe, expect, it } from 'vitest';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import { normalizeUrl } from '../../src/diagnosis/groups.js';
import { impersonationTrace, knowledge, trace } from './readings.js';

const missing = (file: string, url: string) =>
  trace(file, {
    'request.url': url,
    'final-status': 404,
    'decisive.module': 'IIS Web Core',
    'decisive.code': '0x80070002',
  });

describe('many logs', () => {
  const logs = [
    missing('1.xml', 'http://h/shop/17'),
    missing('2.xml', 'http://h/shop/18?x=1'),
    missing('3.xml', 'http://h/favicon.ico'),
    trace('ok.xml', { 'final-status': 200 }),
    impersonationTrace('i1.xml', { 'request.url': 'http://h/a.css' }),
    impersonationTrace('i2.xml', { 'request.url': 'http://h/b.png' }),
    trace('s.xml', { 'final-status': 200, 'request.time-taken': 9000 }),
  ];
  const { groups, diagnosis } = diagnose(logs, knowledge);

  it('are grouped by what they have in common, most urgent first', () => {
    expect(groups.map((g) => [g.cause, g.count, g.example])).toEqual([
      ['impersonation-right-missing', 2, 'i1.xml'],
      ['file-not-found', 2, '1.xml'],
      ['file-not-found', 1, '3.xml'],
      [null, 1, 's.xml'],
      [null, 1, 'ok.xml'],
    ]);
  });

  it('are counted by pool, URL and hour', () => {
    expect(groups[0]?.by).toMatchObject({ pool: [['Portal', 2]], hour: [['2026-06-08T19', 2]] });
    expect(groups[0]?.by?.url).toHaveLength(2);
  });

  it('have every file in exactly one group', () => {
    expect(groups.reduce((sum, g) => sum + g.count, 0)).toBe(logs.length);
    expect(diagnosis.findings.map((f) => f.cause)).toEqual(['impersonation-right-missing', 'file-not-found']);
  });

  it('one log is no group', () => {
    expect(diagnose([logs[0]!], knowledge).groups).toEqual([]);
  });

  it('a URL is the same with another number, identifier or query', () => {
    expect(normalizeUrl('HTTP://H:80/Orders/17/Lines?id=4')).toBe('h:80/orders/{n}/lines');
    expect(normalizeUrl('http://h/img/17.png')).toBe(normalizeUrl('http://h/img/18.png'));
    expect(normalizeUrl('http://h/page1.aspx')).not.toBe(normalizeUrl('http://h/page2.aspx'));
    expect(normalizeUrl('http://h/f/3F2504E0-4F89-11D3-9A0C-0305E82C3301/x')).toBe('h/f/{id}/x');
  });
});
