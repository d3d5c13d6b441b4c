import type { Answer, Part, Text } from '../answer/answer.js';
import { shortAnswer, toSpans } from './short.js';

/** The desk's own replies: about commands, about this conversation, about work in progress. */

interface CommandHelp {
  name: string;
  grammar: string;
  help: string;
}

/** Returns every command, from the command table itself. */
export function helpReply(commands: readonly CommandHelp[]): Answer {
  return {
    title: 'Drop a FREB log, or ask',
    summary: 'Drop a Failed Request Tracing log, or ask about a status, an error code or SeImpersonatePrivilege.',
    parts: [
      {
        kind: 'text',
        id: 'start',
        keep: 'always',
        text: [
          'I read IIS Failed Request Tracing logs (',
          { code: 'fr######.xml' },
          '), zips of them, secedit exports, gpresult reports and pasted lines, and say why the request failed, with the event that proves it. A plain question works too: ',
          { code: 'who holds SeImpersonatePrivilege by default?' },
        ],
      },
      {
        kind: 'facts',
        id: 'commands',
        heading: 'Commands',
        keep: 'always',
        facts: commands.map(({ name, grammar, help }) => ({
          label: grammar === '' ? name : `${name} ${grammar}`,
          value: help,
        })),
      },
    ],
    actions: [
      { id: 'defaults', label: 'Default values' },
      { id: 'fix', label: 'Fix steps' },
      { id: 'capture', label: 'Record a log' },
      { id: 'privacy', label: 'What I keep' },
    ],
    sources: [],
  };
}

/** The terms of use, for the page that the package of an app names. */
export function termsReply(): Answer {
  const facts: { label: string; value: Text }[] = [
    { label: 'Licence', value: 'I am free software under the MIT licence, and come as I am, without any warranty.' },
    {
      label: 'Operator',
      value:
        'Your own organization runs me, on its own server. Its rules apply to what you send me and to who may read my answers.',
    },
    {
      label: 'Answers',
      value:
        'I read the evidence that you give me, and I can be wrong. I change nothing: every step I name is yours to check and to take.',
    },
  ];
  return {
    title: 'Terms of use',
    summary:
      'Frebot comes under the MIT licence without warranty, is run by your own organization, and changes nothing by itself.',
    parts: [{ kind: 'facts', id: 'terms', keep: 'always', facts }],
    actions: [],
    sources: [],
  };
}

/** Says what is read, where it goes, and how long it stays. */
export function privacyReply(): Answer {
  const facts: { label: string; value: Text }[] = [
    {
      label: 'Read',
      value:
        'Messages addressed to me. Of files dropped where I am a member, I open only those named like evidence (logs, zips, policies, reports, events, configuration, text); office documents, videos and pictures I never open.',
    },
    {
      label: 'Kept out of answers',
      value:
        'User names, addresses, query values, request bodies, header and configuration secrets. An answer says how many were withheld.',
    },
    { label: 'Files', value: 'Read in memory and dropped. Their bytes are never stored, nor sent anywhere else.' },
    {
      label: 'In memory',
      value:
        'The facts drawn from the files of a thread, so that a second file can confirm the first. They are gone when I restart. To restore them, I keep a list of the files that were evidence, encrypted and for as long as answers, and read those files again while the chat still has them.',
    },
    {
      label: 'Waiting',
      value:
        'In a chat, your message stays encrypted in my database until it is answered, and is then erased. Its key, without text, stays for a day, so that a second delivery is not answered twice.',
    },
    {
      label: 'Answers',
      value:
        'Kept as you see them, so that their buttons work: for 30 days, unless my administrator has set another time.',
    },
    {
      label: 'Cases',
      value:
        'A failure gets a number. With it I keep kinds and fingerprints of files, status, code, process, times, the cause, and which buttons were pressed, for as long as answers. Elsewhere in your workspace I only say how often the failure was seen and how it ended. Your reply to "Not it" is kept with it, without names, addresses and secrets.',
    },
    {
      label: 'For the operator',
      value:
        'Log and metrics hold codes, counts and times. An audit trail, where one is switched on, holds ids of person and channel, kind of file, cause and outcome. Neither holds content.',
    },
    {
      label: 'Sent',
      value:
        'My answer to the conversation it was asked in, and nothing to any other service. No language model is asked.',
    },
  ];
  return {
    title: 'What I read and what I keep',
    summary:
      'Files are read in memory and never stored; answers are kept without withheld values; nothing is sent elsewhere.',
    parts: [
      { kind: 'facts', id: 'privacy', keep: 'always', facts },
      {
        kind: 'text',
        id: 'forget',
        keep: 'always',
        text: [
          { code: 'forget' },
          ' removes what I keep about this thread, and deleting your message removes its answer and its part of the case; ',
          { code: 'mute' },
          ' keeps me quiet in it.',
        ],
      },
    ],
    actions: [],
    sources: [],
  };
}

