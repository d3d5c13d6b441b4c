import type { JudgedReading } from '../diagnosis/judged-reading.js';

/** What event logs say about a change of the list: times are ISO 8601, UTC. */
export interface RightsChange {
  /** When the Security log saw the holders go (event 4705). */
  removedAt: string | undefined;
  /** True when the computer itself did it, as a policy refresh does; false for an account. */
  isByPolicy: boolean | undefined;
  /** When a security policy was last applied (SceCli 1704). */
  appliedAt: string | undefined;
}

/** Returns the newest removal of one of these SIDs, and the newest refresh of the policy, that event exports among the files show. */
export function findRightsChange(files: readonly JudgedReading[], sids: readonly string[]): RightsChange {
  const removals = files.flatMap(({ facts }) => {
    const at = (name: 'audit.time' | 'audit.by-policy', event: number | undefined) =>
      facts.all(name).find((one) => one.event === event)?.value;
    return facts
      .all('audit.right-removed')
      .filter(({ value }) => Array.isArray(value) && value.some((sid) => sids.includes(sid)))
      .map(({ event }) => ({ time: inUtc(at('audit.time', event)), isByPolicy: at('audit.by-policy', event) }));
  });
  const newest =
    removals
      .filter(({ time }) => typeof time === 'string')
      .sort(byTime)
      .at(-1) ?? removals.at(-1);
  const applied = files.flatMap(({ facts }) => facts.all('policy.applied').map(({ value }) => String(value)));
  return {
    removedAt: typeof newest?.time === 'string' ? newest.time : undefined,
    isByPolicy: typeof newest?.isByPolicy === 'boolean' ? newest.isByPolicy : undefined,
    appliedAt: applied.sort().at(-1),
  };
}

/** A local time cannot stand beside those of other computers. */
const inUtc = (time: unknown) => (typeof time === 'string' && time.endsWith('Z') ? time : undefined);

function byTime(a: { time: unknown }, b: { time: unknown }): number {
  return String(a.time).localeCompare(String(b.time));
}
