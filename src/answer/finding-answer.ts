import type { FileVerdict, Finding, Proof } from '../diagnosis/report.js';
import { nameOfSid } from '../evidence/sids.js';
import { fillCommand } from '../knowledge/fill.js';
import type { Knowledge } from '../knowledge/knowledge.js';
import type { Cause, KnowledgeStep } from '../knowledge/schema.js';
import { type Answer, type EvidenceItem, type Part, plain, type Step, type Text } from './answer.js';
import { codeLine, parseCode } from './codes.js';
import { type FindingView, lookup } from './finding-view.js';
import {
  actionsFor,
  clip,
  damagePart,
  decisiveItem,
  isInference,
  listPart,
  longUrl,
  present,
  rawValue,
  requestPart,
  sourcesOf,
  timelinePart,
  withheldPart,
} from './parts.js';
import { captureParts } from './requests.js';
import { defaultsPart, holdersPart } from './rights.js';
import { fitScreen, phoneScreen } from './screen.js';
import { firstSentences, joined, listed, spoken } from './words.js';

/** Longest "why" of the first screen, in characters; the rest of the explanation folds. */
const whyLimit = 240;
/** Raw values on the first screen; the rest folds. */
const proofLimit = 4;
/** The sources a reader would open; the card has all of them. */
const sourcesShown = 4;

/** One cause found in one or several files: the order of the parts is the order an administrator reads in. */
export function findingAnswer(view: FindingView, knowledge: Knowledge): Answer {
  const { cause, finding, files, main } = view;
  const facts = lookup(view);
  const start = lead(view);
  // Evidence without a request shows who lacks the right, not a worker process that failed: its own sentence is the title.
  const own = main.request === null && main.detail !== null && main.detail.length <= 160 ? main.detail : undefined;
  const name = own?.replace(/\.$/, '') ?? spoken(cause.title, facts) ?? plainTitle(cause);
  const title = start === '' ? name : joined([`${start}: `, lowerArticle(name)], '');
  const alike = files.filter((f) => f.request !== null && f.cause === cause.id).length;
  // Once a cause is confirmed, the answer before has said why and who should hold the right.
  const told = finding.confidence === 'confirmed' && files.length > 1 ? 'fold' : 'normal';
  const capture = captureParts(view, knowledge, facts);
  const { parts } = fitScreen(
    {
      title,
      parts: present([
        main.request ? requestPart(main.request, view.now, alike) : undefined,
        files.map(damagePart).find((part) => part !== undefined),
        againstPart(finding),
        proofPart(view, knowledge),
        detailPart(main, title, cause),
        ...whyParts(view, facts),
        cause.reasoning === 'user-right' ? withKeep(holdersPart(knowledge), told) : undefined,
        remarksPart(finding),
        ...capture.filter((p) => p.id === 'check'),
        ...fixParts(view, facts),
        ...capture.filter((p) => p.id === 'next'),
        undoPart(cause, facts),
        ...capture.filter((p) => p.id === 'capture'),
        evidencePart(view, knowledge),
        timelinePart(main),
        cause.reasoning === 'user-right' ? defaultsPart(knowledge) : undefined,
        notThisPart(cause),
        withheldPart(files.reduce((sum, f) => sum + f.withheld, 0)),
      ]),
    },
    files.length > 1 ? phoneScreen.several : phoneScreen.single,
  );
  return {
    title,
    summary: summaryOf(view, title),
    verdict: main.verdict,
    parts,
    actions: actionsFor(parts, cause.verdict === 'failure' || cause.verdict === 'slow'),
    sources: sourcesOf([cause.sources]).slice(0, sourcesShown),
  };
}

/** How certain, in the words an administrator uses; never a number. */
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

/** `Likely cause: the worker process …`: a title that starts with an article goes on in the middle of a sentence. */
function lowerArticle(title: Text): Text {
  const lower = (text: string) => text.replace(/^(The|This|A|An)(?= )/, (word) => word.toLowerCase());
  if (typeof title === 'string') return lower(title);
  const [first, ...rest] = title;
  return typeof first === 'string' ? [lower(first), ...rest] : title;
}

function plainTitle(cause: Cause): string {
  return cause.title.replace(/\s*\{[^}]*\}/g, '');
}

