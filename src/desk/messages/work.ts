import type { Answer } from '../../answer/answer.js';
import { errorAnswer, errorEntry, operatorAdvice } from '../../answer/errors.js';
import type { IntakeInput } from '../../intake/intake.js';
import { sizeLimits } from '../../intake/limits.js';
import { type CommandResult, parseCommand } from '../conversation/commands.js';
import { type DiagnosisSummary, diagnoseThread, hasEvidence } from '../conversation/diagnose-thread.js';
import {
  diagnoseText,
  isAnswerable,
  permissions,
  permitted,
  replyToText,
  type TalkDeps,
} from '../conversation/talk.js';
import type { Door } from '../ports/door.js';
import type { Events } from '../ports/environment.js';
import { CatalogueError, type ErrorCode, StoreError } from '../ports/errors.js';
import type { Attempt, WorkOutcome } from '../ports/inbox.js';
import type { Message, Posted } from '../ports/message.js';
import { repeatedPart, requestNumberPart } from '../replies.js';
import type { ButtonPress, DiagnoseReply } from '../results.js';
import { describeTrouble } from '../trouble.js';
import { countCalls } from './counted-door.js';
import { fetchFiles } from './fetch-files.js';
import { OpenFiles } from './open-files.js';
import { isFinalError, postWithRetry } from './post-answer.js';
import { Progress } from './progress.js';
import type { QuotaGuard } from './quotas.js';
import { isNamedLikeEvidence, judgeRelevance, looksPasted } from './relevance.js';
import { requestIdOf } from './request-id.js';

export interface WorkDeps extends TalkDeps {
  events: Events;
  compare(bad: IntakeInput, good: IntakeInput): Promise<DiagnoseReply>;
  /** What a button yields. */
  press(press: ButtonPress, message: string): Promise<CommandResult & { thread?: string }>;
  limits?: QuotaGuard;
  /** Forgets what is kept because of a message. */
  forgetMessage(key: string): Promise<void>;
  /** Number of the piece of work in hand, for log and user. */
  request?: string;
  /** Tells how far the piece of work in hand is. */
  progress?: Progress;
  /** Told how long the reading of a file took, milliseconds; not how long it took to fetch it. */
  reading?(ms: number): void;
  /** True the first time it is asked about a place on a day. */
  firstToday(place: string, message: string): Promise<boolean>;
}

interface Composed {
  answer: Answer;
  topic?: string;
  /** Where the answer belongs when that is not the thread of the message: a button on what only one person sees has none. */
  thread?: string;
  /** It was stored by an attempt before this one. */
  kept?: true;
}

/** What an attempt before this one has left at the platform. */
interface Left {
  /** Half of the answer, to be completed. */
  half?: Posted;
  composed?: Composed;
  /** It may stand there, and the platform cannot be asked. */
  perhaps?: boolean;
}

/** Attempts at a download, a few seconds apart; longer nobody waits for a sentence. */
const downloads = 3;

/** A file could not be had just now. */
class NotYet extends Error {
  readonly code: ErrorCode;
  constructor(code: ErrorCode) {
    super(code);
    this.code = code;
  }
}

