import type { Desk } from '../desk/desk.js';
import { systemClock } from '../service/clock.js';
import { OperatorError } from '../service/operator-error.js';
import { sendJson } from '../service/send-json.js';
import type { PostTarget } from '../watch/ports.js';
import { jsonTarget, textTarget, webhookTarget } from '../watch/targets.js';
import { webhookPlatform } from '../watch/webhook-body.js';
import { type DoorTarget, openDoorTarget } from './door-target.js';

/** The desk as far as posts need it; there is one inside `frebot serve` only. */
export type PostDesk = Pick<Desk, 'announce' | 'findPlace' | 'mutedCauses'>;

/** The places that posts go to, and those of them that are chats. */
export interface OpenTargets {
  targets: PostTarget[];
  chats: DoorTarget[];
}

/**
 * Opens the places that posts go to.
 * @param columns of the terminal
 * @throws OperatorError for one that there is not
 */
export function openTargets(
  to: readonly string[],
  columns: number,
  out: (text: string) => void,
  desk: PostDesk | undefined,
): OpenTargets {
  const now = () => systemClock.now().getTime();
  const chats: DoorTarget[] = [];
  const targets = to.map((one) => {
    const chat = openDoorTarget(one, desk, now);
    if (chat) chats.push(chat);
    return chat ?? openTarget(one, columns, out);
  });
  return { targets, chats };
}

function openTarget(to: string, columns: number, out: (text: string) => void): PostTarget {
  if (to === 'stdout') return textTarget(out, columns);
  if (to === 'json') return jsonTarget((line) => out(`${line}\n`));
  const url = URL.canParse(to) ? new URL(to) : undefined;
  if (url?.protocol === 'https:' && webhookPlatform(url.hostname)) return webhookTarget(url, sendJson);
  // The address is a secret, so it is not repeated.
  throw new OperatorError(
    'posts go to stdout, json, slack:<channel> or teams:<link> inside frebot serve, or the https address of an incoming webhook of Slack or of a workflow of Teams; --to or FREBOT_WATCH_TO names something else',
  );
}
