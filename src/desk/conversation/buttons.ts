import type { Answer, Part } from '../../answer/answer.js';
import { isOutcome, type Outcome } from '../../answer/buttons.js';
import { errorAnswer } from '../../answer/errors.js';
import { readMuteAction } from '../../answer/mutes.js';
import type { ThreadFacts } from '../../questions/thread/facts.js';
import type { DeskParts } from '../desk-parts.js';
import type { Button } from '../ports/message.js';
import type { AnswerRecord } from '../ports/store.js';
import { fixedReply, notItReply, partsReply } from '../replies.js';
import type { ButtonPress } from '../results.js';
import { type CommandResult, parseCommand } from './commands.js';
import { type Permits, requirePermission } from './conversation.js';
import { muteCause } from './mute-cause.js';
import { replyToText } from './talk.js';

/** Commands behind buttons. When the answer lacks the button's part, the command answers. */
const commandOf: ReadonlyMap<string, string> = new Map(
  Object.entries({
    fix: 'fix',
    defaults: 'defaults',
    capture: 'capture',
    privacy: 'privacy',
    help: 'help',
    'gpo-text': 'fix gpo-owner',
    ticket: 'fix ticket',
    exception: 'fix exception',
    powershell: 'fix powershell',
  }),
);

/** The meaning of a button: an answer, or a line of the command table to run in the thread of the stored answer. */
export type ButtonResult = { answer: Answer } | { line: string };

/** Returns the name of the command behind a button, also when the answer has its part already. */
function commandBehind(action: string): string | undefined {
  const line = readMuteAction(action) ? 'mute' : commandOf.get(action);
  return parseCommand(line ?? '')?.command.name;
}

/** Resolves a button of a stored answer. It needs only the record, so it works after a restart. */
export function resolveButton({ action, parts: ids }: Button, record: AnswerRecord | undefined): ButtonResult {
  if (!record) return { answer: errorAnswer('answer-expired') };
  // Posts for everyone the answer that only the asker has seen.
  if (action === 'share') return { answer: record.answer };
  if (action === 'fixed') return { answer: fixedReply() };
  if (action === 'not-it') return { answer: notItReply() };
  const parts = partsFor(action, ids, record.answer.parts);
  if (parts.length > 0) return { answer: partsReply(record.answer, parts) };
  const line = commandOf.get(action) ?? choiceLine(action, record.answer.parts);
  return line ? { line } : { answer: errorAnswer('answer-expired') };
}

/** Parts whose rows are offered as buttons: entries, and codes near an unknown one. */
const offeringParts = new Set(['choices', 'near']);

/** Returns the line that opens what was offered: the code in its row, or the explanation of what the row names. */
function choiceLine(action: string, parts: readonly Part[]): string | undefined {
  const number = /^choice-(\d)$/.exec(action)?.[1];
  const offered = parts.find(({ id }) => offeringParts.has(id));
  if (number === undefined || offered?.kind !== 'facts') return undefined;
  const fact = offered.facts[Number(number) - 1];
  if (!fact) return undefined;
  const { label, value } = fact;
  const span = typeof value === 'object' ? value.find((one) => typeof one === 'object' && 'code' in one) : undefined;
  return typeof span === 'object' && 'code' in span ? span.code : `explain ${label}`;
}

function partsFor(action: string, ids: readonly string[] | undefined, parts: readonly Part[]): Part[] {
  if (ids?.length) return parts.filter(({ id }) => ids.includes(id));
  if (action === 'whole') return [...parts];
  if (action === 'show-more') return parts.filter(({ keep }) => keep === 'fold');
  return parts.filter(({ id }) => id === action);
}

/** The answer of a button, with the thread of the answer it belongs to. */
export interface ButtonReply extends Pick<CommandResult, 'answer' | 'summary'> {
  facts?: ThreadFacts | undefined;
  thread?: string | undefined;
  /** The pressed answer with its outcome, where the press reported an outcome. */
  outcome?: { action: Outcome; pressed: Answer; isNew: boolean };
}

/**
 * Handles a pressed button: opens its part or runs its command, and enters "This fixed it" and "Not it" into the case.
 * @param message key of the press, so that it counts once
 * @param reason what the presser of "Not it" entered as the cause
 * @throws CatalogueError `not-allowed`
 */
export async function pressButton(
  press: ButtonPress,
  { message, permits, reason }: { message: string; permits: Permits | undefined; reason?: string },
  parts: DeskParts,
): Promise<ButtonReply> {
  const { action, tenant, who } = press;
  const { answers, cases, events } = parts;
  const record = await answers.find(press.case, tenant);
  events.emit({ name: 'pressed', action, found: record !== undefined });
  const command = commandBehind(action);
  if (command) await requirePermission(command, permits);
  const result = resolveButton(press, record);
  if (!record) return { answer: 'answer' in result ? result.answer : errorAnswer('answer-expired') };
  const { thread, watched } = record;
  const muting = readMuteAction(action);
  if (watched && muting) return { answer: await muteCause(watched, muting, { tenant, who }, parts), thread };
  const place = { thread, tenant, message, who };
  if (isOutcome(action)) {
    const isNew = await answers.recordOutcome(record.id, action, message);
    await answers.markFixed(thread, action === 'fixed');
    await cases.recordPress(place, action);
    const pressed = (await answers.find(record.id, tenant))?.answer ?? record.answer;
    const noted = action === 'not-it' && reason ? await cases.recordReason(place, reason) : undefined;
    const answer = noted ?? (action === 'fixed' ? fixedReply() : notItReply());
    return { answer, thread, outcome: { action, pressed, isNew: isNew || noted !== undefined } };
  }
  if ('answer' in result) return { answer: result.answer, thread };
  const state = await answers.thread(thread);
  const reply = await replyToText(result.line, { ...place, state, chat: true, permits }, parts);
  return { answer: reply.answer, facts: reply.facts, thread };
}
