import type { Reading } from '../evidence.js';
import { ObservationCollector } from '../gather.js';
import { ansibleRights } from '../rights/ansible-rows.js';
import { impersonateRight, readRightsExport } from '../rights/export.js';
import { dscRows, rightRows } from '../rights/script-rows.js';
import type { ObservationName } from '../vocabulary/index.js';

/** A line that was copied alone is short. In characters. */
const longestLine = 400;

/** A line that is quoted in a sentence: its SIDs tell where it ends. */
const quotedRow =
  /\bSe[A-Z][A-Za-z]{2,60}(?:Privilege|Right) {0,3}= {0,3}\*?S-1-\d[\d-]{0,180}(?: {0,2}, {0,2}\*?S-1-\d[\d-]{0,180}){0,40}/g;

/** Reads single `SeXyz = …` lines out of an export, also with a file name in front as Select-String prints them. */
export function readRightLines(file: string, text: string): Reading | null {
  if (/^[ \t]*\[Privilege Rights\]/im.test(text)) return null;
  // The rows of a task are its own; what an export shows beside it has SIDs.
  const rows = readListTask(file, text) ? [] : rightRows(text);
  const lines = rows.length > 0 ? rows : [...text.matchAll(quotedRow)].map(([row]) => row);
  if (lines.length === 0) return null;
  const reading = readRightsExport(file, `[Privilege Rights]\n${lines.join('\n')}\n`);
  if (!reading) return null;
  const defined = reading.observations.some((o) => o.name === 'right.defined' && o.value === true);
  // A few lines of an export say nothing about the lines that were not copied.
  const unsaid: ObservationName[] = [
    'right.defined',
    'right.nobody',
    'right.holders',
    'right.holds-iis-iusrs',
    'right.holds-service',
  ];
  const observations = reading.observations
    .filter((o) => defined || !unsaid.includes(o.name))
    .filter((o) => !(o.name === 'iis.installed' && o.value === false))
    .map(({ event: _, ...o }) => o);
  const host = hostBeside(text);
  const named = new ObservationCollector();
  if (host !== undefined) named.add('computer.name', host);
  const all = [...observations, ...named.toReading(file, 'fragment', 'right-line').observations];
  return { ...reading, kind: 'fragment', form: 'right-line', origin: 'unknown', damage: [], observations: all };
}

/** A computer that is named before or behind a line which was copied alone: `WEB02: SeXyz = …`. */
function hostBeside(text: string): string | undefined {
  if (text.length > longestLine) return undefined;
  const words = text.replace(/\bSe\w+\s{0,20}=/g, ' ').replace(/\*?S-1-[\d-]+/g, ' ');
  return /(?<![\w\\.-])(?!(?:CIS|KB|IIS)\d)[A-Z][A-Z-]{1,11}\d{1,4}[A-Z]?(?![\w\\.-])/.exec(words)?.[0];
}

/** Reads a task of Ansible, or a resource of DSC, that replaces the list of a right. */
export function readListTask(file: string, text: string): Reading | null {
  const tasks = ansibleRights(text).map(({ right, holders, line }) => ({ right, list: holders.join(','), line }));
  const rows = tasks.length > 0 ? tasks : dscRows(text).filter(({ forced }) => forced);
  const own = rows.find(({ right }) => right === impersonateRight);
  if (!own) return null;
  const lines = rows.map(({ right, list }) => `${right} = ${list}`);
  const reading = readRightsExport(file, `[Privilege Rights]\n${lines.join('\n')}\n`, own.line);
  if (!reading) return null;
  const observations = reading.observations.map(({ event: _, ...o }) => o);
  return {
    ...reading,
    form: tasks.length > 0 ? 'ansible-task' : 'dsc-resource',
    origin: 'unknown',
    damage: [],
    observations,
  };
}
