import type { Cause } from '../knowledge/cause-schema.js';
import type { Knowledge } from '../knowledge/knowledge.js';
import type { Topic } from '../knowledge/topic-schema.js';
import { type Answer, type Part, plainText, type Text } from './answer.js';
import { undoPart } from './fix.js';
import { actionsFor, dropEmptyParts, sourcesOf } from './parts.js';
import { fitScreen, orderParts } from './screen.js';
import { checkHeading, fittingSteps, promptFor, stepOf, stepsPart } from './steps.js';
import { capitalize, firstSentences, generalize, joinTexts, sourceOf } from './wording.js';

/** Facts of a card that is asked about by name: none, because there is no log. */
const noFacts = () => undefined;

type Fact = { label: string; value: Text };

/** Answers with one entry of `knowledge/topics/`: the answer first, then two or three sentences, then the next step; details fold. */
export function topicAnswer(topic: Topic, knowledge: Knowledge): Answer {
  const related = topic.related
    .filter((id) => id !== topic.id)
    .flatMap((id) => knowledge.topics.get(id)?.title ?? knowledge.causes.get(id)?.title ?? []);
  const title = generalize(topic.title);
  const parts = dropEmptyParts([
    { kind: 'text', id: 'answer', keep: 'always', text: generalize(topic.answer) },
    topic.more.length > 0
      ? { kind: 'text', id: 'more', keep: 'normal', text: joinTexts(topic.more.map(generalize)) }
      : undefined,
    topic.facts.length > 0 ? factsPart(topic) : undefined,
    ...topic.commands.map((c, i) =>
      commandPart(i === 0 ? 'command' : `command-${i + 1}`, c, i === 0 ? 'normal' : 'fold'),
    ),
    topic.next
      ? { kind: 'text', id: 'next', heading: 'Next', keep: 'normal', text: generalize(topic.next) }
      : undefined,
    ...topic.details.map(
      (d, i): Part => ({
        kind: 'facts',
        id: `details-${i + 1}`,
        heading: d.heading,
        keep: 'fold',
        facts: bullets(d.lines),
      }),
    ),
    related.length > 0
      ? { kind: 'text', id: 'related', heading: 'See also', keep: 'fold', text: `${related.join('; ')}.` }
      : undefined,
  ]);
  return {
    title,
    summary: plainText(generalize(topic.answer)),
    parts: orderParts(parts),
    actions: [],
    sources: sourcesOf([topic.sources]),
  };
}

function factsPart(topic: Topic): Part {
  const many = topic.facts.length > 8;
  return {
    kind: 'facts',
    id: 'facts',
    heading: many ? 'All of them' : undefined,
    keep: many ? 'fold' : 'normal',
    facts: topic.facts.map((f) => ({ label: f.label, value: generalize(f.value) })),
  };
}

/** Lines of equal rank. */
function bullets(lines: readonly string[]): Fact[] {
  return lines.map((line) => ({ label: '', value: generalize(line) }));
}

/** Returns a command of the knowledge as a part, with the console it is typed into as its heading. */
export function commandPart(id: string, typed: Topic['commands'][number], keep: Part['keep']): Part {
  const { command, note, shell } = typed;
  // A text without a shell goes into a file, so it has no console.
  const heading = shell === undefined ? '' : capitalize(promptFor([typed]));
  return {
    kind: 'command',
    id,
    ...(heading !== '' && { heading }),
    keep,
    command: command.trimEnd(),
    language: shell === 'powershell' ? 'powershell' : 'cmd',
    note: note && generalize(note),
  };
}