/** The reply to `forget`: what was removed. */
export function forgottenReply(answers: number, files: number): Answer {
  return shortAnswer(
    'Forgotten',
    `Gone from this thread: ${count(answers, 'stored answer')} and the facts of ${count(files, 'file')}. Buttons of earlier answers no longer work. Messages stay in the chat until you delete them.`,
  );
}

/** The reply to `mute` and `mute off`. */
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

/** The reply to a command about a thread, given where there is none. */
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

/** The reply to `explain` alone. */
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

/** The reply to "This fixed it". */
export function fixedReply(): Answer {
  return shortAnswer(
    'Good. I mark it as fixed',
    'A page that works writes no new tracing log, so there is none to drop. For proof, paste the line of the W3C log where the same page answers 200 now. Should it fail again, drop the new log here, and I compare it with the old one.',
  );
}

/** The reply to "Not it". */
export function notItReply(): Answer {
  return shortAnswer(
    'Not it? What was it?',
    'If you know, write it here: your next message in this thread is kept with the case, without names, addresses and secrets, for those who review my knowledge. If not, drop the log of a new attempt: a second trace often shows what the first could not.',
  );
}

/** The reply to `compare` without two logs. */
export function compareReply(): Answer {
  return shortAnswer(
    'Two logs, please',
    'Attach both to one message with the word compare: the failing log first, then one of the same request when it works. I show you the first event where they differ.',
  );
}

/** What Frebot says once after it was added to a channel or chat. */
export function greetingReply(): Answer {
  return shortAnswer(
    "Hello, I'm Frebot: I read IIS failure logs",
    'Drop a FREB log here or mention me with a question, and I answer in its thread; everything else I leave alone.',
  );
}

/** The progress message, where the platform has no status of its own. */
export function progressReply(done: number, total: number): Answer {
  return shortAnswer(`I'm still reading: ${number(done)} of ${count(total, 'log')}`);
}

/** The platform's status, which stands behind the name of the app. */
export function progressStatus(done: number, total: number): string {
  return `is still reading: ${number(done)} of ${count(total, 'log')}`;
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

/** The files that could not be read, below the answer about the others. */
export function failedFilesPart(failed: readonly { sentence: Text; next: Text }[]): Part {
  return {
    kind: 'notice',
    id: 'failed-files',
    level: 'warning',
    keep: 'always',
    text: failed.flatMap(({ sentence, next }, i) => [
      ...(i > 0 ? [' '] : []),
      ...toSpans(sentence),
      ' ',
      ...toSpans(next),
    ]),
  };
}

/** Above an answer that may be there already: the platform cannot be asked, and silence would be the greater risk. */
export function repeatedPart(reason: 'restart' | 'lost-response'): Part {
  const text =
    reason === 'restart' ? '(repeated after a restart)' : '(perhaps the second copy: I got no response to the first)';
  return { kind: 'notice', id: 'repeated', level: 'info', keep: 'always', text };
}

/** Below an error: its number in the operator's log. */
export function requestNumberPart(request: string): Part {
  return { kind: 'text', id: 'request', keep: 'normal', text: `Request ${request}` };
}

/** The number of skipped files of a bundle, so that nothing is skipped silently. */
export function skippedPart(files: number): Part {
  const text = `I skipped ${count(files, 'file')} that ${files === 1 ? "isn't" : "aren't"} evidence (style sheets, pictures, other texts).`;
  return { kind: 'text', id: 'skipped', keep: 'fold', text };
}

function count(n: number, one: string): string {
  return `${number(n)} ${one}${n === 1 ? '' : 's'}`;
}

function number(n: number): string {
  return n.toLocaleString('en-US');
}
