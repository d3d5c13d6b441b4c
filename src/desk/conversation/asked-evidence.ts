import type { Reading } from '../../evidence/evidence.js';
import type { Knowledge } from '../../knowledge/knowledge.js';
import type { ThreadFacts } from '../../questions/thread/facts.js';

/**
 * Returns the readings of new files with lists of rights as what they were asked for. An excerpt does not show whose list it is; below a failure of
 * the right that has shown itself, it is the list of that server, which was asked for there.
 */
export function readAsAsked(
  readings: readonly Reading[],
  thread: ThreadFacts,
  { causes }: Pick<Knowledge, 'causes'>,
): Reading[] {
  const { cause = '', status, code } = thread.failure ?? {};
  const isAsked = causes.get(cause)?.reasoning === 'user-right' && (status ?? code) !== undefined;
  if (!isAsked) return [...readings];
  return readings.map((reading) =>
    isListOfUnknown(reading) ? { ...reading, kind: 'rights-export', origin: 'machine' } : reading,
  );
}

function isListOfUnknown({ kind, form, origin, observations }: Reading): boolean {
  const isList = kind === 'rights-export' || form === 'right-line';
  const isScript = observations.some(({ name }) => name === 'right.set-by-script');
  const isDefined = observations.some(({ name, value }) => name === 'right.defined' && value === true);
  return isList && origin === 'unknown' && isDefined && !isScript;
}
