import type { FileVerdict } from '../../diagnosis/report.js';
import type { Reading } from '../../evidence/evidence.js';
import type { CaseEvidence, CaseSnapshot } from '../ports/case-record.js';
import { pathHash, serverHash } from './snapshot-hashes.js';
import { isFailing, isSamePlace, mayBeSame, newestOf } from './snapshots.js';

/** The last outcome of a request, from a line of an access log. */
interface Outcome {
  url?: string;
  server?: string;
  site?: number;
  port?: number;
  verb?: string;
  status?: string;
  time?: string;
}

/**
 * Summarizes an access log by the last outcome of the request that failed; without a case, by the failure that the log
 * shows. A page that works again writes no trace, but it writes a line of this log.
 */
export function summarizeAccessLog(
  file: FileVerdict,
  reading: Reading,
  { salt, earlier }: { salt: string; earlier: readonly CaseEvidence[] },
): CaseSnapshot | undefined {
  const outcomes = listOutcomes(reading);
  if (outcomes.length === 0) return undefined;
  const failures = earlier.flatMap(({ shows }) => (shows?.url && isFailing(shows.verdict) ? [shows] : []));
  const hashOf = ({ server }: Outcome) => server && serverHash(server, salt);
  const sameRequest = outcomes.filter(({ url, verb }) => {
    // Once for each of the thousands of outcomes, however many failures there are.
    const path = failures.length > 0 ? pathHash(url ?? '', salt) : undefined;
    return failures.some((f) => f.url === path && mayBeSame(f.verb, verb));
  });
  const shown =
    newestOf(
      sameRequest.filter((one) => failures.some((f) => mayBeSame(f.server, hashOf(one)) && isSamePlace(f, one))),
    ) ??
    newestOf(sameRequest.filter((one) => failures.some((f) => isSamePlace(f, one)))) ??
    newestOf(sameRequest) ??
    (outcomes.length === 1 ? outcomes[0] : failures.length === 0 ? newestFailure(outcomes) : undefined);
  if (!shown) {
    const absent = failures.length > 0 && !isFailing(file.verdict);
    return absent ? { verdict: 'inconclusive', cause: null, absent: true } : undefined;
  }
  const [status, substatus] = (shown.status ?? '').split(/[. ]/) as [string, string];
  const path = pathHash(shown.url ?? '', salt);
  return {
    verdict: verdictOf(Number(status)),
    // The file's cause may rest on its other lines.
    cause: outcomes.length === 1 || isImpersonation(shown) ? file.cause : null,
    status: Number(substatus) > 0 ? `${status}.${substatus}` : status,
    ...(path !== undefined && { url: path }),
    ...(shown.verb && { verb: shown.verb }),
    ...(shown.time && { time: shown.time }),
    ...(shown.site !== undefined && { site: shown.site }),
    ...(shown.port !== undefined && { port: shown.port }),
    ...(shown.server && { server: hashOf(shown) }),
  };
}

/** Returns verb and path of the request that a snapshot of an access log is about. */
export function nameLoggedRequest(reading: Reading, shows: CaseSnapshot, salt: string): string | undefined {
  const outcome = listOutcomes(reading).find(
    ({ url, verb, time }) => shows.verb === verb && shows.time === time && shows.url === pathHash(url ?? '', salt),
  );
  return outcome && [outcome.verb, outcome.url].filter(Boolean).join(' ');
}

/** Only a page or 304 shows that the request works: a redirect may lead to an error page, and 401 is half a logon. */
function verdictOf(status: number): CaseSnapshot['verdict'] {
  if ((status >= 200 && status < 300) || status === 304) return 'no-fault';
  return status < 400 || status === 401 ? 'inconclusive' : 'failure';
}

function newestFailure(outcomes: readonly Outcome[]): Outcome | undefined {
  const failures = outcomes.filter(({ status }) => verdictOf(Number.parseInt(status ?? '', 10)) === 'failure');
  return newestOf(failures.filter(isImpersonation)) ?? newestOf(failures);
}

/** True for Win32 1346, its HRESULT and its NTSTATUS. */
function isImpersonation({ status }: Outcome): boolean {
  return / (?:1346|2147943746|3221225637)$/.test(status ?? '');
}

function listOutcomes({ observations }: Reading): Outcome[] {
  const outcomes: Outcome[] = [];
  for (const { name, value } of observations) {
    if (name === 'outcome.url') outcomes.push({ url: String(value) });
    const last = outcomes.at(-1);
    if (!last) continue;
    if (name === 'outcome.server') last.server = String(value);
    else if (name === 'outcome.site') last.site = Number(value);
    else if (name === 'outcome.port') last.port = Number(value);
    else if (name === 'outcome.verb') last.verb = String(value);
    else if (name === 'outcome.status') last.status = String(value);
    else if (name === 'outcome.time') last.time = String(value);
  }
  return outcomes;
}
