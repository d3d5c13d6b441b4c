import type { FileVerdict, Finding, Proof } from '../diagnosis/report.js';
import { nameOfSid } from '../evidence/sids.js';
import type { Knowledge } from '../knowledge/knowledge.js';
import type { EvidenceItem, Part } from './answer.js';
import { moduleCodeLine, parseCode } from './codes.js';
import type { FindingView } from './finding-view.js';
import { decisiveItem, isInference, listPart, longUrlItems, readableValue } from './parts.js';
import { countWords, listWords } from './wording.js';

/** Raw values on the first screen; {@link evidencePart} has all of them. */
const proofLimit = 4;
/** A value this long is not a coincidence in two pieces. In characters. */
const longValue = 60;
/** Names of files with the same values; the rest is a number. */
const namesShown = 12;

/** Files whose values are compared with each other; people read the first sixty values, and a chat waits for this. */
const filesCompared = 500;

/** Shows the deciding event of each trace, then what the other files say. */
export function proofPart(view: FindingView, knowledge: Knowledge): Part | undefined {
  const items = proofItems(view, knowledge);
  if (items.length === 0) return undefined;
  return { kind: 'evidence', id: 'proof', heading: 'Proof', keep: 'always', items: items.slice(0, proofLimit) };
}

/** Shows every raw value the verdict rests on, file by file. */
export function evidencePart(view: FindingView, knowledge: Knowledge): Part | undefined {
  const { finding, single } = view;
  const files = view.files.slice(0, filesCompared);
  const fileProofs = files.flatMap((file) => file.evidence.map((e): Proof => ({ file: file.name, ...e })));
  const { shown, repeating } = separateRepeats(uniqueProofs([...fileProofs, ...finding.proof]));
  const items = [
    ...files.flatMap((file) => longUrlItems(file, !single)),
    ...shown.map((proof) => proofItem(proof, view, knowledge)),
  ];
  if (repeating.length > 0) items.push({ value: `The same in ${listFiles(repeating)}` });
  const others = view.files.length - files.length;
  return listPart(items, others > 0 ? `the values of ${countWords(others, 'more file')}` : undefined);
}

function proofItems(view: FindingView, knowledge: Knowledge): EvidenceItem[] {
  const { finding, files, single } = view;
  const traces = files.filter((f) => f.cause === finding.cause && f.decisive !== null);
  const proven = new Set(finding.proof.map((proof) => proof.file));
  const otherNames = new Set(files.flatMap(({ name, decisive }) => (decisive === null ? [name] : [])));
  const provenTraces = traces.filter(({ name }) => proven.has(name));
  const otherProofs = uniqueProofs(finding.proof).filter(
    (p) => !isOfTrace(p, provenTraces, otherNames) && !isInference(p),
  );
  return [
    ...oneOfEachFailure(traces, proofLimit - 1).map((file) => decisiveItem(file, file.decisive!, knowledge, !single)),
    ...otherProofs.map((proof) => proofItem(proof, view, knowledge)),
  ];
}

/** True for a value of a trace. Several pasted texts have one name, so of those the value decides. */
function isOfTrace(proof: Proof, traces: readonly FileVerdict[], otherNames: ReadonlySet<string>): boolean {
  const named = traces.filter(({ name }) => name === proof.file);
  if (named.length === 0) return false;
  return (
    !otherNames.has(proof.file) ||
    named.some(({ evidence }) => evidence.some(({ field, value }) => field === proof.field && value === proof.value))
  );
}

/** Returns the first of all traces that failed at the same event, module and stage with the same code, at most so many. */
function oneOfEachFailure(traces: readonly FileVerdict[], most: number): FileVerdict[] {
  const firsts = new Map<string, FileVerdict>();
  for (const trace of traces) {
    if (firsts.size === most) break;
    const { name, module, notification, errorCode } = trace.decisive!;
    const key = `${name}|${module}|${notification}|${errorCode}`;
    if (!firsts.has(key)) firsts.set(key, trace);
  }
  return [...firsts.values()];
}

/** Returns each value once. A yes or no about a line is left out where the value of the line is there. */
function uniqueProofs(proofs: readonly Proof[]): Proof[] {
  const place = (p: Proof) => `${p.file}|${p.event}|${p.field}`;
  const isValue = (p: Proof) => p.value !== 'true' && p.value !== 'false';
  const placesWithValue = new Set(proofs.filter(isValue).map(place));
  const kept = proofs.filter((p) => isValue(p) || !placesWithValue.has(place(p)));
  // Two readers of one text find the same line.
  const key = (p: Proof) => (p.value.length > longValue ? `${p.event}|${p.value}` : `${place(p)}|${p.value}`);
  return [...new Map(kept.map((p) => [key(p), p])).values()];
}

