import type { Observation } from '../../evidence/evidence.js';
import type { Cause } from '../../knowledge/cause-schema.js';
import type { UserRightRemark } from '../../knowledge/user-right-remarks.js';
import type { JudgedReading } from '../judged-reading.js';
import { findWitnesses, type WitnessMatch } from '../proof.js';
import { formatValue } from '../reading-facts.js';
import { includesIisIusrs } from './holders.js';
import type { Remarks } from './remarks.js';
import type { Symptom } from './symptom.js';

/** A removal of the right counts as the reason when it came before the failure and at most this long before. */
const auditWindowMs = 7 * 24 * 3600 * 1000;

/** Returns the second files that agree, by the card's witnesses. A removal of the right must also fit in time. */
export function findTimelyWitnesses(
  cause: Cause,
  files: JudgedReading[],
  symptom: Symptom,
  remarks: Remarks,
): WitnessMatch[] {
  return findWitnesses(cause.confirmedBy, files).filter(({ judged }) => {
    const misfit = findTimeMisfit(judged, symptom.time);
    if (misfit?.remark) remarks.add(misfit.remark, judged, { other: misfit.at });
    return misfit === undefined;
  });
}

interface TimeMisfit {
  /** Absent where the times are unknown. */
  remark?: UserRightRemark;
  at?: string;
}

/** Returns why a removal of the right cannot have led to the failure; undefined when it can, or when the file shows none. */
function findTimeMisfit({ facts }: JudgedReading, failedAt: number | undefined): TimeMisfit | undefined {
  const removal = facts
    .all('audit.right-removed')
    .filter(({ value }) => includesIisIusrs(value))
    .at(-1);
  if (!removal) return undefined;
  const times = facts.all('audit.time');
  const removedAt = timeOf(removal, times);
  if (removedAt === undefined || failedAt === undefined) return {};
  if (removedAt > failedAt) return { remark: 'removed-after', at: formatTime(removedAt) };
  if (failedAt - removedAt > auditWindowMs) return { remark: 'removed-long-before', at: formatTime(removedAt) };
  const givenBackAt = facts
    .all('audit.right-added')
    .filter(({ value }) => includesIisIusrs(value))
    .map((observation) => timeOf(observation, times) ?? 0)
    .find((time) => time > removedAt && time <= failedAt);
  return givenBackAt === undefined ? undefined : { remark: 'given-back', at: formatTime(givenBackAt) };
}

/** Returns the time of an observation's event, or the file's only time, in milliseconds since 1970. */
function timeOf(observation: Observation, times: readonly Observation[]): number | undefined {
  const time = times.find(({ event }) => event === observation.event) ?? (times.length === 1 ? times[0] : undefined);
  const written = time && formatValue(time.value);
  // A time without a zone is of the server's clock, and cannot be compared.
  const ms = written?.endsWith('Z') ? Date.parse(written) : Number.NaN;
  return Number.isNaN(ms) ? undefined : ms;
}

/** Formats a time as `2026-06-08 19:53:49 UTC`. */
function formatTime(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
