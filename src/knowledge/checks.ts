import { type Term, vocabulary } from '../evidence/vocabulary/index.js';
import type { BarePageRow } from './bare-page-schema.js';
import type { Cause } from './cause-schema.js';
import type { Code, StatusEntry } from './code-schema.js';
import { type Condition, notAnObservation } from './condition-schema.js';
import type { ConfigurationPairRow, ConfigurationRow } from './configuration-schema.js';
import { type EventRow, eventProviders } from './event-schema.js';
import { findingFacts, placeholders } from './fill.js';
import { messagePieces, type PageMessage } from './message-schema.js';
import { didYouMean, findMisspelt } from './nearest.js';
import type { OutputRow } from './output-schema.js';
import type { Topic } from './topic-schema.js';
import { userRightRemarks } from './user-right-remarks.js';
import type { Entry, Path, YamlFile } from './yaml.js';

/** Checks what the schema cannot: value types against the vocabulary, names in braces, ids that must exist. */
export function checkCause(
  { value: cause, yaml, path }: Entry<Cause>,
  causes: Map<string, unknown>,
  requests: Map<string, unknown>,
): void {
  for (const [i, id] of cause.reasons.entries()) checkCard(id, causes, yaml, [...path, 'reasons', i]);
  const wanted = `${cause.id}.yaml`;
  if (path.length === 0 && !yaml.file.endsWith(`/${wanted}`)) {
    yaml.fail([...path, 'id'], `the card "${cause.id}" belongs in a file named ${wanted}`);
  }
  const groups: [Path, { all?: Condition[]; none?: Condition[] }[]][] = [
    [['signatures'], cause.signatures],
    [['alone'], cause.alone],
    [['confirmedBy'], cause.confirmedBy],
    [['contradictedBy'], cause.contradictedBy],
  ];
  for (const [name, rows] of groups) {
    for (const [i, row] of rows.entries()) {
      for (const part of ['all', 'none'] as const) {
        for (const [j, condition] of (row[part] ?? []).entries()) {
          checkCondition(condition, yaml, [...path, ...name, i, part, j]);
        }
      }
    }
  }
  for (const [i, row] of cause.alone.entries()) {
    checkIds(row.next, requests, yaml, [...path, 'alone', i, 'next']);
    if (row.verdict !== 'failure' && row.certainty) {
      yaml.fail([...path, 'alone', i], 'certainty says how sure the cause is: only rows with verdict failure have it');
    }
  }
  checkIds(cause.next, requests, yaml, [...path, 'next']);
  checkTexts(cause, yaml, path);
  checkRemarks(cause, yaml, path);
}

function checkCondition(condition: Condition, yaml: YamlFile, at: Path): void {
  const term: Term = vocabulary[condition.observation as keyof typeof vocabulary];
  const words = typeof term.type === 'object' ? term.type : undefined;
  const scalarType = words ? 'string' : term.type;
  const name = condition.observation;

  for (const value of [condition.equals, ...(condition.oneOf ?? [])]) {
    if (value === undefined) continue;
    if (scalarType === 'list') yaml.fail(at, `${name} is a list: use includes or lacks`);
    if (typeof value !== scalarType) yaml.fail(at, `${name} is a ${scalarType}, "${value}" is a ${typeof value}`);
    if (words && !words.includes(String(value))) {
      yaml.fail(at, `${name} is one of ${words.join(', ')}, never "${value}"`);
    }
  }
  if (condition.atLeast !== undefined && scalarType !== 'number')
    yaml.fail(at, `atLeast needs a number, ${name} is none`);
  if ((condition.includes ?? condition.lacks) !== undefined && term.type !== 'list' && term.type !== 'string') {
    yaml.fail(at, `includes and lacks need a list or a string, ${name} is neither`);
  }
}

function checkIds(ids: string[], known: Map<string, unknown>, yaml: YamlFile, at: Path): void {
  for (const [i, id] of ids.entries()) {
    if (known.has(id)) continue;
    const hint = didYouMean(id, known.keys()) || `, which has ${[...known.keys()].join(', ')}`;
    yaml.fail([...at, i], `"${id}" is not in knowledge/evidence-requests.yaml${hint}`);
  }
}

