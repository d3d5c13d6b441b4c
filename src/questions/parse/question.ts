import { hex, knownCode } from '../../answer/codes.js';
import type { Knowledge } from '../../knowledge/knowledge.js';
import type { World } from '../../knowledge/world-schema.js';
import { findAccounts, findServers } from './accounts.js';
import { type Assertion, readAssertion } from './assertion.js';
import { type AskedEvent, findEvents } from './events.js';
import { type MessageMeaning, type RecognisedText, recogniseMessage, recogniseText } from './messages.js';
import { type Numbers, readNumbers } from './numbers.js';
import { findProposition } from './proposition.js';
import { findRights } from './rights.js';
import { readToldValues, type ToldValues } from './told-values.js';
import { fold } from './words.js';
import { findWorlds, worldMarks } from './worlds.js';

/** A question is at most this long, in UTF-16 units; what is longer is pasted text and belongs to the readers of evidence. */
const questionLimit = 4096;

/** The words of an address are names of the asker's own. */
const address = /\bhttps?:\/\/\S+/g;

/** What can be told from a question before anything is looked up. None of it is ever shown. */
export interface Question {
  /** Folded and bounded, numbers and names of the right in one spelling. */
  text: string;
  /** Folded and bounded, as written. */
  folded: string;
  /** The same with the right by its constant. */
  named: string;
  codes: Numbers['codes'];
  statuses: Numbers['statuses'];
  /** The Windows events that it names. */
  events: AskedEvent[];
  /** Constants of the user rights it names. */
  rights: string[];
  accounts: string[];
  servers: string[];
  /** The worlds whose products and tools it names. */
  worlds: World[];
  /** A message of Windows, IIS or ASP.NET that is in it, and whether there is almost nothing else. */
  message?: RecognisedText;
  /** What it asserts; undefined when it does not ask for yes or no. */
  assertion?: Assertion;
  /** Names and numbers that it tells. Only of a reply that learns them they are kept. */
  told: ToldValues;
  /** How many words; short questions refer to their thread. */
  length: number;
}

/** Reads a question: bounded, no exception on any input. */
export function parseQuestion(raw: string, knowledge: Knowledge): Question {
  const folded = fold(raw.slice(0, questionLimit)).replace(/\s+/g, ' ').trim();
  const { rights, text: named } = findRights(folded.replace(address, ' '), knowledge);
  // A right that was undone is lost: the way back of a fix is no answer to that.
  const { codes, statuses, rest } = readNumbers(named.replace(/\b(?:undone|undid|undoes)\b/g, 'taken away'));
  const accounts = findAccounts(folded);
  const servers = findServers(folded);
  const message = recogniseMessage(folded, knowledge) ?? recogniseText(folded, knowledge);
  const proposition = findProposition(rest);
  return {
    text: rest,
    folded,
    named,
    codes,
    statuses,
    events: findEvents(folded, codes, knowledge),
    rights,
    accounts,
    servers,
    worlds: findWorlds(named, knowledge),
    told: readToldValues(raw.slice(0, questionLimit)),
    ...(message && { message }),
    ...(proposition !== undefined && {
      assertion: readAssertion(proposition, [
        ...accounts,
        ...rights.filter((right) => right !== 'SeImpersonatePrivilege'),
        ...codes.map(({ value }) => hex(value)),
        ...statuses.map(({ code }) => code),
      ]),
    }),
    length: folded === '' ? 0 : folded.split(' ').length,
  };
}

/** Returns what was parsed, as features to learn from. */
export function marksOf(question: Question, knowledge: Knowledge): string[] {
  const marks: string[] = [];
  for (const { value } of question.codes) {
    const known = knownCode(value, knowledge);
    marks.push('code', known ? `code ${known.hresult}` : 'code unknown', `code ${hex(value)}`);
  }
  for (const { code } of question.statuses) marks.push('status', `status ${code}`, `status ${code.split('.')[0]}`);
  if (question.codes.length > 0 && question.statuses.length > 0) marks.push('code and status');
  for (const right of question.rights) marks.push(`right ${right}`);
  if (question.rights.some((right) => right !== 'SeImpersonatePrivilege')) marks.push('other right');
  for (const account of question.accounts) marks.push(`account ${account}`);
  for (const server of question.servers) marks.push(`server ${server}`);
  marks.push(...worldMarks(question.worlds));
  if (question.assertion !== undefined) marks.push('yes or no');
  if (question.message) marks.push('message', `message ${idOf(question.message.named)}`);
  if (question.length <= 2) marks.push('short');
  return marks;
}

function idOf(named: MessageMeaning): string {
  if (named.kind === 'code') return hex(named.value);
  return named.kind === 'status' ? named.code : named.id;
}
