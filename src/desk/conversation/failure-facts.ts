import { statusText, urlPath } from '../../answer/parts.js';
import { countWords } from '../../answer/wording.js';
import type { Report } from '../../diagnosis/report.js';
import { nameOfSid } from '../../evidence/sids.js';
import type { FailureFacts } from '../../questions/thread/facts.js';

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
    pool: facts.pool ?? request?.appPool,
    account: facts.account ?? facts.identity,
    server: facts.server ?? request?.server,
    status: request && statusText(request),
    code: main?.decisive?.errorCode ?? main?.code,
    time: request?.time,
    holders: facts.holders && nameHolders(facts.holders),
    missing: facts.missing && nameHolders(facts.missing),
    url: request?.url && urlPath(request.url),
  };
  const known = Object.entries(observed).filter(([, value]) => value !== null && value !== undefined);
  return { cause, confidence, ...Object.fromEntries(known) };
}

/** Returns the status of a failed request of which no cause was found; undefined when there is none. */
export function unexplainedStatus({ diagnosis, files }: Report): string | undefined {
  const failed = files.find(({ request }) => (request?.status ?? 0) >= 400)?.request;
  return diagnosis.findings.length > 0 || !failed ? undefined : (statusText(failed) ?? undefined);
}
