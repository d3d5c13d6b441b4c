import { neutralize, renderText } from '../answer/text.js';
import { formatUtc } from '../answer/wording.js';
import { PostError, type PostTarget, type WatchPost } from './ports.js';
import { webhookBody } from './webhook-body.js';

/** Sends a body as JSON and resolves with the status of the answer. Rejects when there is none. */
export type SendJson = (url: string, body: unknown) => Promise<number>;

/** Returns the target that prints each post as text. */
export function textTarget(out: (text: string) => void, columns: number): PostTarget {
  return {
    name: 'stdout',
    async send({ at, answer }) {
      out(`${formatUtc(at)}\n${renderText(answer, { columns })}\n`);
    },
  };
}

/** Returns the target that prints each post as one line of JSON. */
export function jsonTarget(out: (line: string) => void): PostTarget {
  return {
    name: 'json',
    async send(post) {
      out(JSON.stringify(watchJson(post)));
      return undefined;
    },
  };
}

/** Returns a post as scripts read it. An `id` that came before is the same post again. */
function watchJson({ id, kind, at, group, answer }: WatchPost) {
  return { schema: 'frebot.watch/1', id, kind, at, group: group ?? null, answer };
}

/** Returns the target of an incoming webhook of Slack or of a workflow of Teams. */
export function webhookTarget(url: URL, send: SendJson): PostTarget {
  const place = url.hostname;
  return {
    name: `webhook ${place}`,
    async send(post) {
      let status: number;
      try {
        status = await send(url.href, webhookBody(post.answer, place));
      } catch (error) {
        throw new PostError(`${place} can't be reached (${neutralize((error as Error).message)}).`);
      }
      if (status >= 200 && status < 300) return;
      if (status === 400 || status === 413) throw new PostError(`${place} does not take it (status ${status}).`, true);
      if ([401, 403, 404, 410].includes(status))
        throw new PostError(
          `${place} refuses the webhook (status ${status}): its address is wrong, or it was removed.`,
        );
      throw new PostError(`${place} answers with status ${status}.`);
    },
  };
}
