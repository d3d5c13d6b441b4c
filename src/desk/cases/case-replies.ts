import { type Answer, type Part, plainText, type Text } from '../../answer/answer.js';
import { kindNames } from '../../answer/file-answer.js';
import type { EvidenceKind, Reading } from '../../evidence/evidence.js';
import { fillBraces, plainTitle } from '../../knowledge/fill.js';
import type { Knowledge } from '../../knowledge/knowledge.js';
import type { CaseRecord, SimilarCases } from '../ports/case-record.js';
import { shortAnswer, toSpans } from '../short.js';
import { differences, type Loop } from './closed-loop.js';

/** Replies about cases: the closed loop after a fix, and the case itself. */

/** Below an answer: the same failure in other conversations of the tenant, and nothing else about them. */
export function similarCasesPart(record: CaseRecord, elsewhere: SimilarCases, now: Date): Part | undefined {
  const { count, since: first, marked } = elsewhere;
  if (first === undefined) return undefined;
  const last = marked === undefined ? '' : `; last marked ${outcomes[marked]}`;
  const text = `Seen ${count + 1} times since ${describeSince(first, now)}${last}. This is case ${record.number}.`;
  return { kind: 'text', id: 'seen', keep: 'always', text };
}

const outcomes = { open: 'open', fixed: 'fixed', 'not-it': 'as something else' } as const;

const dayMs = 24 * 60 * 60 * 1000;

/** A weekday within the last week, else the date. UTC, as all times here. */
function describeSince(at: string, now: Date): string {
  const then = new Date(at);
  const days = Math.floor(now.getTime() / dayMs) - Math.floor(then.getTime() / dayMs);
  if (days <= 0) return 'today';
  if (days >= 7) return at.slice(0, 10);
  return then.toLocaleDateString('en-US', { weekday: 'long', timeZone: 'UTC' });
}

/** An answer about new evidence after earlier one: the outcome first, then what it rests on. */
export function loopAnswer(loop: Loop, record: CaseRecord, told: Answer, knowledge: Knowledge): Answer {
  const title = titleOf(loop, told, knowledge);
  const notes = notesOf(loop, knowledge);
  const parts: Part[] = [
    { kind: 'text', id: 'loop', keep: 'always', text: `${notes.join(' ')} (case ${record.number})` },
  ];
  const { lacks, logon, absent } = loop.after;
  const rows = lacks || logon || absent ? [] : differences(loop);
  if (rows.length > 0) {
    const columns = ['What', 'Before', 'Now'];
    parts.push({ kind: 'table', id: 'differs', heading: 'What differs', keep: 'always', columns, rows });
  }
  const summary = `${plainText(title)}. ${notes.join(' ')}`;
  if (loop.result === 'fixed' || loop.result === 'list-fixed') {
    const verdict = loop.result === 'fixed' ? ('no-fault' as const) : undefined;
    return { title, summary, ...(verdict && { verdict }), parts, actions: [], sources: [] };
  }
  return { ...told, title, summary, parts: [...parts, ...told.parts] };
}

function titleOf({ result, file, what, after }: Loop, told: Answer, knowledge: Knowledge): Text {
  const name = after.cause === null ? undefined : knowledge.causes.get(after.cause)?.title;
  switch (result) {
    case 'fixed':
      if (after.logon) return 'Fixed: the account of the pool gets the right now';
      if (after.holds) return 'Fixed: the worker process holds the right now';
      return [
        'Fixed: ',
        !what ? 'the request that failed' : { code: what },
        ` answers ${after.status ?? 'without a fault'} now`,
      ];
    case 'list-fixed':
      return 'Fixed in the list: IIS_IUSRS is on it now';
    case 'same':
      return ['The same as before. ', ...toSpans(told.title)];
    case 'list-same':
      return ['The same as before. ', ...toSpans(told.title)];
    case 'changed':
      if (file.kind !== 'freb-log' && what) return ['Changed. ', { code: what }, ` answers ${after.status} now`];
      return ['Changed. ', ...(name === undefined ? toSpans(told.title) : [plainTitle(name)])];
    default:
      return told.title;
  }
}

