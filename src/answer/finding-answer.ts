import type { FileVerdict, Finding } from '../diagnosis/report.js';
import { expressPool } from '../diagnosis/user-right/surroundings.js';
import { plainTitle } from '../knowledge/fill.js';
import type { Knowledge } from '../knowledge/knowledge.js';
import type { Cause } from '../knowledge/schema.js';
import { accessLineParts } from './access-lines.js';
import { type Answer, type Part, plainText, type Text } from './answer.js';
import { eventRowOf, eventStepsPart, storyPart } from './event-parts.js';
import { type FindingView, findingFactLookup } from './finding-view.js';
import { findingHandover, fixParts, undoPart } from './fix.js';
import {
  actionsFor,
  clipText,
  damagePart,
  dropEmptyParts,
  requestPart,
  sourcesOf,
  timelinePart,
  withheldPart,
} from './parts.js';
import { evidencePart, proofPart } from './proof.js';
import { captureParts } from './requests.js';
import { defaultsPart, holdersPart } from './rights.js';
import { fitScreen, phoneScreen } from './screen.js';
import { fillSentence, firstSentences, joinTexts } from './wording.js';

/** Longest "why" of the first screen, in characters; the rest of the explanation folds. */
const whyLimit = 240;
/** The sources a reader would open; the card has all of them. */
const sourcesShown = 4;

/** One cause found in one or several files: the order of the parts is the order an administrator reads in. */
export function findingAnswer(view: FindingView, knowledge: Knowledge): Answer {
  const { cause, finding, files, main } = view;
  const facts = findingFactLookup(view);
  const start = lead(view);
  // Evidence without a request shows who lacks the right, not a failed request: its own sentence is the title.
  const alone = main.request === null && finding.confidence !== 'confirmed';
  const own = alone && main.detail !== null && main.detail.length <= 160 ? main.detail : undefined;
  const name = own?.replace(/\.$/, '') ?? fillSentence(cause.title, facts) ?? plainTitle(cause.title);
  // The list fits; the pool's account would confirm it.
  const half = finding.facts.open === 'pool-identity';
  const title = half
    ? 'IIS_IUSRS is missing from the list; that fits'
    : start === ''
      ? name
      : joinTexts([`${start}: `, lowerFirst(name)], '');
  const alike = files.filter((f) => f.request !== null && f.cause === cause.id).length;
  // Once a cause is confirmed, the answer before has said why and who should hold the right.
  const told = finding.confidence === 'confirmed' && files.length > 1 ? 'fold' : 'normal';
  const capture = captureParts(view, knowledge, facts);
  const first = eventStepsPart(main, knowledge);
  const card = fixParts(view, facts);
  const fix = first ? [first, ...card.slice(-1).map(behindFirst)] : card;
  const { parts: fitted } = fitScreen(
    {
      title,
      parts: dropEmptyParts([
        main.request ? requestPart(main.request, view.now, alike) : undefined,
        files.map(damagePart).find((part) => part !== undefined),
        againstPart(finding),
        detailPart(main, title, cause),
        ...fix,
        expressPart(view, fix),
        storyPart(main),
        ...accessLineParts(main, knowledge),
        proofPart(view, knowledge),
        ...whyParts(view, facts),
        cause.reasoning === 'user-right' ? withKeep(holdersPart(knowledge), told) : undefined,
        remarksPart(finding),
        ...capture.filter((p) => p.id === 'check' && !said(p, fix) && !asksForEvents(p, main)),
        ...capture.filter((p) => p.id === 'next'),
        first ? undefined : undoPart(cause, facts),
        ...capture.filter((p) => p.id === 'capture'),
        evidencePart(view, knowledge),
        timelinePart(main),
        cause.reasoning === 'user-right' ? defaultsPart(knowledge) : undefined,
        notThisPart(cause),
        // Last, because it is long and seldom needed in the chat: it leaves a full card first.
        ...findingHandover(view, knowledge),
        withheldPart(files.reduce((sum, f) => sum + f.withheld, 0)),
      ]),
    },
    files.length > 1 ? phoneScreen.several : phoneScreen.single,
  );
  const parts = oneWhy(fitted);
  const row = eventRowOf(main, knowledge);
  return {
    title,
    summary: summaryOf(view, title),
    verdict: main.verdict,
    parts,
    actions: actionsFor(parts, cause.verdict === 'failure' || cause.verdict === 'slow'),
    sources: sourcesOf([row ? [row.source] : [], cause.sources]).slice(0, sourcesShown),
  };
}

/** Returns the certainty in words. */
function lead({ cause, finding, main }: FindingView): string {
  switch (cause.verdict) {
    case 'slow':
      return finding.confidence === 'possible' ? 'Perhaps' : '';
    case 'challenge':
    case 'no-fault':
      return 'No fault';
    case 'aborted':
      return 'Aborted';
    default:
      if (finding.confidence === 'confirmed')
        return main.cause === null || main.confidence === 'confirmed' ? 'Cause' : 'Confirmed';
      return finding.confidence === 'likely' ? 'Likely cause' : 'Possible cause';
  }
}

/** A capitalized word that a sentence only begins with. Product names stay as they are. */
const smallWord =
  /^(The|This|These|A|An|No|None|Nobody|Too)(?= )|^(?!Windows|Kerberos|Negotiate|Node)[A-Z][a-z]+(?= [a-z])/;

