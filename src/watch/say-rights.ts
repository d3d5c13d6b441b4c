import type { Answer, Part } from '../answer/answer.js';
import { textsForOwner } from '../answer/handover-parts.js';
import { clipText } from '../answer/parts.js';
import { formatUtc, listWords } from '../answer/wording.js';
import { sid } from '../evidence/sids.js';
import type { Knowledge } from '../knowledge/knowledge.js';
import type { RightsChange } from './rights-change.js';
import type { RightsNow } from './rights-drift.js';
import { createPost } from './say-post.js';

/** Pools named at most. */
const poolsNamed = 8;
const names: Record<string, string> = { [sid.service]: 'SERVICE', [sid.iisIusrs]: 'IIS_IUSRS' };

/** Says, before the outage, who has left the list, which pools fail and when, and what to send to the owner of the policy. */
export function rightsLostPost(now: RightsNow, server: string | undefined, knowledge: Knowledge): Answer {
  const gone = listWords(now.missing.map((id) => names[id] ?? id));
  const title = `${gone} ${now.missing.length > 1 ? 'have' : 'has'} left the list of SeImpersonatePrivilege${server ? ` on ${server}` : ''}`;
  const policy = now.gpo
    ? `${clipText(now.gpo, 80)} sets the list.`
    : 'I could not see which policy set the list: gpresult /h shows it.';
  const who = [policy, sayChange(now.change)].filter(Boolean).join(' ');
  const parts: Part[] = [
    { kind: 'notice', id: 'outlook', keep: 'always', level: 'warning', text: outlook(now) },
    { kind: 'text', id: 'who', heading: 'Who set it', keep: 'always', text: who },
    {
      kind: 'command',
      id: 'line',
      heading: 'The line as it should become',
      keep: 'always',
      command: `SeImpersonatePrivilege = ${now.line}`,
    },
    ...messageForOwner(now, server, knowledge),
  ];
  return createPost(title, parts);
}

/** Says what event logs show of the change; empty when none was given. */
function sayChange({ removedAt, isByPolicy, appliedAt }: RightsChange): string {
  if (removedAt !== undefined)
    return `The Security log shows the change at ${formatUtc(removedAt)}${sayAuthor(isByPolicy)}.`;
  return appliedAt === undefined ? '' : `A policy was last applied at ${formatUtc(appliedAt)} (SceCli 1704).`;
}

function sayAuthor(isByPolicy: boolean | undefined): string {
  if (isByPolicy === undefined) return '';
  return isByPolicy
    ? ', and the computer itself made it, as a refresh of the policy does'
    : ', and an account made it: event 4705 on the server names it';
}

/** Running worker processes keep the token they started with. */
function outlook({ failing, missing }: RightsNow): string {
  const when =
    'when their worker process is next replaced (idle time-out, recycle, restart); what runs now keeps the right until then';
  if (failing === undefined)
    return missing.includes(sid.service)
      ? `I can't see the pools. Nearly every pool gets the right through SERVICE or IIS_IUSRS: they fail ${when}.`
      : `I can't see the pools. Those with a custom account fail ${when}.`;
  if (failing.length === 0)
    return 'None of the pools fails because of this: each still holds the right in another way. A pool that gets a custom account later will.';
  const named = failing.slice(0, poolsNamed).map((pool) => clipText(pool, 60));
  const more = failing.length - named.length;
  const all = listWords(more > 0 ? [...named, `${more} more`] : named);
  const one = failing.length === 1;
  return one
    ? `The pool ${all} loses the right. It fails when its worker process is next replaced (idle time-out, recycle, restart); what runs now keeps the right until then.`
    : `The pools ${all} lose the right. They fail ${when}.`;
}

function messageForOwner(now: RightsNow, server: string | undefined, knowledge: Knowledge): Part[] {
  const [message] = textsForOwner(knowledge, { server, gpo: now.gpo, line: now.line, holders: now.holders });
  return message ? [{ ...message, keep: 'normal' }] : [];
}

/** Says that the list is in order again, and what is still to do. */
export function rightsBackPost(server: string | undefined): Answer {
  const title = `SERVICE and IIS_IUSRS are on the list of SeImpersonatePrivilege again${server ? ` on ${server}` : ''}`;
  const text =
    'A worker process that started without the right does not get it back: stop each failing pool, wait until it has stopped, and start it.';
  return createPost(title, [{ kind: 'text', id: 'restart', keep: 'always', text }]);
}
