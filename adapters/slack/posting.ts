import { webApi } from '@slack/bolt';
import type { Answer } from '../../src/answer/answer.js';
import type { Clock } from '../../src/desk/ports/environment.js';
import type { SlackLog } from './log.js';
import type { Workspace } from './workspaces.js';

export interface SenderDeps {
  workspace(team: string): Promise<Workspace>;
  clock: Clock;
  log: SlackLog;
  /** The whole answer as one file that opens without a network; without it what does not fit follows in further messages. */
  report?: ((answer: Answer) => string) | undefined;
}

/** A log's text must never become a mention, a link or a preview. */
export const literalPost = { unfurl_links: false, unfurl_media: false, link_names: false, parse: 'none' } as const;

/** Retries up to four times, after the pause Slack asks for: "too many requests" means that nothing was posted. */
export async function retryWhenRateLimited<T>(post: () => Promise<T>, clock: Clock): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await post();
    } catch (error) {
      if (!(error instanceof webApi.WebAPIRateLimitedError) || attempt === 5) throw error;
      await clock.sleep(Math.min(error.retryAfter, 60) * 1000);
    }
  }
}
