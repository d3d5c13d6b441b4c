import type { Answer } from '../../answer/answer.js';
import { errorAnswer } from '../../answer/errors.js';
import { compareReply, forgottenReply, helpReply, mutedReply, privacyReply } from '../replies.js';
import type { AskReply } from '../results.js';

/** What a command may use of the desk. Everything is about one conversation, that of the asker. */
export interface CommandDesk {
  ask(question: string): Promise<AskReply>;
  diagnoseText(text: string): Promise<Answer>;
  /** The case of this conversation, or the one of that number. */
  tellCase(number: number | undefined): Promise<Answer>;
  forget(): Promise<{ answers: number; files: number }>;
  mute(muted: boolean): Promise<void>;
}

/** What a command answers; `topic` is what a follow-up question will be taken to be about. */
export interface CommandResult {
  answer: Answer;
  topic?: string;
}

export interface Command {
  name: string;
  /** Other words for it. A pair adds arguments: `unmute` is `mute off`. */
  aliases: readonly (string | readonly [alias: string, args: string])[];
  /** What follows the name, for help; empty when nothing does. */
  grammar: string;
  help: string;
  /** Which arguments it takes. With others the line is a question in words that happen to begin like a command. */
  accepts(args: string): boolean;
  /** The answer concerns only the asker. */
  private?: boolean;
  /** @param line what was typed, for a question that happens to begin with a command word */
  run(args: string, desk: CommandDesk, line: string): Promise<CommandResult>;
}

const anything = () => true;
const nothing = (args: string) => args === '';
const oneOf = (pattern: RegExp) => (args: string) => args === '' || pattern.test(args);

/** The knowledge answers, from the line as it was typed: "what is the default on a DC" is one question, not an explanation. */
async function asked(_args: string, desk: CommandDesk, line: string): Promise<CommandResult> {
  const { answer, topic } = await desk.ask(line);
  return { answer, topic: topic ?? undefined };
}

/** The one command table, behind every door. */
export const commands: readonly Command[] = [
  {
    name: 'help',
    aliases: ['?', 'commands', 'hello', 'hi', 'hey', 'start', 'what can you do'],
    grammar: '',
    help: 'this list',
    accepts: (args) => /^(me|please)?[?!.]*$/i.test(args),
    private: true,
    run: async () => ({ answer: helpReply(commands) }),
  },
  {
    name: 'explain',
    aliases: ['what is', "what's", 'what does', 'tell me about', 'describe'],
    grammar: '<right, status, code, event, group, SID, function or cause>',
    help: 'what it is and what to do about it: explain 500.19, explain 0x80070542',
    accepts: (args) => args !== '',
    run: asked,
  },
  {
    name: 'defaults',
    aliases: ['default values', 'default holders', 'default'],
    grammar: '[server type or GPO]',
    help: 'who holds SeImpersonatePrivilege by default',
    accepts: anything,
    run: asked,
  },
  {
    name: 'fix',
    aliases: ['how to fix', 'fix steps', 'repair'],
    grammar: '[gpo|local|powershell]',
    help: 'steps that give the right back',
    accepts: oneOf(
      /^(it|gpo|group policy|local|local policy|secpol|powershell|script|the right|seimpersonateprivilege)$/i,
    ),
    run: asked,
  },
  {
    name: 'diagnose',
    aliases: ['analyse', 'analyze', 'check this', 'read this'],
    grammar: '<attached files or pasted text>',
    help: 'why the request in this log failed',
    accepts: anything,
    run: async (args, desk) => ({
      answer: args === '' ? errorAnswer('nothing-attached') : await desk.diagnoseText(args),
    }),
  },
  {
    name: 'compare',
    aliases: ['diff'],
    grammar: '<a failing and a working log>',
    help: 'the first event where they part',
    accepts: oneOf(/^(these|them|both|the logs|these logs|two logs)$/i),
    run: async () => ({ answer: compareReply() }),
  },
  {
    name: 'capture',
    aliases: ['how to capture', 'record', 'how to record', 'enable freb', 'enable tracing'],
    grammar: '',
    help: 'how to record a FREB log',
    accepts: oneOf(/^(a )?(freb )?(log|logs|trace|traces|freb)$/i),
    run: asked,
  },
  {
    name: 'case',
    aliases: ['cases'],
    grammar: '[number]',
    help: 'the failure followed in this thread: evidence, cause, outcome',
    accepts: oneOf(/^#?\d{1,6}$/),
    run: async (args, desk) => ({
      answer: await desk.tellCase(args === '' ? undefined : Number(args.replace('#', ''))),
    }),
  },
  {
    name: 'privacy',
    aliases: ['data', 'what do you store', 'what do you keep'],
    grammar: '',
    help: 'what is read, sent and kept',
    accepts: (args) => /^[?!.]*$/.test(args),
    private: true,
    run: async () => ({ answer: privacyReply() }),
  },
  {
    name: 'forget',
    aliases: ['forget this', 'forget it', 'delete', 'forget this thread'],
    grammar: '',
    help: 'remove what is kept about this thread',
    accepts: nothing,
    run: async (_args, desk) => {
      const { answers, files } = await desk.forget();
      return { answer: forgottenReply(answers, files) };
    },
  },
  {
    name: 'mute',
    aliases: ['quiet', 'be quiet', 'shut up', ['unmute', 'off'], ['mute off', 'off']],
    grammar: '[off]',
    help: 'answer in this thread only when mentioned',
    accepts: oneOf(/^(off|on|this thread)$/i),
    run: async (args, desk) => {
      const muted = !/^off$/i.test(args);
      await desk.mute(muted);
      return { answer: mutedReply(muted) };
    },
  },
];

/** Names of the commands that an operator may keep for administrators: all but `help`. */
export const restrictableCommands: readonly string[] = commands
  .map(({ name }) => name)
  .filter((name) => name !== 'help');

/** Every word that starts a command, the longest first, so that `forget this` is not `forget` with arguments. */
const words: readonly { word: string; args: string; command: Command }[] = commands
  .flatMap((command) =>
    [command.name, ...command.aliases].map((alias) =>
      typeof alias === 'string' ? { word: alias, args: '', command } : { word: alias[0], args: alias[1], command },
    ),
  )
  .sort((a, b) => b.word.length - a.word.length);

/** The command a line starts with and its arguments; null when the line is free text. */
export function parseCommand(typed: string): { command: Command; args: string; line: string } | null {
  const text = typed.trim().replace(/^[/!](?=\w)/, '');
  const lower = text.toLowerCase();
  for (const { word, args, command } of words) {
    if (!lower.startsWith(word)) continue;
    const rest = text.slice(word.length);
    if (rest !== '' && !/^[\s:,?!.]/.test(rest)) continue;
    const given = [args, rest.replace(/^[\s:,]+/, '').trim()].filter(Boolean).join(' ');
    if (command.accepts(given)) return { command, args: given, line: text };
  }
  return null;
}
