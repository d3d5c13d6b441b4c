import type { FileVerdict, Finding, Group, Report } from '../diagnosis/report.js';
import { plainTitle } from '../knowledge/fill.js';
import type { Knowledge } from '../knowledge/knowledge.js';
import { type Answer, type Part, plainText, type TablePart, type Text } from './answer.js';
import { errorEntry } from './errors.js';
import { kindOf } from './file-answer.js';
import { findingAnswer } from './finding-answer.js';
import { type FindingView, findingFactLookup, findingView } from './finding-view.js';
import { groupsCsv } from './groups-csv.js';
import { countHours } from './hour-counts.js';
import { splitTable } from './long-table.js';
import { actionsFor, dropEmptyParts, sourcesOf, statusText, urlPath, withheldPart } from './parts.js';
import { howPart, nextPart, requestsOf } from './requests.js';
import { fitScreen, phoneScreen } from './screen.js';
import { stepsPart, stepsWithUndo } from './steps.js';
import { capitalize, countWords, fillSentence, firstSentences, formatUtc, joinTexts } from './wording.js';

/** Longest "why" of one cause among several, in characters. */
const whyLimit = 200;
/** Files that each have a line on the first screen; the table of more files folds. */
const linesShown = 5;
/** Rows of the table of files; the rest is a number. */
const rowsShown = 100;

/** Answers several files: first together, then one by one. */
export function manyAnswer(report: Report, knowledge: Knowledge, now?: Date): Answer {
  const { findings } = report.diagnosis;
  const [finding] = findings;
  const isOneStory = findings.length === 1 && finding && haveOneCause(faultGroups(report), finding);
  const view = isOneStory ? findingView(report, finding, knowledge, now) : undefined;
  return view ? storyAnswer(view, report, knowledge) : overviewAnswer(report, knowledge, now);
}

function faultGroups(report: Report): Group[] {
  return report.groups.filter((g) => g.verdict !== 'no-fault');
}

/** The same cause at two or three stages or URLs is still one story; more such groups are a list. */
function haveOneCause(groups: readonly Group[], finding: Finding): boolean {
  return groups.length <= 1 || (groups.length <= 3 && groups.every((g) => g.cause === finding.cause));
}

/** Answers files of one cause, with a line for each file. */
function storyAnswer(view: FindingView, report: Report, knowledge: Knowledge): Answer {
  const one = findingAnswer(view, knowledge);
  const { parts } = fitScreen(
    {
      title: one.title,
      parts: dropEmptyParts([
        ...insertAfter(one.parts, ['remarks', 'holders', 'why', 'proof'], filesPart(report)),
        hoursPart(report, faultGroups(report)),
      ]),
    },
    phoneScreen.several,
  );
  const withheld = withheldPart(report.files.reduce((sum, f) => sum + f.withheld, 0));
  return { ...one, parts: parts.flatMap((p) => (p.id === 'withheld' ? dropEmptyParts([withheld]) : [p])) };
}

/** Answers files of several causes, or of none, most urgent first. */
function overviewAnswer(report: Report, knowledge: Knowledge, now?: Date): Answer {
  const views = report.diagnosis.findings.flatMap((f) => {
    const view = findingView(report, f, knowledge, now);
    return view ? [view] : [];
  });
  const title = overviewTitle(report);
  const next = requestsOf(report.files.flatMap((f) => (f.cause === null ? f.next : [])).slice(0, 3), knowledge);
  const { parts } = fitScreen({
    title,
    parts: dropEmptyParts([
      ...groupsParts(faultGroups(report)),
      ...views.slice(0, 3).map((view, i) => findingPart(view, i)),
      filesPart(report),
      next.length > 0 ? nextPart(next) : undefined,
      hoursPart(report, faultGroups(report)),
      ...report.groups.slice(0, 3).map(spreadPart),
      ...views.map((view, i) => fixPart(view, i)),
      ...howPart(next),
      withheldPart(report.files.reduce((sum, f) => sum + f.withheld, 0)),
    ]),
  });
  return {
    title,
    summary: `${plainText(title)}.`,
    verdict: report.diagnosis.verdict,
    parts,
    actions: actionsFor(parts, views.length > 0),
    sources: sourcesOf(views.slice(0, 3).map((v) => v.cause.sources.slice(0, 3))),
  };
}

