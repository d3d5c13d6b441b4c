import { errorAnswer, operatorAdvice } from '../../answer/errors.js';
import type { DeskParts } from '../desk-parts.js';
import type { Door } from '../ports/door.js';
import { CatalogueError, type ErrorCode, StoreError } from '../ports/errors.js';
import type { Attempt, WorkOutcome } from '../ports/inbox.js';
import type { Message } from '../ports/message.js';
import type { DiagnosisSummary } from '../results.js';
import { describeTrouble } from '../trouble.js';
import { composeDraft, DownloadDelayError, OverQuota } from './compose.js';
import { deliverDraft } from './deliver.js';
import type { Draft, Repetition } from './draft.js';
import { mayPass, pauseMsOf } from './later-attempts.js';
import { recoverPost } from './recover.js';
import { createWork, type Work } from './work.js';

/** The result of composing: a draft to post, or an end without one. */
type Composition =
  | { step: 'posted'; outcome: WorkOutcome }
  | { step: 'put-off'; code: ErrorCode; pauseMs?: number | undefined }
  | { step: 'silent'; code?: ErrorCode }
  | { step: 'draft'; draft: Draft; code?: ErrorCode };

/** Works on one claimed message, from the acknowledgement to the outcome. Never rejects. */
export async function workOnMessage(
  message: Message,
  door: Door,
  attempt: Attempt,
  parts: DeskParts,
): Promise<WorkOutcome> {
  const work = createWork(message, door, attempt, parts);
  const composition = await compose(work, parts);
  work.progress?.stop();
  const outcome = await finish(work, composition, parts);
  await work.progress?.finish();
  report(work, composition, outcome, parts);
  return outcome;
}

/** Recovers what an earlier attempt left, or composes the answer. Errors become an answer, silence, or a later attempt. */
async function compose(work: Work, parts: DeskParts): Promise<Composition> {
  const { message, door, attempt } = work;
  let repeated: Repetition | undefined;
  try {
    const recovery = attempt.isPostInterrupted ? await recoverPost(work, parts) : undefined;
    if (recovery?.outcome) return { step: 'posted', outcome: recovery.outcome };
    repeated = recovery?.repeated;
    if (message.addressed) void door.acknowledge(message.where);
    // The stored answer may be what ends the processes, so it is not used either.
    if (attempt.isCrashLoop) return failure(work, 'gave-up', {}, repeated);
    const draft = recovery?.draft ?? (await composeDraft(work, parts));
    return draft ? { step: 'draft', draft: { ...draft, repeated } } : { step: 'silent' };
  } catch (error) {
    const delay = delayOf(error, attempt);
    if (delay) return { step: 'put-off', ...delay };
    const trouble = describeTrouble(error, parts.events, work.request);
    return failure(work, trouble.code, trouble.facts, repeated);
  }
}

/** An error answer for an addressed message; silence for an overheard one. */
function failure(
  work: Work,
  code: ErrorCode,
  facts: Record<string, string>,
  repeated: Repetition | undefined,
): Composition {
  if (!work.message.addressed) return { step: 'silent', code };
  return { step: 'draft', draft: { answer: errorAnswer(code, facts), repeated }, code };
}

/** Returns the code of a failure that another attempt may fix, and the pause asked for; undefined when the user learns of it now. */
function delayOf(error: unknown, attempt: Attempt): { code: ErrorCode; pauseMs?: number | undefined } | undefined {
  if (attempt.isLast) return undefined;
  if (error instanceof StoreError) return { code: 'internal' };
  if (error instanceof DownloadDelayError) return error;
  if (error instanceof OverQuota || !(error instanceof CatalogueError)) return undefined;
  return mayPass(error.code, attempt) ? { code: error.code, pauseMs: pauseMsOf(error) } : undefined;
}

async function finish(work: Work, composition: Composition, parts: DeskParts): Promise<WorkOutcome> {
  switch (composition.step) {
    case 'posted':
      return composition.outcome;
    case 'put-off':
      return {
        state: 'again',
        code: composition.code,
        ...(composition.pauseMs && { pauseMs: composition.pauseMs }),
      };
    case 'silent':
      return composition.code ? { state: 'failed', code: composition.code } : { state: 'silent' };
    case 'draft': {
      const outcome = await deliverDraft(work, composition.draft, composition.code, parts);
      const code = composition.code ?? outcome.code;
      return code && outcome.state !== 'again' ? { ...outcome, code } : outcome;
    }
  }
}

/** Reports the end of the work to log and audit trail. */
function report(work: Work, composition: Composition, outcome: WorkOutcome, { events, clock }: DeskParts): void {
  const { door, request, startedAt } = work;
  if (composition.step === 'put-off') {
    const { code } = composition;
    events.emit({ name: 'work-put-off', door: door.name, code, advice: operatorAdvice(code), request });
  }
  if (composition.step === 'silent' && composition.code) {
    const { code } = composition;
    events.emit({ name: 'work-failed', door: door.name, code, advice: operatorAdvice(code), request });
  }
  if (composition.step === 'draft') {
    const ms = clock.now().getTime() - startedAt;
    const { verdict } = composition.draft.answer;
    const code = composition.code ?? outcome.code;
    const advice = code && { advice: operatorAdvice(code) };
    events.emit({ name: 'answered', door: door.name, outcome: outcome.state, verdict, code, ...advice, request, ms });
  }
  if (composition.step === 'posted' || outcome.state === 'again') return;
  events.emit(auditEvent(work, composition.step === 'draft' ? composition.draft.summary : undefined, outcome));
}

function auditEvent({ message, door, request }: Work, summary: DiagnosisSummary | undefined, outcome: WorkOutcome) {
  const { tenant, place, thread, who, press, files } = message;
  return {
    name: 'audit' as const,
    request,
    door: door.name,
    tenant,
    place: place ?? thread,
    who,
    ...(press
      ? { action: `press ${press.action}` }
      : { kinds: summary?.kinds.join(' ') ?? (files.length > 0 ? 'file' : 'question') }),
    cause: summary?.cause,
    verdict: summary?.verdict,
    outcome: outcome.state,
    code: outcome.code,
  };
}