/** Explains a status such as `500.19` or `404`; an unknown substatus by its main status. Undefined when neither is known. */
export function statusAnswer(code: string, knowledge: Knowledge): Answer | undefined {
  const exact = knowledge.statuses.get(code) ?? knowledge.statuses.get(code.replace(/\.0$/, ''));
  const main = code.split('.')[0]!;
  const entry = exact ?? knowledge.statuses.get(main);
  if (!entry) return undefined;
  const causes = entry.causes.map((id) => knowledge.causes.get(id)).filter((c) => c !== undefined);
  const failing = /^[45]/.test(entry.code);
  return {
    title: [{ strong: entry.code }, ` ${entry.name}`],
    summary: plainText(generalize(`${entry.code} is "${entry.name}". ${entry.cause ?? ''}`.trim())),
    parts: dropEmptyParts([
      exact
        ? undefined
        : {
            kind: 'notice',
            id: 'near',
            level: 'info',
            keep: 'always',
            text: `I have no entry for ${code}. This is what ${main} means.`,
          },
      { kind: 'text', id: 'answer', keep: 'always', text: generalize(entry.cause ?? `${entry.name}.`) },
      entry.fix
        ? { kind: 'text', id: 'fix', heading: 'What to do', keep: 'normal', text: generalize(entry.fix) }
        : undefined,
      causes.length > 0
        ? {
            kind: 'facts',
            id: 'causes',
            heading: 'Causes I can recognise in a log',
            keep: causes.length > 6 ? 'fold' : 'normal',
            facts: bullets(causes.map((c) => c.title)),
          }
        : undefined,
      failing ? sendTracePart : undefined,
    ]),
    actions: [],
    sources: sourcesOf([[sourceOf(entry.source)]]),
  };
}

/**
 * Explains a cause without a log: what it is, how to see it, how to fix it.
 * @param status the status that was asked about: the steps for other ones are left out
 */
export function causeAnswer(cause: Cause, knowledge: Knowledge, status?: string): Answer {
  const check = cause.check && stepOf(cause.check, noFacts);
  const wanted = cause.next.flatMap((id) => knowledge.evidenceRequests.get(id)?.title ?? []);
  const title = capitalize(plainText(generalize(cause.title)));
  const { head, rest } = firstSentences(cause.explanation, 420);
  const { parts } = fitScreen({
    title,
    parts: dropEmptyParts([
      { kind: 'text', id: 'answer', keep: 'always', text: generalize(head) },
      rest === '' ? undefined : { kind: 'text', id: 'why-more', heading: 'More', keep: 'fold', text: generalize(rest) },
      check && { kind: 'steps', id: 'check', heading: checkHeading(check), keep: 'normal', steps: [check] },
      causeFixPart(cause, 'normal', status),
      undoPart(cause, noFacts),
      wanted.length > 0
        ? {
            kind: 'text',
            id: 'next',
            heading: 'What to send next',
            keep: 'normal',
            text: `${capitalize(wanted.join('; '))}.`,
          }
        : undefined,
      cause.notThis.length > 0
        ? {
            kind: 'facts',
            id: 'notthis',
            heading: 'Not to be confused with',
            keep: 'fold',
            facts: bullets(cause.notThis),
          }
        : undefined,
    ]),
  });
  return {
    title,
    summary: plainText(generalize(firstSentences(head, 1).head)),
    parts,
    actions: actionsFor(parts, false),
    sources: sourcesOf([cause.sources]),
  };
}

/** Returns the fix of a card without a log: braces show their general words. */
export function causeFixPart(cause: Cause, keep: Part['keep'] = 'fold', status?: string): Part | undefined {
  const about = (name: string) => (name === 'outcome.status' ? status : undefined);
  const steps = (status === undefined ? cause.fix : fittingSteps(cause.fix, about)).flatMap(
    (step) => stepOf(step, noFacts) ?? [],
  );
  return steps.length === 0 ? undefined : stepsPart({ id: 'fix', heading: 'Fix', keep, steps });
}

/** Says what to send when a status or a code was asked about without evidence. */
export const sendTracePart: Part = {
  kind: 'text',
  id: 'next',
  heading: 'Next',
  keep: 'normal',
  text: 'Drop the FREB log of the failing request: it has the module, the stage and the code. Ask "capture" for how to record one.',
};