function overviewTitle(report: Report): Text {
  const { files } = report;
  const failing = files.filter((f) => f.verdict === 'failure').length;
  const unread = files.filter((f) => f.verdict === 'unreadable').length;
  const causes = report.diagnosis.findings.filter((f) =>
    files.some((x) => x.cause === f.cause && x.verdict === 'failure'),
  );
  const head = countWords(files.length, 'file');
  if (unread === files.length) return `None of these ${head} can be read`;
  const pieces = [
    failing === 0
      ? report.diagnosis.verdict === 'failure'
        ? 'none fails by itself, and together they do'
        : 'none shows a failure'
      : `${failing.toLocaleString('en-US')} ${failing === 1 ? 'shows' : 'show'} a failure`,
  ];
  if (causes.length > 0) pieces[0] += ` (${countWords(causes.length, 'cause')})`;
  if (unread > 0) pieces.push(`${unread.toLocaleString('en-US')} cannot be read`);
  return `${head}: ${pieces.join(', ')}`;
}

/** Lists the groups of logs, in the order to fix them. */
function groupsParts(groups: readonly Group[]): TablePart[] {
  if (groups.length === 0) return [];
  const table: TablePart = {
    kind: 'table',
    id: 'groups',
    heading: 'What to fix first',
    keep: 'always',
    columns: ['Logs', 'What', 'Example'],
    rows: groups.map((g): Text[] => [
      g.count.toLocaleString('en-US'),
      [`${g.title}${g.verdict === undefined || g.verdict === 'failure' ? '' : ` (${g.verdict})`}`, placeOf(g)]
        .filter(Boolean)
        .join(' · '),
      g.example,
    ]),
  };
  const parts = splitTable(table, 'All groups', (left) => {
    const logs = groups.slice(-left).reduce((sum, { count }) => sum + count, 0);
    const where = `in ${countWords(left, 'further group')}: the report and my page have all of them`;
    return [logs.toLocaleString('en-US'), where, ''];
  });
  return parts.map((part) => (part.id === 'all-groups' ? { ...part, csv: groupsCsv(groups) } : part));
}

/** Shows when the logs of each cause were written. */
function hoursPart({ files }: Report, groups: readonly Group[]): Part | undefined {
  const logs = groups.flatMap(({ title, members = [] }) =>
    members.flatMap((at) => {
      const time = files[at]?.request?.time;
      return time ? [{ title, time }] : [];
    }),
  );
  const hours = logs.length > linesShown ? countHours(logs) : undefined;
  if (!hours) return undefined;
  const rows = hours.starts.flatMap((start, at): Text[][] => {
    const counts = hours.series.map(({ counts }) => counts[at] ?? 0);
    return counts.some((count) => count > 0) ? [[start, ...counts.map((count) => count.toLocaleString('en-US'))]] : [];
  });
  const columns = [hours.hours === 1 ? 'Hour (UTC)' : 'From (UTC)', ...hours.series.map(({ title }) => title)];
  return { kind: 'table', id: 'hours', heading: 'When it happened', keep: 'fold', columns, rows, hours };
}

/** Shows how the logs of a group spread over pools, sites, URLs and hours. */
function spreadPart(group: Group, index: number): Part | undefined {
  if (!group.by || group.count < 2) return undefined;
  const rows: [string, [string, number][]][] = [
    ['Pools', group.by.pool],
    ['Sites', group.by.site],
    ['URLs', group.by.url.map(([url, count]) => [urlPath(url), count])],
    ['Hours (UTC)', group.by.hour.map(([hour, count]) => [`${hour.replace('T', ' ')}:00`, count])],
  ];
  const facts = rows
    .filter(([, list]) => list.length > 0)
    .map(([label, list]) => ({
      label,
      value: list.map(([name, count]) => `${name} (${count.toLocaleString('en-US')})`).join(', '),
    }));
  if (facts.length === 0) return undefined;
  return { kind: 'facts', id: `spread-${index + 1}`, heading: `Where: ${group.title}`, keep: 'fold', facts };
}

