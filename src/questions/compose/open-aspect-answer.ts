import { type Answer, type Part, plainText } from '../../answer/answer.js';
import { topicAnswer } from '../../answer/topic-answer.js';
import { listWords } from '../../answer/wording.js';
import type { Knowledge } from '../../knowledge/knowledge.js';
import type { Topic } from '../../knowledge/topic-schema.js';

/** Answers "are you sure" about a topic: where it comes from. */
export function sourcesAnswer(topic: Topic, knowledge: Knowledge): Answer {
  const named = topic.sources.filter(({ experience }) => !experience).map(({ title }) => `"${title}"`);
  const title =
    named.length === 0
      ? 'It comes from practice; I know no document that says it.'
      : `Yes. It is documented: ${listWords(named.slice(0, 2))}.`;
  return foldedTopicAnswer(title, topic, knowledge);
}

/** Answers what the knowledge does not say about a topic. */
export function openAspectAnswer(topic: Topic, knowledge: Knowledge): Answer {
  return foldedTopicAnswer(
    `I know nothing certain about that. What I do know is about "${topic.title}".`,
    topic,
    knowledge,
  );
}

function foldedTopicAnswer(title: string, topic: Topic, knowledge: Knowledge): Answer {
  const whole = topicAnswer(topic, knowledge);
  const parts = whole.parts.map((part): Part => ({ heading: plainText(whole.title), ...part, keep: 'fold' }));
  return { ...whole, title, summary: title, parts };
}
