import type { FileVerdict, Finding } from '../diagnosis/report.js';
import { expressPool } from '../diagnosis/user-right/surroundings.js';
import type { Cause } from '../knowledge/cause-schema.js';
import { type Part, plainText, type Text } from './answer.js';
import type { FindingView } from './finding-view.js';
import { type FactLookup, fillSentence, firstSentences, joinTexts } from './wording.js';

/** Longest "why" of the first screen, in characters; the rest of the explanation folds. */
const whyLimit = 240;

/** Contradicting evidence comes before the proof, so that it is read before the fix is started. */
export function againstPart(finding: Finding): Part | undefined {
  const sentences = finding.contradictedBy.map((c) =>
    c.says.includes(c.file) ? c.says : `${c.says} (${c.file}, ${c.field})`,
  );
  if (sentences.length === 0) return undefined;
  return {
    kind: 'notice',
    id: 'against',
    heading: 'Evidence against this',
    level: 'warning',
    keep: 'always',
    text: [...new Set(sentences)].join(' '),
  };
}

/** Lists what else the diagnosis noticed, without what {@link againstPart} shows. */
export function remarksPart(finding: Finding): Part | undefined {
  const against = new Set(finding.contradictedBy.map((c) => c.says));
  const remarks = finding.remarks.filter((r) => !against.has(r));
  if (remarks.length === 0) return undefined;
  return { kind: 'text', id: 'remarks', heading: 'Noticed', keep: 'normal', text: remarks.join(' ') };
}

/** Returns the one fact an expert would add. It folds where a user right is the cause, because proof and title have it already. */
export function detailPart(main: FileVerdict, title: Text, cause: Cause): Part | undefined {
  if (main.detail === null || includesSentence(title, main.detail)) return undefined;
  const keep = cause.reasoning === 'user-right' && main.request ? 'fold' : 'always';
  return { kind: 'text', id: 'detail', heading: keep === 'fold' ? 'In this log' : undefined, keep, text: main.detail };
}

function includesSentence(title: Text, sentence: string): boolean {
  return plainText(title).toLowerCase().includes(sentence.replace(/\.$/, '').toLowerCase());
}

/** Warns that IIS Express has its own appcmd, where a step runs it. */
export function expressPart({ main }: FindingView, fix: readonly Part[]): Part | undefined {
  if (!expressPool.test(main.request?.appPool ?? '')) return undefined;
  const runsAppcmd = fix.some(
    (p) => p.kind === 'steps' && p.steps.some((s) => s.command?.includes('\\inetsrv\\appcmd')),
  );
  if (!runsAppcmd) return undefined;
  const text = 'This is IIS Express: use its own `appcmd.exe` (%ProgramFiles%\\IIS Express) and its own configuration.';
  return { kind: 'text', id: 'express', keep: 'normal', text: fillSentence(text) ?? text };
}

/** Returns the explanation of the card: its first sentences, and the rest behind them. */
export function whyParts({ cause }: FindingView, facts: FactLookup, keep: Part['keep']): Part[] {
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
export function joinFoldedWhy(parts: Part[]): Part[] {
  const [why, more] = ['why', 'why-more'].map((id) => parts.find((p) => p.id === id && p.keep === 'fold'));
  if (why?.kind !== 'text' || more?.kind !== 'text') return parts;
  const whole: Part = { ...why, text: joinTexts([why.text, more.text]) };
  return parts.flatMap((p) => (p === why ? [whole] : p === more ? [] : [p]));
}

/** Returns the look-alikes of a cause, folded. */
export function notThisPart(cause: Cause): Part | undefined {
  const texts = cause.notThis.map((t) => fillSentence(t)).filter((t): t is Text => t !== undefined);
  if (texts.length === 0) return undefined;
  return { kind: 'text', id: 'notthis', heading: 'Not to be confused with', keep: 'fold', text: joinTexts(texts) };
}
