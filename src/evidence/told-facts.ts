import type { Reading } from './evidence.js';
import { ObservationCollector } from './gather.js';

/** Returns a reading with what its sender told beside it, so that judgements and steps can rest on it. */
export function withToldFacts(reading: Reading, facts: readonly string[]): Reading {
  if (facts.length === 0 || reading.kind === 'unknown') return reading;
  const gather = new ObservationCollector();
  for (const fact of facts) gather.add('told.fact', fact);
  return { ...reading, observations: [...reading.observations, ...gather.observations] };
}

/** Returns the code that a person saw and told, as its own reading. */
export function readToldCode(file: string, code: string): Reading {
  const gather = new ObservationCollector();
  gather.add('code.seen', code, { field: 'text', raw: code });
  return gather.toReading(file, 'fragment', 'told-code');
}