/** Logs of one fault often hold the same values: the first is shown in full, the others by name. */
function separateRepeats(proofs: readonly Proof[]): { shown: Proof[]; repeating: string[] } {
  const byFile = new Map<string, Proof[]>();
  for (const proof of proofs) byFile.set(proof.file, [...(byFile.get(proof.file) ?? []), proof]);
  const seen = new Set<string>();
  const shown: Proof[] = [];
  const repeating: string[] = [];
  for (const [file, fileProofs] of byFile) {
    const values = fileProofs.map((p) => `${p.event}|${p.field}|${p.value}`).join('\n');
    if (seen.has(values)) repeating.push(file);
    else shown.push(...fileProofs);
    seen.add(values);
  }
  return { shown, repeating };
}

function listFiles(names: readonly string[]): string {
  const shown = names.slice(0, namesShown);
  const left = names.length - shown.length;
  return left > 0 ? `${shown.join(', ')} and ${countWords(left, 'more file')}` : listWords(shown);
}

function proofItem(proof: Proof, { finding, single, files }: FindingView, knowledge: Knowledge): EvidenceItem {
  const item: EvidenceItem = readableValue(proof);
  if (!single) item.file = proof.file;
  const kind = files.find((f) => f.name === proof.file)?.kind;
  const isEvent = kind === 'freb-log' || kind === 'event-export' || proof.eventName !== undefined;
  if (proof.event !== null && isEvent) item.event = proof.event;
  if (proof.eventName) item.eventName = proof.eventName;
  if (proof.event !== null && !isEvent) item.field = `line ${proof.event}, ${item.field ?? proof.field}`;
  const note = holdersNote(proof, finding) ?? codeNote(proof, files, knowledge) ?? stageNote(proof, files);
  if (note) item.note = note;
  return item;
}

/** Names the stage behind the number of a notification, where the reader of the trace knows it. */
function stageNote(proof: Proof, files: readonly FileVerdict[]): string | undefined {
  const decisive = proof.field === 'Notification' ? files.find((f) => f.name === proof.file)?.decisive : undefined;
  return decisive?.notification && decisive.event === proof.event ? `= ${decisive.notification}` : undefined;
}

function codeNote(proof: Proof, files: readonly FileVerdict[], knowledge: Knowledge): string | undefined {
  const value = /^(ErrorCode|Error Code|sc-win32-status)$/.test(proof.field) ? parseCode(proof.value) : undefined;
  if (value === undefined || value === 0) return undefined;
  const module = files.find((f) => f.name === proof.file)?.evidence.find((e) => e.field === 'Module')?.value;
  return moduleCodeLine(value, module, knowledge).replace(/^\d+ /, '');
}

/** Names the accounts behind the SIDs of a holder list, and who is missing from it. */
function holdersNote(proof: Proof, finding: Finding): string | undefined {
  const names = accountNames(proof.value).filter((name) => !proof.value.includes(name));
  if (names.length === 0) return undefined;
  const sentence = `That is ${listWords(names)}.`;
  // Only the holder list of this right can lack a holder; a token, an event or another right cannot.
  if (!isHolderList(proof)) return sentence;
  const missing = (finding.facts.missing ?? '').split(', ').filter((s) => s !== '' && !proof.value.includes(s));
  const missingNames = missing.map((sid) => `${sid} (${nameOfSid(sid) ?? 'unknown'})`);
  return missingNames.length > 0 ? `${sentence} Missing: ${listWords(missingNames)}.` : sentence;
}

/** Returns the names of the SIDs in a value, each once; application pools have only a number. */
function accountNames(value: string): string[] {
  const sids = value.match(/S-1-5-[\d-]+/g) ?? [];
  const isPool = (sid: string) => sid.startsWith('S-1-5-82-');
  const pools = sids.filter(isPool).length;
  const poolName = pools > 1 ? `${pools} application pools` : 'an application pool';
  return [...new Set(sids.map((sid) => nameOfSid(sid) ?? (isPool(sid) ? poolName : sid)))];
}

function isHolderList({ field, value }: Proof): boolean {
  return /^(right\.holders|SeImpersonatePrivilege)$/i.test(field) && /,/.test(value);
}