/** Checks a row of the table of events: its provider, conditions, braces and ids. */
export function checkEvent(
  { value: row, yaml, path }: Entry<EventRow>,
  causes: Map<string, unknown>,
  requests: Map<string, unknown>,
): void {
  for (const provider of row.provider) {
    const known = eventProviders.some((name) => name.toLowerCase() === provider.toLowerCase());
    const nearest = known ? undefined : findMisspelt(provider, eventProviders);
    if (/^Microsoft-Windows-/i.test(provider))
      yaml.fail([...path, 'provider'], `write "${provider.slice(18)}": the table leaves Microsoft-Windows- out`);
    if (nearest) yaml.fail([...path, 'provider'], `no provider is called "${provider}"; did you mean "${nearest}"?`);
  }
  checkRow({ value: row, yaml, path }, causes, requests);
  checkBraces(row.meaning, yaml, [...path, 'meaning']);
  for (const [i, step] of row.do.entries())
    for (const text of [step.do, step.command, step.note]) checkBraces(text ?? '', yaml, [...path, 'do', i]);
}

/** Checks what rows of every table have: conditions, a card and evidence to send. */
function checkRow(
  { value: row, yaml, path }: Entry<{ when: Condition[]; cause?: string | undefined; next: string[] }>,
  causes: Map<string, unknown>,
  requests: Map<string, unknown>,
): void {
  for (const [i, condition] of row.when.entries()) checkCondition(condition, yaml, [...path, 'when', i]);
  checkCard(row.cause, causes, yaml, [...path, 'cause']);
  checkIds(row.next, requests, yaml, [...path, 'next']);
}

/** Checks a row of the table of outputs: its conditions, braces and ids. */
export function checkOutput(
  entry: Entry<OutputRow>,
  causes: Map<string, unknown>,
  requests: Map<string, unknown>,
): void {
  const { value: row, yaml, path } = entry;
  checkRow(entry, causes, requests);
  if (row.cause !== undefined && row.verdict !== 'failure')
    yaml.fail([...path, 'cause'], 'only a row with verdict failure claims a cause');
  checkBraces(row.says, yaml, [...path, 'says']);
}

/** Checks a row of the table of bare pages: its conditions, braces and ids. */
export function checkBarePage(
  entry: Entry<BarePageRow>,
  causes: Map<string, unknown>,
  requests: Map<string, unknown>,
): void {
  checkRow(entry, causes, requests);
  checkBraces(entry.value.says, entry.yaml, [...entry.path, 'says']);
}

/** Checks a message that judges evidence: its conditions, ids, and braces, which may hold parts of its text. */
export function checkMessage({ value: row, yaml, path }: Entry<PageMessage>, requests: Map<string, unknown>): void {
  for (const [i, condition] of row.when.entries()) checkCondition(condition, yaml, [...path, 'when', i]);
  checkIds(row.next, requests, yaml, [...path, 'next']);
  const { names } = messagePieces(row.text);
  checkBraces(row.says ?? '', yaml, [...path, 'says'], names);
  for (const [i, step] of row.do.entries())
    for (const text of [step.do, step.command, step.note, step.rollback])
      checkBraces(text ?? '', yaml, [...path, 'do', i], names);
}

/** Returns the same for a row of the table of configurations. */
export function checkConfiguration(
  { value: row, yaml, path }: Entry<ConfigurationRow>,
  causes: Map<string, unknown>,
  requests: Map<string, unknown>,
): void {
  checkCondition(row.finds, yaml, [...path, 'finds']);
  checkRow({ value: row, yaml, path }, causes, requests);
  for (const [i, condition] of row.none.entries()) checkCondition(condition, yaml, [...path, 'none', i]);
  checkBraces(row.says ?? '', yaml, [...path, 'says']);
}

/** Returns the same for a row about two configuration files. */
export function checkPair({ value: row, yaml, path }: Entry<ConfigurationPairRow>, causes: Map<string, unknown>): void {
  checkCard(row.cause, causes, yaml, [...path, 'cause']);
  for (const key of ['says', 'unless'] as const) checkBraces(row[key] ?? '', yaml, [...path, key]);
}