function notesOf({ result, before, after, file }: Loop, knowledge: Knowledge): string[] {
  const cause = before.cause === null ? undefined : knowledge.causes.get(before.cause);
  const was = cause ? plainTitle(cause.title) : [before.status, before.code].filter(Boolean).join(' ');
  switch (result) {
    case 'fixed':
      if (after.logon)
        return [
          `Before: ${was}. Event 4672 in ${file.name} shows that the account of the pool got the right when it logged on after the failure.`,
        ];
      if (after.holds) return [`Before: ${was}. The token in ${file.name} has the right that was missing.`];
      return [`Before: ${was}. The same request shows no fault in ${file.name}.`];
    case 'changed':
      return [`Before: ${was}. The request still fails, but for a different reason: one problem fixed, one left.`];
    case 'same': {
      const notes = [`The failure is the one seen before: ${was}.`];
      if (before.processId === undefined || before.processId !== after.processId) return notes;
      const process = String(after.processId);
      const known = cause?.reasoning === 'user-right' && cause.remarks['same-process'];
      const remark = known ? fillBraces(known, (name) => (name === 'other' ? process : undefined)) : undefined;
      if (remark)
        notes.push(
          remark,
          'The pool still runs on its old token: stop it, wait until it has stopped, start it, then retry.',
        );
      else notes.push(`The worker process is the same (${process}): the pool has not been restarted since.`);
      return notes;
    }
    case 'seen':
      return [
        'I have seen this very log in this conversation. Repeat the request; if it fails again, drop the new log.',
      ];
    case 'list-fixed':
      return [
        `${file.name} holds what the earlier list lacked. A running worker process keeps its old token: stop the pool, wait until it has stopped, and start it. Then reload the page from another computer with Ctrl+F5. It works? Press "This fixed it". It still fails? Drop the new log.`,
      ];
    case 'list-same':
      return ['The list still lacks what it lacked before.'];
    case 'unclear':
      return [
        `The request that failed answers ${after.status} now. That may be a redirect to an error page or half a logon, so it doesn't show that the page works: reload it and send me the line with the final status.`,
      ];
    default:
      return [noProof[result]];
  }
}

const sendXml =
  'Send me the event as XML, which has the time in UTC: in Event Viewer on the tab Details, or with wevtutil and /f:xml.';

/** Why a file does not show that the failure is gone, and what would. */
const noProof = {
  other: 'This request works, but it is not the one that failed: repeat that one to see whether it is fixed.',
  older: 'This log is older than the failure, so it cannot show that it is fixed: repeat the request.',
  undated:
    "This log doesn't say on which day the request worked, so it cannot show that it is fixed: repeat the request.",
  absent:
    'The request that failed is not in this log, so it cannot show whether it is fixed: repeat that request, then send the log again.',
  'other-server':
    'This comes from another server than the failure, so it cannot show that it is fixed there: send me the same from the server that failed.',
  'logon-lacks-right':
    'Event 4672 shows a logon of the account of the pool without SeImpersonatePrivilege: at that logon the account did not get the right. Apply the policy, then stop the pool, wait until it has stopped, and start it: the next logon shows whether it has arrived.',
  'logon-older':
    'This logon is older than the failure, so it cannot show that it is fixed: stop the pool, wait until it has stopped, start it, and send me the new event 4672.',
  'logon-undated': `I can't tell whether this logon came before or after the failure: its time has no time zone. ${sendXml}`,
  'logon-other':
    "This logon is of another account than the one the pool runs as, so it says nothing about the pool: I need event 4672 of the pool's account.",
  'logon-unknown':
    "I don't know which account the pool runs as, so I can't tell whether this logon is the pool's: send me the pool's identityType and userName (appcmd list apppool), and this event again.",
} as const satisfies Partial<Record<Loop['result'], string>>;

/** One case, told in its own conversation. */
export function caseReply(record: CaseRecord | undefined, readings: readonly Reading[], knowledge: Knowledge): Answer {
  if (!record) return noCaseReply(readings);
  const cause = record.cause === null ? undefined : knowledge.causes.get(record.cause);
  const facts: { label: string; value: Text }[] = [
    {
      label: 'Cause',
      value: cause ? `${plainTitle(cause.title)} (${record.confidence ?? 'possible'})` : 'none claimed',
    },
    { label: 'Opened', value: at(record.openedAt) },
    { label: 'Last', value: at(record.seenAt) },
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
    const text = `In memory until I restart: ${names.join(', ')}.`;
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

/** A case of another conversation: that it exists, and how it ended. */
export function foreignCaseReply(record: CaseRecord, now: Date): Answer {
  const title = `Case ${record.number} is followed in another conversation`;
  const text = `Opened ${describeSince(record.openedAt, now)}; ${outcomeText[record.outcome]}. Its details stay there.`;
  return shortAnswer(title, text);
}

export function unknownCaseReply(number: number): Answer {
  return shortAnswer(`There is no case ${number} here`, 'It may be past its retention time, or was forgotten.');
}

function noCaseReply(readings: readonly Reading[]): Answer {
  if (readings.length === 0) {
    return shortAnswer(
      'No evidence in this thread yet',
      'Drop a FREB log here; everything else you drop in the same thread is read together with it.',
    );
  }
  const title = `This thread holds ${readings.length} ${readings.length === 1 ? 'piece' : 'pieces'} of evidence, and no failure`;
  const rows = readings.slice(0, 50).map((reading): Text[] => [reading.file, kindNames[reading.kind]]);
  return {
    title,
    summary: `${title}.`,
    parts: [{ kind: 'table', id: 'evidence', keep: 'always', columns: ['File', 'Kind'], rows }],
    actions: [],
    sources: [],
  };
}

/** The reply to "what was it?" */
export function notedReply(): Answer {
  return shortAnswer(
    'Noted, thank you',
    'I keep your words with this case, without names, addresses and secrets, for those who review my knowledge. "forget" removes them.',
  );
}

function at(time: string): string {
  return `${time.slice(0, 16).replace('T', ' ')} UTC`;
}
