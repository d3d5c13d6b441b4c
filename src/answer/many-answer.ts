import type { Finding, Group, Report } from '../diagnosis/report.js';
import type { Knowledge } from '../knowledge/knowledge.js';
import type { Answer, Part } from './answer.js';
import { filesPart } from './files-part.js';
import { findingAnswer } from './finding-answer.js';
import { type FindingView, findingView } from './finding-view.js';
import { faultGroups, hoursPart } from './group-parts.js';
import { overviewAnswer } from './overview-answer.js';
import { dropEmptyParts, withheldPart } from './parts.js';
import { fitScreen, phoneScreen } from './screen.js';

/** Answers several files: first together, then one by one. */
export function manyAnswer(report: Report, knowledge: Knowledge, now?: Date): Answer {
  const { findings } = report.diagnosis;
  const [finding] = findings;
  const isOneStory = findings.length === 1 && finding && haveOneCause(faultGroups(report), finding);
  const view = isOneStory ? findingView(report, finding, knowledge, now) : undefined;
  return view ? storyAnswer(view, report, knowledge) : overviewAnswer(report, knowledge, now);
}

/** True when the groups are one story. The same cause at two or three stages or URLs is still one; more such groups are a list. */
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

/** Inserts a part after the first of these ids that is shown, else before the folded parts. */
function insertAfter(parts: Part[], ids: string[], part: Part): Part[] {
  const anchor = ids.find((id) => parts.some((p) => p.id === id && p.keep !== 'fold'));
  const at = anchor ? parts.findIndex((p) => p.id === anchor) + 1 : parts.findIndex((p) => p.keep === 'fold');
  return [...parts.slice(0, at), part, ...parts.slice(at)];
}
