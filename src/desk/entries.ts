import type { Answer } from '../answer/answer.js';
import { codeAnswer } from '../answer/code-answer.js';
import { causeAnswer, statusAnswer, topicAnswer } from '../answer/topic-answer.js';
import type { Knowledge } from '../knowledge/knowledge.js';
import { titleOf } from '../questions/compose/titles.js';

export type EntryKind = 'topic' | 'cause' | 'code' | 'status';

/** One entry of the knowledge, for a list to choose from. */
export interface EntryName {
  kind: EntryKind;
  /** `iis-iusrs`, `0x80070542`, `500.19`. */
  id: string;
  title: string;
}

/** Lists every topic, cause, code and status of the knowledge. */
export function listEntries(knowledge: Knowledge): EntryName[] {
  const { topics, causes, codes, statuses } = knowledge;
  return [
    ...[...topics.keys()].map((id) => ({ kind: 'topic' as const, id, title: titleOf(id, undefined, knowledge) })),
    ...[...causes.keys()].map((id) => ({ kind: 'cause' as const, id, title: titleOf(id, undefined, knowledge) })),
    ...[...codes].map(([id, { name }]) => ({ kind: 'code' as const, id, title: `${id} ${name}` })),
    ...[...statuses].map(([id, { name }]) => ({ kind: 'status' as const, id, title: `${id} ${name}` })),
  ];
}

/** Explains exactly this entry, with its sources; undefined when there is none of this id. */
export function explainEntry(kind: EntryKind, id: string, knowledge: Knowledge): Answer | undefined {
  const topic = kind === 'topic' ? knowledge.topics.get(id) : undefined;
  if (topic) return topicAnswer(topic, knowledge);
  const cause = kind === 'cause' ? knowledge.causes.get(id) : undefined;
  if (cause) return causeAnswer(cause, knowledge);
  if (kind === 'code' && knowledge.codes.has(id)) return codeAnswer(Number(id), knowledge);
  return kind === 'status' && knowledge.statuses.has(id) ? statusAnswer(id, knowledge) : undefined;
}
