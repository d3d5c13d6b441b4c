import { createHash } from 'node:crypto';
import type { Answer } from '../answer/answer.js';
import { errorAnswer } from '../answer/errors.js';
import type { IntakeInput } from '../intake/intake.js';
import { limits } from '../intake/limits.js';
import { parseCommand } from './commands.js';
import { countedDoor } from './counted-door.js';
import type { Diagnosed } from './desk.js';
import { anyEvidence, judge, type Told } from './diagnosing.js';
import { fetchAndRead } from './fetching.js';
import type { Limits } from './limits.js';
import { type Attempt, type Door, DoorError, type Events, type Message, type Outcome, StoreError } from './ports.js';
import { Progress } from './progress.js';
import { looksPasted, namedLikeEvidence, relevance } from './relevance.js';
import { repeatedPart, requestPart } from './replies.js';
import { isFinal, sayOnce } from './saying.js';
import { answerable, judgeText, type TalkDeps, talk } from './talk.js';
import { troubleOf } from './trouble.js';
import type { Withdrawn } from './withdrawn.js';

export interface WorkDeps extends TalkDeps {
  events: Events;
  compare(bad: IntakeInput, good: IntakeInput): Promise<Diagnosed>;
  withdrawn?: Withdrawn;
  limits?: Limits;
  /** Number of the piece of work in hand, for log and user. */
  request?: string;
  /** True the first time it is asked about a place on a day. */
  firstToday(place: string): boolean;
}

interface Composed {
  answer: Answer;
  topic?: string;
}

/** Failures that another attempt may mend: with an inbox that hands over again, the user is not told of them at once. */
const passing: ReadonlySet<string> = new Set(['download-timeout', 'download-failed', 'rate-limited']);

/** Attempts at a download, a few seconds apart; longer nobody waits for a sentence. */
const downloads = 3;

/** A file could not be had just now. */
class NotYet extends Error {
  readonly code: string;
  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

/**
 * Works on one claimed message, from the acknowledgement to the outcome. Never rejects.
 * @param attempt present where the inbox survives a crash: then an answer that may already stand there is looked for
 */
export async function workOn(message: Message, door: Door, given: WorkDeps, attempt?: Attempt): Promise<Outcome> {
  const { thread, tenant, who, key } = message;
  const request = requestId(key);
  let told: Told | undefined;
  const noted = (diagnosed: Told) => {
    told = diagnosed;
  };
  const deps: WorkDeps = { ...given, place: { thread, tenant, who, message: key }, noted, request };
  const { events, clock } = deps;
  const spender = { tenant, place: message.place ?? thread, who };
  const started = clock.now().getTime();
  let repeated = false;
  if (attempt?.interrupted) {
    const found = await door.find(message.where, message.key).catch(() => 'cannot-tell' as const);
    events.emit({ name: 'post-interrupted', door: door.name, found: typeof found === 'object' ? 'found' : found });
    if (typeof found === 'object') return { state: 'answered', posted: found };
    repeated = found === 'cannot-tell';
  }
  const progress = message.addressed ? new Progress(door, message, clock) : undefined;
  if (message.addressed) void door.acknowledge(message.where);
  let composed: Composed | undefined;
  let code: string | undefined;
  try {
    const size = message.files.reduce((sum, file) => sum + (file.size ?? 0), Buffer.byteLength(message.text));
    const seconds = attempt?.hopeless ? 0 : (deps.limits?.admit(spender, key, size) ?? 0);
    if (seconds > 0) throw new OverLimit(seconds);
    const counted = countedDoor(door, (bytes) => deps.limits?.used(spender, bytes));
    composed = attempt?.hopeless ? gaveUp(message) : await compose(message, counted, deps, progress, attempt);
    if (attempt?.hopeless) code = 'gave-up';
  } catch (error) {
    const later = attempt && passingCode(error, attempt);
    if (later) {
      await progress?.finish();
      events.emit({ name: 'work-put-off', door: door.name, code: later, request });
      return { state: 'again', code: later };
    }
    const trouble = troubleOf(error, events, request);
    code = trouble.code;
    if (message.addressed) composed = { answer: errorAnswer(trouble.code, trouble.facts) };
  }
  progress?.stop();
  const audited = (outcome: string) =>
    events.emit({
      name: 'audit',
      request,
      door: door.name,
      tenant,
      place: spender.place,
      who,
      kinds: told?.kinds.join(' ') ?? (message.files.length > 0 ? 'file' : 'question'),
      cause: told?.cause,
      verdict: told?.verdict,
      outcome,
      code,
    });
  if (!composed || deps.withdrawn?.has(key)) {
    await progress?.finish();
    const state = code && !composed ? ('failed' as const) : ('silent' as const);
    audited(state);
    return { state, ...(state === 'failed' && { code }) };
  }
  if (code !== undefined && code !== 'internal') composed.answer.parts.push(requestPart(request));
  if (!message.addressed) void door.acknowledge(message.where);
  if (repeated) {
    events.emit({ name: 'post-repeated', door: door.name });
    composed.answer = { ...composed.answer, parts: [repeatedPart(), ...composed.answer.parts] };
  }
  const outcome = await post(message, door, composed, deps, attempt);
  await progress?.finish();
  const ms = clock.now().getTime() - started;
  events.emit({
    name: 'answered',
    door: door.name,
    outcome: outcome.state,
    verdict: composed.answer.verdict,
    code: code ?? outcome.code,
    request,
    ms,
  });
  code ??= outcome.code;
  if (outcome.state !== 'again') audited(outcome.state);
  return code && outcome.state !== 'again' ? { ...outcome, code } : outcome;
}

/** Not only this process must name it so: the number is drawn from the message's key. */
export function requestId(key: string): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 8);
}

