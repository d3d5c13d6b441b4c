import type { Answer, Part } from '../../answer/answer.js';

/** A question of another world: three things Frebot can do. Never repeats it. */
export function unknownAnswer(): Answer {
  const sentence =
    'I only know IIS failures, FREB logs and the right SeImpersonatePrivilege; this seems to be something else.';
  const parts: Part[] = [
    {
      kind: 'facts',
      id: 'next',
      heading: 'Three things I can do',
      keep: 'always',
      facts: [
        { label: '', value: 'Read a FREB log (fr######.xml): drop it here, and I name the cause and its proof.' },
        { label: '', value: 'Say who should hold SeImpersonatePrivilege on which server, and how to give it back.' },
        { label: '', value: 'Explain an IIS status or a Windows code, such as 500.19 or 0x80070542.' },
      ],
    },
  ];
  const actions = [
    { id: 'capture', label: 'Record a log' },
    { id: 'defaults', label: 'Default values' },
    { id: 'help', label: 'All commands' },
  ];
  return { title: sentence, summary: sentence, parts, actions, sources: [] };
}

/** An entry or statement that may have been meant: `explain` and its id opens it. */
export interface Choice {
  id: string;
  title: string;
}

/** Nothing is sure enough, but something of ours is near: three buttons, and how to say it better. */
export function choiceAnswer(choices: readonly Choice[]): Answer {
  return {
    title: 'Closest I have',
    summary: `Closest I have: ${choices.map((choice) => choice.title).join(' · ')}`,
    parts: [
      {
        kind: 'facts',
        id: 'choices',
        keep: 'always',
        facts: choices.map(({ title, id }, i) => ({
          label: `${i + 1}`,
          value: [title, ' (', { code: `explain ${id}` }, ')'],
        })),
      },
      {
        kind: 'text',
        id: 'next',
        keep: 'normal',
        text: 'None of them? Tell me the status, the code, or what the page shows. A FREB log is best.',
      },
    ],
    actions: choices.map(({ title }, i) => ({ id: `choice-${i + 1}`, label: title })),
    sources: [],
  };
}

/** An answer to good manners: one line, and nothing to read. */
export function politeAnswer(kind: 'hello' | 'thanks'): Answer {
  const sentence =
    kind === 'thanks'
      ? 'You are welcome. Drop the next FREB log when you have one, and I compare.'
      : 'Hello. Drop a FREB log here, or ask me about an IIS status, a Windows code or SeImpersonatePrivilege.';
  return { title: sentence, summary: sentence, parts: [], actions: [], sources: [] };
}
