import type { FileVerdict } from '../diagnosis/report.js';
import type { Cause } from '../knowledge/cause-schema.js';
import type { Knowledge } from '../knowledge/knowledge.js';
import type { PageMessage } from '../knowledge/message-schema.js';
import type { Part } from './answer.js';
import { stepsPart, stepsWithUndo } from './steps.js';

/** Returns the known message that decides a file; undefined for other files. */
function messageOf(file: FileVerdict, knowledge: Knowledge): PageMessage | undefined {
  return file.message && knowledge.messages.get(file.message.rule);
}

/** Lists the steps for the message that decides a file, with the parts of its text in their braces. */
export function messageStepsPart(file: FileVerdict, knowledge: Knowledge): Part | undefined {
  const row = messageOf(file, knowledge);
  if (!row || row.do.length === 0) return undefined;
  const facts: Record<string, string> = { ...file.story?.facts, ...file.message?.parts };
  if (file.told) facts['told.fact'] = file.told.join(', ');
  const pool = file.request?.appPool;
  if (pool) facts['request.app-pool'] = pool;
  const steps = stepsWithUndo(row.do, (name) => facts[name]);
  return steps.length === 0 ? undefined : stepsPart({ id: 'fix', heading: 'Fix', keep: 'normal', steps });
}

/** Returns where the message is explained, as sources of an answer. */
export function messageSources(file: FileVerdict, knowledge: Knowledge): Cause['sources'] {
  const row = messageOf(file, knowledge);
  if (!row || row.source === 'experience') return [];
  return [{ title: 'What the message means', url: row.source }];
}
