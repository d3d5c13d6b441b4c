import type { Cause } from '../knowledge/cause-schema.js';
import type { Code } from '../knowledge/code-schema.js';
import type { Knowledge } from '../knowledge/knowledge.js';
import { type Answer, type Part, plainText, type Text } from './answer.js';
import { contextsByStatus } from './code-contexts.js';
import { codeFamily } from './code-family.js';
import { type CodeParts, codeForms, codeParts, knownCode, parseCode } from './codes.js';
import { actionsFor, dropEmptyParts, sourcesOf } from './parts.js';
import { nextPart, requestsOf } from './requests.js';
import { fitScreen } from './screen.js';
import { causeFixPart, sendTracePart } from './topic-answer.js';
import { unknownCodeAnswer } from './unknown-code.js';
import { firstSentences, generalize, joinTexts, sourceOf } from './wording.js';

/**
 * A code in any of its forms. Known: name, text, what it means when IIS shows it. Otherwise decoded by its parts.
 * @param value unsigned 32-bit number, as `parseCode` returns it
 * @param status the HTTP status it was asked about together with: its context comes first
 */
export function codeAnswer(value: number, knowledge: Knowledge, status?: string): Answer {
  const known = knownCode(value, knowledge);
  const parts = codeParts(
    known ? parseCode(known.hresult)! : value <= 0xffff && value > 0 ? 0x80070000 + value : value,
  );
  if (!known) return unknownCodeAnswer(parts, knowledge);
  const cause = known.cause ? knowledge.causes.get(known.cause) : undefined;
  const { fitting: contexts, others } = contextsByStatus(known.contexts, status);
  const title: Text = [{ code: parts.hex }, ` is ${known.name}`];
  const { parts: fitted } = fitScreen({
    title,
    parts: dropEmptyParts([
      {
        kind: 'text',
        id: 'answer',
        keep: 'always',
        text: contexts[0] ? inIis(contexts[0]) : generalize(known.message),
      },
      contexts.length > 1 ? contextsPart('contexts-more', 'Also in IIS', contexts.slice(1), 'normal') : undefined,
      others.length > 0 ? contextsPart('contexts-other', 'With another status', others, 'fold') : undefined,
      cause && whyPart(cause),
      contexts.length > 0 ? windowsText(known.message) : undefined,
      { kind: 'facts', id: 'forms', heading: 'The same number', keep: 'normal', facts: codeForms(parts, known.win32) },
      nextFor(parts, cause, knowledge),
      cause && causeFixPart(cause),
    ]),
  });
  return {
    title,
    summary: `${parts.hex} is ${known.name}. ${plainText(generalize(contexts[0]?.meaning ?? known.message))}`,
    parts: fitted,
    actions: actionsFor(fitted, false),
    sources: sourcesOf([
      [sourceOf(known.source)],
      cause?.sources.slice(0, 3) ?? [],
      contexts.map((c) => sourceOf(c.source)),
    ]),
  };
}

/** Says first what a code means when IIS shows it, then what Windows calls it: that text is about any program, and often misleads. */
function inIis(context: Context): Text {
  return joinTexts([`With ${context.status}`, meaningOf(context)], ': ');
}

function meaningOf({ meaning, fix }: Context): Text {
  return joinTexts([generalize(meaning.replace(/\.$/, '')), ...(fix ? [generalize(fix)] : [])], '. Fix: ');
}

function windowsText(message: string): Part {
  return {
    kind: 'text',
    id: 'message',
    heading: "Windows' own words for it",
    keep: 'normal',
    text: generalize(message),
  };
}

type Context = Pick<Code['contexts'][number], 'status' | 'meaning' | 'fix'>;

function contextsPart(id: string, heading: string, contexts: readonly Context[], keep: Part['keep']): Part {
  const facts = contexts.map((context) => ({ label: context.status, value: meaningOf(context) }));
  return { kind: 'facts', id, heading, keep, facts };
}

function whyPart(cause: Cause): Part {
  return {
    kind: 'text',
    id: 'why',
    heading: 'Usual cause',
    keep: 'normal',
    text: generalize(firstSentences(cause.explanation, 330).head),
  };
}

/** A trace shows most codes; those of other programs and of crashes are elsewhere. */
function nextFor(parts: CodeParts, cause: Cause | undefined, knowledge: Knowledge): Part {
  const { next } = codeFamily(parts, knowledge);
  return next.includes('freb-log') ? sendTracePart : nextPart(requestsOf(cause?.next ?? next, knowledge));
}
