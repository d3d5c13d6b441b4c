import type { Answer, Part } from '../answer/answer.js';
import type { PostedCause } from '../answer/mutes.js';
import { toPersonSpan } from '../answer/person-span.js';
import { countWords, formatUtc } from '../answer/wording.js';
import type { Knowledge } from '../knowledge/knowledge.js';
import type { MutedCause } from './cause-mutes.js';
import { shortAnswer } from './short-answer.js';

/** The desk's own replies: to commands, about this conversation, about work in progress. */

/** Returns the reply to `forget`: what was removed. */
export function forgottenReply(answers: number, files: number): Answer {
  return shortAnswer(
    'Forgotten',
    `Gone from this thread: ${countWords(answers, 'stored answer')} and the facts of ${countWords(files, 'file')}. Buttons of earlier answers no longer work. Messages stay in the chat until you delete them.`,
  );
}

/** Returns the reply to `mute` and `mute off`. */
export function mutedReply(muted: boolean): Answer {
  return muted
    ? shortAnswer(
        'Quiet in this thread',
        'I answer here only when you mention me. Mention me with "mute off" to undo it.',
      )
    : shortAnswer(
        'Listening again in this thread',
        'I answer dropped logs and plain questions here without a mention.',
      );
}

/** Returns the reply to `mute` and `unmute` below a watcher's post. */
export function causeMutedReply(title: string, until: string | undefined): Answer {
  return until === undefined
    ? shortAnswer('No longer muted', `I'll post it again when it comes back: ${title}.`)
    : shortAnswer(
        `Muted until ${formatUtc(until)}`,
        `I keep counting, and I won't post about this cause again, for any server or pool: ${title}. Press Unmute on the post, or write unmute below it, to undo that.`,
      );
}

/** Returns the reply to `mute` and `unmute` below a watcher's post that is about several causes. */
export function whichCauseReply(causes: readonly PostedCause[], isMute: boolean): Answer {
  const button = isMute ? 'Mute' : 'Unmute';
  return {
    ...shortAnswer(`Which of the ${causes.length} causes?`, `Press the button ${button} of the cause on the post.`),
    parts: [
      { kind: 'facts', id: 'causes', keep: 'always', facts: causes.map(({ title }) => ({ label: '', value: title })) },
    ],
  };
}

/** Returns the reply to `muted`: the causes that a watcher does not post now. */
export function mutedListReply(muted: readonly MutedCause[], knowledge: Pick<Knowledge, 'causes'>): Answer {
  if (muted.length === 0) return shortAnswer('No cause is muted here');
  const facts = muted.map(({ cause, until, by }) => ({
    label: knowledge.causes.get(cause)?.title ?? cause,
    value: [`until ${formatUtc(until)} by `, toPersonSpan(by)],
  }));
  return {
    ...shortAnswer(`${countWords(facts.length, 'cause')} muted`),
    parts: [{ kind: 'facts', id: 'muted', keep: 'always', facts }],
  };
}

/** Returns the reply to words that take back the only evidence of a thread. */
export function withdrawnReply(): Answer {
  return {
    ...shortAnswer('Then I leave that out.'),
    parts: [
      {
        kind: 'text',
        id: 'text',
        keep: 'always',
        text: 'Send me the same from the right server, and I judge that alone.',
      },
    ],
  };
}

/** Returns the reply to a command about a thread, given where there is none. */
export function threadNeededReply(command: string): Answer {
  const byNumber = command === 'case' ? [', or give me the number of a case: ', { code: 'case 12' }] : [];
  return {
    ...shortAnswer('Which thread do you mean?'),
    parts: [
      {
        kind: 'text',
        id: 'text',
        keep: 'always',
        text: [
          { code: command },
          " is about one thread, and I can't tell which. Reply in that thread and mention me with ",
          { code: command },
          ...byNumber,
          '.',
        ],
      },
    ],
  };
}

/** Returns the reply to `explain` alone. */
export function explainReply(): Answer {
  return {
    ...shortAnswer('Explain what?'),
    parts: [
      {
        kind: 'facts',
        id: 'choices',
        keep: 'always',
        facts: [
          { label: 'a status', value: [{ code: 'explain 500.19' }] },
          { label: 'a code', value: [{ code: 'explain 0x80070542' }] },
          { label: 'a right', value: [{ code: 'explain SeImpersonatePrivilege' }] },
        ],
      },
    ],
    actions: [
      { id: 'choice-1', label: '500.19' },
      { id: 'choice-2', label: '0x80070542' },
      { id: 'choice-3', label: 'SeImpersonatePrivilege' },
    ],
  };
}

/** Returns the reply to "This fixed it". */
export function fixedReply(): Answer {
  return shortAnswer(
    "Good, I've marked it as fixed",
    "A page that works writes no new tracing log, so there is none to drop. For proof, paste the line of the W3C log where the same page answers 200 now. If it fails again, drop the new log here, and I'll compare it with the old one.",
  );
}

/** Returns the reply to "Not it". */
export function notItReply(): Answer {
  return shortAnswer(
    'Not it? What was it?',
    'If you know, write it here: your next message in this thread is kept with the case, without names, addresses and secrets, for those who review my knowledge. If not, drop the log of a new attempt: a second trace often shows what the first could not.',
  );
}

/** Returns the reply to `compare` without two logs. */
export function compareReply(): Answer {
  return shortAnswer(
    'Two logs, please',
    "Attach both to one message with the word compare: the failing log first, then one of the same request when it works. I'll show you the first event where they differ.",
  );
}

/** Returns the greeting, once after Frebot was added to a channel or chat. */
export function greetingReply(): Answer {
  return shortAnswer(
    "Hello, I'm Frebot: I read IIS failure logs",
    'Drop a FREB log here or mention me with a question, and I answer in its thread; everything else I leave alone.',
  );
}

/** Returns the progress message, where the platform has no status of its own. */
export function progressReply(done: number, total: number): Answer {
  return shortAnswer(`I'm still reading: ${number(done)} of ${countWords(total, 'log')}`);
}

/** Returns the text of the platform's status, which follows the name of the app. */
export function progressStatus(done: number, total: number): string {
  return `is still reading: ${number(done)} of ${countWords(total, 'log')}`;
}

/** Parts of a stored answer, for the button that opens them. */
export function partsReply(answer: Answer, parts: Part[]): Answer {
  const heading = parts.length === 1 ? parts[0]?.heading : undefined;
  return {
    title: heading ?? answer.title,
    summary: answer.summary,
    parts: parts.map((part, i) => ({ ...part, keep: 'always', ...(i === 0 && heading && { heading: undefined }) })),
    actions: [],
    sources: answer.sources,
  };
}

function number(n: number): string {
  return n.toLocaleString('en-US');
}
