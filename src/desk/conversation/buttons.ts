import type { Answer, Part } from '../../answer/answer.js';
import { errorAnswer } from '../../answer/errors.js';
import type { Button } from '../ports/message.js';
import type { AnswerRecord } from '../ports/store.js';
import { fixedReply, notItReply, partsReply } from '../replies.js';
import { parseCommand } from './commands.js';

/** Buttons whose part the answer may lack: then the command of that name answers. */
const commandOf: ReadonlyMap<string, string> = new Map(
  Object.entries({
    fix: 'fix',
    defaults: 'defaults',
    'gpo-text': 'fix gpo',
    powershell: 'fix powershell',
  }),
);

/** What a button yields: an answer, or a line of the command table to run in the thread of the stored answer. */
export type ButtonResult = { answer: Answer } | { line: string };

/** The name of the command a button stands for, whether the answer has its part already or not. */
export function commandBehind(action: string): string | undefined {
  return parseCommand(commandOf.get(action) ?? '')?.command.name;
}

/** A button on a stored answer. Nothing but the record is needed, so it works after a restart. */
export function resolveButton({ action, parts: ids }: Button, record: AnswerRecord | undefined): ButtonResult {
  if (!record) return { answer: errorAnswer('answer-expired') };
  // What only the asker saw, for everybody.
  if (action === 'share') return { answer: record.answer };
  if (action === 'fixed') return { answer: fixedReply() };
  if (action === 'not-it') return { answer: notItReply() };
  const parts = partsFor(action, ids, record.answer.parts);
  if (parts.length > 0) return { answer: partsReply(record.answer, parts) };
  const line = commandOf.get(action);
  return line ? { line } : { answer: errorAnswer('answer-expired') };
}

function partsFor(action: string, ids: readonly string[] | undefined, parts: readonly Part[]): Part[] {
  if (ids?.length) return parts.filter(({ id }) => ids.includes(id));
  if (action === 'show-more') return parts.filter(({ keep }) => keep === 'fold');
  return parts.filter(({ id }) => id === action);
}
