import { knownCodeOf } from '../../answer/codes.js';
import { statusText, urlPath } from '../../answer/parts.js';
import { countWords } from '../../answer/wording.js';
import type { FileVerdict, Finding, Report } from '../../diagnosis/report.js';
import type { EvidenceKind } from '../../evidence/evidence.js';
import { nameOfSid } from '../../evidence/sids.js';
import type { Knowledge } from '../../knowledge/knowledge.js';
import type { FailureFacts } from '../../questions/thread/facts.js';

/** Evidence about who holds the right. */
const aboutRight: ReadonlySet<EvidenceKind> = new Set<EvidenceKind>([
  'token-listing',
  'rights-export',
  'policy-report',
]);

/** Names the well-known SIDs of a list and counts the rest: an account may be a person's, and these facts are stored. */
function nameHolders(list: string): string {
  const names = list.split(', ').map((holder) => nameOfSid(holder.replace(/^\*/, '')));
  const known = names.filter((name) => name !== undefined);
  const others = names.length - known.length;
  return [...known, ...(others === 0 ? [] : [countWords(others, 'other account')])].join(', ');
}

/** Returns what follow-ups may ask about a diagnosed failure; undefined when no cause was found. */
export function failureFacts({ diagnosis, files }: Report): FailureFacts | undefined {
  const [finding] = diagnosis.findings;
  if (!finding) return undefined;
  const { cause, confidence, facts } = finding;
  const own = files.filter(({ name }) => finding.files.includes(name));
  const main = own.find((file) => file.cause === cause && file.request) ?? own[0];
  const request = main?.request;
  const observed = {
    pool: facts.pool ?? request?.appPool ?? facts['access.queue'],
    account: facts.account ?? facts.identity,
    server: facts.server ?? request?.server,
    status: request && statusText(request),
    code: main?.decisive?.errorCode ?? main?.code,
    time: request?.time,
    holders: facts.holders && nameHolders(facts.holders),
    missing: facts.missing && nameHolders(facts.missing),
    url: request?.url && urlPath(request.url),
    detail: main && !tellsNoRequest(main) ? main.detail : undefined,
  };
  const known = Object.entries(observed).filter(([, value]) => value !== null && value !== undefined);
  return { cause, confidence, ...Object.fromEntries(known), more: furtherFacts(facts) };
}

/** What is said about a list of holders, or a code that was told, asks for more evidence; it describes no failed request. */
function tellsNoRequest({ kind, form }: FileVerdict): boolean {
  return aboutRight.has(kind) || form === 'right-line' || form === 'told-code';
}

/** More of a value is not a name and no path. In characters. */
const longestFact = 300;

/** Returns the facts of a finding that have no field of their own. A line of accounts is kept where it names well-known ones only. */
function furtherFacts({ holders, missing: _, line, ...others }: Finding['facts']): Record<string, string> {
  const isNamed = holders?.split(', ').every((holder) => nameOfSid(holder.replace(/^\*/, '')) !== undefined) ?? false;
  const all = { ...others, ...(line !== undefined && isNamed && { line }) };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value.length <= longestFact));
}

/**
 * Returns what a thread is about whose evidence names no cause: the status of a failed request, what the last of the counted lines stands for, or
 * the right; undefined when it shows none of them.
 */
export function unexplainedSubject({ diagnosis, files }: Report, knowledge: Knowledge): string | undefined {
  if (diagnosis.findings.length > 0) return undefined;
  const failed = files.find(({ request }) => (request?.status ?? 0) >= 400)?.request;
  const lines = files.flatMap(({ lines: counted }) => counted?.combinations ?? []);
  const last = lines.toSorted((one, other) => (one.first ?? 0) - (other.first ?? 0)).at(-1);
  if (failed) return statusText(failed) ?? undefined;
  if (last) return subjectOfLine(last.value, knowledge);
  return files.some(({ kind }) => aboutRight.has(kind)) ? 'SeImpersonatePrivilege' : undefined;
}

/** `401.1 2148074252` stands for the cause of its code, `401.2 5` for its status. */
function subjectOfLine(combination: string, knowledge: Knowledge): string | undefined {
  const [status, number] = combination.split(' ');
  const cause = number === undefined ? undefined : knownCodeOf(number, knowledge)?.cause;
  return cause !== undefined && knowledge.causes.has(cause) ? cause : status;
}
