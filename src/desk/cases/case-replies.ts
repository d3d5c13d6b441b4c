import type { Answer, Part, Text } from '../../answer/answer.js';
import { kindNames } from '../../answer/kind-names.js';
import type { EvidenceKind, Reading } from '../../evidence/evidence.js';
import { plainTitle } from '../../knowledge/fill.js';
import type { Knowledge } from '../../knowledge/knowledge.js';
import type { CaseRecord, SimilarCases } from '../ports/case-record.js';
import { shortAnswer } from '../short-answer.js';

/** Counts the same failure in other conversations of the tenant, and tells nothing else about them. */
export function similarCasesPart(record: CaseRecord, similar: SimilarCases, now: Date): Part | undefined {
  const { count, since, marked } = similar;
  if (since === undefined) return undefined;
  const ending = marked === undefined ? '' : ` The last one was marked ${markedText[marked]}.`;
  const text = `I've seen this failure ${count + 1} times since ${describeSince(since, now)}.${ending} This is case ${record.number}.`;
  return { kind: 'text', id: 'seen', keep: 'always', text };
}

const markedText = { open: 'open', fixed: 'fixed', 'not-it': 'as something else' } as const;

const dayMs = 24 * 60 * 60 * 1000;

/** Returns the weekday within the last week, else the date; in UTC. */
function describeSince(at: string, now: Date): string {
  const then = new Date(at);
  const days = Math.floor(now.getTime() / dayMs) - Math.floor(then.getTime() / dayMs);
  if (days <= 0) return 'today';
  if (days >= 7) return at.slice(0, 10);
  return then.toLocaleDateString('en-US', { weekday: 'long', timeZone: 'UTC' });
}

/** Answers `case` in the conversation of the case. */
export function caseReply(record: CaseRecord | undefined, readings: readonly Reading[], knowledge: Knowledge): Answer {
  if (!record) return noCaseReply(readings);
  const cause = record.cause === null ? undefined : knowledge.causes.get(record.cause);
  const facts: { label: string; value: Text }[] = [
    {
      label: 'Cause',
      value: cause ? `${plainTitle(cause.title)} (${record.confidence ?? 'possible'})` : "I couldn't name one",
    },
    { label: 'Opened', value: at(record.openedAt) },
    { label: 'Last change', value: at(record.seenAt) },
    { label: 'Outcome', value: outcomeText[record.outcome] },
  ];
  for (const { action, at: when } of record.pressed.slice(-5)) {
    facts.push({ label: at(when), value: action === 'fixed' ? 'marked "This fixed it"' : 'marked "Not it"' });
  }
  const parts: Part[] = [{ kind: 'facts', id: 'case', keep: 'always', facts }];
  const rows = record.evidence
    .slice(-50)
    .map(({ kind, print, at: when }): Text[] =>
      [kindNames[kind as EvidenceKind] ?? kind, at(when), { code: print }].map(cell),
    );
  if (rows.length > 0) {
    const columns = ['Kind', 'Received', 'Fingerprint'];
    parts.push({ kind: 'table', id: 'evidence', heading: 'Evidence', keep: 'always', columns, rows });
  }
  if (readings.length > 0) {
    const names = readings.slice(0, 20).map(({ file }) => file);
    const text = `I hold these files in memory until I restart: ${names.join(', ')}.`;
    parts.push({ kind: 'text', id: 'in-memory', keep: 'normal', text });
  }
  for (const { text } of record.notes) {
    parts.push({ kind: 'text', id: 'note', heading: 'What it was, in your words', keep: 'normal', text });
  }
  const title = `Case ${record.number}: ${outcomeText[record.outcome]}`;
  return { title, summary: `${title}.`, parts, actions: [], sources: [] };
}

const cell = (value: string | { code: string }): Text => (typeof value === 'string' ? value : [value]);

const outcomeText = { open: 'open', fixed: 'fixed', 'not-it': 'the cause was something else' } as const;

/** Answers `case 12` for a case of another conversation: only that it exists, and how it ended. */
export function foreignCaseReply(record: CaseRecord, now: Date): Answer {
  const title = `Case ${record.number} is followed in another conversation`;
  const text = `Opened: ${describeSince(record.openedAt, now)}. Outcome: ${outcomeText[record.outcome]}. I keep its details in that conversation.`;
  return shortAnswer(title, text);
}

export function unknownCaseReply(number: number): Answer {
  return shortAnswer(
    `There is no case ${number} here`,
    'I may have deleted it after its retention time, or at "forget".',
  );
}

function noCaseReply(readings: readonly Reading[]): Answer {
  if (readings.length === 0) {
    return shortAnswer(
      'There is no evidence in this thread yet',
      'Drop a FREB log here. I read everything else you drop in this thread together with it.',
    );
  }
  const title = `This thread has ${readings.length} ${readings.length === 1 ? 'piece' : 'pieces'} of evidence, but no failure`;
  const rows = readings.slice(0, 50).map((reading): Text[] => [reading.file, kindNames[reading.kind]]);
  return {
    title,
    summary: `${title}.`,
    parts: [{ kind: 'table', id: 'evidence', keep: 'always', columns: ['File', 'Kind'], rows }],
    actions: [],
    sources: [],
  };
}

/** Returns the reply to the reason after "Not it". */
export function reasonReply(): Answer {
  return shortAnswer(
    'Noted, thank you',
    'I keep your words with this case, without names, addresses and secrets, for the people who review my knowledge. Type "forget" to remove them.',
  );
}

function at(time: string): string {
  return `${time.slice(0, 16).replace('T', ' ')} UTC`;
}
