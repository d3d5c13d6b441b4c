import { markRepeated } from '../answer/repeated-part.js';
import { neutralize, renderText } from '../answer/text.js';
import { formatUtc } from '../answer/wording.js';
import { listCauses, PostError, type PostTarget, type WatchPost } from './ports.js';
import { webhookBody } from './webhook-body.js';

/** Sends a body as JSON and resolves with the status of the answer. Rejects when there is none. */
export type SendJson = (url: string, body: unknown) => Promise<number>;

/** Returns the target that prints each post as text. */
export function textTarget(out: (text: string) => void, columns: number): PostTarget {
  return {
    name: 'stdout',
    async send({ at, answer }, _earlier, mayBeThere) {
      const said = mayBeThere ? markRepeated(answer) : answer;
      out(`${formatUtc(at)}\n${renderText(said, { columns })}\n`);
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
function watchJson(post: WatchPost) {
  const { id, kind, at, group, answer } = post;
  return { schema: 'frebot.watch/1', id, kind, at, group: group ?? null, causes: listCauses(post), answer };
}

/** Codes of a connection that was never made, so that nothing was posted. */
const neverConnected = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

/** Returns the target of an incoming webhook of Slack or of a workflow of Teams. */
export function webhookTarget(url: URL, send: SendJson): PostTarget {
  const place = url.hostname;
  return {
    name: `webhook ${place}`,
    async send({ answer }, _earlier, mayBeThere) {
      const said = mayBeThere ? markRepeated(answer) : answer;
      let status: number;
      try {
        status = await send(url.href, webhookBody(said, place));
      } catch (error) {
        const isUncertain = !neverConnected.has((error as Error).message);
        throw new PostError(`${place} can't be reached (${neutralize((error as Error).message)}).`, false, isUncertain);
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
