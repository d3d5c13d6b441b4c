import type { Report } from '../diagnosis/report.js';
import { plainTitle } from '../knowledge/fill.js';
import type { Knowledge } from '../knowledge/knowledge.js';
import { type Answer, type Part, plainText, type Text } from './answer.js';
import { filesPart } from './files-part.js';
import { type FindingView, findingFactLookup, findingView } from './finding-view.js';
import { faultGroups, groupsParts, hoursPart, spreadPart } from './group-parts.js';
import { actionsFor, dropEmptyParts, sourcesOf, withheldPart } from './parts.js';
import { howPart, nextPart, requestsOf } from './requests.js';
import { fitScreen } from './screen.js';
import { stepsPart, stepsWithUndo } from './steps.js';
import { capitalize, countWords, fillSentence, firstSentences, joinTexts } from './wording.js';

/** Longest "why" of one cause among several, in characters. */
const whyLimit = 200;

/** Answers files of several causes, or of none, most urgent first. */
export function overviewAnswer(report: Report, knowledge: Knowledge, now?: Date): Answer {
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
        ? 'none fails by itself, but together they do'
        : 'none shows a failure'
      : `${failing.toLocaleString('en-US')} ${failing === 1 ? 'shows' : 'show'} a failure`,
  ];
  if (causes.length > 0) pieces[0] += ` (${countWords(causes.length, 'cause')})`;
  if (unread > 0) pieces.push(`${unread.toLocaleString('en-US')} cannot be read`);
  return `${head}: ${pieces.join(', ')}`;
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
