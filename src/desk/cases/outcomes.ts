import type { FileVerdict } from '../../diagnosis/report.js';
import type { Reading } from '../../evidence/evidence.js';
import type { CaseEvidence, CaseSnapshot } from '../ports/case-record.js';
import { fits, isFailing, newestOf, pathHash, serverHash } from './comparing.js';

/** How a request ended the last time, by a line of an access log. */
interface Outcome {
  url?: string;
  server?: string;
  verb?: string;
  status?: string;
  time?: string;
}

/**
 * What an access log, or lines of one, say of the request that failed; of a case without one, the failure the log itself
 * shows. A page that works again writes no trace, but it writes a line there.
 */
export function outcomeShown(
  file: FileVerdict,
  reading: Reading,
  { salt, earlier }: { salt: string; earlier: readonly CaseEvidence[] },
): CaseSnapshot | undefined {
  const outcomes = outcomesOf(reading);
  if (outcomes.length === 0) return undefined;
  const failed = earlier.flatMap(({ shows }) => (shows?.url && isFailing(shows.verdict) ? [shows] : []));
  const hashOf = ({ server }: Outcome) => server && serverHash(server, salt);
  const same = outcomes.filter(({ url, verb }) =>
    failed.some((f) => f.url === pathHash(url ?? '', salt) && fits(f.verb, verb)),
  );
  const shown =
    newestOf(same.filter((one) => failed.some(({ server }) => fits(server, hashOf(one))))) ??
    newestOf(same) ??
    (outcomes.length === 1 ? outcomes[0] : failed.length === 0 ? newestFailure(outcomes) : undefined);
  if (!shown) {
    const absent = failed.length > 0 && !isFailing(file.verdict);
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
    ...(shown.server && { server: hashOf(shown) }),
  };
}

/** Returns verb and path of the request that a snapshot of an access log is about. */
export function outcomeName(reading: Reading, shows: CaseSnapshot, salt: string): string | undefined {
  const found = outcomesOf(reading).find(
    ({ url, verb }) => shows.url === pathHash(url ?? '', salt) && shows.verb === verb,
  );
  return found && [found.verb, found.url].filter(Boolean).join(' ');
}

/** Only a page, or "not modified since", shows that it works: a redirect may lead to an error page, 401 is half a logon. */
function verdictOf(status: number): CaseSnapshot['verdict'] {
  if ((status >= 200 && status < 300) || status === 304) return 'no-fault';
  return status < 400 || status === 401 ? 'inconclusive' : 'failure';
}

function newestFailure(outcomes: readonly Outcome[]): Outcome | undefined {
  const failures = outcomes.filter(({ status }) => verdictOf(Number.parseInt(status ?? '', 10)) === 'failure');
  return newestOf(failures.filter(isImpersonation)) ?? newestOf(failures);
}

/** Win32 1346, its HRESULT or the NTSTATUS behind it. */
function isImpersonation({ status }: Outcome): boolean {
  return / (?:1346|2147943746|3221225637)$/.test(status ?? '');
}

function outcomesOf({ observations }: Reading): Outcome[] {
  const found: Outcome[] = [];
  for (const { name, value } of observations) {
    if (name === 'outcome.url') found.push({ url: String(value) });
    const last = found.at(-1);
    if (!last) continue;
    if (name === 'outcome.server') last.server = String(value);
    else if (name === 'outcome.verb') last.verb = String(value);
    else if (name === 'outcome.status') last.status = String(value);
    else if (name === 'outcome.time') last.time = String(value);
  }
  return found;
}
