import { Scrubber } from '../evidence/scrub/scrubber.js';
import { type Answer, type Part, plainText, type Text } from './answer.js';
import { type ErrorCode, type ErrorText, errorTexts } from './error-texts.js';
import { type FactLookup, fillSentence, joinTexts } from './wording.js';

export type { ErrorCode } from './error-texts.js';

/** The button that opens a door's form for files. */
export const uploadAction = 'upload';

/** Facts for the braces of a catalogue entry: `name`, `looksLike`, `limit` … The sentence has words for a missing one. */
export type ErrorFacts = Readonly<Record<string, string | undefined>>;

/** The sentences of one code, filled with facts, and its traits (see {@link ErrorText}). */
export interface ErrorEntry
  extends Pick<ErrorText, 'retry' | 'final' | 'throttled' | 'lasting' | 'grant' | 'unreadable' | 'upload'> {
  /** Says what the file is and why it cannot be used. */
  user(facts?: ErrorFacts): Text;
  /** Says what to send instead, or what to click. */
  next(facts?: ErrorFacts): Text;
  /** Returns one line for the log. */
  operator(facts?: ErrorFacts): string;
}

/** The catalogue: every failure a door, a download or the intake can name. */
export const errors: Readonly<Record<ErrorCode, ErrorEntry>> = Object.fromEntries(
  Object.entries<ErrorText>(errorTexts).map(([code, text]): [string, ErrorEntry] => [
    code,
    {
      ...text,
      user: (facts) => fillText(text.user, facts),
      next: (facts) => fillText(text.next, facts),
      operator: (facts) => plainText(fillText(text.operator, facts)),
    },
  ]),
) as Record<ErrorCode, ErrorEntry>;

/** True for a code of the catalogue. */
export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(errorTexts, code);
}

/** Returns the entry of a code. A stored code that only an earlier version knew gets the entry of `internal`. */
export function errorEntry(code: ErrorCode): ErrorEntry {
  return errors[isErrorCode(code) ? code : 'internal'];
}

/** Only facts that come from our settings or the platform are logged, because a file or a user may have named the others. */
const loggedFacts = ['host', 'scope', 'limit', 'size', 'count', 'seconds', 'memory', 'reason', 'id'];

/** Returns the operator's sentence for the log, without content. */
export function operatorAdvice(code: ErrorCode, facts: ErrorFacts = {}): string {
  const safe = Object.entries(facts).filter(([name]) => loggedFacts.includes(name));
  return errorEntry(code).operator(Object.fromEntries(safe));
}

/** Returns the user's sentence and the next step. `verdict` is `unreadable` where a file was refused. */
export function errorAnswer(code: ErrorCode, facts: ErrorFacts = {}): Answer {
  const entry = errorEntry(code);
  const user = entry.user(facts);
  const next = entry.next(facts);
  const parts: Part[] = [{ kind: 'text', id: 'next', keep: 'always', text: next }];
  const answer: Answer = {
    title: user,
    summary: plainText(joinTexts([user, next])),
    parts,
    actions: entry.upload ? [{ id: uploadAction, label: 'Upload it to me' }] : [],
    sources: [],
  };
  if (entry.unreadable) answer.verdict = 'unreadable';
  return answer;
}

/** Longest fact in an answer, in characters: a file name can have 255, a hostile one far more. */
const factLimit = 200;

function fillText(sentence: string, facts: ErrorFacts = {}): Text {
  const lookUp: FactLookup = (name) => {
    const key = name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
    const value = facts[key] ?? (name === 'name' ? facts.file : undefined);
    if (value === undefined || value.trim() === '') return undefined;
    const shown = key === 'name' || key === 'file' ? new Scrubber().fileName(value) : value;
    return shown.length > factLimit ? `${shown.slice(0, factLimit)}…` : shown;
  };
  return fillSentence(sentence, lookUp) ?? sentence;
}
