import { knownCode } from '../answer/codes.js';
import type { Knowledge } from '../knowledge/knowledge.js';
import { buildOnce } from '../knowledge/per-knowledge.js';
import { messageAnswer } from './compose/message-answer.js';
import { numberAnswer, statusResult } from './compose/number-answer.js';
import { entryResult } from './entry-result.js';
import type { AskedEvent } from './parse/events.js';
import type { MessageMeaning } from './parse/messages.js';
import { parseQuestion, type Question } from './parse/question.js';
import { fold, segments } from './parse/words.js';
import type { AskResult } from './result.js';

/** Most words beside a code that are not a story yet. */
const fewWords = 3;

/** "explain slow-client", "explain iis-iusrs/empty": what answers, choices and JSON name. */
export function answerNamedEntry({ folded }: Question, knowledge: Knowledge): AskResult | undefined {
  const match = /^(explain )?([a-z0-9]+(?:[-.][a-z0-9]+)*)(?:\/([a-z0-9.-]+))?$/.exec(folded);
  if (!match || (match[1] === undefined && !/[-.]/.test(match[2]!))) return undefined;
  const [, , id, statement] = match;
  if (!knowledge.topics.has(id!) && !knowledge.causes.has(id!)) return undefined;
  const asked = { entry: id!, ...(statement !== undefined && { statement }) };
  // The words of the id are not a question that a row of the entry could answer.
  return entryResult(asked, 1, parseQuestion('', knowledge), knowledge);
}

/** What stands around a name when nothing else is asked than what that is. */
const opening =
  /^(?:what(?:'s| is| are| does)|whats|explain|define|was (?:ist|sind)|qu'est-ce que?(?: c'est que)?|c'est quoi|¿?(?:que|qué) (?:es|son)) +(?:(?:an?|the|der|die|das|le|la|les|une?|el|los) +)?/;
const closing = /(?: +(?:mean|do|for))?[\s?？.!"']*$|(?:とは(?:何ですか)?|って何|是什么|是什麼)[?？。]*$/;

/** True for a question for what something is. */
export const asksForMeaning = ({ folded }: Pick<Question, 'folded'>) => opening.test(folded);

/** "What is gpresult?": an entry that is called so answers as a whole. Undefined where several are, or none. */
export function answerNamedTitle({ named, folded }: Question, knowledge: Knowledge): AskResult | undefined {
  const names = new Set(
    [named, folded].map((text) => text.replace(opening, '').replace(closing, '').replace(/^["']/, '')),
  );
  if (names.has(named) && names.has(folded)) return undefined;
  const owners = new Set([...names].flatMap((name) => topicsByName(knowledge).get(name) ?? []));
  const [entry, ...others] = owners;
  // The words of the name are not a question that a row of the entry could answer.
  return entry !== undefined && others.length === 0
    ? entryResult({ entry }, 1, parseQuestion('', knowledge), knowledge)
    : undefined;
}

/** Ids of topics by their folded titles and aliases. */
const topicsByName = buildOnce(({ topics }) => {
  const byName = new Map<string, string[]>();
  for (const { id, title, aliases } of topics.values())
    for (const name of [title, ...aliases].map(fold)) byName.set(name, [...(byName.get(name) ?? []), id]);
  return byName;
});

/** A number alone, or a message of a page or log with almost nothing beside it. */
export function answerNamedMessage(question: Question, knowledge: Knowledge): AskResult | undefined {
  // A message may begin as a question of yes or no does: "Could not find …".
  if (question.message?.whole && (question.assertion === undefined || !/[?？]/.test(question.folded))) {
    const { named, message } = question.message;
    const result = resultOfMeaning(named, question, knowledge);
    return result && message
      ? { ...result, answer: messageAnswer(message, result.answer, result.intent === 'status') }
      : result;
  }
  const words = withoutEvents(question).replace(
    /\b(?:codenumber|statusnumber|explain|what|what's|is|does|do|mean|means|meaning|of|an?|in|the|error|code|status|http|iis|hresult|win32)\b/g,
    '',
  );
  const count = words.match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
  // What is near a code that is not in the knowledge is a guess; what the code is made of is none.
  const unknown = question.codes.some(({ value, certain }) => certain && knownCode(value, knowledge) === undefined);
  if (count > (unknown ? fewWords : 0) || question.events.some((event) => isEntry(event, knowledge))) return undefined;
  return numberAnswer(question, knowledge);
}

/** True for an event that an entry is called by, and whose row has nothing to do: the entry knows more. */
function isEntry({ row, id }: AskedEvent, { topics }: Knowledge): boolean {
  if (row.cause !== undefined || row.do.length > 0) return false;
  const names = [`event ${id}`, ...row.provider.map((provider) => fold(`${provider} ${id}`))];
  return [...topics.values()].some(({ aliases }) => aliases.some((alias) => names.includes(fold(alias))));
}

/** The words of a question without what names an event: number, provider, log. */
function withoutEvents({ text, events }: Question): string {
  if (events.length === 0) return text;
  const providers = events.flatMap(({ row }) => row.provider.flatMap((name) => segments(fold(name))));
  const idle = new Set([
    ...providers,
    'event',
    'events',
    'ereignis',
    'evento',
    'événement',
    'id',
    'ids',
    'eventid',
    'log',
    'windows',
    'source',
    'from',
  ]);
  return segments(text)
    .filter((word) => !idle.has(word) && !events.some(({ id }) => word.replace(/^n/, '') === String(id)))
    .join(' ');
}

function resultOfMeaning(named: MessageMeaning, question: Question, knowledge: Knowledge): AskResult | undefined {
  // A number on the page says more than its words, unless the message has it too.
  const hasOwn = question.statuses.every(({ code }) => question.message?.message?.text.includes(code));
  const isBeside = question.statuses.some(({ certain }) => certain) && !hasOwn;
  const number = isBeside ? numberAnswer(question, knowledge) : undefined;
  if (number) return number;
  if (named.kind === 'code')
    return numberAnswer({ codes: [{ value: named.value, certain: true }], statuses: [], events: [] }, knowledge);
  if (named.kind === 'status') return statusResult(named.code, knowledge);
  return entryResult({ entry: named.id }, 1, question, knowledge);
}
