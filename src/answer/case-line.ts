import { type FactLookup, formatUtc } from './wording.js';

/**
 * Returns what was seen of a failure in sentences to pass on: request, server, answer, code, time, pool and account, as far as they are known; empty
 * where none is.
 */
export function describeCase(facts: FactLookup): string {
  const noted = facts('noted');
  const sentences = [
    describeRequest(facts),
    describePool(facts),
    facts('detail')?.replace(/\.$/, ''),
    noted && `The event log has ${noted}`,
  ];
  return sentences.flatMap((one) => (one ? [`${one}.`] : [])).join(' ');
}

function describeRequest(facts: FactLookup): string {
  const [url, server, status, code, time] = ['url', 'server', 'status', 'code', 'time'].map(facts);
  if ([url, server, status, code].every((one) => one === undefined)) return '';
  return [
    url === undefined ? 'A request' : `The request for ${url}`,
    server && `on ${server}`,
    status === undefined ? 'failed' : `was answered ${status}`,
    code && `with ${code}`,
    time && `at ${formatUtc(time)}`,
  ]
    .filter(Boolean)
    .join(' ');
}

function describePool(facts: FactLookup): string {
  const [pool, account] = [facts('pool'), facts('account')];
  if (account === undefined) return pool === undefined ? '' : `The pool is ${pool}`;
  return `The pool${pool === undefined ? '' : ` ${pool}`} runs as ${account}`;
}
