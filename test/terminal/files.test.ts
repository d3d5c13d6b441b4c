import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ReportedTrace, TerminalDeps } from '../../adapters/terminal/deps.js';
import type { LogTable } from '../../src/answer/log-table.js';
import { readEnvFile, readEnvironment } from '../../src/service/env-file.js';
import { zipOf } from '../intake/zips.js';
import { frebLog } from '../scenarios/logs.js';
import { TerminalRun } from './driver.js';

let terminal: TerminalRun;
beforeEach(() => {
  terminal = new TerminalRun();
});
afterEach(() => terminal.stop());

const namesOf = (out: string) => JSON.parse(out).files.map(({ name }: { name: string }) => name);

/** Writes six logs into the folder `logs`: five fail, one does not. */
function writeLogs(): void {
  mkdirSync(join(terminal.folder, 'logs'));
  for (const n of [1, 2, 3, 4, 5]) terminal.file(`logs/fr00000${n}.xml`, frebLog());
  terminal.file('logs/good.xml', frebLog({ status: 200, works: true }));
}

/** Stands in for the report, and keeps the logs that it is given. */
class ReportedLogs {
  traces: readonly ReportedTrace[] = [];
  table: LogTable | undefined;
  readonly report: TerminalDeps['report'] = async (_answer, logs) => {
    if ('groups' in logs) this.table = logs;
    else this.traces = logs;
    return '<html>';
  };
}

describe('which files are read', () => {
  it('wildcards that no shell has expanded', async () => {
    writeLogs();
    expect(namesOf((await terminal.run(['diagnose', 'logs/fr*[0-9].xml', 'lo*/fr00000?.xml', '--json'])).out)).toEqual(
      [1, 2, 3, 4, 5].map((n) => `fr00000${n}.xml`),
    );
    const none = await terminal.run(['diagnose', 'logs/*.evtx']);
    expect([none.code, none.error]).toEqual([2, 'frebot: logs/*.evtx: no file matches\n']);
  });

  it('a file that is named twice is read once', async () => {
    writeLogs();
    expect(namesOf((await terminal.run(['diagnose', 'logs/good.xml', 'logs/g*.xml', '--json'])).out)).toHaveLength(1);
  });

  it('a missing file among others is told, the others are read, and the exit code says so', async () => {
    terminal.file('there.xml', frebLog());
    const { code, out, error } = await terminal.run(['diagnose', 'gone.xml', 'there.xml', '--json']);
    expect(code).toBe(1);
    expect(error).toBe('frebot: gone.xml: no such file or folder\n');
    expect(namesOf(out)).toEqual(['there.xml']);
  });

  it.skipIf(process.platform === 'win32')(
    'links below a folder are followed once, and no circle is walked',
    async () => {
      writeLogs();
      mkdirSync(join(terminal.folder, 'elsewhere'));
      terminal.file('elsewhere/other.xml', frebLog());
      terminal.file('single.xml', frebLog());
      const link = (target: string, at: string) =>
        symlinkSync(join(terminal.folder, target), join(terminal.folder, at));
      link('elsewhere', 'logs/first');
      link('elsewhere', 'logs/second');
      link('single.xml', 'logs/single.xml');
      link('logs', 'elsewhere/back');
      link('.', 'logs/up');
      link('gone', 'logs/broken');
      const names = namesOf((await terminal.run(['diagnose', 'logs', '--json'])).out);
      expect(names).toHaveLength(8);
      expect(names.filter((name: string) => name.endsWith('other.xml'))).toHaveLength(1);
      expect(names).toContain('logs/single.xml');
    },
  );
});