/** Asked too often within the hour. */
class OverLimit extends DoorError {
  constructor(seconds: number) {
    super('rate-limited', { seconds: String(seconds), host: 'own limit' });
  }
}

function gaveUp(message: Message): Composed | undefined {
  return message.addressed ? { answer: errorAnswer('gave-up') } : undefined;
}

/** The code of a failure that may pass; undefined when another attempt would end the same. */
function passingCode(error: unknown, attempt: Attempt): string | undefined {
  if (error instanceof StoreError) return attempt.last ? undefined : 'internal';
  if (error instanceof NotYet) return error.code;
  if (error instanceof OverLimit) return undefined;
  const download = error instanceof DoorError && passing.has(error.code) && attempt.number < downloads;
  return download ? error.code : undefined;
}

/** Stores the answer, so that its buttons work the moment they are seen, posts it, and remembers that we were here. */
async function post(
  message: Message,
  door: Door,
  { answer, topic }: Composed,
  deps: WorkDeps,
  attempt?: Attempt,
): Promise<Outcome> {
  try {
    const kept = await deps.keeping.keep(answer, message);
    await attempt?.posting();
    const posted = await sayOnce(door, message.where, kept, message.key, deps);
    await attempt?.posted(posted);
    // The answer is out: a store that fails now must not bring it about again.
    await deps.keeping.joined(message.thread, topic).catch((error: unknown) => troubleOf(error, deps.events));
    return { state: 'answered', posted };
  } catch (error) {
    if (error instanceof DoorError && error.code === 'rate-limited') await attempt?.refused();
    const { code } = troubleOf(error, deps.events);
    return { state: attempt && !attempt.last && !isFinal(error) ? 'again' : 'failed', code };
  }
}

/** What to say, or undefined for nothing. Why the message is for us is judged again: the thread may be muted by now. */
async function compose(
  message: Message,
  door: Door,
  deps: WorkDeps,
  progress: Progress | undefined,
  attempt: Attempt | undefined,
): Promise<Composed | undefined> {
  const state = await deps.keeping.thread(message.thread);
  switch (relevance(message, state, (text, topic) => answerable(text, topic, deps))) {
    case 'addressed':
      return message.files.length + (message.unreachable?.length ?? 0) > 0
        ? withFiles(message, door, deps, progress, attempt)
        : talk(message.text, message.thread, deps);
    case 'overheard-files':
      return overheardFiles(message, door, deps, attempt);
    case 'overheard-unreachable':
      return deps.firstToday(message.place ?? message.thread)
        ? judge([], (await fetchAndRead(message, door, deps)).failed, undefined, deps)
        : undefined;
    case 'overheard-question':
    case 'overheard-reply':
      return talk(message.text, message.thread, deps);
    case 'overheard-text':
      return judgeText(message.text, message.thread, deps);
    case 'none':
      return undefined;
  }
}

/** Files somebody handed to us: whatever becomes of each, it is said. Text in the form of a file counts as one more. */
async function withFiles(
  message: Message,
  door: Door,
  deps: WorkDeps,
  progress: Progress | undefined,
  attempt: Attempt | undefined,
): Promise<Composed> {
  const compares = parseCommand(message.text)?.command.name === 'compare';
  if (compares && message.files.length === 2) return compareFiles(message, door, deps);
  const { readings, failed } = await fetchAndRead(message, door, { ...deps, progress });
  orLater(failed, attempt);
  if (looksPasted(message.text) && Buffer.byteLength(message.text) <= limits.pastedBytes) {
    const pasted = await deps.intake.read([{ text: message.text }]);
    readings.push(...pasted.filter((reading) => reading.kind !== 'unknown'));
  }
  const judged = await judge(readings, failed, message.thread, deps);
  if (failed.length > 0 && deps.request) judged.answer.parts.push(requestPart(deps.request));
  return judged;
}

/** Failures that name what an administrator has not granted: worth one receipt, since nobody would ever learn of it. */
const ungranted: ReadonlySet<string> = new Set([
  'teams-graph-files',
  'teams-graph-token',
  'teams-team-unknown',
  'teams-rsc-channel',
  'teams-rsc-chat',
]);

/**
 * Files nobody pointed out to us: only evidence is spoken about, and only with what could be read. Where a missing grant
 * keeps files shut that are named like evidence, that is said once a place and day.
 */
async function overheardFiles(
  message: Message,
  door: Door,
  deps: WorkDeps,
  attempt: Attempt | undefined,
): Promise<Composed | undefined> {
  const { readings, failed } = await fetchAndRead({ ...message, unreachable: [] }, door, deps);
  orLater(failed, attempt);
  if (!anyEvidence(readings)) {
    const shut = failed.filter(({ code, facts }) => ungranted.has(code) && namedLikeEvidence(facts.name ?? ''));
    const said = shut.length > 0 && deps.firstToday(message.place ?? message.thread);
    return said ? judge([], shut, undefined, deps) : undefined;
  }
  return judge(
    readings.filter((reading) => reading.kind !== 'unknown'),
    [],
    message.thread,
    deps,
  );
}

/** A download that stumbled is tried again before anybody is told; a file that is gone gets its sentence at once. */
function orLater(failed: readonly { code: string }[], attempt: Attempt | undefined): void {
  const code = attempt && attempt.number < downloads && failed.find((file) => passing.has(file.code))?.code;
  if (code) throw new NotYet(code);
}

async function compareFiles(message: Message, door: Door, deps: WorkDeps): Promise<Composed> {
  const [bad, good] = await Promise.all(message.files.map((file) => door.fetch(file)));
  return deps.compare(bad as IntakeInput, good as IntakeInput);
}