/** Lowers the first letter, for a title inside a sentence: `Likely cause: the worker process …`. */
function lowerFirst(title: Text): Text {
  const lower = (text: string) => text.replace(smallWord, (word) => word.toLowerCase());
  if (typeof title === 'string') return lower(title);
  const [first, ...rest] = title;
  return typeof first === 'string' ? [lower(first), ...rest] : title;
}

function summaryOf({ main }: FindingView, title: Text): string {
  const request = main.request;
  const where = request?.server ? ` on ${clipText(request.server, 60)}` : '';
  const status = request?.status ? ` HTTP ${request.status}${where}.` : '';
  return `${plainText(title)}.${status}`;
}

/** Contradicting evidence comes before the proof, so that it is read before the fix is started. */
function againstPart(finding: Finding): Part | undefined {
  const says = [
    ...new Set(
      finding.contradictedBy.map((c) => (c.says.includes(c.file) ? c.says : `${c.says} (${c.file}, ${c.field})`)),
    ),
  ];
  if (says.length === 0) return undefined;
  return {
    kind: 'notice',
    id: 'against',
    heading: 'Evidence against this',
    level: 'warning',
    keep: 'always',
    text: says.join(' '),
  };
}

function remarksPart(finding: Finding): Part | undefined {
  const against = new Set(finding.contradictedBy.map((c) => c.says));
  const remarks = finding.remarks.filter((r) => !against.has(r));
  if (remarks.length === 0) return undefined;
  return { kind: 'text', id: 'remarks', heading: 'Noticed', keep: 'normal', text: remarks.join(' ') };
}

/** The one fact an expert would add; where a user right is the cause, proof and title say it already. */
function detailPart(main: FileVerdict, title: Text, cause: Cause): Part | undefined {
  if (main.detail === null || plainText(title).toLowerCase().includes(main.detail.replace(/\.$/, '').toLowerCase()))
    return undefined;
  const keep = cause.reasoning === 'user-right' && main.request ? 'fold' : 'always';
  return { kind: 'text', id: 'detail', heading: keep === 'fold' ? 'In this log' : undefined, keep, text: main.detail };
}

/** Warns that IIS Express has its own appcmd. */
function expressPart({ main }: FindingView, fix: readonly Part[]): Part | undefined {
  if (!expressPool.test(main.request?.appPool ?? '')) return undefined;
  const asked = fix.some((p) => p.kind === 'steps' && p.steps.some((s) => s.command?.includes('\\inetsrv\\appcmd')));
  if (!asked) return undefined;
  const text = 'This is IIS Express: use its own `appcmd.exe` (%ProgramFiles%\\IIS Express) and its own configuration.';
  return { kind: 'text', id: 'express', keep: 'normal', text: fillSentence(text) ?? text };
}

/** True for a check whose command is a step of the fix. */
function said(check: Part, fix: readonly Part[]): boolean {
  if (check.kind !== 'command') return false;
  return fix.some((p) => p.kind === 'steps' && p.keep === 'normal' && p.steps.some((s) => s.command === check.command));
}

/** Folds the card's own steps behind those for the event. */
function behindFirst(part: Part): Part {
  return { ...part, id: 'fix-steps', heading: 'More steps for this cause', keep: 'fold' };
}

/** True for a check that would ask a user who sent events to read them. */
function asksForEvents(check: Part, main: FileVerdict): boolean {
  return main.story !== undefined && check.kind === 'command' && check.command.startsWith('wevtutil');
}

function withKeep(part: Part | undefined, keep: Part['keep']): Part | undefined {
  return part && { ...part, keep };
}

function whyParts({ cause, finding, files }: FindingView, facts: ReturnType<typeof findingFactLookup>): Part[] {
  const keep = finding.confidence === 'confirmed' && files.length > 1 ? 'fold' : 'normal';
  const { head, rest } = firstSentences(cause.explanation, whyLimit);
  const parts: Part[] = [];
  const text = fillSentence(head, facts);
  if (text !== undefined) parts.push({ kind: 'text', id: 'why', heading: 'Why', keep, text });
  const more = rest === '' ? undefined : fillSentence(rest, facts);
  if (more !== undefined)
    parts.push({ kind: 'text', id: 'why-more', heading: 'Why, continued', keep: 'fold', text: more });
  return parts;
}

/** Joins both halves of the explanation when both fold. */
function oneWhy(parts: Part[]): Part[] {
  const [why, more] = ['why', 'why-more'].map((id) => parts.find((p) => p.id === id && p.keep === 'fold'));
  if (why?.kind !== 'text' || more?.kind !== 'text') return parts;
  const whole: Part = { ...why, text: joinTexts([why.text, more.text]) };
  return parts.flatMap((p) => (p === why ? [whole] : p === more ? [] : [p]));
}

function notThisPart(cause: Cause): Part | undefined {
  const texts = cause.notThis.map((t) => fillSentence(t)).filter((t): t is Text => t !== undefined);
  if (texts.length === 0) return undefined;
  return { kind: 'text', id: 'notthis', heading: 'Not to be confused with', keep: 'fold', text: joinTexts(texts) };
}
