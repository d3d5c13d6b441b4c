import type { Observation, Reading } from '../evidence/evidence.js';
import type { BarePageRow } from '../knowledge/bare-page-schema.js';
import type { Cause } from '../knowledge/cause-schema.js';
import type { Knowledge } from '../knowledge/knowledge.js';
import type { OutputRow } from '../knowledge/output-schema.js';
import { judgeByRows, type RowVerdict } from './card-rows.js';
import { limitCertainty } from './claim-cause.js';
import type { JudgedConfiguration } from './configuration/remarks.js';
import { listEvidence } from './file-evidence.js';
import { createVerdict, type JudgedReading, ranks } from './judged-reading.js';
import { describeOtherLists } from './other-lists.js';
import type { ReadingFacts } from './reading-facts.js';
import type { Verdict } from './report.js';
import type { FittingRow } from './table-rows.js';

/** What a row of the knowledge says about a file, whichever table the row is of. */
interface RowClaim {
  verdict: Verdict;
  cause: Cause | undefined;
  /** How sure the row makes us; counts only where it claims a cause. */
  certainty: Cause['certainty'] | undefined;
  says: string | undefined;
  because: Observation[];
  next: string[];
  rank: number;
}

/** Judges a file by what a row says about it. */
export function judgeByClaim(
  reading: Reading,
  facts: ReadingFacts,
  { verdict, cause, certainty, says, because, next, rank }: RowClaim,
): JudgedReading {
  const file = createVerdict(reading, verdict);
  file.cause = cause?.id ?? null;
  file.confidence = (cause && certainty) ?? null;
  file.detail = says ?? null;
  file.evidence = listEvidence(facts, because);
  file.next = next;
  return { file, facts, cause, because, rank };
}

/** Returns the cause that a row names. */
export function causeOf({ cause }: { cause?: string | undefined }, knowledge: Knowledge): Cause | undefined {
  return cause === undefined ? undefined : knowledge.causes.get(cause);
}

/** A file that a row of a card is about. */
export function judgeByRow(
  reading: Reading,
  facts: ReadingFacts,
  { row, cause, because, says }: RowVerdict,
): JudgedReading {
  return judgeByClaim(reading, facts, {
    verdict: row.verdict,
    cause: row.verdict === 'failure' ? cause : undefined,
    certainty: limitCertainty(row.certainty ?? cause.certainty, reading),
    says,
    because,
    next: row.next,
    rank: row.verdict === 'failure' ? ranks.row : ranks.nothing,
  });
}

/** A page without details claims a cause only where its row does; what it means is said in either case. */
export function judgeBarePage(
  reading: Reading,
  facts: ReadingFacts,
  { row, because, says }: FittingRow<BarePageRow>,
  knowledge: Knowledge,
): JudgedReading {
  const cause = causeOf(row, knowledge);
  const verdict = cause ? 'failure' : 'inconclusive';
  const { certainty, next } = row;
  return judgeByClaim(reading, facts, { verdict, cause, certainty, says, because, next, rank: ranks.bare });
}

/** A configuration file: what breaks is its cause; else whom its pools run as, and what it needs of the server. */
export function judgeConfigurationFile(
  reading: Reading,
  facts: ReadingFacts,
  { broken, remarks, next }: JudgedConfiguration,
  knowledge: Knowledge,
): JudgedReading {
  const cause = broken && causeOf(broken.row, knowledge);
  const byRow = facts.has('pool.name') && !broken ? judgeByRows(facts, knowledge) : undefined;
  const needs = remarks.some(({ weight }) => weight === 'needs');
  const says =
    (broken || needs ? remarks[0]?.says : undefined) ??
    byRow?.says ??
    remarks[0]?.says ??
    'Nothing in this file breaks by itself.';
  const judged = judgeByClaim(reading, facts, {
    verdict: broken ? 'failure' : needs ? 'inconclusive' : (byRow?.row.verdict ?? 'no-fault'),
    cause,
    certainty: broken && limitCertainty(broken.row.certainty, reading),
    says,
    because: broken?.found.slice(0, 4) ?? byRow?.because ?? [],
    next: [...new Set([...next, ...(byRow?.row.next ?? [])])],
    rank: ranks.file,
  });
  judged.file.configuration = remarks;
  return judged;
}

/** The output of a command, judged by the table of outputs. */
export function judgeOutput(
  reading: Reading,
  facts: ReadingFacts,
  { row, because, says }: FittingRow<OutputRow>,
  knowledge: Knowledge,
): JudgedReading {
  const { verdict, certainty, next } = row;
  return judgeByClaim(reading, facts, {
    verdict,
    cause: causeOf(row, knowledge),
    certainty,
    says: [says, describeOtherLists(facts)].filter(Boolean).join(' '),
    because,
    next,
    rank: ranks.file,
  });
}
