import { statusText, urlPath } from '../../answer/parts.js';
import type { Report } from '../../diagnosis/report.js';
import { nameOfSid } from '../../evidence/sids.js';
import type { FailureFacts } from '../../questions/thread/facts.js';

/** Names well-known SIDs of a list; another entry stays as the list has it. */
const nameHolders = (list: string) =>
  list
    .split(', ')
    .map((holder) => nameOfSid(holder.replace(/^\*/, '')) ?? holder)
    .join(', ');

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