/** Works on one claimed message, from the acknowledgement to the outcome. Never rejects. */
export async function workOnMessage(
  message: Message,
  door: Door,
  given: WorkDeps,
  attempt: Attempt,
): Promise<WorkOutcome> {
  const { thread, tenant, who, key } = message;
  const request = requestIdOf(key);
  let told: DiagnosisSummary | undefined;
  const noted = (diagnosed: DiagnosisSummary) => {
    told = diagnosed;
  };
  const place = { thread, tenant, who, message: key };
  const remember = () => given.recall?.before(message, door) ?? Promise.resolve();
  const { events, clock } = given;
  // It counts logs: without files there is nothing to tell.
  const counts = message.addressed && message.files.length > 0;
  const progress = counts ? new Progress(door, message, clock, attempt.again) : undefined;
  const permits = permissions(door, message);
  const deps: WorkDeps = { ...given, place, noted, remember, request, progress, permits };
  const started = clock.now().getTime();
  const audited = (outcome: string, code?: string) =>
    events.emit({
      name: 'audit',
      request,
      door: door.name,
      tenant,
      place: message.place ?? thread,
      who,
      ...(message.press && { action: `press ${message.press.action}` }),
      ...(!message.press && { kinds: told?.kinds.join(' ') ?? (message.files.length > 0 ? 'file' : 'question') }),
      cause: told?.cause,
      verdict: told?.verdict,
      outcome,
      code,
    });

  let composed: Composed | undefined;
  let half: Posted | undefined;
  let perhaps: boolean | undefined;
  let code: ErrorCode | undefined;
  try {
    if (attempt.interrupted) {
      const left = await leftBy(message, door, deps);
      if ('state' in left) {
        await progress?.finish();
        return left;
      }
      ({ half, composed, perhaps } = left);
    }
    if (message.addressed) void door.acknowledge(message.where);
    if (attempt.hopeless) {
      // Whatever ends the processes may lie in the answer, too: nothing of it is used.
      code = 'gave-up';
      composed = gaveUp(message);
      half = undefined;
    }
    if (!attempt.hopeless) composed ??= await admitted(message, door, deps, attempt);
  } catch (error) {
    const later = retryCode(error, attempt);
    if (later) {
      await progress?.finish();
      events.emit({ name: 'work-put-off', door: door.name, code: later, advice: operatorAdvice(later), request });
      return { state: 'again', code: later };
    }
    const trouble = describeTrouble(error, events, request);
    code = trouble.code;
    if (message.addressed) composed = { answer: errorAnswer(trouble.code, trouble.facts) };
  }
  progress?.stop();
  if (!composed) {
    await progress?.finish();
    if (code) events.emit({ name: 'work-failed', door: door.name, code, advice: operatorAdvice(code), request });
    const state = code ? ('failed' as const) : ('silent' as const);
    audited(state, code);
    return { state, ...(code && { code }) };
  }
  if (code !== undefined && code !== 'internal') composed.answer.parts.push(requestNumberPart(request));
  if (!message.addressed) void door.acknowledge(message.where);
  if (perhaps) {
    events.emit({ name: 'post-repeated', door: door.name });
    composed.answer = { ...composed.answer, parts: [repeatedPart(), ...composed.answer.parts] };
  }
  const outcome = await post(message, door, composed, deps, attempt, half);
  await progress?.finish();
  const ms = clock.now().getTime() - started;
  code ??= outcome.code;
  events.emit({
    name: 'answered',
    door: door.name,
    outcome: outcome.state,
    verdict: composed.answer.verdict,
    code,
    ...(code && { advice: operatorAdvice(code) }),
    request,
    ms,
  });
  if (outcome.state !== 'again') audited(outcome.state, code);
  return code && outcome.state !== 'again' ? { ...outcome, code } : outcome;
}

/**
 * A post was begun and its end never written: looks for it. What was to be posted is stored before the post, so it need not be
 * composed again, with files that may be gone by now.
 * @returns the outcome when the answer stands there whole
 */
async function leftBy(message: Message, door: Door, deps: WorkDeps): Promise<Left | WorkOutcome> {
  const { events, keeping } = deps;
  const found = await door.find(message.where, message.key).catch(() => 'cannot-tell' as const);
  const half = typeof found === 'object' && !found.whole;
  const what = typeof found === 'object' ? (half ? 'half' : 'found') : found;
  events.emit({ name: 'post-interrupted', door: door.name, found: what });
  const record = await keeping.answerTo(message.key);
  const composed = record && { ...record, kept: true as const };
  if (typeof found !== 'object') return { composed, perhaps: found === 'cannot-tell' };
  if (composed && !found.whole) return { composed, half: found.posted };
  await keeping.joined(record?.thread ?? message.thread, record?.topic);
  return { state: 'answered', posted: found.posted };
}

/** What one asks within what one may ask in an hour; buttons and what was counted before cost nothing. */
async function admitted(message: Message, door: Door, deps: WorkDeps, attempt: Attempt): Promise<Composed | undefined> {
  const { tenant, who, key, place, thread, press } = message;
  if (press) return deps.press({ ...press, tenant, who }, key);
  const spender = { tenant, place: place ?? thread, who };
  if (!attempt.again) {
    const size = message.files.reduce((sum, file) => sum + (file.size ?? 0), Buffer.byteLength(message.text));
    const seconds = (await deps.limits?.admit(spender, size)) ?? 0;
    if (seconds > 0) throw new OverLimit(seconds);
  }
  const counted = countCalls(door, (bytes) => void deps.limits?.used(spender, bytes));
  const reading = (ms: number) => void deps.limits?.read(spender, ms);
  return compose(message, counted, { ...deps, reading }, attempt);
}

/** Asked too often within the hour. */
class OverLimit extends CatalogueError {
  constructor(seconds: number) {
    super('rate-limited', { seconds: String(seconds), host: 'own limit' });
  }
}

function gaveUp(message: Message): Composed | undefined {
  return message.addressed ? { answer: errorAnswer('gave-up') } : undefined;
}

/** The code of a failure that may pass; undefined when another attempt would end the same. */
function retryCode(error: unknown, attempt: Attempt): ErrorCode | undefined {
  if (attempt.last) return undefined;
  if (error instanceof StoreError) return 'internal';
  if (error instanceof NotYet) return error.code;
  if (error instanceof OverLimit) return undefined;
  const download =
    error instanceof CatalogueError && errorEntry(error.code).retry === true && attempt.number < downloads;
  return download ? error.code : undefined;
}

