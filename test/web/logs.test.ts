import { describe, expect, it } from 'vitest';
import { renderHoursChart } from '../../adapters/web/hours-chart.js';
import { reportPage } from '../../adapters/web/index.js';
import { everyLog, filterLogs, sumGroups } from '../../adapters/web/page/logs/log-filter.js';
import { logsCsv } from '../../adapters/web/page/logs/log-texts.js';
import { sortRows } from '../../adapters/web/page/logs/table-rows.js';
import { answerReport } from '../../src/answer/diagnosis-answer.js';
import { countHours } from '../../src/answer/hour-counts.js';
import { tabulateLogs } from '../../src/answer/log-table.js';
import { renderText } from '../../src/answer/text.js';
import { diagnose } from '../../src/diagnosis/diagnose.js';
import { knowledge, trace } from '../diagnosis/readings.js';

/** So many logs, each of another page but for every third, over two days. */
function manyReadings(count: number) {
  return Array.from({ length: count }, (_, i) =>
    trace(`fr${i}.xml`, {
      'request.url': `http://h/page${i % 3 === 0 ? 'main' : i}.aspx`,
      'request.site-id': i % 2 ? 1 : 2,
      'request.time': `2026-06-0${(i % 2) + 8}T1${i % 10}:20:00Z`,
      'final-status': 404,
      'decisive.module': 'IIS Web Core',
      'decisive.code': '0x80070002',
    }),
  );
}

describe('many logs on the page', () => {
  const report = diagnose(manyReadings(60), knowledge);
  const table = tabulateLogs(report)!;

  it('are all there, each in its group', () => {
    expect([table.logs.length, table.groups.length]).toEqual([60, report.groups.length]);
    for (const { group, count } of report.groups.map(({ count }, group) => ({ group, count })))
      expect(table.logs.filter((log) => log.group === group)).toHaveLength(count);
  });

  it.each([
    [{ url: '/pagemain.aspx' }, 20],
    [{ site: '1' }, 30],
    [{ site: '1', url: '/pagemain.aspx' }, 10],
    [{ hour: '2026-06-08 10' }, 6],
    [{ status: '500' }, 0],
    [{ group: 0 }, 20],
    [{ text: 'fr7.xml' }, 1],
    [{ text: 'PAGEMAIN 404' }, 20],
  ])('are filtered by %j', (wanted, count) => {
    const logs = filterLogs(table, { ...everyLog, ...wanted });
    expect(logs).toHaveLength(count);
    expect(sumGroups(logs).reduce((sum, { logs: own }) => sum + own.length, 0)).toBe(count);
  });

  it('are sorted by number and word', () => {
    const rows = ['10', '9', '1,200', ''].map((cell) => ({ cells: [cell] }));
    expect(sortRows(rows, 0, true).map(({ cells }) => cells[0])).toEqual(['1,200', '10', '9', '']);
  });

  it('become a file for a spreadsheet in which nothing is a formula', () => {
    const [log] = table.logs;
    const csv = logsCsv(table, [{ ...log!, url: '=HYPERLINK("x")', pool: '@SUM(1)' }]);
    expect(csv.split('\r\n')[0]).toBe('file,status,code,site,pool,url,server,time,verdict,cause,title');
    expect(csv).toContain(`'@SUM(1),"'=HYPERLINK(""x"")"`);
  });
});

describe('the answer about many logs', () => {
  const report = diagnose(manyReadings(60), knowledge);
  const answer = answerReport(report, knowledge);

  it('shows the first groups with a count of the others, and where they are', () => {
    const groups = answer.parts.find(({ id }) => id === 'groups');
    const rows = groups?.kind === 'table' ? groups.rows : [];
    expect(rows).toHaveLength(9);
    expect(rows[8]).toEqual(['33', 'in 33 further groups: the report and my page have all of them', '']);
    expect(renderText(answer)).toContain('All groups');
  });

  it('says how many of very many groups its long table has', () => {
    const parts = answerReport(diagnose(manyReadings(900), knowledge), knowledge).parts;
    expect(parts.find(({ id }) => id === 'all-groups')?.heading).toBe('All groups: the first 500 of 601');
  });

  it('has all groups, a chart and every log in its report', () => {
    const markup = reportPage(`${import.meta.dirname}/../..`, () => new Date(0))(answer, [], tabulateLogs(report));
    const body = markup.slice(markup.indexOf('<body'));
    expect(body).not.toContain('data-part="groups"');
    const all = body.slice(body.indexOf('data-part="all-groups"'));
    expect(all.slice(0, all.indexOf('</section>')).match(/<tr>/g)).toHaveLength(report.groups.length + 1);
    expect(body).toContain('<figure class="hours">');
    const data = /<div class="logs-of"><script type="application\/json">(.*?)<\/script>/s.exec(body)?.[1] ?? '{}';
    expect(JSON.parse(data)).toEqual(tabulateLogs(report));
  });
});

describe('the chart over time', () => {
  const logs = (...hours: number[]) =>
    hours.map((hour) => ({ title: 'a', time: new Date(Date.UTC(2026, 5, 8) + hour * 3_600_000).toISOString() }));

  it('counts by hour, and by longer spans where hours are too many', () => {
    expect(countHours(logs(0, 0, 2))).toMatchObject({ hours: 1, series: [{ counts: [2, 0, 1] }] });
    expect(countHours(logs(0, 24 * 20))).toMatchObject({ hours: 12 });
    expect(countHours(logs(0, 24 * 365 * 50))).toBeUndefined();
    expect(countHours(logs(5, 5))).toBeUndefined();
    expect(countHours([{ title: 'a', time: 'no time' }])).toBeUndefined();
  });

  it('names four causes and puts the others together', () => {
    const many = Array.from({ length: 8 }, (_, i) => ({ title: `c${i}`, time: `2026-06-08T0${i}:00:00Z` }));
    const { series } = countHours(many)!;
    expect(series.map(({ title }) => title)).toEqual(['c0', 'c1', 'c2', 'c3', 'other causes']);
    expect(series.flatMap(({ counts }) => counts).reduce((sum, count) => sum + count)).toBe(8);
  });

  it('keeps hostile titles as text', () => {
    const hostile = logs(0, 1).map((log) => ({ ...log, title: '</svg><img src=x onerror=alert(1)>"' }));
    const { markup } = renderHoursChart(countHours(hostile)!);
    expect(markup).not.toContain('<img');
    expect(markup).toContain('&lt;/svg&gt;');
  });
});
