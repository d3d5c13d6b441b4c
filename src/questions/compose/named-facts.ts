import { type Answer, type Part, plainText } from '../../answer/answer.js';
import { generalize } from '../../answer/wording.js';
import type { Topic } from '../../knowledge/topic-schema.js';
import { fold } from '../parse/words.js';

/** More rows than this, and the question did not name one of them but all. */
const few = 3;

/** Names in a label: "GENERAL_REQUEST_START, _END", "0 SecurityAnonymous", "Server 2019". */
function names(label: string): string[] {
  return fold(label)
    .split(/, | and |[/;()]/)
    .map((name) => name.replace(/^\d /, '').trim())
    .filter((name) => name.length >= 3);
}

const escapePattern = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Returns the rows of a topic's table that a question names; none when it names none or nearly all of them. */
export function namedRows(topic: Topic, text: string): Topic['facts'] {
  if (topic.facts.length < 3) return [];
  // The longest names first: NETWORK SERVICE is not SERVICE.
  const all = topic.facts.flatMap((fact) => names(fact.label).map((name) => ({ fact, name })));
  all.sort((x, y) => y.name.length - x.name.length);
  const found = new Set<Topic['facts'][number]>();
  let rest = text;
  for (const { fact, name } of all) {
    const pattern = new RegExp(`(?<![\\p{L}\\p{N}_])${escapePattern(name)}(?![\\p{L}\\p{N}_])`, 'gu');
    if (!pattern.test(rest)) continue;
    found.add(fact);
    rest = rest.replace(pattern, ' ');
  }
  const asked = topic.facts.filter((fact) => found.has(fact));
  return asked.length > few ? [] : asked;
}

/** "What is the SID of LOCAL SERVICE?": that row of the table comes first, before what is said about the whole. */
export function withNamedFacts(answer: Answer, asked: Topic['facts']): Answer {
  if (asked.length === 0) return answer;
  const part: Part = {
    kind: 'facts',
    id: 'asked',
    keep: 'always',
    facts: asked.map((f) => ({ label: f.label, value: generalize(f.value) })),
  };
  return {
    ...answer,
    summary: asked.map((f) => `${f.label}: ${plainText(generalize(f.value))}`).join('; '),
    parts: [part, ...answer.parts],
  };
}
