import type { Answer, Part, Text } from './answer.js';
import { counted } from './words.js';

/** One line of the command table as `help` shows it. */
export interface CommandLine {
  /** `explain <right, status, code …>` */
  grammar: string;
  help: string;
}

/** What Frebot can do, from the one command table. */
export function helpAnswer(commands: readonly CommandLine[]): Answer {
  const parts: Part[] = [
    {
      kind: 'text',
      id: 'answer',
      keep: 'always',
      text: 'Drop a FREB log (fr######.xml, or a zip of them) and I name the cause, the events that prove it and the fix. Or ask in your own words.',
    },
    {
      kind: 'table',
      id: 'commands',
      heading: 'Commands',
      keep: 'always',
      columns: ['Type', 'What you get'],
      rows: commands.map((c): Text[] => [[{ code: c.grammar }], c.help]),
    },
    {
      kind: 'facts',
      id: 'examples',
      heading: 'For example',
      keep: 'normal',
      facts: [
        'Who should hold SeImpersonatePrivilege on a member server?',
        '0x80070542',
        'Why is there no trace file?',
      ].map((q) => ({ label: '•', value: q })),
    },
  ];
  return {
    title: 'Frebot reads failure evidence from IIS',
    summary: 'Drop a FREB log, or ask about SeImpersonatePrivilege, an IIS status or a Windows code.',
    parts,
    actions: [],
    sources: [],
  };
}

/** What is kept, what never leaves the reader, how to have it removed. */
export function privacyAnswer(days?: number): Answer {
  const kept = days === undefined ? 'for the configured retention time' : `for ${counted(days, 'day')}`;
  const parts: Part[] = [
    {
      kind: 'facts',
      id: 'privacy',
      keep: 'always',
      facts: [
        {
          label: 'Read',
          value: 'What you drop, paste or ask here. Files live in memory only, and only while they are read.',
        },
        {
          label: 'Withheld',
          value:
            'Names of people, addresses, query values, bodies, cookies and other secrets never reach an answer, a log or the store. Pool names and well-known accounts are shown.',
        },
        {
          label: 'Kept',
          value: `My own answers, already without those values, ${kept}, so that their buttons go on working.`,
        },
        { label: 'Sent', value: 'Nothing to anybody else. No model, no telemetry; the knowledge is local.' },
        {
          label: 'Removed',
          value: [
            { code: 'forget' },
            ' removes what is kept about this thread; ',
            { code: 'mute' },
            ' keeps me quiet in it.',
          ],
        },
      ],
    },
  ];
  return {
    title: 'What happens to your logs',
    summary: 'Files are read in memory and not kept; sensitive values never reach an answer.',
    parts,
    actions: [],
    sources: [],
  };
}

/** `forget`, done: how many answers went. */
export function forgottenAnswer(count: number): Answer {
  const title =
    count === 0 ? 'Nothing was kept about this thread' : `Forgotten: ${counted(count, 'answer')} of this thread`;
  const text = 'Buttons of answers that are gone no longer open anything. The messages themselves are yours to delete.';
  return {
    title,
    summary: `${title}.`,
    parts: [{ kind: 'text', id: 'answer', keep: 'always', text }],
    actions: [],
    sources: [],
  };
}

/** `mute` and its opposite. */
export function mutedAnswer(muted: boolean): Answer {
  const title = muted ? 'Quiet in this thread' : 'Listening in this thread again';
  const text = muted ? 'I answer here only when you mention me.' : 'Follow-ups here need no mention.';
  return {
    title,
    summary: `${title}. ${text}`,
    parts: [{ kind: 'text', id: 'answer', keep: 'always', text }],
    actions: [],
    sources: [],
  };
}

/** `case`, before cases are followed or when none is. */
export function caseNotKeptAnswer(): Answer {
  const title = 'No case is kept for this thread';
  const text =
    'Drop the new log into the thread of the old one, or both together: I then judge them as one diagnosis, or compare them.';
  return {
    title,
    summary: `${title}. ${text}`,
    parts: [{ kind: 'text', id: 'next', keep: 'always', text }],
    actions: [],
    sources: [],
  };
}

/** "This fixed it" and "Not it": what was heard, and what would prove it. Frebot itself fixes nothing. */
export function feedbackAnswer(fixed: boolean): Answer {
  const title = fixed ? 'Good to hear' : 'Noted: that was not it';
  const text = fixed
    ? 'To be sure, drop the log of a request that works now: I compare it with the failing one.'
    : 'Drop what you have seen since: the new log, a rights export, or the token of the worker process. What contradicts my answer helps most.';
  return {
    title,
    summary: `${title}. ${text}`,
    parts: [{ kind: 'text', id: 'next', keep: 'always', text }],
    actions: [],
    sources: [],
  };
}

/** A question outside what is known: three things it can do, and the nearest topics when there are any. Never repeats it. */
export function unknownAnswer(near: readonly string[] = []): Answer {
  const sentence =
    'I only know IIS failures, FREB logs and the right SeImpersonatePrivilege; this seems to be something else.';
  const parts: Part[] = [
    {
      kind: 'facts',
      id: 'next',
      heading: 'Three things I can do',
      keep: 'always',
      facts: [
        { label: '•', value: 'Read a FREB log (fr######.xml): drop it here, and I name the cause and its proof.' },
        { label: '•', value: 'Say who should hold SeImpersonatePrivilege on which server, and how to give it back.' },
        { label: '•', value: 'Explain an IIS status or a Windows code, such as 500.19 or 0x80070542.' },
      ],
    },
  ];
  if (near.length > 0) {
    parts.push({
      kind: 'text',
      id: 'near',
      heading: 'The nearest I know',
      keep: 'normal',
      text: near.slice(0, 3).join(' · '),
    });
  }
  return { title: sentence, summary: sentence, parts, actions: [], sources: [] };
}
