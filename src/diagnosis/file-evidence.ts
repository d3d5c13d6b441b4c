import type { Observation } from '../evidence/evidence.js';
import type { ObservationName } from '../evidence/vocabulary/index.js';
import { formatValue, type ReadingFacts } from './reading-facts.js';
import type { FileVerdict } from './report.js';

type EvidenceRow = FileVerdict['evidence'][number];

/** What a reader concludes from a line, which is its own proof, and what a person told beside the evidence. */
const concluded: ReadonlySet<ObservationName> = new Set([
  'path.kind',
  'told.fact',
  'decisive.event',
  'account.of-computer',
]);

/** Returns the observations whose value the file holds. */
export function dropConclusions(because: readonly Observation[]): Observation[] {
  return because.filter(({ name }) => !concluded.has(name));
}

/** Returns an observation as the file has it: where it is, and its raw text. */
export function evidenceRow(o: Observation): EvidenceRow {
  return {
    event: o.event ?? null,
    eventName: o.eventName,
    field: o.field ?? o.name,
    value: o.raw ?? formatValue(o.value),
  };
}

/** Returns what the verdict rests on, the deciding event first. Values without an event belong to the file itself. */
export function listEvidence(facts: ReadingFacts, because: Observation[]): EvidenceRow[] {
  const decisive = [
    'decisive.status',
    'decisive.substatus',
    'decisive.module',
    'decisive.code',
    'decisive.notification',
  ]
    .flatMap((name) => facts.all(name))
    .filter((o) => !(o.name === 'decisive.substatus' && o.value === 0));
  // What the deciding event set shows that there was one.
  const others = dropConclusions(because).flatMap((o) => proofOfConclusion(o, facts));
  const rows = new Map<string, EvidenceRow>();
  for (const o of [...decisive, ...others]) {
    const row = evidenceRow(o);
    rows.set(`${o.event ?? ''}|${row.field}|${row.value}`, row);
  }
  return [...rows.values()];
}

/** Observations that only classify others are shown as those: "lacks IIS_IUSRS" as the list of holders. */
const shownAs: Partial<Record<ObservationName, ObservationName[]>> = {
  'exception.origin': ['exception.type', 'exception.message'],
  'slow.kind': ['slow.ms'],
  'rewrite.action': ['rewrite.rule'],
  'right.defined': ['right.holders'],
  'right.holds-iis-iusrs': ['right.holders'],
  'right.holds-service': ['right.holders'],
};

/** A conclusion from several lines has no value in the file, and is not a proof by itself. */
function proofOfConclusion(o: Observation, facts: ReadingFacts): Observation[] {
  const shown = (shownAs[o.name] ?? []).flatMap((name) => facts.all(name).slice(0, 1));
  if (shown.length > 0) return shown;
  return typeof o.value === 'boolean' && o.raw === undefined ? [] : [o];
}
