import type { Knowledge } from '../knowledge/knowledge.js';
import { systemClock } from '../service/clock.js';
import { Announcer } from '../watch/announce.js';
import { Outbox } from '../watch/outbox.js';
import type { Note } from '../watch/ports.js';
import { ReportCentre } from '../watch/reports/centre.js';
import { createScrubReport } from '../watch/reports/scrub-report.js';
import { openState } from './state.js';
import { openTargets } from './watcher.js';

/** Milliseconds between two attempts to send, and between two checks of the watchers. */
const sendMs = 5000;
const sendsPerCheck = 12;

/** Takes reports of watchers and passes them on. */
export interface OpenReports {
  accept(watcher: string, body: unknown): 'taken' | 'wrong';
  close(): Promise<void>;
}

interface ReportSettings {
  to: readonly string[];
  dataDir: string;
  watchers: readonly string[];
  knowledge: Knowledge;
}

/**
 * Opens the place where watchers report. A report is stored before it is taken, and sent on after that.
 * @param watchers names of the tokens that are valid
 * @throws OperatorError when a target cannot work, or another process uses the state
 */
export async function openReports(
  { to, dataDir, watchers, knowledge }: ReportSettings,
  out: (text: string) => void,
  note: Note,
): Promise<OpenReports> {
  const targets = openTargets(to, 100, out);
  const { journal, close } = await openState(dataDir, 'reports');
  const names = targets.map(({ name }) => name);
  const now = () => systemClock.now().getTime();
  const announcer = new Announcer({ journal, now, targets: names, muted: new Set(), tracing: () => 'unknown' });
  const scrub = createScrubReport(knowledge);
  const centre = new ReportCentre({ journal, announcer, targets: names, watchers, scrub });
  const outbox = new Outbox(journal, targets, note);
  const stop = new AbortController();
  const sending = (async () => {
    for (let round = 1; !stop.signal.aborted; round++) {
      try {
        if (round % sendsPerCheck === 0) centre.check();
        await outbox.flush();
      } catch (error) {
        note(`Reports could not be passed on (${(error as NodeJS.ErrnoException).code ?? (error as Error).name}).`);
      }
      await systemClock.sleep(sendMs, stop.signal);
    }
  })();
  return {
    accept: (watcher, body) => centre.accept(watcher, body),
    async close() {
      stop.abort();
      await sending;
      await close();
    },
  };
}
