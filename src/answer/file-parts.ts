import type { FileVerdict } from '../diagnosis/report.js';
import type { StatusEntry } from '../knowledge/code-schema.js';
import type { Knowledge } from '../knowledge/knowledge.js';
import { type EvidenceItem, type Part, plainText, type Text } from './answer.js';
import { knownCode } from './codes.js';
import { decisiveItem, isInference, listPart, longUrlItems, readableValue } from './parts.js';
import { describeDuration } from './wording.js';

/** Shows the deciding event, or the first facts of a file without one. */
export function fileProofPart(file: FileVerdict, knowledge: Knowledge): Part | undefined {
  const items: EvidenceItem[] = file.decisive
    ? [decisiveItem(file, file.decisive, knowledge, false)]
    : file.evidence
        .filter((e) => !isInference(e))
        .slice(0, 4)
        .map((e) => evidenceItem(file, e));
  if (items.length === 0) return undefined;
  return { kind: 'evidence', id: 'proof', heading: 'What the file says', keep: 'always', items };
}

function evidenceItem(file: FileVerdict, e: FileVerdict['evidence'][number]): EvidenceItem {
  const item: EvidenceItem = readableValue(e);
  const numbered = file.kind === 'freb-log' || file.kind === 'event-export' || e.eventName !== undefined;
  if (e.event !== null && numbered) item.event = e.event;
  if (e.eventName) item.eventName = e.eventName;
  if (e.event !== null && !numbered) item.field = `line ${e.event}, ${item.field ?? e.field}`;
  return item;
}

/** Returns the sentence about the file, unless the title or another part says it already. */
export function fileDetailPart(file: FileVerdict, title: Text, status: StatusEntry | undefined): Part | undefined {
  const said = plainText(title);
  if (file.detail === null || said.includes(file.detail.replace(/\.$/, '')) || /^0x[0-9a-f]{8}$/.test(file.detail))
    return undefined;
  if (file.configuration?.some(({ says }) => says === file.detail)) return undefined;
  // The request shows the number, and a part below shows its meaning.
  if (status && file.detail === `${status.code}: ${status.name}`) return undefined;
  // The title is its first sentence already.
  const text = file.detail.startsWith(`${said}.`) ? file.detail.slice(said.length + 1).trim() : file.detail;
  return text === '' ? undefined : { kind: 'text', id: 'detail', keep: 'always', text };
}

/** Explains the code and the status, without saying that they are the cause. */
export function meaningPart(
  file: FileVerdict,
  code: number | undefined,
  status: StatusEntry | undefined,
  knowledge: Knowledge,
): Part | undefined {
  const facts: { label: string; value: Text }[] = [];
  if (code !== undefined) {
    const known = knownCode(code, knowledge);
    if (known && !file.detail?.includes(known.message)) {
      facts.push({ label: known.hresult, value: `${known.name}: ${known.message}` });
    }
  }
  if (status && file.verdict === 'failure') {
    facts.push({ label: status.code, value: status.cause ? `${status.name}. ${status.cause}` : status.name });
  }
  if (facts.length === 0) return undefined;
  return { kind: 'facts', id: 'meaning', heading: 'What the numbers mean', keep: 'normal', facts };
}

/** Shows the longest step and when it ran. */
export function slowPart(file: FileVerdict): Part | undefined {
  if (file.verdict !== 'slow') return undefined;
  const longest = [...(file.timeline ?? [])].sort((a, b) => b.durationMs - a.durationMs)[0];
  if (!longest) return undefined;
  const total = file.request?.timeTakenMs;
  const ofTotal = total ? ` of ${describeDuration(total)}` : '';
  const where = [longest.module, longest.notification].filter((w) => w && w !== longest.step).join(', ');
  return {
    kind: 'text',
    id: 'slowest',
    heading: 'Longest step',
    keep: 'normal',
    text: `${longest.step}: ${describeDuration(longest.durationMs)}${ofTotal}, events ${longest.firstEvent} to ${longest.lastEvent}${where ? ` (${where})` : ''}. The clock of a trace moves in steps of about 15.6 ms.`,
  };
}

/** Says that no cause is known, for a failure. */
export function noCausePart(file: FileVerdict): Part | undefined {
  if (file.message || file.verdict !== 'failure' || (file.kind !== 'freb-log' && !file.request)) return undefined;
  return {
    kind: 'text',
    id: 'nocause',
    keep: 'normal',
    text: `I can't name a cause: nothing ${file.kind === 'freb-log' ? 'in this log' : file.kind === 'error-page' ? 'on this page' : 'in these lines'} proves one that I know.`,
  };
}

/** Lists everything that the file shows; it folds. */
export function fileEvidencePart(file: FileVerdict): Part | undefined {
  const items = [...longUrlItems(file, false), ...file.evidence.map((e) => evidenceItem(file, e))];
  return listPart(items);
}
