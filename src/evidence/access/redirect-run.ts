import type { ObservationCollector } from '../gather.js';
import { type LogLine, requestPath } from './columns.js';

/** A sign-in takes two or three redirects; browsers give up after about twenty. */
const loopFrom = 8;
/** Clients whose last request is remembered: a loop is in lines that are near each other. */
const mostClients = 1000;

/** Finds the longest run of redirects of one client at one address, while the lines go by. */
export class RedirectRun {
  #runs = new Map<string, { address: string; count: number; first: LogLine }>();
  #longest: { count: number; first: LogLine } | undefined;

  add(line: LogLine): void {
    const status = line.int('sc-status');
    const path = requestPath(line);
    if (status === undefined || path === undefined) return;
    const client = `${line.get('c-ip') ?? ''} ${line.get('cs(user-agent)') ?? ''}`;
    if (![301, 302, 303, 307, 308].includes(status)) {
      this.#runs.delete(client);
      return;
    }
    const address = `${line.get('s-port') ?? ''} ${path} ${line.get('cs-uri-query') ?? ''}`;
    const run = this.#runs.get(client);
    const goesOn = run?.address === address;
    const next = goesOn ? { ...run, count: run.count + 1 } : { address, count: 1, first: line };
    if (!goesOn && this.#runs.size >= mostClients) this.#runs.clear();
    this.#runs.set(client, next);
    if (next.count > (this.#longest?.count ?? 0)) this.#longest = next;
  }

  observe(gather: ObservationCollector): void {
    if (!this.#longest || this.#longest.count < loopFrom) return;
    const { count, first } = this.#longest;
    gather.add('access.redirect-loop', count, { event: first.number, field: 'sc-status' });
  }
}
