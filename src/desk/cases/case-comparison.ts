import type { FileVerdict } from '../../diagnosis/report.js';
import type { CaseSnapshot } from '../ports/case-record.js';
import { mayBeSame } from './snapshots.js';

/**
 * The results of a comparison, in the order in which they count: when one file of several still shows the failure, nothing
 * is fixed. From `seen` on, a file proves nothing: `seen` is the very same log; `older` is from before the failure; `undated`
 * has no day; `other` is another request that works; `unclear` is a redirect or 401; `absent` is an access log without the
 * request.
 */
export const comparisonResults = [
  'same',
  'changed',
  'fixed',
  'list-fixed',
  'list-same',
  'seen',
  'logon-lacks-right',
  'logon-older',
  'logon-undated',
  'logon-other',
  'logon-unknown',
  'older',
  'undated',
  'other-server',
  'unclear',
  'other-site',
  'other',
  'absent',
] as const;
export type ComparisonResult = (typeof comparisonResults)[number];

/** What a new file says about the failure that its conversation follows. */
export interface CaseComparison {
  result: ComparisonResult;
  before: CaseSnapshot;
  after: CaseSnapshot;
  /** The new file, judged alone. */
  file: FileVerdict;
  /** Verb and path of the request that the file shows. */
  requestName?: string;
}

/** A new file of a case, judged alone, with its state. */
export interface NewEvidence {
  file: FileVerdict;
  print: string;
  shows: CaseSnapshot | undefined;
  requestName?: string;
}

/** Lists what differs: label, before, now. A hash that differs has no value to show. */
export function listDifferences({ before, after }: CaseComparison): [string, string, string][] {
  const rows: [string, string, string][] = [];
  const addValue = (label: string, old: string | number | undefined, now: string | number | undefined) => {
    // A value that one of the files does not have is not a difference; a code that is gone is one.
    if (old !== now && (label === 'Code' || (old !== undefined && now !== undefined)))
      rows.push([label, String(old ?? '–'), String(now ?? '–')]);
  };
  const addHash = (label: string, old: string | undefined, now: string | undefined) => {
    if (!mayBeSame(old, now)) rows.push([label, 'as before', 'another']);
  };
  addValue('Status', before.status, after.status);
  addValue('Code', before.code, after.code);
  addValue('Worker process', before.processId, after.processId);
  addValue('Time (UTC)', formatTime(before.time), formatTime(after.time));
  addHash('URL', before.url, after.url);
  addHash('Pool', before.pool, after.pool);
  addHash('Server', before.server, after.server);
  addValue('Site', before.site, after.site);
  addValue('Port', before.port, after.port);
  return rows;
}

function formatTime(time: string | undefined): string | undefined {
  return time?.slice(0, 19).replace('T', ' ');
}
