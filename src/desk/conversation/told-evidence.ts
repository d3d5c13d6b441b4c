import type { Reading } from '../../evidence/evidence.js';
import type { ThreadFacts } from '../../questions/thread/facts.js';
import type { DeskParts } from '../desk-parts.js';

const toldName = 'what you told me';

/**
 * Reads what a person has told of a pool in the form in which appcmd says it, so that it is judged together with the files: empty where nothing
 * was told, or a file shows the identity itself.
 */
export async function readTold(
  { told, failure }: ThreadFacts,
  shown: readonly Reading[],
  { intake }: Pick<DeskParts, 'intake'>,
): Promise<Reading[]> {
  const isShown = shown.some(({ observations }) => observations.some(({ name }) => name === 'pool.identity'));
  if (told?.identity === undefined || isShown) return [];
  const { identity, account } = told;
  const lines = [`APPPOOL.NAME:"${failure?.pool ?? told.pool ?? 'told'}"`, `identityType:"${identity}"`];
  if (identity === 'SpecificUser' && account !== undefined) lines.push(`userName:"${account}"`);
  const bytes = Buffer.from(`APPPOOL\n${lines.join('\n')}\n`);
  const { readings } = await intake.read([{ name: toldName, bytes }]);
  return readings.filter(({ kind }) => kind !== 'unknown');
}
