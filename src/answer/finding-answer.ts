import type { FileVerdict } from '../diagnosis/report.js';
import type { Knowledge } from '../knowledge/knowledge.js';
import { accessLineParts } from './access-lines.js';
import type { Answer, Part, StepsPart } from './answer.js';
import { breakingRows, configurationParts, configurationStepsPart } from './configuration-parts.js';
import { eventRowOf, eventStepsPart, storyPart } from './event-parts.js';
import {
  againstPart,
  detailPart,
  expressPart,
  joinFoldedWhy,
  notThisPart,
  remarksPart,
  whyParts,
} from './finding-parts.js';
import { findingSummary, findingTitle } from './finding-title.js';
import { type FindingView, findingFactLookup } from './finding-view.js';
import { findingHandover, fixParts, undoPart } from './fix.js';
import { messageSources, messageStepsPart } from './message-parts.js';
import { otherRightsParts } from './other-rights.js';
import { actionsFor, damagePart, dropEmptyParts, requestPart, sourcesOf, timelinePart, withheldPart } from './parts.js';
import { evidencePart, proofPart } from './proof.js';
import { captureParts } from './requests.js';
import { defaultsPart, holdersPart } from './rights.js';
import { fitScreen, phoneScreen } from './screen.js';
import { statementsPart, withToldSteps } from './told-parts.js';

/** The sources a reader would open; the card has all of them. */
const sourcesShown = 4;

/** Returns the file that says most: an event beside a request of the same cause, unless it is less sure than the request. */
function tellingFile({ cause, files, main }: FindingView): FileVerdict {
  if (main.story) return main;
  const event = files.find((file) => file.cause === cause.id && file.story?.rule);
  return event && (event.confidence !== 'possible' || main.confidence === 'possible') ? event : main;
}

/** Answers one cause found in one or several files. The parts are in the order in which an administrator reads. */
export function findingAnswer(view: FindingView, knowledge: Knowledge): Answer {
  const { cause, finding, files, main } = view;
  const facts = findingFactLookup(view);
  const title = findingTitle(view, facts);
  const isAboutRight = cause.reasoning === 'user-right';
  const sameFault = files.filter((f) => f.request !== null && f.cause === cause.id).length;
  // The answer before a confirmation has already given the reason and the default holders.
  const reasonKeep = finding.confidence === 'confirmed' && files.length > 1 ? 'fold' : 'normal';
  const told = tellingFile(view);
  const ownSteps =
    messageStepsPart(main, knowledge) ?? eventStepsPart(told, knowledge) ?? configurationStepsPart(main, knowledge);
  const cardFix = fixParts(cause, finding.contradictedBy.length > 0, facts);
  const chosen = ownSteps ? [ownSteps, ...cardFix.slice(-1).map(foldCardFix)] : cardFix;
  const said = main.told ?? [];
  const fix = withToldSteps(chosen, said, cause, knowledge, facts);
  const capture = captureParts(view, knowledge, facts);
  const check = capture.filter((p) => p.id === 'check' && !repeatsFix(p, fix) && !asksForEvents(p, main));
  const all = dropEmptyParts([
    main.request ? requestPart(main.request, view.now, sameFault) : undefined,
    files.map(damagePart).find((part) => part !== undefined),
    againstPart(finding),
    detailPart(told, title, cause),
    statementsPart(said, cause, knowledge, facts),
    ...fix,
    expressPart(view, fix),
    storyPart(told),
    ...configurationParts(main, main.detail),
    ...accessLineParts(main, knowledge),
    proofPart(view, knowledge),
    ...otherRightsParts(files, knowledge),
    ...whyParts(view, facts, reasonKeep),
    isAboutRight ? withKeep(holdersPart(knowledge), reasonKeep) : undefined,
    remarksPart(finding),
    ...check,
    ...capture.filter((p) => p.id === 'next'),
    ownSteps ? undefined : undoPart(cause, facts),
    ...capture.filter((p) => p.id === 'capture'),
    evidencePart(view, knowledge),
    timelinePart(main),
    isAboutRight ? defaultsPart(knowledge) : undefined,
    notThisPart(cause),
    // Last, because it is long and seldom needed in the chat: it leaves a full card first.
    ...findingHandover(view, knowledge),
    withheldPart(files.reduce((sum, f) => sum + f.withheld, 0)),
  ]);
  const screen = files.length > 1 ? phoneScreen.several : phoneScreen.single;
  const parts = joinFoldedWhy(fitScreen({ title, parts: all }, screen).parts);
  return {
    title,
    summary: findingSummary(view, title),
    verdict: main.verdict,
    parts,
    actions: actionsFor(parts, cause.verdict === 'failure' || cause.verdict === 'slow'),
    sources: findingSources(view, told, knowledge),
  };
}

/** Returns the sources of what was said first: the event, the rows of the configuration, then the card. */
function findingSources({ cause, main }: FindingView, told: FileVerdict, knowledge: Knowledge): Answer['sources'] {
  const row = eventRowOf(told, knowledge);
  const rows = breakingRows(main, knowledge).map(({ source }) => source);
  return sourcesOf([messageSources(main, knowledge), row ? [row.source] : [], rows, cause.sources]).slice(
    0,
    sourcesShown,
  );
}

/** True for a check whose command is a step of the fix. */
function repeatsFix(check: Part, fix: readonly Part[]): boolean {
  if (check.kind !== 'command') return false;
  const shownSteps = fix.filter((p): p is StepsPart => p.kind === 'steps' && p.keep === 'normal');
  return shownSteps.some((p) => p.steps.some((s) => s.command === check.command));
}

/** Folds the card's own steps behind those for the event. */
function foldCardFix(part: Part): Part {
  return { ...part, id: 'fix-steps', heading: 'More steps for this cause', keep: 'fold' };
}

/** True for a check that asks a user who sent events to read them. */
function asksForEvents(check: Part, main: FileVerdict): boolean {
  return main.story !== undefined && check.kind === 'command' && check.command.startsWith('wevtutil');
}

function withKeep(part: Part | undefined, keep: Part['keep']): Part | undefined {
  return part && { ...part, keep };
}
