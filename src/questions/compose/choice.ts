import { type Answer, plainText, type Text } from '../../answer/answer.js';
import { firstSentences, generalize } from '../../answer/wording.js';
import { findEntry, type Knowledge } from '../../knowledge/knowledge.js';
import { titleOf } from './titles.js';

/** An entry or statement that may have been meant: `explain` and its id opens it. */
export interface Choice {
  id: string;
  /** What its button reads. */
  title: string;
  /** The name of an entry that is offered as a whole. */
  heading?: string;
  /** What it says first, so that the right one needs no press. */
  says: string;
}

/** Nothing is sure enough, but something of ours is near: what each says, three buttons, and how to ask it better. */
export function choiceAnswer(choices: readonly Choice[]): Answer {
  return {
    title: 'Closest I have',
    summary: `Closest I have: ${choices.map((choice) => choice.title).join(' · ')}`,
    parts: [
      {
        kind: 'facts',
        id: 'choices',
        keep: 'always',
        facts: choices.map((choice, i) => ({ label: `${i + 1}`, value: choiceText(choice) })),
      },
      {
        kind: 'text',
        id: 'next',
        keep: 'normal',
        text: 'None of them? Tell me the status, the code, or what the page shows. A FREB log is best.',
      },
    ],
    actions: choices.map(({ title }, i) => ({ id: `choice-${i + 1}`, label: title })),
    sources: [],
  };
}

function choiceText({ id, heading, says }: Choice): Text {
  return [
    ...(heading ? [{ strong: /[.?!]$/.test(heading) ? heading : `${heading}.` }, ' '] : []),
    `${says} (`,
    { code: `explain ${id}` },
    ')',
  ];
}

/** Characters of a choice, in whole sentences; one sentence may be longer. */
const openingLength = 180;

/** Returns an entry, or a statement of it, as a choice. */
export function entryChoice(entry: string, statement: string | undefined, knowledge: Knowledge): Choice {
  const title = titleOf(entry, statement, knowledge);
  const found = findEntry(entry, knowledge);
  if (!found) return { id: entry, title, heading: entry, says: '' };
  const says = found.statements.find(({ id }) => id === statement)?.says;
  if (says !== undefined) return { id: `${entry}/${statement}`, title, says: openingSentences(says) };
  const whole = 'answer' in found ? found.answer : found.explanation;
  return { id: entry, title, heading: found.title, says: openingSentences(whole) };
}

/** Returns the card of a code or a status as a choice. */
export function numberChoice(id: string, card: Answer): Choice {
  return { id, title: `What ${id} means`, says: openingSentences(card.summary) };
}

const openingSentences = (text: string): string => plainText(generalize(firstSentences(text, openingLength).head));
