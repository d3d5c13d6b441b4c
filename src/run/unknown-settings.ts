import type { Check } from '../desk/ports/door.js';
import { doorTable } from '../doors.js';
import { findMisspelt } from '../knowledge/nearest.js';
import { serviceSettingRows } from '../service/config.js';
import type { Environment } from '../service/settings.js';

const prefix = 'FREBOT_';
/** Longer names first: one that was cut short is nearest to the longest that it begins. */
const known: readonly string[] = [serviceSettingRows, ...doorTable.map(({ settings }) => settings)]
  .flatMap(Object.keys)
  .sort((a, b) => b.length - a.length);

/** A variable that no part of Frebot reads. */
interface UnknownSetting {
  name: string;
  /** The setting that was probably meant. */
  meant: string | undefined;
}

/** Returns a sentence for each misspelt setting, which would be missed in silence. */
export function listMisspeltSettings(env: Environment): string[] {
  return findUnknown(env).flatMap(({ name, meant }) =>
    meant ? [`${name} is not a setting and has no effect; did you mean "${meant}"?`] : [],
  );
}

/** Returns a check for each misspelt setting, and one for all names that resemble no setting. */
export function checkSettingNames(env: Environment): Check[] {
  const misspelt = listMisspeltSettings(env).map(
    (detail): Check => ({ name: 'settings', state: 'missing', optional: true, detail }),
  );
  const strange = findUnknown(env).flatMap(({ name, meant }) => (meant ? [] : [name]));
  if (strange.length === 0) return misspelt;
  const detail = `not read, because no setting has such a name: ${strange.join(', ')}`;
  return [...misspelt, { name: 'settings', state: 'ok', detail }];
}

/** A name with Frebot's prefix always counts. Another one may belong to another program, unless a slip explains it. */
function findUnknown(env: Environment): UnknownSetting[] {
  return Object.keys(env)
    .filter((name) => !known.includes(name))
    .sort()
    .map((name) => ({ name, meant: findMeant(name.toUpperCase()) }))
    .filter(({ name, meant }) => meant !== undefined || name.toUpperCase().startsWith(prefix));
}

/** Frebot's prefix in front of the name of another setting is a slip too. */
function findMeant(name: string): string | undefined {
  return known.find((one) => one === name || prefix + one === name) ?? findMisspelt(name, known);
}
