import type { Knowledge } from '../knowledge/knowledge.js';
import type { Cause, Topic } from '../knowledge/schema.js';
import { type Answer, type Part, plainText, type Text } from './answer.js';
import { undoPart } from './fix.js';
import { actionsFor, dropEmptyParts, sourcesOf } from './parts.js';
import { fitScreen, orderParts } from './screen.js';
import { checkHeading, fittingSteps, promptFor, stepOf, stepsPart } from './steps.js';
import { capitalize, firstSentences, generalize, joinTexts, sourceOf } from './wording.js';

/** A card that is asked about by name has no log behind it. */
const noCase = () => undefined;

type Fact = { label: string; value: Text };

/** One entry of `knowledge/topics/`: the answer first, then two or three sentences, then the next step; details fold. */
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

function commandPart(id: string, typed: Topic['commands'][number], keep: Part['keep']): Part {
  const { command, note, shell } = typed;
  // What names no shell is typed nowhere: it is a text for a file.
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

/** A status such as `500.19` or `404`; its main status where the substatus is not known; undefined when neither is. */
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
            text: `I have no entry for ${code}; this is what ${main} means.`,
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

/** A cause explained by name, without a log: what it is, how to see it, how it is fixed. */
export function causeAnswer(cause: Cause, knowledge: Knowledge): Answer {
  const check = cause.check && stepOf(cause.check, noCase);
  const wanted = cause.next.flatMap((id) => knowledge.evidenceRequests.get(id)?.title ?? []);
  const title = capitalize(plainText(generalize(cause.title)));
  const { head, rest } = firstSentences(cause.explanation, 420);
  const { parts } = fitScreen({
    title,
    parts: dropEmptyParts([
      { kind: 'text', id: 'answer', keep: 'always', text: generalize(head) },
      rest === '' ? undefined : { kind: 'text', id: 'why-more', heading: 'More', keep: 'fold', text: generalize(rest) },
      check && { kind: 'steps', id: 'check', heading: checkHeading(check), keep: 'normal', steps: [check] },
      causeFixPart(cause, 'normal'),
      undoPart(cause, noCase),
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

/** Steps of a card asked about by name: there is no case, so braces show their general words. */
export function causeFixPart(cause: Cause, keep: Part['keep'] = 'fold'): Part | undefined {
  const steps = fittingSteps(cause.fix, noCase).flatMap((step) => stepOf(step, noCase) ?? []);
  return steps.length === 0 ? undefined : stepsPart({ id: 'fix', heading: 'Fix', keep, steps });
}

/** What to send for a status or a code that was asked about without any evidence. */
export const sendTracePart: Part = {
  kind: 'text',
  id: 'next',
  heading: 'Next',
  keep: 'normal',
  text: 'Drop the FREB log of the failing request: module, stage and code are in it. Ask "capture" for how to record one.',
};