function placeOf(group: Group): string {
  const pools = group.by?.pool.map(([name]) => name) ?? [];
  const urls = group.by?.url ?? [];
  const pool = pools.length === 1 ? `pool ${pools[0]}` : pools.length > 1 ? countWords(pools.length, 'pool') : '';
  const url = urls.length === 1 ? urlPath(urls[0]![0]) : urls.length > 1 ? countWords(urls.length, 'URL') : '';
  return [pool, url].filter(Boolean).join(', ');
}

/** Shows one cause among several: certainty, title, the reason in a sentence. */
function findingPart(view: FindingView, index: number): Part {
  const facts = findingFactLookup(view);
  const { cause, finding } = view;
  const words = { confirmed: 'confirmed', likely: 'likely', possible: 'possible' }[finding.confidence];
  const why = fillSentence(firstSentences(cause.explanation, whyLimit).head, facts);
  const title = fillSentence(cause.title, facts) ?? plainTitle(cause.title);
  return {
    kind: 'text',
    id: `finding-${index + 1}`,
    heading: `${index + 1}. ${capitalize(words)} (${countWords(finding.files.length, 'file')})`,
    keep: index === 0 ? 'always' : 'normal',
    text: joinTexts(
      [[{ strong: `${plainText(title)}.` }], ...(why === undefined ? [] : [why]), ...finding.remarks.slice(0, 3)],
      ' ',
    ),
  };
}

function fixPart(view: FindingView, index: number): Part | undefined {
  const steps = stepsWithUndo(view.cause.fix, findingFactLookup(view));
  if (steps.length === 0) return undefined;
  const title = plainTitle(view.cause.title);
  return stepsPart({ id: index === 0 ? 'fix' : `fix-${index + 1}`, heading: `Fix for: ${title}`, keep: 'fold', steps });
}

/** Lists each file with its own verdict. */
function filesPart(report: Report): Part {
  const rows = report.files.slice(0, rowsShown).map((f): Text[] => [f.name, verdictWords(f), lineOf(f)]);
  const hiddenCount = report.files.length - rows.length;
  if (hiddenCount > 0) rows.push([`${hiddenCount.toLocaleString('en-US')} more`, '', '']);
  return {
    kind: 'table',
    id: 'files',
    heading: 'Results per file',
    keep: report.files.length <= linesShown ? 'normal' : 'fold',
    columns: ['File', 'Verdict', 'What it shows'],
    rows,
  };
}

function verdictWords(file: FileVerdict): string {
  return file.confidence && file.verdict === 'failure' ? `${file.verdict}, ${file.confidence}` : file.verdict;
}

function lineOf(file: FileVerdict): Text {
  if (file.verdict === 'unreadable') {
    return errorEntry(file.refusal ?? 'not-evidence').user({ name: 'It', looksLike: file.looksLike });
  }
  const request = file.request;
  if (!request) return file.detail ?? capitalize(kindOf(file));
  const status = statusText(request);
  const what = [request.verb, request.url && urlPath(request.url)].filter(Boolean).join(' ');
  const pieces = [
    what,
    status && `→ ${status}`,
    file.decisive?.errorCode,
    request.time && formatUtc(request.time),
  ].filter(Boolean);
  return pieces.join(' ');
}

/** Inserts a part after the first of these ids that is shown, else before the folded parts. */
function insertAfter(parts: Part[], ids: string[], part: Part): Part[] {
  const anchor = ids.find((id) => parts.some((p) => p.id === id && p.keep !== 'fold'));
  const at = anchor ? parts.findIndex((p) => p.id === anchor) + 1 : parts.findIndex((p) => p.keep === 'fold');
  return [...parts.slice(0, at), part, ...parts.slice(at)];
}
