import type { Answer } from '../answer/answer.js';
import { errorAnswer } from '../answer/errors.js';
import type { IntakeInput } from '../intake/intake.js';
import { limits } from '../intake/limits.js';
import { parseCommand } from './commands.js';
import type { Diagnosed } from './desk.js';
import { anyEvidence, judge } from './diagnosing.js';
import { fetchAndRead } from './fetching.js';
import type { Door, Events, Message, Outcome } from './ports.js';
import { Progress } from './progress.js';
import { looksPasted, relevance } from './relevance.js';
import { sayOnce } from './saying.js';
import { answerable, judgeText, type TalkDeps, talk } from './talk.js';
import { troubleOf } from './trouble.js';

export interface WorkDeps extends TalkDeps {
  events: Events;
  compare(bad: IntakeInput, good: IntakeInput): Promise<Diagnosed>;
  /** True the first time it is asked about a place on a day. */
  firstToday(place: string): boolean;
}

interface Composed {
  answer: Answer;
  topic?: string;
}

/** Works on one claimed message, from the acknowledgement to the outcome. Never rejects. */
export async function workOn(message: Message, door: Door, deps: WorkDeps): Promise<Outcome> {
  const { events, clock } = deps;
  const started = clock.now().getTime();
  const progress = message.addressed ? new Progress(door, message, clock) : undefined;
  if (message.addressed) void door.acknowledge(message.where);
  let composed: Composed | undefined;
  let code: string | undefined;
  try {
    composed = await compose(message, door, deps, progress);
  } catch (error) {
    const trouble = troubleOf(error, events);
    code = trouble.code;
    if (message.addressed) composed = { answer: errorAnswer(trouble.code, trouble.facts) };
  }
  progress?.stop();
  if (!composed) return code ? { state: 'failed', code } : { state: 'silent' };
  if (!message.addressed) void door.acknowledge(message.where);
  const outcome = await post(message, door, composed, deps);
  await progress?.finish();
  const ms = clock.now().getTime() - started;
  events.emit({
    name: 'answered',
    door: door.name,
    outcome: outcome.state,
    verdict: composed.answer.verdict,
    code: code ?? outcome.code,
    ms,
  });
  return code ? { ...outcome, code } : outcome;
}

/** Stores the answer, so that its buttons work the moment they are seen, posts it, and remembers that we were here. */
async function post(message: Message, door: Door, { answer, topic }: Composed, deps: WorkDeps): Promise<Outcome> {
  try {
    const kept = await deps.keeping.keep(answer, message);
    const posted = await sayOnce(door, message.where, kept, message.key, deps);
    await deps.keeping.joined(message.thread, topic);
    return { state: 'answered', posted };
  } catch (error) {
    return { state: 'failed', code: troubleOf(error, deps.events).code };
  }
}

/** What to say, or undefined for nothing. Why the message is for us is judged again: the thread may be muted by now. */
async function compose(
  message: Message,
  door: Door,
  deps: WorkDeps,
  progress: Progress | undefined,
): Promise<Composed | undefined> {
  const state = await deps.keeping.thread(message.thread);
  switch (relevance(message, state, (text, topic) => answerable(text, topic, deps))) {
    case 'addressed':
      return message.files.length + (message.unreachable?.length ?? 0) > 0
        ? withFiles(message, door, deps, progress)
        : talk(message.text, message.thread, deps);
    case 'overheard-files':
      return overheardFiles(message, door, deps);
    case 'overheard-unreachable':
      return deps.firstToday(message.place ?? message.thread)
        ? judge([], (await fetchAndRead(message, door, deps)).failed, undefined, deps)
        : undefined;
    case 'overheard-question':
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
): Promise<Composed> {
  const compares = parseCommand(message.text)?.command.name === 'compare';
  if (compares && message.files.length === 2) return compareFiles(message, door, deps);
  const { readings, failed } = await fetchAndRead(message, door, { ...deps, progress });
  if (looksPasted(message.text) && Buffer.byteLength(message.text) <= limits.pastedBytes) {
    const pasted = await deps.intake.read([{ text: message.text }]);
    readings.push(...pasted.filter((reading) => reading.kind !== 'unknown'));
  }
  return judge(readings, failed, message.thread, deps);
}

/** Files nobody pointed out to us: only evidence is spoken about, and only with what could be read. */
async function overheardFiles(message: Message, door: Door, deps: WorkDeps): Promise<Composed | undefined> {
  const { readings } = await fetchAndRead({ ...message, unreachable: [] }, door, deps);
  if (!anyEvidence(readings)) return undefined;
  return judge(
    readings.filter((reading) => reading.kind !== 'unknown'),
    [],
    message.thread,
    deps,
  );
}

async function compareFiles(message: Message, door: Door, deps: WorkDeps): Promise<Composed> {
  const [bad, good] = await Promise.all(message.files.map((file) => door.fetch(file)));
  return deps.compare(bad as IntakeInput, good as IntakeInput);
}
