import type { ObservationCollector } from '../gather.js';
import { type LogLine, requestPath } from './columns.js';

/** Different requests that are remembered, those that came last. A log of a busy day has more lines, but seldom more pages. */
const most = 2000;
/** A longer path is a scanner's, in characters. */
const longestPath = 2000;

interface Outcome {
  line: number;
  server: string | undefined;
  site: number | undefined;
  port: number | undefined;
  verb: string | undefined;
  url: string;
  status: string;
  time: string | undefined;
}

/**
 * How each request of an access log ended the last time: a page that works again writes no trace, but it writes a line
 * here. Lines are in order of time, so the last line of a request is its newest.
 */
export class Outcomes {
  readonly #last = new Map<string, Outcome>();

  add(line: LogLine): void {
    const status = line.int('sc-status');
    const url = requestPath(line);
    // What http.sys ended never reached the page.
    if (status === undefined || url === undefined || url.length > longestPath || line.get('s-reason')) return;
    const verb = line.get('cs-method');
    const server = line.get('s-computername');
    const site = siteNumber(line.get('s-sitename'));
    const port = line.int('s-port');
    const key = `${server ?? ''} ${site ?? ''} ${port ?? ''} ${verb ?? ''} ${url}`;
    this.#last.delete(key);
    this.#last.set(key, {
      line: line.number,
      server,
      site,
      port,
      verb,
      url,
      status: `${status}.${line.int('sc-substatus') ?? 0} ${line.int('sc-win32-status') ?? 0}`,
      time: line.time(),
    });
    if (this.#last.size > most) this.#last.delete(this.#last.keys().next().value as string);
  }

  observe(gather: ObservationCollector): void {
    for (const { line, server, site, port, verb, url, status, time } of this.#last.values()) {
      const place = { event: line };
      gather.add('outcome.url', url, { ...place, field: 'cs-uri-stem' });
      if (server) gather.add('outcome.server', server, { ...place, field: 's-computername' });
      if (site !== undefined) gather.add('outcome.site', site, { ...place, field: 's-sitename' });
      if (port !== undefined) gather.add('outcome.port', port, { ...place, field: 's-port' });
      if (verb) gather.add('outcome.verb', verb, { ...place, field: 'cs-method' });
      gather.add('outcome.status', status, { ...place, field: 'sc-status' });
      if (time) gather.add('outcome.time', time, { ...place, field: 'date time' });
    }
  }
}

/** IIS names a site by its number: `W3SVC2`. */
function siteNumber(name: string | undefined): number | undefined {
  const digits = /^W3SVC(\d{1,9})$/i.exec(name ?? '')?.[1];
  return digits === undefined ? undefined : Number(digits);
}
