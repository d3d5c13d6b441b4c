import type { Observation } from '../../evidence/evidence.js';
import type { ObservationName } from '../../evidence/vocabulary/index.js';
import type { ConfigurationRow } from '../../knowledge/configuration-schema.js';
import { fillBraces } from '../../knowledge/fill.js';
import type { Knowledge } from '../../knowledge/knowledge.js';
import { findAllMeeting, matchConditions } from '../match.js';
import { formatValue, type ReadingFacts } from '../reading-facts.js';
import type { ConfigurationRemark } from '../report.js';

/** Values that one sentence names; more are counted. */
const namedValues = 6;

/** A row that fits a configuration, with the observations it is about. */
interface FittingRow {
  row: ConfigurationRow;
  found: Observation[];
}

/** What the table says about a configuration. */
export interface JudgedConfiguration {
  remarks: ConfigurationRemark[];
  /** The row that breaks requests, the first of the table. */
  broken: FittingRow | undefined;
  next: string[];
}

/**
 * Judges a configuration by the table: the first row that an observation fits speaks for it, and what breaks comes first.
 * Undefined for evidence that is not a configuration file.
 */
export function judgeConfiguration(facts: ReadingFacts, knowledge: Knowledge): JudgedConfiguration | undefined {
  const { kind, form } = facts.reading;
  if (kind !== 'server-config' || !isConfigurationForm(form)) return undefined;
  const fitting = findRows(facts, form, knowledge);
  const told = (['breaks', 'needs', 'watch'] as const).flatMap((weight) =>
    fitting.filter((f) => f.row.weight === weight),
  );
  return {
    remarks: told.flatMap((one) => remarkOf(one, facts)),
    broken: told.find(({ row }) => row.weight === 'breaks'),
    next: [...new Set(told.flatMap(({ row }) => row.next))],
  };
}

type ConfigurationForm = NonNullable<ConfigurationRow['in']>[number];

function isConfigurationForm(form: string | undefined): form is ConfigurationForm {
  return form === 'web.config' || form === 'applicationHost.config' || form === 'machine.config';
}

function findRows(facts: ReadingFacts, form: ConfigurationForm, knowledge: Knowledge): FittingRow[] {
  const told = new Set<Observation>();
  const fitting: FittingRow[] = [];
  for (const row of knowledge.configurations.values()) {
    if (row.in && !row.in.includes(form)) continue;
    if (!matchConditions(facts, { all: row.when, none: row.none })) continue;
    const found = findAllMeeting(facts, row.finds).filter((o) => !told.has(o));
    for (const observation of found) told.add(observation);
    if (found.length > 0) fitting.push({ row, found });
  }
  return fitting;
}

function remarkOf({ row, found }: FittingRow, facts: ReadingFacts): ConfigurationRemark[] {
  if (row.says === undefined || row.weight === 'known') return [];
  const says = fillBraces(row.says, (name) =>
    name === row.finds.observation
      ? listValues(found.map((o) => formatValue(o.value)))
      : facts.text(name as ObservationName),
  );
  if (says === undefined) return [];
  const lines = [...new Set(found.flatMap((o) => o.event ?? []))].sort((a, b) => a - b);
  return [{ rule: row.id, weight: row.weight, lines, says }];
}

/** Each value once, in file order; the last of many is how many more there are. */
export function listValues(values: readonly string[]): string {
  const all = [...new Set(values)];
  const shown = all.slice(0, namedValues);
  const left = all.length - shown.length;
  if (left > 0) return `${shown.join(', ')} and ${left} more`;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}
