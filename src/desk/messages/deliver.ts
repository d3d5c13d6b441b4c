import type { Answer } from '../../answer/answer.js';
import { repeatedPart } from '../../answer/repeated-part.js';
import { requestNumberPart } from '../added-parts.js';
import { forgetMessage } from '../conversation/forget.js';
import type { DeskParts } from '../desk-parts.js';
import { type ErrorCode, operatorAdvice } from '../ports/errors.js';
import type { WorkOutcome } from '../ports/inbox.js';
import { describeTrouble } from '../trouble.js';
import type { Draft } from './draft.js';
import { pauseMsOf } from './later-attempts.js';
import { isFinalError, isThrottled, postWithRetry } from './post-answer.js';
import type { Work } from './work.js';

/**
 * Stores the answer, so that its buttons work the moment they are seen, posts it, and marks the thread as joined. Never rejects.
 * @param code the error that the answer is about
 */
export async function deliverDraft(
  work: Work,
  draft: Draft,
  code: ErrorCode | undefined,
  parts: DeskParts,
): Promise<WorkOutcome> {
  const { message, door, attempt } = work;
  const { answers, events } = parts;
  const thread = draft.thread ?? message.thread;
  // What was overheard is acknowledged only once it has proved to be evidence.
  if (!message.addressed && draft.summary) void door.acknowledge(message.where);
  if (draft.repeated) events.emit({ name: 'post-repeated', door: door.name });
  const answer = withNotices(draft, code, work.request);
  try {
    const stored = draft.stored ? answer : await answers.save(answer, { ...message, thread, facts: draft.facts });
    const permission = await attempt.beginPost();
    if (permission === 'withdrawn') await forgetMessage(message.key, parts);
    if (permission !== 'go') return { state: 'silent' };
    const posted = await postWithRetry(door, message.where, stored, message.key, parts, draft.partial);
    await attempt.recordPost(posted);
    // The answer is posted: a store that fails now must not cause it to be posted again.
    if (!message.private) {
      await answers
        .markJoined(thread, draft.facts, message.who)
        .catch((error: unknown) => describeTrouble(error, events));
    }
    return { state: 'answered', posted };
  } catch (error) {
    if (isThrottled(error)) await attempt.withdrawPost();
    const trouble = describeTrouble(error, events);
    const { code: failed, facts } = trouble;
    events.emit({
      name: 'post-failed',
      door: door.name,
      code: failed,
      advice: operatorAdvice(failed, facts),
      request: work.request,
    });
    const pauseMs = pauseMsOf({ facts });
    if (attempt.isLast || isFinalError(error)) return { state: 'failed', code: failed };
    return { state: 'again', code: failed, ...(pauseMs && { pauseMs }) };
  }
}

/** Adds the request's number below an error, and above a repeated answer that it is one. */
function withNotices({ answer, repeated }: Draft, code: string | undefined, request: string): Answer {
  // An internal error names its number in the sentence itself.
  const numbered = code !== undefined && code !== 'internal';
  if (!repeated && !numbered) return answer;
  const body = numbered ? [...answer.parts, requestNumberPart(request)] : answer.parts;
  return { ...answer, parts: repeated ? [repeatedPart(repeated), ...body] : body };
}
