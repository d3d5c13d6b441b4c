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

/** An answer to good manners: one line, and nothing to read. */
export function politeAnswer(kind: 'hello' | 'thanks'): Answer {
  const sentence =
    kind === 'thanks'
      ? 'You are welcome. If it comes back, drop the new log here, and I compare.'
      : 'Hello. Drop a FREB log here, or ask me about an IIS status, a Windows code or SeImpersonatePrivilege.';
  return { title: sentence, summary: sentence, parts: [], actions: [], sources: [] };
}
