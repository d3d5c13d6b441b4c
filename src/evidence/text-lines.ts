import type { Observation, Reading } from './evidence.js';
import { ObservationCollector } from './gather.js';
import { htmlLines } from './pages/html-text.js';
import { pathKindsIn } from './path-kinds.js';

/** Kinds whose words may hold a known message. */
const worded: ReadonlySet<Reading['kind']> = new Set(['error-page', 'event-export', 'application-log', 'fragment']);
/** Providers whose events list people line by line. */
const aboutPeople = /security|ntlm|kerberos|netlogon/i;
/** Forms that are not sentences, and hold addresses and people. */
const wordless = /^(?:right-line|whoami-row|w3c-line|httperr-line|windows-evtx|windows-event-csv)$/;

/** A text up to here is read line by line, in characters; of a longer one the last lines. */
const shortText = 64_000;
const mostLines = 200;

/** Words with which software says that something failed. */
const tellsFailure =
  /Exception|\b\w{0,60}Error\b|\berror\b|\bfail(?:ed|ure|s)?\b|\bdenied\b|\bcan ?not\b|\b(?:could|does|was|were|is|are) not\b|\bunable\b|\bno (?:such|connection)\b|\bnot (?:be )?(?:found|registered|exist|enough)\b|\bmust (?:be|have)\b|\brefused\b|\bin(?:valid|sufficient)\b|\bunrecognized\b|\bduplicate\b|\balready\b|\b(?:time ?out|timed out)\b|\bexceeded\b|\baborted\b|\bout ?of ?memory\b|\bmismatch\b|\bincorrect\b|\bbad module\b|\bchanged by another\b|\bdangerous\b|\bwas canceled\b|\bunexpectedly\b|\bwas denied\b|\bisn't\b|\bdoesn't\b|\btoo (?:long|large)\b|\bclosed with status code: 10\d\d\b|\brejected\b|\bconflicts?\b|\brefus(?:es|ing)\b|\bERROR_[A-Z]|_NOT_[A-Z]|\bmalformed\b|\bmust (?:begin|use)\b|\brequires\b|\bunexpected\b|\bunknown\b|\bwrite access\b|\bnot allowed\b|\bis stopped\b|\bnot been started\b|\bforbidden\b|\bhas no attribute\b|\bblocked by\b|\bonly one is allowed\b|\bdisallowed\b|\ballow: (?:GET|HEAD|OPTIONS|POST),|\bno \w{1,40}(?: \w{1,40})? (?:is|was|were)? ?(?:specified|found|present)\b|\bdiagnostic resources\b|\[ODBC\b|\bno se encuentra\b|\bdebe usar\b|\bmuss eine\b|\bnicht gefunden\b|\b(?:erreur|fehler|fout|errore|ошибка|introuvable)\b|错误|錯誤|エラー|\b(?:ERR_|E[A-Z]{5,}|ORA-|SQLSTATE)|\bASP 0\d{3}\b|0x8[0-9a-f]{7}|\b80(?:07|04|0a)[0-9a-f]{4}\b|-21474\d{5}/i;
/** People speak of themselves and to each other; software does not. */
const spoken = /(?<![\w'"\\])(?:I|I'm|I've|we|we've|my|our|us|me|he|she|they|hi|hello|hey|thanks|thank)(?![\w'"\\:])/i;
/** Three words at least, within quotation marks. */
const quotation = /["“”]([^"“”]{3,80} [^"“”]{1,300} [^"“”]{1,400})["“”]/g;
/** A frame of a stack names files of the framework. */
const frame = /^\S{1,6} [\w<>`+$.[\],|]{3,300}\(/;
/** An address that is in use; a reader that shows the port alone speaks for it. */
const address = /\bbind to address\b/i;
/** `DOMAIN\\SERVER$`: the account with which a computer speaks on the network. */
const computerAccount = /(?<![\w\\.-])[A-Za-z][\w.-]{0,62}\\[A-Za-z][\w-]{0,14}\$(?![\w$])/;
/** A heading of a list: what it announces is below it. */
const heading = /^[^:：.]{2,60}[:：]$/;
/** A label with one value: an account, a path, a version. */
const labelled = /^[^:：]{2,40}[:：\t]\s{0,20}[^\s'"]{1,300}$/;

/**
 * Adds the lines of a text that tell of a failure to what was observed in it, each through the gate: the message that says
 * most may be where no reader looks. Lists of people, and what people write themselves, are left out.
 */
export function withTextLines(reading: Reading, text: string): Reading {
  if (!worded.has(reading.kind) || wordless.test(reading.form ?? '')) return reading;
  if (reading.observations.some((o) => o.name === 'event.provider' && aboutPeople.test(String(o.value))))
    return reading;
  return { ...reading, observations: [...reading.observations, ...observeTextLines(text)] };
}

/** They are not counted as withheld: few of them are shown. */
function observeTextLines(text: string): readonly Observation[] {
  const gather = new ObservationCollector();
  const kinds = new Set<string>();
  for (const [line, number] of failingLines(text)) {
    gather.add('text.line', line, { event: number, field: 'error' });
    if (frame.test(line)) continue;
    for (const kind of pathKindsIn(line)) {
      if (!kinds.has(kind)) gather.add('path.kind', kind, { event: number, field: 'path' });
      kinds.add(kind);
    }
  }
  const computer = computerAccount.exec(text.slice(0, shortText));
  if (computer) gather.add('account.of-computer', true, { field: 'account' });
  // Whatever line names them, these files are of IIS alone.
  if (!kinds.has('iis-configuration') && pathKindsIn(text.slice(0, shortText)).includes('iis-configuration'))
    gather.add('path.kind', 'iis-configuration', { field: 'path' });
  return gather.observations;
}

/** Returns the lines by which software tells of a failure, with their numbers. */
export function failingLines(text: string): [line: string, number: number][] {
  const plain = text.length <= shortText && /<\/?[a-z]/i.test(text) ? htmlLines(text) : text;
  let exceptionAbove = false;
  return plain
    .split(/\r\n|\r|\n/)
    .map((raw, i): [string, number] => [wordsOfSoftware(raw.slice(0, 1000).trim()), i + 1])
    .filter(([line]) => {
      if (line === '') return false;
      const isFirstFrame = exceptionAbove && frame.test(line);
      exceptionAbove = /Exception\b/.test(line) && !frame.test(line);
      return (
        (isFirstFrame || tellsFailure.test(line)) &&
        !address.test(line) &&
        !line.includes('<') &&
        !spoken.test(line) &&
        !heading.test(line) &&
        !isLabelled(line)
      );
    })
    .slice(-mostLines);
}

/** Of a sentence in which people speak, what they quote is the software's: `it shows "FastCGI process quit unexpectedly"`. */
function wordsOfSoftware(line: string): string {
  if (!spoken.test(line)) return line;
  const quoted = [...line.matchAll(quotation)]
    .map(([, words = '']) => words.trim())
    .find((words) => tellsFailure.test(words));
  return quoted ?? line;
}

/** A code behind a label is not a private value: `ASP 0177 : 8007007e`. */
function isLabelled(line: string): boolean {
  return (
    labelled.test(line) &&
    !/\b(?:failed|error)\b.{0,20}: ?\d{1,5}$/i.test(line) &&
    !/(?:0x)?\b8[0-9a-f]{7}\b|-21\d{8}\b/i.test(line)
  );
}
