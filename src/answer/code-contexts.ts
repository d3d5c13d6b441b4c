import type { Code } from '../knowledge/code-schema.js';

type Context = Code['contexts'][number];

/** What the label of a context says: `500.0 or 502.5 (ASP.NET Core)` has two statuses, and needs more than one of them. */
interface ContextLabel {
  statuses: readonly string[];
  /** The status alone is enough: `500`, `404 or 500`. */
  isStatusAlone: boolean;
  /** It is about a line of an access log: `W3C log`, `500 0 1346 (W3C)`. */
  isAboutLine: boolean;
}

function readLabel({ status: label }: Context): ContextLabel {
  const words = label.split(/[ ,/]+/);
  const statuses = words.filter((word) => /^\d{3}(?:\.\d{1,4})?$/.test(word));
  return {
    statuses,
    isStatusAlone: words.every((word) => word === 'or' || statuses.includes(word)),
    isAboutLine: words.some((word) => /^\(?W3C\)?$/.test(word)),
  };
}

/**
 * Returns what a code means in a line of an access log; a context that needs an exception or a page can't be told from a line.
 * @param status with its substatus, as the line has them: `500.0` is named by `500`, too
 */
export function contextInLog(contexts: readonly Context[], status: string): Context | undefined {
  const labelled = contexts.map((context) => ({ context, label: readLabel(context) }));
  const names = ({ statuses }: ContextLabel) => statuses.some((one) => one === status || `${one}.0` === status);
  const found =
    labelled.find(({ label }) => label.isAboutLine && (names(label) || label.statuses.length === 0)) ??
    labelled.find(({ label }) => label.isStatusAlone && names(label));
  return found?.context;
}

/**
 * Returns the contexts of a code that are about a status, and those about other ones; all of them when none is.
 * @param status as it was asked about: `500` is named by `500.0`, too
 */
export function contextsByStatus(
  contexts: readonly Context[],
  status: string | undefined,
): { fitting: readonly Context[]; others: readonly Context[] } {
  const fits = (context: Context) =>
    status !== undefined && readLabel(context).statuses.some((one) => one === status || one === `${status}.0`);
  const fitting = contexts.filter(fits);
  return fitting.length > 0
    ? { fitting, others: contexts.filter((context) => !fits(context)) }
    : { fitting: contexts, others: [] };
}
