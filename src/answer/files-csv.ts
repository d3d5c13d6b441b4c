import type { FileVerdict } from '../diagnosis/report.js';
import { renderCsv } from './csv.js';

const columns = [
  'file',
  'kind',
  'verdict',
  'cause',
  'confidence',
  'status',
  'substatus',
  'code',
  'verb',
  'url',
  'pool',
  'server',
  'time',
  'timeTakenMs',
  'detail',
  'withheld',
] as const;

/** Returns the files as CSV (RFC 4180), one row each. Names of columns are those of `diagnose --json` where they are the same. */
export function filesCsv(files: readonly FileVerdict[]): string {
  return renderCsv([columns, ...files.map(rowOf)]);
}

function rowOf(file: FileVerdict) {
  const { name, kind, verdict, cause, confidence, request, decisive, code, detail, withheld } = file;
  const outcome = [request?.status, request?.substatus, decisive?.errorCode ?? code];
  const place = [request?.verb, request?.url, request?.appPool, request?.server, request?.time, request?.timeTakenMs];
  return [name, kind, verdict, cause, confidence, ...outcome, ...place, detail, withheld];
}
