import type { Cause } from '../knowledge/cause-schema.js';
import type { Knowledge } from '../knowledge/knowledge.js';
import { addConfigurationLine, pairConfigurations } from './configuration/pairs.js';
import type { JudgedReading } from './judged-reading.js';
import { cardFacts, fileProof, findWitnesses, provenFiles, surestConfidence } from './proof.js';
import type { Diagnosis, Finding, Verdict } from './report.js';
import { findMissingRight } from './user-right/finding.js';

/** Combines all readings: one finding per cause, and the verdict of the whole. In steps, see `diagnoseInSteps`. */
export function* combineFindings(judged: JudgedReading[], knowledge: Knowledge): Generator<void, Diagnosis> {
  const causes = new Map<string, Cause>();
  for (const { cause } of judged) if (cause) causes.set(cause.id, cause);
  const findings: Finding[] = [];
  for (const cause of causes.values()) {
    const isRight = cause.reasoning === 'user-right';
    findings.push(yield* isRight ? findMissingRight(cause, judged) : findPlainCause(cause, judged));
  }
  for (const finding of findings) {
    addConfigurationLine(finding, judged, knowledge);
    yield;
  }
  const pairs = pairConfigurations(judged, knowledge);
  yield;
  for (const pair of pairs) {
    const cause = knowledge.causes.get(pair.cause);
    const known = findings.find((f) => f.cause === pair.cause);
    if (known) mergeFinding(known, pair);
    else if (cause) {
      causes.set(cause.id, cause);
      findings.push(pair);
    }
  }
  findings.sort((a, b) => weightOf(causes.get(b.cause)!, b) - weightOf(causes.get(a.cause)!, a));
  const verdicts = judged.map((j) => j.file.verdict);
  // Files that are in order by themselves may still break together.
  const together = findings.some((f) => causes.get(f.cause)?.verdict === 'failure');
  return { verdict: gravestVerdict(together ? [...verdicts, 'failure'] : verdicts), findings };
}

/** Adds to a finding what two other files show of the same cause. */
function mergeFinding(finding: Finding, more: Finding): void {
  finding.confidence = surestConfidence([finding.confidence, more.confidence]);
  finding.proof.push(...more.proof);
  finding.files = [...new Set([...finding.files, ...more.files])];
  finding.remarks.push(...more.remarks);
  if (finding.confidence === 'confirmed') finding.missing = [];
}

const verdictOrder: Verdict[] = ['failure', 'slow', 'aborted', 'challenge', 'inconclusive', 'no-fault', 'unreadable'];

/** Returns the gravest verdict; `unreadable` only when nothing could be read. */
function gravestVerdict(verdicts: Verdict[]): Verdict {
  return verdictOrder.find((v) => verdicts.includes(v)) ?? 'unreadable';
}

const affectsOrder = { server: 3, application: 2, page: 1, client: 0 } as const;

/** Returns how soon a cause should be fixed: failures before the rest, what affects the whole server before one page. */
export function urgency(cause: Cause): number {
  return (verdictOrder.length - verdictOrder.indexOf(cause.verdict)) * 10 + affectsOrder[cause.affects];
}

function weightOf(cause: Cause, finding: Finding): number {
  return urgency(cause) * 1e6 + Math.min(finding.files.length, 1e6 - 1);
}

/**
 * False for the log of a request that HTTP.sys answered or whose reason is known: then none of the files asks for it. False for
 * events that are there.
 */
function isWanted(id: string, claimants: readonly JudgedReading[]): boolean {
  if (id === 'event-log') return !claimants.some(({ file }) => file.kind === 'event-export');
  return id !== 'freb-log' || claimants.some(({ file }) => file.next.includes(id));
}

/** In steps, see `diagnoseInSteps`. */
function* findPlainCause(cause: Cause, judged: JudgedReading[]): Generator<void, Finding> {
  const claimants = judged.filter((j) => j.cause === cause);
  const others = judged.filter((j) => j.cause !== cause);
  yield;
  const agreeing = findWitnesses(cause.confirmedBy, others);
  yield;
  const against = findWitnesses(cause.contradictedBy, others);
  yield;
  const values = yield* cardFacts(cause, claimants);
  const base = surestConfidence(claimants.map((c) => c.file.confidence));
  // The row of an event story names what is needed next, and its decisive event names the pool.
  const story = claimants.every((c) => c.file.story?.rule) ? claimants[0]?.file.story : undefined;
  const confirmed = agreeing.length > 0 && against.length === 0 && base !== 'possible';
  return {
    cause: cause.id,
    confidence: confirmed ? 'confirmed' : against.length > 0 ? 'possible' : base,
    proof: [...claimants.slice(0, provenFiles).flatMap(fileProof), ...agreeing.flatMap((w) => w.proof)],
    contradictedBy: against.flatMap((w) => w.proof.slice(0, 1).map((p) => ({ ...p, says: w.says }))),
    missing: story
      ? claimants.flatMap((c) => c.file.next)
      : confirmed
        ? []
        : cause.next.filter((id) => !others.some((o) => o.file.kind === id) && isWanted(id, claimants)),
    files: [...claimants.map((c) => c.file.name), ...agreeing.map((w) => w.file)],
    remarks: agreeing.map((w) => w.says),
    facts: { ...values, ...story?.facts },
  };
}
