import type { Knowledge } from '../knowledge/knowledge.js';
import { systemClock } from '../service/clock.js';
import { Announcer } from '../watch/announce.js';
import { Outbox } from '../watch/outbox.js';
import type { Note } from '../watch/ports.js';
import { ReportCentre } from '../watch/reports/centre.js';
import { createScrubReport } from '../watch/reports/scrub-report.js';
import { createMutes } from './mutes.js';
import { openState } from './state.js';
import { openTargets, type PostDesk } from './targets.js';

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
  /** Causes that are not posted. */
  muted: readonly string[];
  dataDir: string;
  watchers: readonly string[];
  knowledge: Knowledge;
  desk: PostDesk;
}

/**
 * Opens the place where watchers report. A report is stored before it is taken, and sent on after that.
 * @param watchers names of the tokens that are valid
 * @throws OperatorError when a target cannot work, or another process uses the state
 */
export async function openReports(
  { to, muted, dataDir, watchers, knowledge, desk }: ReportSettings,
  out: (text: string) => void,
  note: Note,
): Promise<OpenReports> {
  const { targets, chats } = openTargets(to, 100, out, desk);
  const mutes = createMutes(muted, knowledge, { desk, targets: chats });
  const { journal, close } = await openState(dataDir, 'reports');
  const now = () => systemClock.now().getTime();
  const announcer = new Announcer({ journal, now, targets, muted: mutes, tracing: () => 'unknown' });
  const scrub = createScrubReport(knowledge);
  const centre = new ReportCentre({ journal, announcer, targets, muted: mutes, watchers, scrub });
  const outbox = new Outbox(journal, targets, note);
  const stop = new AbortController();
  const sending = (async () => {
    for (let round = 1; !stop.signal.aborted; round++) {
      try {
        if (round % sendsPerCheck === 0) centre.check();
        await mutes.refresh();
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
