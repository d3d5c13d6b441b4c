import type { Answer, Part } from './answer.js';

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

/** An answer to good manners: one line, and nothing to read. */
export function politeAnswer(kind: 'hello' | 'thanks'): Answer {
  const sentence =
    kind === 'thanks'
      ? 'You are welcome. Drop the next FREB log when you have one, and I compare.'
      : 'Hello. Drop a FREB log here, or ask me about an IIS status, a Windows code or SeImpersonatePrivilege.';
  return { title: sentence, summary: sentence, parts: [], actions: [], sources: [] };
}
