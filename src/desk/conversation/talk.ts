import type { Answer } from '../../answer/answer.js';
import { errorAnswer } from '../../answer/errors.js';
import type { Intake } from '../../intake/intake.js';
import { sizeLimits } from '../../intake/limits.js';
import { ask, plainlyAnswerable } from '../../questions/ask.js';
import { caseReply } from '../cases/case-replies.js';
import { isQuestion, looksPasted } from '../messages/relevance.js';
import type { Door } from '../ports/door.js';
import { CatalogueError } from '../ports/errors.js';
import { helpReply } from '../replies.js';
import type { AnswerStore } from './answer-store.js';
import { type CommandDesk, commands, parseCommand } from './commands.js';
import { type DiagnoseDeps, diagnoseThread, hasEvidence } from './diagnose-thread.js';

export interface TalkDeps extends DiagnoseDeps {
  intake: Intake;
  keeping: AnswerStore;
  /** Whether who asks may use a command; without it everybody may. */
  permits?: ((command: string) => Promise<boolean>) | undefined;
}

export interface TalkReply {
  answer: Answer;
  /** Name of the command; `ask` for free text, `diagnose` for pasted evidence. */
  command: string;
  topic?: string;
  private?: boolean;
}

/**
 * One line or one pasted text: a command of the table, evidence, or a question, in this order. Text in the form of a
 * file is read as evidence before it is taken for words, except after `diagnose`, which says so itself.
 */
export async function replyToText(text: string, thread: string | undefined, deps: TalkDeps): Promise<TalkReply> {
  const size = Buffer.byteLength(text);
  if (size > sizeLimits.pastedBytes) {
    return {
      answer: errorAnswer('pasted-too-long', { limit: '100 KB', size: `${Math.ceil(size / 1024)} KB` }),
      command: 'diagnose',
    };
  }
  const line = text.trim();
  if (line === '') return { answer: helpReply(commands), command: 'help', private: true };
  const parsed = parseCommand(line);
  const long = size > sizeLimits.questionBytes;
  if (parsed?.command.name !== 'diagnose' && (long || looksPasted(line))) {
    const judged = await diagnoseText(line, thread, deps);
    if (judged) return { ...judged, command: 'diagnose' };
    if (long) return { answer: errorAnswer('not-evidence', { name: 'The pasted text' }), command: 'diagnose' };
  }
  if (parsed) {
    const { command } = parsed;
    await permitted(command.name, deps);
    const reply = await command.run(parsed.args, commandDesk(thread, deps), parsed.line);
    return { ...reply, command: command.name, private: command.private };
  }
  const noted = deps.place && !isQuestion(line) ? await deps.cases?.reason(deps.place, line) : undefined;
  if (noted) return { answer: noted, command: 'not-it' };
  const asked = ask(line, deps.knowledge, { topic: await topicOf(thread, deps) });
  const judged = asked.intent === 'unknown' ? await diagnoseText(line, thread, deps) : undefined;
  if (judged) return { ...judged, command: 'diagnose' };
  return { answer: asked.answer, command: 'ask', topic: asked.topic ?? undefined };
}

/**
 * The one place where a command for administrators is kept from others: just before it is done, with the name that is done.
 * @throws CatalogueError `not-allowed`
 */
export async function permitted(command: string, { permits }: Pick<TalkDeps, 'permits'>): Promise<void> {
  if (!permits || (await permits(command))) return;
  throw new CatalogueError('not-allowed', { what: `the command ${command}: it is for administrators` });
}

/** What a person may use behind a door. Page and terminal are no such doors: who reaches them may use everything. */
export function permissions(door: Door | undefined, person: { tenant: string; who: string }): TalkDeps['permits'] {
  const { tenant, who } = person;
  return door?.permits && ((command) => door.permits?.(command, { tenant, who }) ?? Promise.resolve(true));
}

/** Diagnoses pasted text; undefined when it is no evidence. */
export async function diagnoseText(text: string, thread: string | undefined, deps: TalkDeps) {
  const readings = await deps.intake.read([{ text: fenced(text) ?? text }]);
  if (!hasEvidence(readings)) return undefined;
  const { answer, topic } = await diagnoseThread(
    readings.filter((reading) => reading.kind !== 'unknown'),
    [],
    thread,
    deps,
  );
  return { answer, topic };
}

/** True when an overheard text is plainly a question that the knowledge answers. */
export function isAnswerable(text: string, topic: string | undefined, deps: DiagnoseDeps): boolean {
  return isQuestion(text) && plainlyAnswerable(ask(text, deps.knowledge, { topic }));
}

function commandDesk(thread: string | undefined, deps: TalkDeps): CommandDesk {
  const { knowledge, memory, keeping } = deps;
  return {
    ask: async (question) => ask(question, knowledge, { topic: await topicOf(thread, deps) }),
    async diagnoseText(text) {
      const judged = await diagnoseText(text, thread, deps);
      if (judged) return judged.answer;
      // "diagnose 500.19" is a question after all.
      const asked = ask(text, knowledge);
      return asked.intent === 'unknown' ? errorAnswer('nothing-attached') : asked.answer;
    },
    async tellCase(number) {
      await deps.remember?.();
      const readings = thread === undefined ? [] : memory.of(thread);
      return deps.cases ? deps.cases.tell(deps.place, number, readings) : caseReply(undefined, readings, knowledge);
    },
    async forget() {
      if (thread === undefined) return { answers: 0, files: 0 };
      const files = memory.forget(thread);
      return { answers: await keeping.forget(thread), files };
    },
    mute: async (muted) => {
      if (thread !== undefined) await keeping.mute(thread, muted);
    },
  };
}

async function topicOf(thread: string | undefined, deps: TalkDeps): Promise<string | undefined> {
  return thread === undefined ? undefined : (await deps.keeping.thread(thread))?.topic;
}

/** What stands between triple backticks, when anything does. */
function fenced(text: string): string | undefined {
  const blocks = [...text.matchAll(/```(?:[a-z]+\n)?([\s\S]*?)(?:```|$)/g)].map((match) => match[1] as string);
  const inside = blocks.join('\n').trim();
  return inside === '' ? undefined : inside;
}
