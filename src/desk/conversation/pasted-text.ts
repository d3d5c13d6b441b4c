import { createJudge, diagnose, type Judge } from '../../diagnosis/diagnose.js';
import type { Reading } from '../../evidence/evidence.js';
import type { DeskParts } from '../desk-parts.js';
import { readTimed } from '../timed-reading.js';
import { answerBesideQuestion, askedCause } from './beside-question.js';
import type { Conversation } from './conversation.js';
import { diagnoseThread, onlyEvidence, type ThreadDiagnosis } from './diagnose-thread.js';
import { fencedText } from './text-forms.js';
import { withWords } from './told-beside.js';
import { answerWordsBeside } from './words-beside.js';

/** Diagnoses pasted text; undefined when it is not evidence. */
export async function diagnoseText(
  text: string,
  conversation: Conversation | undefined,
  parts: DeskParts,
): Promise<Omit<ThreadDiagnosis, 'report'> | undefined> {
  return diagnosePasted(onlyEvidence(await readPieces(text, conversation, parts)), text, conversation, parts);
}

/** Diagnoses a text that someone handed to Frebot: as evidence, or by what its words tell where that shows no failure. */
export async function diagnoseHanded(
  text: string,
  conversation: Conversation | undefined,
  parts: DeskParts,
): Promise<Omit<ThreadDiagnosis, 'report'> | undefined> {
  const judge = createJudge(parts.knowledge, parts.slowMs);
  const readings = await readPieces(text, conversation, parts);
  // A recording is not looked into, not even for words.
  if (readings.some(({ kind }) => kind === 'unknown'))
    return diagnosePasted(readings, text, conversation, parts, judge);
  return diagnosePasted(withWords(readings, text, parts.knowledge, judge), text, conversation, parts, judge);
}

/** Returns what was read in a text; what is refused whole, as a recording is, has the kind `unknown`. */
async function readPieces(text: string, conversation: Conversation | undefined, parts: DeskParts): Promise<Reading[]> {
  const { readings } = await readTimed([{ text: fencedText(text) ?? text }], conversation?.spender, parts);
  return readings;
}

async function diagnosePasted(
  evidence: Reading[],
  text: string,
  conversation: Conversation | undefined,
  parts: DeskParts,
  judge?: Judge,
): Promise<Omit<ThreadDiagnosis, 'report'> | undefined> {
  if (evidence.length === 0) return undefined;
  const pasted = { readings: evidence, failed: [] };
  const { answer, facts, summary } = await diagnoseThread(pasted, conversation, parts, judge);
  // A question beside the paste is about what was pasted, whatever the thread has shown before.
  const asked = askedCause(text, parts.knowledge);
  const replied = asked
    ? answerBesideQuestion(answer, asked, diagnose(evidence, parts.knowledge), parts.knowledge)
    : answerWordsBeside(answer, text, facts, parts.knowledge);
  return { answer: replied, facts, ...(summary && { summary }) };
}
