import { isBuiltInAccount, isFileName } from './accounts.js';
import { isPlainWord } from './plain-words.js';
import type { Rule } from './rule.js';
import { withholdValues } from './values.js';

/** Words behind which a message names an account, or a file. */
const words =
  'user ?name|users?|account|login|benutzer|utilisateur|usuario|impersonating|running as|(?:created|modified|changed|approved|requested|sent|signed|owned) by|(?:desktop|home|session) of';
/** Words behind which it names a person only. */
const wordsOfPersons = '(?:logged (?:in|on)|signed in|authenticated|registered) as|on behalf of|(?:mailbox|profile) of';
const [spoken, spokenOfPersons] = [words, wordsOfPersons].map(
  (before) =>
    new RegExp(
      `(?<![\\p{L}\\p{N}_-])(?:(?:${before})\\s{1,4}(?:is\\s{1,4}|the\\s{1,4})?["'[(<]{0,2})([\\p{L}\\p{N}][\\p{L}\\p{N}_.$-]{2,63}(?:/[\\p{L}\\p{N}_.$-]{1,64})?)(?![\\p{L}\\p{N}_.$\\\\-])`,
      'giu',
    ),
) as [RegExp, RegExp];
const programName = /^(?:Se\p{L}{4,60}(?:Privilege|Right)|\p{Lu}\p{L}*(?:\.\p{Lu}\p{L}*)+|\d+)$/u;

/** "User anna is not authorized", "logged in as anna". Words of a sentence, accounts of Windows and names of programs stay. */
export const spokenPersons: Rule = (text, withhold) => {
  const shown = withholdValues(text, spoken, withhold, (name) => isFileName(name) || namesNoPerson(name));
  return withholdValues(shown, spokenOfPersons, withhold, namesNoPerson);
};

/** True for words of messages, accounts of Windows and names of programs, on both sides of a slash. */
function namesNoPerson(name: string): boolean {
  return name.split('/').every((part) => isPlainWord(part) || isBuiltInAccount(part) || programName.test(part));
}

const fullName = "\\p{Lu}[\\p{L}'’.-]{0,40}(?:[ +][\\p{L}\\p{N}][\\p{L}\\p{N}'’.-]{1,40}){1,3}";
const labels =
  'owner contact kontakt manager employee customer patient kunde mitarbeiter person sender recipient caller reporter attn from to nom nombre';
const inAnyCase = labels
  .split(' ')
  .map((word) => `[${word[0]}${word[0]?.toUpperCase()}]${word.slice(1)}|${word.toUpperCase()}`);
/** Labels of forms and tickets whose value may be a person, and greetings. */
const labelled = new RegExp(
  `(?:(?<![\\p{L}\\p{N}_-]|Control )(?:${inAnyCase.join('|')})["']?\\s{0,4}[:=]["']?\\s{0,8}|(?:Dear|Hello|Welcome(?: back)?,?)\\s)(${fullName})`,
  'gu',
);

/** "Owner: Anna Berg", "Dear Anna Berg". A name whose words all are words of messages stays: "Owner: Local Service". */
export const labelledPersons: Rule = (text, withhold) =>
  withholdValues(text, labelled, withhold, (name) => name.split(/[ +]/).every(isPlainWord));
