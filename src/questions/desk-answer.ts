import type { Answer, Part } from '../answer/answer.js';

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
        { label: '', value: 'Read a FREB log (fr######.xml): drop it here, and I name the cause and its proof.' },
        { label: '', value: 'Say who should hold SeImpersonatePrivilege on which server, and how to give it back.' },
        { label: '', value: 'Explain an IIS status or a Windows code, such as 500.19 or 0x80070542.' },
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

/** Several entries fit a question equally well: it may have meant any of them. `explain` and the id opens one. */
export function choiceAnswer(choices: readonly { title: string; id: string }[]): Answer {
  const titles = choices.map((c) => c.title);
  return {
    title: 'Did you mean one of these?',
    summary: `Did you mean one of these? ${titles.join(' · ')}`,
    parts: [
      {
        kind: 'facts',
        id: 'choices',
        keep: 'always',
        facts: choices.map(({ title, id }) => ({
          label: '',
          value: [{ code: `explain ${id}` }, `: ${title}`],
        })),
      },
      {
        kind: 'text',
        id: 'next',
        keep: 'normal',
        text: 'Or say it with one more word: the code, the right, or what the page shows. Best of all, drop the FREB log.',
      },
    ],
    actions: [],
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
