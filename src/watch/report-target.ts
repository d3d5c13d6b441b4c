import { type Heartbeat, PostError, type PostTarget, type WatchPost } from './ports.js';
import type { SendJson } from './targets.js';

/** What a watcher sends to its centre: a post, or a sign of life. */
type SentReport = ({ schema: 'frebot.report/1' } & WatchPost) | { schema: 'frebot.report/1'; kind: 'heartbeat' };

/**
 * Returns the target that is a central Frebot. Answers go there, never logs.
 * @param send posts JSON with the token of this watcher
 */
export function reportTarget(address: URL, send: SendJson): PostTarget & Heartbeat {
  const place = address.host;
  const url = new URL('api/reports', address.href.endsWith('/') ? address : `${address.href}/`).href;

  async function deliver(report: SentReport): Promise<undefined> {
    const status = await send(url, report).catch((error: unknown) => {
      throw new PostError(`The central Frebot at ${place} can't be reached (${(error as Error).message}).`);
    });
    if (status >= 200 && status < 300) return;
    if (status === 401 || status === 403)
      throw new PostError(
        `The central Frebot at ${place} refuses the token in FREBOT_REPORT_TOKEN (status ${status}); frebot token makes one there.`,
      );
    const lasting = status === 400 || status === 413;
    throw new PostError(`The central Frebot at ${place} answers with status ${status}.`, lasting);
  }

  return {
    name: `report ${place}`,
    counts: 'both',
    send: (post) => deliver({ schema: 'frebot.report/1', ...post }),
    beat: () => deliver({ schema: 'frebot.report/1', kind: 'heartbeat' }),
  };
}
