import type { Cause } from '../../knowledge/cause-schema.js';
import type { JudgedReading } from '../judged-reading.js';
import { cardFacts, fileProof, provenFiles, surestConfidence, type WitnessMatch } from '../proof.js';
import type { Finding } from '../report.js';
import { findTimelyWitnesses } from './audit-times.js';
import { checkLists, checkPool, checkTokens } from './contradictions.js';
import { collectFindingFacts, listMissingEvidence } from './finding-facts.js';
import { findSettingPolicy } from './policy.js';
import { findPool, type PoolOfFile, type PoolSettings } from './pool-settings.js';
import { selectRelatedFiles } from './related-files.js';
import { Remarks } from './remarks.js';
import { remarkSurroundings } from './surroundings.js';
import { findSymptom } from './symptom.js';
import { lacksRightInToken } from './tokens.js';

/**
 * Returns the finding of a cause that is a user right the worker process lacks. Failing requests are the symptom; every other
 * file agrees, contradicts, or says nothing. It is confirmed by a symptom, a second file that agrees, and nothing that
 * contradicts. The sentences are on the card, and appear in the order of the checks below. In steps, see `diagnoseInSteps`.
 */
export function* findMissingRight(cause: Cause, judged: JudgedReading[]): Generator<void, Finding> {
  const claimants = judged.filter((one) => one.cause === cause);
  const symptom = yield* findSymptom(claimants);
  const remarks = new Remarks(cause, symptom);
  const failing = new Set(symptom.judged);
  const working = judged.filter((one) => !failing.has(one));

  yield;
  const files = selectRelatedFiles(working, symptom, remarks);
  yield;
  const agreeing = findTimelyWitnesses(cause, files, symptom, remarks);
  yield;
  // Logs say nothing about who holds the right, and there may be thousands of them.
  const others = files.filter(isNoLog);
  const inLists = checkLists(others, symptom, remarks);
  const inTokens = checkTokens(others, remarks);
  const pool = findPool(others, symptom.pool);
  const inPool = pool ? checkPool(pool, others, remarks) : [];
  const policy = findSettingPolicy(others, remarks);
  yield;
  remarkSurroundings(files, symptom, remarks);
  yield;
  const values = yield* cardFacts(cause, claimants);

  const against = [...inLists, ...inTokens, ...inPool];
  const fits = symptom.judged.length > 0 && agreeing.length > 0 && against.length === 0;
  const confirmed = fits && isSettled(agreeing, pool?.settings);
  if (fits && !confirmed) remarks.add('identity-open', agreeing[0]!.judged);
  if (confirmed) remarks.add('others-running', undefined, { others: otherPools(agreeing) });
  const base = surestConfidence(claimants.map(({ file }) => file.confidence));
  const proven = symptom.judged.length > 0 ? symptom.judged : claimants;
  return {
    cause: cause.id,
    confidence: against.length > 0 ? 'possible' : confirmed ? 'confirmed' : base,
    proof: [...proven.slice(0, provenFiles).flatMap(fileProof), ...agreeing.flatMap(({ proof }) => proof)],
    contradictedBy: against,
    missing: listMissingEvidence(others, symptom, pool?.settings, policy, against.length > 0),
    files: [...new Set([...claimants.map(({ file }) => file.name), ...agreeing.map(({ file }) => file)])],
    remarks: remarks.all,
    facts: {
      ...values,
      ...collectFindingFacts(others, symptom, pool?.settings, policy),
      ...(fits && !confirmed && { open: 'pool-identity' }),
      ...describeFit(inPool.length === 0 ? pool : undefined, working.filter(isNoLog), others),
    },
  };
}

function isNoLog({ facts }: JudgedReading): boolean {
  return facts.reading.kind !== 'freb-log';
}

/** Names the files that agree without being a proof: a pool that needs the group, and the list of another computer that has it. */
function describeFit(
  pool: PoolOfFile | undefined,
  others: readonly JudgedReading[],
  related: readonly JudgedReading[],
): Record<string, string> {
  const near = new Set(related);
  const elsewhere = others.filter((one) => !near.has(one) && one.facts.flag('right.holds-iis-iusrs'));
  const fitting = pool?.settings.identity === undefined ? elsewhere : [pool.file, ...elsewhere];
  return fitting.length === 0 ? {} : { fits: fitting.map(({ file }) => file.name).join('\n') };
}

/** Names the pools that the same list hits next: those with a named account, and all where SERVICE is missing too. */
function otherPools(agreeing: readonly WitnessMatch[]): string {
  const lacksService = agreeing.some(({ judged }) => judged.facts.flag('right.holds-service') === false);
  return lacksService ? 'Other pools' : 'Other pools with a named account';
}

/**
 * True when the missing group explains the failure whatever else is unknown: the pool's account is known, a worker's token
 * lacks the right, or the list lacks SERVICE as well. Otherwise a default pool would still hold the right.
 */
function isSettled(agreeing: readonly WitnessMatch[], pool: PoolSettings | undefined): boolean {
  if (pool?.identity !== undefined) return true;
  return agreeing.some(({ judged }) => lacksRightInToken(judged) || judged.facts.flag('right.holds-service') === false);
}
