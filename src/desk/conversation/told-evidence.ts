import type { Reading } from '../../evidence/evidence.js';
import { readToldCode } from '../../evidence/told-facts.js';
import type { ObservationName } from '../../evidence/vocabulary/index.js';
import type { ThreadFacts } from '../../questions/thread/facts.js';
import type { DeskParts } from '../desk-parts.js';
import { shownFacts } from './shown-facts.js';

const toldName = 'what you told me';
const toldCodeName = 'the code you told me';

/** Where evidence shows with what the request failed. */
const showsCode: ReadonlySet<ObservationName> = new Set<ObservationName>([
  'decisive.code',
  'code.seen',
  'access.impersonation-failures',
]);

const showsIdentity: ReadonlySet<ObservationName> = new Set<ObservationName>(['pool.identity']);

/**
 * Reads what a person has told of a pool in the form in which appcmd says it, so that it is judged together with the files: empty where nothing
 * was told, or a file shows the identity itself. The code that was told beside the account joins where no file shows one
 * and the right is shown to be missing.
 */
export async function readTold(
  { told, failure }: ThreadFacts,
  shown: readonly Reading[],
  { intake }: Pick<DeskParts, 'intake'>,
): Promise<Reading[]> {
  if (told?.identity === undefined) return [];
  const shows = (names: ReadonlySet<ObservationName>) =>
    shown.some(({ observations }) => observations.some(({ name }) => names.has(name)));
  const { list, token } = shownFacts(shown);
  const lacksRight = list === 'lacks' || token === 'lacks';
  const hasCode = shows(showsCode);
  // Beside evidence of no failure it says nothing.
  if (!failure && !hasCode && !lacksRight) return [];
  const isOpen = lacksRight || failure !== undefined;
  const code = told.code !== undefined && !hasCode && isOpen ? [readToldCode(toldCodeName, told.code)] : [];
  if (shows(showsIdentity)) return code;
  const { identity, account } = told;
  const lines = [`APPPOOL.NAME:"${failure?.pool ?? told.pool ?? 'told'}"`, `identityType:"${identity}"`];
  if (identity === 'SpecificUser' && account !== undefined) lines.push(`userName:"${account}"`);
  const bytes = Buffer.from(`APPPOOL\n${lines.join('\n')}\n`);
  const { readings } = await intake.read([{ name: toldName, bytes }]);
  return [...readings.filter(({ kind }) => kind !== 'unknown'), ...code];
}
