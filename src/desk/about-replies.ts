import type { Answer, Text } from '../answer/answer.js';

/** What Frebot says about itself: its commands, its terms of use, and what it keeps. */

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

/** Returns the terms of use, for the page that the package of an app names. */
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

/** What is read, where it goes, and how long it stays. */
const privacyFacts: { label: string; value: Text }[] = [
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
    label: 'Muted causes',
    value:
      "When you mute a cause below a watcher's post, I keep that cause, your id as this chat gives it, and until when: a week.",
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

/** Returns the reply to `privacy`. */
export function privacyReply(): Answer {
  return {
    title: 'What I read and what I keep',
    summary:
      'Files are read in memory and never stored; answers are kept without withheld values; nothing is sent elsewhere.',
    parts: [
      { kind: 'facts', id: 'privacy', keep: 'always', facts: privacyFacts },
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
