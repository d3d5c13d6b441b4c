import { webApi } from '@slack/bolt';
import type { Answer } from '../../src/answer/answer.js';
import type { Clock } from '../../src/desk/ports/environment.js';
import type { SlackLog } from './log.js';
import type { Workspace } from './workspaces.js';

export interface SenderDeps {
  workspace(team: string): Promise<Workspace>;
  clock: Clock;
  log: SlackLog;
  /** Renders the whole answer as one HTML file. Without it, what does not fit into one message follows in others. */
  report?: ((answer: Answer) => string) | undefined;
}

/** Options of a post that keep a log's text from becoming a mention, a link or a preview. */
export const literalPost = { unfurl_links: false, unfurl_media: false, link_names: false, parse: 'none' } as const;

/** Retries up to four times after the pause that Slack asks for. "Too many requests" means that nothing was posted. */
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
