import type { FileVerdict } from '../diagnosis/report.js';
import { statusText } from './parts.js';

/** The numbers by which a failure is known. */
export interface FailureNumbers {
  status?: string | null | undefined;
  code?: string | null | undefined;
}

/** Returns the status and the code on which the verdict about a file rests. */
export function failureNumbersOf({
  request,
  decisive,
  code,
}: Pick<FileVerdict, 'request' | 'decisive' | 'code'>): FailureNumbers {
  return { status: request && statusText(request), code: decisive?.errorCode ?? code };
}

/** True for two failures of one cause that differ in their code, or where one has none in their status: the steps may be others. */
export function differInNumbers(one: FailureNumbers, other: FailureNumbers): boolean {
  if (one.code && other.code) return one.code !== other.code;
  return Boolean(one.status && other.status) && one.status !== other.status;
}