/** Stores the answer, so that its buttons work the moment they are seen, posts it, and remembers that we were here. */
async function post(
  message: Message,
  door: Door,
  { answer, topic, thread, kept }: Composed,
  deps: WorkDeps,
  attempt: Attempt,
  half?: Posted,
): Promise<WorkOutcome> {
  const { keeping, events } = deps;
  const place = { ...message, thread: thread ?? message.thread };
  try {
    const stored = kept ? answer : await keeping.keep(answer, { ...place, topic });
    const may = await attempt.posting();
    if (may === 'withdrawn') await deps.forgetMessage(message.key);
    if (may !== 'go') return { state: 'silent' };
    const posted = await postWithRetry(door, message.where, stored, message.key, deps, half);
    await attempt.posted(posted);
    // The answer is out: a store that fails now must not bring it about again.
    await keeping.joined(place.thread, topic).catch((error: unknown) => describeTrouble(error, events));
    return { state: 'answered', posted };
  } catch (error) {
    if (error instanceof CatalogueError && error.code === 'rate-limited') await attempt.refused();
    const { code } = describeTrouble(error, events);
    return { state: attempt.last || isFinalError(error) ? 'failed' : 'again', code };
  }
}

/** What to say, or undefined for nothing. Why the message is for us is judged again: the thread may be muted by now. */
async function compose(message: Message, door: Door, deps: WorkDeps, attempt: Attempt): Promise<Composed | undefined> {
  const state = await deps.keeping.thread(message.thread);
  switch (judgeRelevance(message, state, (text, topic) => isAnswerable(text, topic, deps))) {
    case 'addressed':
      return message.files.length + (message.unreachable?.length ?? 0) > 0
        ? withFiles(message, door, deps, attempt)
        : replyToText(message.text, message.thread, deps);
    case 'overheard-files':
      return overheardFiles(message, door, deps, attempt);
    case 'overheard-unreachable':
      return (await deps.firstToday(message.place ?? message.thread, message.key))
        ? diagnoseThread([], (await fetchFiles(message, door, deps)).failed, undefined, deps)
        : undefined;
    case 'overheard-question':
    case 'overheard-reply':
      return replyToText(message.text, message.thread, deps);
    case 'overheard-text':
      return diagnoseText(message.text, message.thread, deps);
    case 'none':
      return undefined;
  }
}

function openFiles(attempt: Attempt): OpenFiles {
  return new OpenFiles(attempt.left, (marks) => attempt.reading(marks));
}

/** Files somebody handed to us: whatever becomes of each, it is said. Text in the form of a file counts as one more. */
async function withFiles(message: Message, door: Door, deps: WorkDeps, attempt: Attempt): Promise<Composed> {
  const command = parseCommand(message.text)?.command.name;
  if (command) await permitted(command, deps);
  if (command === 'compare' && message.files.length === 2) return compareFiles(message, door, deps);
  const { readings, read, failed } = await fetchFiles(message, door, deps, openFiles(attempt));
  orLater(failed, attempt);
  if (looksPasted(message.text) && Buffer.byteLength(message.text) <= sizeLimits.pastedBytes) {
    const pasted = await deps.intake.read([{ text: message.text }]);
    readings.push(...pasted.filter((reading) => reading.kind !== 'unknown'));
  }
  const judged = await diagnoseThread(readings, failed, message.thread, deps);
  await deps.recall?.keep(message, read);
  if (failed.length > 0 && deps.request) judged.answer.parts.push(requestNumberPart(deps.request));
  return judged;
}

/**
 * Files nobody pointed out to us: only evidence is spoken about, and only with what could be read. Where a missing grant
 * keeps files shut that are named like evidence, that is said once a place and day.
 */
async function overheardFiles(
  message: Message,
  door: Door,
  deps: WorkDeps,
  attempt: Attempt,
): Promise<Composed | undefined> {
  const { readings, read, failed } = await fetchFiles({ ...message, unreachable: [] }, door, deps, openFiles(attempt));
  orLater(failed, attempt);
  if (!hasEvidence(readings)) {
    const shut = failed.filter(({ code, facts }) => errorEntry(code).grant && isNamedLikeEvidence(facts.name ?? ''));
    const said = shut.length > 0 && (await deps.firstToday(message.place ?? message.thread, message.key));
    return said ? diagnoseThread([], shut, undefined, deps) : undefined;
  }
  const judged = await diagnoseThread(
    readings.filter((reading) => reading.kind !== 'unknown'),
    [],
    message.thread,
    deps,
  );
  await deps.recall?.keep(message, read);
  return judged;
}

/** A download that stumbled is tried again before anybody is told; a file that is gone gets its sentence at once. */
function orLater(failed: readonly { code: ErrorCode }[], attempt: Attempt): void {
  const patient = !attempt.last && attempt.number < downloads;
  const code = patient && failed.find((file) => errorEntry(file.code).retry)?.code;
  if (code) throw new NotYet(code);
}

async function compareFiles(message: Message, door: Door, deps: WorkDeps): Promise<Composed> {
  const [bad, good] = await Promise.all(message.files.map((file) => door.fetch(file)));
  return deps.compare(bad as IntakeInput, good as IntakeInput);
}