function summaryOf({ main }: FindingView, title: Text): string {
  const request = main.request;
  const where = request?.server ? ` on ${clip(request.server, 60)}` : '';
  const status = request?.status ? ` HTTP ${request.status}${where}.` : '';
  return `${plain(title)}.${status}`;
}

/** What speaks against the cause stands above the proof: nobody should start the fix before reading it. */
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
    heading: 'Speaks against it',
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
  if (main.detail === null || plain(title).toLowerCase().includes(main.detail.replace(/\.$/, '').toLowerCase()))
    return undefined;
  const keep = cause.reasoning === 'user-right' && main.request ? 'fold' : 'always';
  return { kind: 'text', id: 'detail', heading: keep === 'fold' ? 'In this log' : undefined, keep, text: main.detail };
}

function withKeep(part: Part | undefined, keep: Part['keep']): Part | undefined {
  return part && { ...part, keep };
}

/** The deciding event of each trace, then what the other files say; what is left folds into `evidence`. */
function proofPart(view: FindingView, knowledge: Knowledge): Part | undefined {
  const items = proofItems(view, knowledge);
  if (items.length === 0) return undefined;
  return { kind: 'evidence', id: 'proof', heading: 'Proof', keep: 'always', items: items.slice(0, proofLimit) };
}

/** Logs that failed in the very same way are proven by the first of them. */
function proofItems(view: FindingView, knowledge: Knowledge): EvidenceItem[] {
  const { finding, files, single } = view;
  const items: EvidenceItem[] = [];
  const alike = new Map<string, FileVerdict>();
  for (const file of files.filter((f) => f.cause === finding.cause && f.decisive !== null)) {
    const { name, module, notification, errorCode } = file.decisive!;
    const key = [name, module, notification, errorCode].join('|');
    if (!alike.has(key)) alike.set(key, file);
  }
  for (const file of [...alike.values()].slice(0, proofLimit - 1)) {
    items.push(decisiveItem(file, file.decisive!, knowledge, !single));
  }
  const told = new Set(files.filter((f) => f.decisive !== null && f.cause === finding.cause).map((f) => f.name));
  for (const proof of unique(finding.proof)) {
    if (!told.has(proof.file) && !isInference(proof)) items.push(proofItem(proof, { ...view, knowledge }));
  }
  return items;
}

/** Each value once: several conditions of a card may rest on one line; a yes or no about it says less than the line. */
function unique(proofs: readonly Proof[]): Proof[] {
  const place = (p: Proof) => `${p.file}|${p.event}|${p.field}`;
  const plainly = (p: Proof) => p.value !== 'true' && p.value !== 'false';
  const telling = new Set(proofs.filter(plainly).map(place));
  return [
    ...new Map(
      proofs.filter((p) => plainly(p) || !telling.has(place(p))).map((p) => [`${place(p)}|${p.value}`, p]),
    ).values(),
  ];
}

function proofItem(proof: Proof, { finding, single, files, knowledge }: ItemView): EvidenceItem {
  const item: EvidenceItem = rawValue(proof);
  if (!single) item.file = proof.file;
  const kind = files.find((f) => f.name === proof.file)?.kind;
  const numbered = kind === 'freb-log' || kind === 'event-export' || proof.eventName !== undefined;
  if (proof.event !== null && numbered) item.event = proof.event;
  if (proof.eventName) item.eventName = proof.eventName;
  if (proof.event !== null && !numbered) item.field = `line ${proof.event}, ${item.field ?? proof.field}`;
  const note = holdersNote(proof, finding) ?? codeNote(proof, knowledge);
  if (note) item.note = note;
  return item;
}

type ItemView = Pick<FindingView, 'finding' | 'single' | 'files'> & { knowledge: Knowledge };

function codeNote(proof: Proof, knowledge: Knowledge): string | undefined {
  const value = /^(ErrorCode|sc-win32-status)$/.test(proof.field) ? parseCode(proof.value) : undefined;
  return value === undefined || value === 0 ? undefined : codeLine(value, knowledge).replace(/^\d+ /, '');
}

