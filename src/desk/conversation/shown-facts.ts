import type { Reading } from '../../evidence/evidence.js';
import type { ObservationName, ObservationValue } from '../../evidence/vocabulary/index.js';

/**
 * Returns what the evidence of a conversation shows about the right beside a finding, by the names of facts: the newest token (`console`,
 * `lacks`, `holds`) and the newest list or event about it (`lacks`, `back`).
 */
export function shownFacts(readings: readonly Reading[]): Record<string, string> {
  const token = readings.map(describeToken).findLast((one) => one !== undefined);
  const holdsGroup = readings.map(holdsGroupIn).findLast((one) => one !== undefined);
  return {
    ...(token !== undefined && { token }),
    ...(holdsGroup !== undefined && { list: holdsGroup ? 'back' : 'lacks' }),
  };
}

/** Whether the group is on the list, by an export or by the last event about it. */
function holdsGroupIn(reading: Reading): boolean | undefined {
  const removed = valueIn(reading, 'audit.iis-iusrs-removed');
  return valueIn(reading, 'right.holds-iis-iusrs') ?? (removed === undefined ? undefined : !removed);
}

function describeToken(reading: Reading): string | undefined {
  const whose = valueIn(reading, 'token.whose');
  if (whose === 'interactive') return 'console';
  const holds = valueIn(reading, 'token.has-right');
  if (whose !== 'worker' || holds === undefined) return undefined;
  return holds ? 'holds' : 'lacks';
}

function valueIn<N extends ObservationName>({ observations }: Reading, name: N): ObservationValue<N> | undefined {
  return observations.find((one) => one.name === name)?.value as ObservationValue<N> | undefined;
}