describe('what is printed', () => {
  it('many files are summed up; --all prints each of them before the summary', async () => {
    writeLogs();
    const brief = await terminal.run(['diagnose', 'logs']);
    expect(brief.out).toMatch(/^failure {2}/);
    expect(brief.out).not.toMatch(/^no-fault +200/m);
    expect(brief.out).toMatch(/\n\n\S.*\. Each file and every part: --all\n$/);
    const all = await terminal.run(['diagnose', 'logs', '--all']);
    expect(all.out).toMatch(/^failure +500 +logs\/fr000001\.xml/);
    expect(all.out.indexOf('no-fault     200     logs/good.xml')).toBeLessThan(all.out.indexOf('\nfailure  Likely'));
    expect(all.out).toContain('\nDetails\n');
  });

  it('colours where the terminal has them, and the same text without', async () => {
    terminal.file('x.xml', frebLog());
    const plain = await terminal.run(['diagnose', 'x.xml']);
    const coloured = await terminal.run(['diagnose', 'x.xml'], undefined, { colours: true });
    expect(plain.out).not.toContain('\u001b');
    expect(coloured.out).toMatch(/^\u001b\[1m\u001b\[31mfailure\u001b/);
    expect(coloured.out.replace(/\u001b\[\d+m/g, '')).toBe(plain.out);
  });

  it('one row a file as CSV, where no cell is a formula', async () => {
    terminal.file('=cmd|x.xml', frebLog());
    terminal.file('good.xml', frebLog({ status: 200, works: true }));
    const { out } = await terminal.run(['diagnose', '=cmd|x.xml', 'good.xml', '--csv']);
    const rows = out.split('\r\n');
    expect(rows[0]).toMatch(/^file,kind,verdict,cause,confidence,status,/);
    expect(rows[1]).toMatch(/^'=cmd\|x\.xml,freb-log,failure,impersonation-right-missing,likely,500,0,0x80070542,GET,/);
    expect(rows[2]).toMatch(/^good\.xml,freb-log,no-fault,/);
    expect(rows).toHaveLength(4);
  });

  it('--html writes the report, or says why it cannot', async () => {
    terminal.file('x.xml', frebLog());
    const { code, out } = await terminal.run(['diagnose', 'x.xml', '--html', 'out.html']);
    expect([code, out.startsWith('failure')]).toEqual([0, true]);
    expect(readFileSync(join(terminal.folder, 'out.html'), 'utf8')).toMatch(/^<html>Likely cause/);
    const failed = await terminal.run(['diagnose', 'x.xml', '--html', 'no/such/folder.html']);
    expect([failed.code, failed.error]).toEqual([2, expect.stringMatching(/cannot be written to .*ENOENT/)]);
  });

  it.each([
    ['a log', ['x.xml'], ['x.xml']],
    ['two logs', ['x.xml', 'logs/good.xml'], ['x.xml', 'good.xml']],
    ['a folder', ['small'], ['small/in/x.xml']],
    ['a zip in a folder', ['zipped'], ['zipped/logs.zip/x.xml']],
    ['standard input', ['-'], ['stdin']],
  ])('--html puts the events of the traces into the report: %s', async (_, argv, expected) => {
    writeLogs();
    for (const folder of ['small/in', 'zipped']) mkdirSync(join(terminal.folder, folder), { recursive: true });
    for (const name of ['x.xml', 'small/in/x.xml']) terminal.file(name, frebLog());
    terminal.file('zipped/logs.zip', await zipOf({ 'x.xml': frebLog() }));
    const reported = new ReportedLogs();
    await terminal.run(['diagnose', ...argv, '--html', 'out.html'], frebLog(), reported);
    expect(reported.traces.map(({ view }) => view.file)).toEqual(expected);
  });

  it('--html of a comparison has both traces, each with its first difference', async () => {
    writeLogs();
    const reported = new ReportedLogs();
    await terminal.run(['compare', 'logs/fr000001.xml', 'logs/good.xml', '--html', 'out.html'], undefined, reported);
    expect(reported.traces.map(({ view }) => view.file)).toEqual(['fr000001.xml', 'good.xml']);
    for (const { view, difference } of reported.traces)
      expect(view.total).toBeGreaterThanOrEqual(difference ?? Infinity);
  });

  it('--html of many logs has their table', async () => {
    writeLogs();
    const reported = new ReportedLogs();
    await terminal.run(['diagnose', 'logs', '--html', 'out.html'], undefined, reported);
    expect(reported.table?.logs.map(({ file }) => file)).toHaveLength(6);
  });

  it('--fail-on ends with 3 when what it names was found', async () => {
    terminal.file('bad.xml', frebLog());
    terminal.file('good.xml', frebLog({ status: 200, works: true }));
    terminal.file('picture.png', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]));
    const code = async (...argv: string[]) => (await terminal.run(['diagnose', ...argv])).code;
    expect(await code('bad.xml', '--fail-on', 'failure')).toBe(3);
    expect(await code('bad.xml', 'picture.png', '--fail-on', 'failure')).toBe(3);
    expect(await code('bad.xml', '--fail-on', 'slow')).toBe(0);
    expect(await code('bad.xml', '--fail-on', 'slow', '--fail-on', 'failure')).toBe(3);
    expect(await code('good.xml', '--fail-on', 'failure')).toBe(0);
    expect(await code('picture.png', '--fail-on', 'failure')).toBe(1);
  });

  it('progress is one line on standard error, which --quiet and scripts do not get', async () => {
    writeLogs();
    const lines: string[] = [];
    const showProgress = (line: string) => void lines.push(line);
    await terminal.run(['diagnose', 'logs'], undefined, { showProgress });
    expect(lines.at(-2)).toBe('Reading: 6 of 6 files (100 %)');
    expect(lines.at(-1)).toBe('');
    lines.length = 0;
    await terminal.run(['diagnose', 'logs', '--quiet'], undefined, { showProgress });
    expect(lines).toEqual([]);
  });
});

describe('frebot completion', () => {
  it.each(['powershell', 'bash', 'zsh', 'fish'])('%s: names commands and options', async (shell) => {
    const { code, out } = await terminal.run(['completion', shell]);
    expect(code).toBe(0);
    for (const word of ['diagnose', 'preflight', 'fail-on']) expect(out).toContain(word);
  });

  it.skipIf(process.platform === 'win32')('bash completes a command and an option', async () => {
    const { out } = await terminal.run(['completion', 'bash']);
    const complete = (...words: string[]) =>
      execFileSync(
        'bash',
        ['-c', `${out}\nCOMP_WORDS=(frebot "$@"); COMP_CWORD=$#; _frebot; echo "\${COMPREPLY[@]}"`, 'x', ...words],
        {
          encoding: 'utf8',
        },
      ).trim();
    expect(complete('diag')).toBe('diagnose');
    expect(complete('serve', '--p')).toBe('--port');
    expect(complete('serve', 'x')).toBe('');
  });
});

describe('the .env file', () => {
  it('gives settings as editors and PowerShell write them, and the real environment wins', () => {
    const file = (bytes: string | Uint8Array) => {
      writeFileSync(join(terminal.folder, '.env'), bytes);
      return join(terminal.folder, '.env');
    };
    const text = '# ports\r\nFREBOT_PORT=4000\r\nFREBOT_HOST="0.0.0.0"\r\n';
    const expected = { FREBOT_PORT: '4000', FREBOT_HOST: '0.0.0.0' };
    expect(readEnvFile(file(text))).toEqual(expected);
    expect(readEnvFile(file(`\ufeff${text}`))).toEqual(expected);
    expect(readEnvFile(file(Buffer.from(`\ufeff${text}`, 'utf16le')))).toEqual(expected);
    expect(readEnvironment({ FREBOT_PORT: '1' }, terminal.folder)).toEqual({ ...expected, FREBOT_PORT: '1' });
    expect(readEnvironment({ NODE_ENV: 'test' }, terminal.folder)).toEqual({ NODE_ENV: 'test' });
    expect(readEnvFile(join(terminal.folder, 'none'))).toEqual({});
  });
});