function checkCard(id: string | undefined, causes: Map<string, unknown>, yaml: YamlFile, at: Path): void {
  if (id !== undefined && !causes.has(id)) yaml.fail(at, `no cause card "${id}"${didYouMean(id, causes.keys())}`);
}

function checkTexts(cause: Cause, yaml: YamlFile, path: Path): void {
  const check = (text: string | undefined, at: Path) => checkBraces(text ?? '', yaml, [...path, ...at]);
  check(cause.title, ['title']);
  check(cause.explanation, ['explanation']);
  for (const [i, text] of cause.detail.entries()) check(text, ['detail', i]);
  for (const [i, { detail }] of cause.signatures.entries())
    for (const [j, text] of detail.entries()) check(text, ['signatures', i, 'detail', j]);
  for (const [i, text] of cause.brief.entries()) check(text, ['brief', i]);
  for (const [i, row] of cause.alone.entries()) check(row.says, ['alone', i, 'says']);
  for (const [name, text] of Object.entries(cause.remarks)) check(text, ['remarks', name]);
  for (const key of ['confirmedBy', 'contradictedBy'] as const) {
    for (const [i, row] of cause[key].entries()) check(row.says, [key, i, 'says']);
  }
  const steps: [Path, Cause['fix'][number]][] = cause.fix.map((step, i) => [['fix', i], step]);
  if (cause.check) steps.push([['check'], cause.check]);
  for (const [at, step] of steps) {
    for (const text of Object.values(step).flat()) check(text, at);
    if (step.command?.includes('{request.process-id'))
      yaml.fail([...path, ...at, 'command'], 'a process id of a log is old when the command is typed: write <pid>');
  }
}

function checkBraces(text: string, yaml: YamlFile, at: Path, own: readonly (string | undefined)[] = []): void {
  const isName = (word: string) =>
    word in vocabulary || (findingFacts as readonly string[]).includes(word) || own.includes(word);
  if (text.includes('|}')) yaml.fail(at, 'braces end in |: write words for the case that nothing is known');
  for (const { names } of placeholders(text, isName)) {
    const unknownName = names.find((n) => !isName(n));
    if (unknownName) yaml.fail(at, notAnObservation(unknownName));
  }
}

function checkRemarks(cause: Cause, yaml: YamlFile, path: Path): void {
  const wanted: readonly string[] = cause.reasoning === 'user-right' ? userRightRemarks : [];
  const missing = wanted.find((name) => !(name in cause.remarks));
  if (missing) yaml.fail([...path, 'remarks'], `reasoning: ${cause.reasoning} needs the remark "${missing}"`);
  const unknownName = Object.keys(cause.remarks).find((name) => !wanted.includes(name));
  if (unknownName) yaml.fail([...path, 'remarks', unknownName], `nothing ever says the remark "${unknownName}"`);
}

/** Checks that causes named by codes and statuses have a card, and that what a message means exists. */
export function checkReferences(all: {
  causes: Map<string, Entry<Cause>>;
  codes: Map<string, Entry<Code>>;
  statuses: Map<string, Entry<StatusEntry>>;
  topics: Map<string, Entry<Topic>>;
  messages: Map<string, Entry<PageMessage>>;
}): void {
  for (const { value, yaml, path } of all.codes.values()) {
    checkCard(value.cause, all.causes, yaml, [...path, 'cause']);
  }
  for (const { value, yaml, path } of all.statuses.values()) {
    for (const [i, id] of value.causes.entries()) checkCard(id, all.causes, yaml, [...path, 'causes', i]);
  }
  const known = [all.causes, all.topics, all.statuses, all.codes];
  for (const { value, yaml, path } of all.messages.values()) {
    if (!known.some((table) => table.has(value.means)))
      yaml.fail(
        [...path, 'means'],
        `"${value.means}" is no cause, topic, status or code${didYouMean(
          value.means,
          known.flatMap((table) => [...table.keys()]),
        )}`,
      );
  }
}
