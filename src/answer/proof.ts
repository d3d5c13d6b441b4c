import type { FileVerdict, Finding, Proof } from '../diagnosis/report.js';
import { nameOfSid } from '../evidence/sids.js';
import type { Knowledge } from '../knowledge/knowledge.js';
import type { EvidenceItem, Part } from './answer.js';
import { codeLine, parseCode } from './codes.js';
import type { FindingView } from './finding-view.js';
import { decisiveItem, isInference, listPart, longUrlItems, readableValue } from './parts.js';
import { countWords, listWords } from './wording.js';

/** Raw values on the first screen; the rest folds. */
const proofLimit = 4;

/** The deciding event of each trace, then what the other files say; what is left folds into `evidence`. */
export function proofPart(view: FindingView, knowledge: Knowledge): Part | undefined {
  const items = proofItems(view, knowledge);
  if (items.length === 0) return undefined;
  return { kind: 'evidence', id: 'proof', heading: 'Proof', keep: 'always', items: items.slice(0, proofLimit) };
}

/** Lists the proofs. The first of several logs that failed in the same way stands for all of them. */
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
  const item: EvidenceItem = readableValue(proof);
  if (!single) item.file = proof.file;
  const kind = files.find((f) => f.name === proof.file)?.kind;
  const numbered = kind === 'freb-log' || kind === 'event-export' || proof.eventName !== undefined;
  if (proof.event !== null && numbered) item.event = proof.event;
  if (proof.eventName) item.eventName = proof.eventName;
  if (proof.event !== null && !numbered) item.field = `line ${proof.event}, ${item.field ?? proof.field}`;
  const note = holdersNote(proof, finding) ?? codeNote(proof, knowledge) ?? stageNote(proof, files);
  if (note) item.note = note;
  return item;
}

/** The stage behind the number of a notification, where the reader has named it. */
function stageNote(proof: Proof, files: readonly FileVerdict[]): string | undefined {
  const decisive = proof.field === 'Notification' ? files.find((f) => f.name === proof.file)?.decisive : undefined;
  return decisive?.notification && decisive.event === proof.event ? `= ${decisive.notification}` : undefined;
}

type ItemView = Pick<FindingView, 'finding' | 'single' | 'files'> & { knowledge: Knowledge };

function codeNote(proof: Proof, knowledge: Knowledge): string | undefined {
  const value = /^(ErrorCode|Error Code|sc-win32-status)$/.test(proof.field) ? parseCode(proof.value) : undefined;
  return value === undefined || value === 0 ? undefined : codeLine(value, knowledge).replace(/^\d+ /, '');
}

/** The names behind the SIDs of a holder list, and who is missing from it. */
function holdersNote(proof: Proof, finding: Finding): string | undefined {
  const sids = proof.value.match(/S-1-5-[\d-]+/g) ?? [];
  const pools = sids.filter((s) => s.startsWith('S-1-5-82-')).length;
  const pool = pools > 1 ? `${pools} application pools` : 'an application pool';
  const names = sids.map((s) => nameOfSid(s) ?? (s.startsWith('S-1-5-82-') ? pool : s));
  const said = [...new Set(names)].filter((name) => !proof.value.includes(name));
  if (said.length === 0) return undefined;
  const says = `That is ${listWords(said)}.`;
  // Only the holder list of this right can lack a holder; a token, an event or another right cannot.
  if (!isHolderList(proof)) return says;
  const missing = (finding.facts.missing ?? '').split(', ').filter((s) => s !== '' && !proof.value.includes(s));
  const lacks = missing.map((s) => `${s} (${nameOfSid(s) ?? 'unknown'})`);
  return lacks.length > 0 ? `${says} Missing: ${listWords(lacks)}.` : says;
}

function isHolderList({ field, value }: Proof): boolean {
  return /^(right\.holders|SeImpersonatePrivilege)$/i.test(field) && /,/.test(value);
}

/** Every raw value the verdict rests on, file by file. */
export function evidencePart(view: FindingView, knowledge: Knowledge): Part | undefined {
  const { files, finding, single } = view;
  const proven = files.flatMap((file) => file.evidence.map((e): Proof => ({ file: file.name, ...e })));
  const { told, alike } = once(unique([...proven, ...finding.proof]));
  const items = [
    ...files.flatMap((file) => longUrlItems(file, !single)),
    ...told.map((p) => proofItem(p, { ...view, knowledge })),
  ];
  if (alike.length > 0) items.push({ value: `The same in ${someOf(alike)}` });
  return listPart(items);
}

/** Logs of one fault often hold the same values: the first is shown in full, the others by name. */
function once(proofs: readonly Proof[]): { told: Proof[]; alike: string[] } {
  const byFile = new Map<string, Proof[]>();
  for (const proof of proofs) byFile.set(proof.file, [...(byFile.get(proof.file) ?? []), proof]);
  const seen = new Set<string>();
  const told: Proof[] = [];
  const alike: string[] = [];
  for (const [file, own] of byFile) {
    const values = own.map((p) => `${p.event}|${p.field}|${p.value}`).join('\n');
    if (seen.has(values)) alike.push(file);
    else told.push(...own);
    seen.add(values);
  }
  return { told, alike };
}

/** Names some files and counts the others. */
function someOf(names: readonly string[]): string {
  const shown = names.slice(0, 12);
  const left = names.length - shown.length;
  return left > 0 ? `${shown.join(', ')} and ${countWords(left, 'more file')}` : listWords(shown);
}
