import type { Knowledge } from '../../knowledge/knowledge.js';
import { messagePieces } from '../../knowledge/message-schema.js';
import type { Topic } from '../../knowledge/topic-schema.js';
import { unsorted } from '../rank/model.js';
import type { LearnedText } from './example.js';

/** What sentences of the entries count beside a question, which counts 1. */
const ofSentence = 0.3;
/** What a row of facts counts: its label is often what is asked for. */
const ofRow = 0.6;

/** The words of the entries themselves: their names, answers, rows and statements, and the messages that mean them. */
export function* textsOfKnowledge(knowledge: Knowledge): Generator<LearnedText> {
  for (const topic of knowledge.topics.values()) yield* textsOfTopic(topic);
  for (const { id, title, aliases, explanation } of knowledge.causes.values()) {
    for (const text of [id.replaceAll('-', ' '), title, ...aliases]) yield { text, entry: id, statement: '' };
    yield { text: explanation, entry: id, statement: '', weight: ofSentence };
  }
  for (const { id, statements } of [...knowledge.topics.values(), ...knowledge.causes.values()])
    for (const { id: statement, says } of statements) yield { text: says, entry: id, statement, weight: ofSentence };
  // A message that judges evidence is found by its words; its names of types and files teach nothing about questions.
  for (const { text, means, says } of knowledge.messages.values())
    if (says === undefined && (knowledge.topics.has(means) || knowledge.causes.has(means)))
      yield { text: messagePieces(text).pieces.join(' '), entry: means, statement: '' };
}

function* textsOfTopic({ id, title, aliases, answer, more, facts }: Topic): Generator<LearnedText> {
  for (const text of [id.replaceAll('-', ' '), title, ...aliases]) yield { text, entry: id, statement: '' };
  yield { text: answer, entry: id, statement: '', weight: ofSentence };
  for (const text of more) yield { text, entry: id, statement: unsorted, weight: ofSentence };
  for (const { label, value } of facts) {
    yield { text: `${label} ${value}`, entry: id, statement: unsorted, weight: ofRow };
    // A table of rights is asked about by each of them.
    if (/^Se[A-Z]\w+(Privilege|Right)$/.test(label))
      for (const text of [`what is ${label}`, `who has the right to ${value}`, `does IIS need ${label}`])
        yield { text, entry: id, statement: '' };
  }
}
