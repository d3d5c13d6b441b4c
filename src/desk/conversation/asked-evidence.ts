import { knownCodeOf } from '../../answer/codes.js';
import type { Reading } from '../../evidence/evidence.js';
import type { Knowledge } from '../../knowledge/knowledge.js';
import type { ThreadFacts } from '../../questions/thread/facts.js';

/**
 * Returns the readings of new files with lists of rights as what they were asked for. An excerpt does not show whose list it is; below a failure of
 * the right that has shown itself or was told, it is the list of that server, which was asked for there.
 */
export function readAsAsked(readings: readonly Reading[], thread: ThreadFacts, knowledge: Knowledge): Reading[] {
  const { causes } = knowledge;
  const { cause = '', status, code } = thread.failure ?? {};
  const isShown = causes.get(cause)?.reasoning === 'user-right' && (status ?? code) !== undefined;
  const isAsked = isShown || tellsLostRight(thread, knowledge);
  if (!isAsked) return [...readings];
  return readings.map((reading) =>
    isListOfUnknown(reading) ? { ...reading, kind: 'rights-export', origin: 'machine' } : reading,
  );
}

/** True where a person has told the code of the lost right and the account of the pool: a failure is described, and no code is asked about. */
function tellsLostRight({ told }: ThreadFacts, knowledge: Knowledge): boolean {
  const cause = told?.identity === undefined ? undefined : knownCodeOf(told.code ?? '', knowledge)?.cause;
  return knowledge.causes.get(cause ?? '')?.reasoning === 'user-right';
}

function isListOfUnknown({ kind, form, origin, observations }: Reading): boolean {
  const isList = kind === 'rights-export' || form === 'right-line';
  const isScript = observations.some(({ name }) => name === 'right.set-by-script');
  const isDefined = observations.some(({ name, value }) => name === 'right.defined' && value === true);
  return isList && origin === 'unknown' && isDefined && !isScript;
}