/** The names behind the SIDs of a holder list, and who is missing from it. */
function holdersNote(proof: Proof, finding: Finding): string | undefined {
  const sids = proof.value.match(/S-1-5-[\d-]+/g) ?? [];
  if (sids.length === 0) return undefined;
  const names = sids.map((s) => nameOfSid(s) ?? s);
  const missing = (finding.facts.missing ?? '').split(', ').filter((s) => s !== '' && !proof.value.includes(s));
  const lacks = missing.map((s) => `${s} (${nameOfSid(s) ?? 'unknown'})`);
  const says = sids.length > 1 ? `That is ${listed(names)}.` : `That is ${names[0]}.`;
  return lacks.length > 0 ? `${says} Missing: ${listed(lacks)}.` : says;
}

function whyParts({ cause, finding, files }: FindingView, facts: ReturnType<typeof lookup>): Part[] {
  const keep = finding.confidence === 'confirmed' && files.length > 1 ? 'fold' : 'normal';
  const { head, rest } = firstSentences(cause.explanation, whyLimit);
  const parts: Part[] = [];
  const text = spoken(head, facts);
  if (text !== undefined) parts.push({ kind: 'text', id: 'why', heading: 'Why', keep, text });
  const more = rest === '' ? undefined : spoken(rest, facts);
  if (more !== undefined)
    parts.push({ kind: 'text', id: 'why-more', heading: 'Why, continued', keep: 'fold', text: more });
  return parts;
}

/** Step of a card with its braces filled; undefined when it speaks of something this evidence does not know. */
export function stepOf(step: KnowledgeStep, facts: ReturnType<typeof lookup>): Step | undefined {
  const text = spoken(step.do, facts);
  if (text === undefined) return undefined;
  const filled: Step = { text };
  const command = step.command && fillCommand(step.command, facts);
  if (command) filled.command = command.trimEnd();
  const note = step.note && spoken(step.note, facts);
  if (note) filled.note = note;
  return filled;
}

/** The steps in a few words where the card has them, the full ones folded behind; steps that need unknown facts are left out. */
function fixParts({ cause, finding }: FindingView, facts: ReturnType<typeof lookup>): Part[] {
  const steps = cause.fix.map((step) => stepOf(step, facts)).filter((s): s is Step => s !== undefined);
  if (steps.length === 0) return [];
  const doubted = finding.contradictedBy.length > 0;
  const fault = cause.verdict === 'failure' || cause.verdict === 'slow';
  const heading = doubted ? 'Fix, should it prove true' : fault ? 'Fix' : 'If it should be otherwise';
  const keep = doubted || !fault ? 'fold' : 'normal';
  const brief = cause.brief.map((line) => spoken(line, facts)).filter((t): t is Text => t !== undefined);
  if (brief.length === 0) return [{ kind: 'steps', id: 'fix', heading, keep, steps }];
  return [
    { kind: 'steps', id: 'fix', heading, keep, steps: brief.map((text) => ({ text })) },
    { kind: 'steps', id: 'fix-steps', heading: 'Fix, step by step', keep: 'fold', steps },
  ];
}

function undoPart(cause: Cause, facts: ReturnType<typeof lookup>): Part | undefined {
  const texts = cause.fix.flatMap((step) => (step.rollback ? [spoken(step.rollback, facts)] : []));
  const known = texts.filter((t): t is Text => t !== undefined);
  if (known.length === 0) return undefined;
  return { kind: 'text', id: 'undo', heading: 'Undo', keep: 'normal', text: joined(known) };
}

/** Every raw value the verdict rests on, file by file. */
function evidencePart(view: FindingView, knowledge: Knowledge): Part | undefined {
  const { files, finding, single } = view;
  const proven = files.flatMap((file) => file.evidence.map((e): Proof => ({ file: file.name, ...e })));
  const items = [
    ...files.flatMap((file) => longUrl(file, !single)),
    ...unique([...proven, ...finding.proof]).map((p) => proofItem(p, { ...view, knowledge })),
  ];
  return listPart(items);
}

function notThisPart(cause: Cause): Part | undefined {
  const texts = cause.notThis.map((t) => spoken(t)).filter((t): t is Text => t !== undefined);
  if (texts.length === 0) return undefined;
  return { kind: 'text', id: 'notthis', heading: 'Not to be confused with', keep: 'fold', text: joined(texts) };
}
