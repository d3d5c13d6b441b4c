import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { reportPage } from '../../adapters/web/index.js';
import type { Answer } from '../../src/answer/answer.js';
import { answerReport } from '../../src/answer/diagnosis-answer.js';
import { renderMarkdown } from '../../src/answer/markdown.js';
import { ticketAnswer } from '../../src/answer/ticket.js';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import { buildTraceView } from '../../src/evidence/freb/view/build-view.js';
import { readEvidence } from '../../src/evidence/read.js';
import { FrebLog, impersonation } from '../generator/index.js';
import { knowledge } from '../terminal/driver.js';

const report = reportPage(resolve(import.meta.dirname, '../..'), () => new Date('2026-06-08T20:00:00Z'));
const diagnosed = (log: FrebLog): Answer =>
  answerReport(diagnose([readEvidence('fr000001.xml', log.bytes(), { timeline: true })], knowledge), knowledge);
const viewOf = (log: FrebLog) => buildTraceView('fr000001.xml', log.bytes())!;
/** The page without its own script. */
const bodyOf = (markup: string) => markup.slice(markup.indexOf('<body'), markup.lastIndexOf('<script>'));
const traceOf = (log: FrebLog) => ({ view: viewOf(log) });

describe('a report', () => {
  it('has everything open, no button, and nothing from a network', () => {
    const markup = report(diagnosed(impersonation()), [traceOf(impersonation())]);
    const page = markup.slice(markup.indexOf('<body'), markup.lastIndexOf('<script>'));
    expect(page).not.toMatch(/<button| hidden|<details(?! open)/);
    expect(page).toContain('Fix, step by step');
    expect(markup).not.toMatch(/<(?:link|img|iframe)|src=|@import|url\(/);
    expect(markup).toContain('For the ticket');
  });

  it('holds the events twice: as data for its script, and as a list for paper', () => {
    const view = viewOf(impersonation());
    const markup = report(diagnosed(impersonation()), [{ view }]);
    const data = /<script type="application\/json">(.*?)<\/script>/s.exec(markup)?.[1] ?? '';
    expect(JSON.parse(data)).toEqual(view);
    expect(markup.match(/<tr[^>]*><td>\d+<\/td><td>\d+ ms<\/td>/g)).toHaveLength(view.total);
    expect(markup).toContain('(decisive)');
  });

  it('without its log shows the waterfall, and says how to see the events', () => {
    const markup = report(diagnosed(impersonation()));
    expect(bodyOf(markup)).toContain('<svg');
    expect(markup).toContain('drop the log on Frebot&#39;s page');
  });

  it('asks for the log on the page too when all its events have one time', () => {
    const log = new FrebLog();
    log.error({ module: 'IIS Web Core', stage: 'AUTHENTICATE_REQUEST', status: 500, code: 0x80070542 });
    const markup = report(diagnosed(log));
    expect(bodyOf(markup)).not.toContain('<svg');
    expect(markup).toContain('drop the log on Frebot&#39;s page');
  });

  it('marks the first difference of two logs, for its script and in the list', () => {
    const markup = report(diagnosed(impersonation()), [{ view: viewOf(impersonation()), difference: 7 }]);
    expect(markup).toContain('class="trace-of" data-difference="7"');
    expect(markup).toMatch(/<td>7<\/td>.*? \(first difference\)/);
  });

  it('keeps hostile text as text', () => {
    const log = new FrebLog();
    log.module('</script><script>alert(1)</script>', 'BEGIN_REQUEST', () => log.wait(31).event('AUTH_END'));
    log.error({ module: 'a', stage: 'BEGIN_REQUEST', status: 500, reason: '</pre><img src=x onerror=alert(1)>' });
    const markup = report(diagnosed(log), [traceOf(log)]);
    expect(markup).not.toContain('<script>alert');
    expect(markup).not.toContain('<img');
    expect(markup.match(/<\/script>/g)).toHaveLength(2);
  });

  it('stays below 5 MB, whatever the log holds', () => {
    const log = new FrebLog();
    for (let i = 0; i < 20_000; i++)
      log.foreign(`E${i % 700}`, 'module', 4, { RuleName: `${i} ${'words of a rule '.repeat(20)}` });
    const view = viewOf(log);
    expect(Buffer.byteLength(report(diagnosed(log), [{ view }]))).toBeLessThan(5_000_000);
    const two = report(diagnosed(log), [{ view }, { view }]);
    expect(Buffer.byteLength(two)).toBeLessThan(5_000_000);
    expect(two).toContain('too large for one file');
  });
});

describe('the part for the ticket', () => {
  it('has the request, the fix in full and the proof, and nothing to press', () => {
    const text = renderMarkdown(ticketAnswer(diagnosed(impersonation())));
    expect(text).toMatch(/^## Likely cause/);
    expect(text).toContain('### Fix, step by step');
    expect(text).toContain('ErrorCode = 2147943746');
    expect(text).toContain('```\n');
  });

  it('leaves no text of a log as markup', () => {
    const hostile: Answer = {
      title: '# @channel [x](javascript:alert(1)) <b>',
      summary: '',
      parts: [
        { kind: 'text', id: 't', keep: 'always', text: ['a', { code: '`` ` |' }, '*b*'] },
        { kind: 'command', id: 'c', keep: 'always', command: '```\n# title' },
        { kind: 'table', id: 'r', keep: 'always', columns: ['a|b'], rows: [['c|d\n| e']] },
      ],
      actions: [],
      sources: [],
    };
    const text = renderMarkdown(hostile);
    expect(text).toContain('\\# @\u200bchannel \\[x\\](javascript:alert(1)) \\<b\\>');
    expect(text).toContain('``` `` ` ¦ ```');
    expect(text).toContain('\\*b\\*');
    expect(text).toContain('````\n```\n# title\n````');
    expect(text.split('\n').filter((line) => line.startsWith('|'))).toHaveLength(3);
  });
});

describe('the first screen', () => {
  it('has the buttons behind the fix, and one fold for what no button opens', async () => {
    const { renderAnswer } = await import('../../adapters/web/render.js');
    const { markup } = renderAnswer(diagnosed(impersonation()));
    const at = (text: string) => markup.indexOf(text);
    expect(at('data-part="fix"')).toBeLessThan(at('class="actions"'));
    expect(at('class="actions"')).toBeLessThan(at('data-part="proof"'));
    expect(markup.match(/<details class="others"/g)).toHaveLength(1);
    const opened = [...markup.matchAll(/data-action="([\w-]+)" data-case="" data-part="([\w-]*)"/g)].map(
      (m) => m[2] || m[1],
    );
    for (const [, part] of markup.matchAll(/<section data-part="([\w-]+)" hidden/g)) expect(opened).toContain(part);
    expect(markup).not.toMatch(/<details data-part/);
  });
});
