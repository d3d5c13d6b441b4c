import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readEvidence } from '../../src/evidence/read.js';
import { fact, facts } from './facts.js';

/** Real logs beside a development checkout; their own index says what is expected of them. */
const folder = path.resolve(import.meta.dirname, '../../../shared/samples/freb');
const have = existsSync(path.join(folder, 'INDEX.md'));
const index = have ? readFileSync(path.join(folder, 'INDEX.md'), 'utf8') : '';
const files = have ? readdirSync(folder).filter((f) => f.endsWith('.xml')) : [];
if (!have) console.info('real FREB logs: skipped, ../shared/samples/freb is absent');

const rows = [
  ...index.matchAll(/^\| `([^`]+\.xml)` \| \d+ \| ([\d.]+) \| ([\d.]+) \| (\w+) (\d+)ms \|.*?\| (\d+)\/(\d+) \|/gm),
]
  .map((m) => ({ file: m[1]!, status: m[2]!, trigger: m[3]!, reason: m[4]!, ms: Number(m[5]), events: Number(m[6]) }))
  .filter((row) => files.includes(row.file));

const decisive = new Map(
  [...index.matchAll(/^- `([^`]+\.xml)`\n {2}- #(\d+) level \d (\w+)/gm)].map((m) => [m[1]!, Number(m[2])] as const),
);
/** A warning is written before the status it leads to; the status decides. */
const decidingStatus = new Map(
  [...index.matchAll(/^- `([^`]+\.xml)`((?:\n {2}- .*)+)/gm)].flatMap((m) => {
    const line = /#(\d+) level \d MODULE_SET_RESPONSE_ERROR_STATUS/.exec(m[2]!);
    return line ? [[m[1]!, Number(line[1])] as const] : [];
  }),
);

describe.skipIf(!have)('real logs', () => {
  it('covers every file of the folder', () => {
    expect(rows.map((r) => r.file).sort()).toEqual([...files].sort());
  });

  it.each(rows)('$file: kind, events, status, reason', (row) => {
    const reading = readEvidence(row.file, readFileSync(path.join(folder, row.file)));
    expect(reading.kind).toBe('freb-log');
    expect(fact(reading, 'trace.events')).toBe(row.events);
    const [status, sub] = row.status.split('.');
    expect(fact(reading, 'final-status')).toBe(Number(status));
    expect(fact(reading, 'final-substatus')).toBe(Number(sub ?? 0));
    expect(fact(reading, 'trigger-status')).toBe(row.trigger === '0' ? undefined : row.trigger);
    expect(fact(reading, 'failure-reason')).toBe(row.reason);
    expect(fact(reading, 'request.time-taken')).toBe(row.ms);
    const expected = decidingStatus.get(row.file) ?? decisive.get(row.file);
    if (expected) expect(reading.observations.find((o) => o.name === 'decisive.event')?.event).toBe(expected);
    else if (Number(status) >= 400) expect(fact(reading, 'decisive.event')).toBeDefined();
  });

  it('is read when it is not well-formed, and says so', () => {
    const broken = files.filter((f) =>
      readEvidence(f, readFileSync(path.join(folder, f))).damage.includes('malformed'),
    );
    expect(broken).toEqual(['hiwa-thesis__fr000016.xml']);
  });

  it('never claims the impersonation code', () => {
    for (const file of files) {
      const reading = readEvidence(file, readFileSync(path.join(folder, file)));
      expect([...facts(reading, 'code.seen'), ...facts(reading, 'decisive.code')]).not.toContain('0x80070542');
    }
  });

  it('finds exception, file and line in the pages', () => {
    const read = (name: string) => readEvidence(name, readFileSync(path.join(folder, name)));
    const page = read('plechenko__fr000018.aspnet-error.xml');
    expect(fact(page, 'exception.type')).toBe('System.InvalidOperationException');
    expect(fact(page, 'exception.line')).toBe(5);
    const compile = read('mayur_patil__fr000010.xml');
    expect(fact(compile, 'aspnet.phase')).toBe('compile');
    expect(String(fact(compile, 'exception.file'))).toMatch(/login2\.aspx\.cs$/);
    const start = read('blogezy__fr000001.xml');
    expect(fact(start, 'exception.type')).toBe('System.IO.DirectoryNotFoundException');
    const php = read('plechenko__fr000049.php-error.xml');
    expect(fact(php, 'exception.origin')).toBe('php');
    expect(facts(php, 'code.seen')).toEqual([]);
    const flushed = read('plechenko__fr000071.complex-multi.xml');
    expect(fact(flushed, 'aspnet.web-event')).toBe(3005);
    expect(fact(flushed, 'exception.line')).toBe(60);
  });

  it.each([
    ['plechenko__fr000013.asp-slow-5s.xml', 'script-call', /ASP_SCRIPT_TRACE_COM_CALL/, /line 10/],
    ['plechenko__fr000028.aspnet-slow-5s.xml', 'page-code', /AspNetPageLoad/, /slow\.aspx/],
    ['plechenko__fr000005.root-default.xml', 'application-start', /application start/, null],
    ['plechenko__fr000045.vbnet-200.xml', 'application-start', /AspNetCompile/, null],
    ['plechenko__fr000053.node-200.xml', 'application-start', /iisnode/, null],
    ['plechenko__fr000017.aspnet-200.xml', 'application-start', /AspNetCompile/, null],
  ])('%s: time belongs to what was open', (file, kind, step, where) => {
    const reading = readEvidence(file, readFileSync(path.join(folder, file)));
    expect(fact(reading, 'slow.kind')).toBe(kind);
    expect(String(fact(reading, 'slow.step'))).toMatch(step);
    if (where) expect(String(fact(reading, 'slow.where'))).toMatch(where);
    expect(Number(fact(reading, 'slow.share'))).toBeGreaterThan(0.7);
  });
});
