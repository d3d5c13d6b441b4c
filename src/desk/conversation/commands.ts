import type { Answer } from '../../answer/answer.js';
import { errorAnswer } from '../../answer/errors.js';
import type { ThreadFacts } from '../../questions/thread/facts.js';
import { helpReply, privacyReply } from '../about-replies.js';
import type { AskReply } from '../ask-reply.js';
import { compareReply, explainReply, forgottenReply } from '../replies.js';
import type { DiagnosisSummary } from '../results.js';

/** The desk as a command sees it. All of it is about the asker's conversation. */
export interface CommandDesk {
  ask(question: string): Promise<AskReply>;
  /** Returns a text for the owner of the policy as the last diagnosis of this conversation has filled it in. */
  tellOwnerText(name: string): Promise<Answer | undefined>;
  diagnoseText(text: string): Promise<CommandResult>;
  /** Returns the script that collects what a diagnosis needs, for this conversation's server and pool. */
  collectEvidence(site: string | undefined): Promise<Answer>;
  /** Describes the case of this conversation, or the one of that number. */
  describeCase(number: number | undefined): Promise<Answer>;
  forget(): Promise<{ answers: number; files: number }>;
  /** Mutes this conversation, or below a watcher's post its cause; returns the reply. */
  mute(muted: boolean): Promise<Answer>;
  /** Returns the list of muted causes. */
  listMuted(): Promise<Answer>;
  /** True for a command that is offered in this conversation. */
  offers(command: Command): boolean;
}

/** The answer of a command. Intent, topic and score are set when the knowledge has answered, the topic also by a diagnosis. */
export interface CommandResult {
  answer: Answer;
  intent?: string | undefined;
  /** What a follow-up question will be about. */
  topic?: string | null | undefined;
  score?: number | undefined;
  /** The entry and the statement that were said, for intents of the knowledge. */
  entry?: string | undefined;
  statement?: string | undefined;
  /** What the asker told of the thread's failure. */
  learns?: AskReply['learns'];
  wanted?: AskReply['wanted'];
  /** What the thread knows after a diagnosis. */
  facts?: ThreadFacts | undefined;
  /** What is offered, for intent `choice`. */
  choices?: AskReply['choices'];
  summary?: DiagnosisSummary | undefined;
}

export interface Command {
  name: string;
  /** Other words for it. A pair adds arguments: `unmute` is `mute off`. */
  aliases: readonly (string | readonly [alias: string, args: string])[];
  /** The arguments, for help; empty when there are none. */
  grammar: string;
  help: string;
  /** True for arguments it takes. With others the line is a question that happens to begin like a command. */
  accepts(args: string): boolean;
  /** The reply to its name alone, where it cannot do without arguments. */
  needsArguments?(): Answer;
  /** What it needs around it: a thread, or a chat where I also hear what is not addressed to me. Offered only there. */
  needs?: 'thread' | 'chat';
  /** True when the answer concerns only the asker. */
  private?: boolean;
  /** @param line the whole line, for a question that begins with a command word */
  run(args: string, desk: CommandDesk, line: string): Promise<CommandResult>;
}

const acceptAnything = () => true;
const acceptNothing = (args: string) => args === '';
const acceptMatch = (pattern: RegExp) => (args: string) => args === '' || pattern.test(args);

/** Answers from the knowledge, by the whole line: "what is the default on a DC" is one question, not an explanation. */
async function askKnowledge(_args: string, desk: CommandDesk, line: string): Promise<CommandResult> {
  return desk.ask(line);
}

/** The command table, behind every door. */
export const commands: readonly Command[] = [
  {
    name: 'help',
    aliases: ['?', 'commands', 'hello', 'hi', 'hey', 'start', 'what can you do'],
    grammar: '',
    help: 'this list',
    accepts: (args) => /^(me|please)?[?!.]*$/i.test(args),
    private: true,
    run: async (_args, desk) => ({ answer: helpReply(commands.filter(desk.offers)) }),
  },
  {
    name: 'explain',
    aliases: ['what is', "what's", 'what does', 'tell me about', 'describe'],
    grammar: '<right, status, code, event, group, SID, function or cause>',
    help: 'what it is and what to do about it: explain 500.19, explain 0x80070542',
    accepts: (args) => args !== '',
    needsArguments: () => explainReply(),
    run: askKnowledge,
  },
  {
    name: 'defaults',
    aliases: ['default values', 'default holders', 'default'],
    grammar: '[server type or GPO]',
    help: 'who holds SeImpersonatePrivilege by default',
    accepts: acceptAnything,
    run: askKnowledge,
  },
  {
    name: 'fix',
    aliases: ['how to fix', 'fix steps', 'repair'],
    grammar: '[gpo|local|powershell|gpo-owner|ticket|exception]',
    help: 'steps that give the right back, and the texts for the owner of the policy',
    accepts: acceptMatch(
      /^(it|gpo|group policy|local|local policy|secpol|powershell|script|the right|seimpersonateprivilege|gpo[- ]owner|message|(change )?ticket|(cis |stig )?exception)$/i,
    ),
    run: async (args, desk, line) => {
      const answer = await desk.tellOwnerText(args.toLowerCase().replace('gpo owner', 'gpo-owner'));
      return answer ? { answer } : desk.ask(line);
    },
  },
  {
    name: 'diagnose',
    aliases: ['analyse', 'analyze', 'check this', 'read this'],
    grammar: '<attached files or pasted text>',
    help: 'why the request in this log failed',
    accepts: acceptAnything,
    run: async (args, desk) => (args === '' ? { answer: errorAnswer('nothing-attached') } : desk.diagnoseText(args)),
  },
  {
    name: 'compare',
    aliases: ['diff'],
    grammar: '<a failing and a working log>',
    help: 'the first event where they differ',
    accepts: acceptMatch(/^(these|them|both|the logs|these logs|two logs)$/i),
    run: async () => ({ answer: compareReply() }),
  },
  {
    name: 'capture',
    aliases: ['how to capture', 'record', 'how to record', 'enable freb', 'enable tracing'],
    grammar: '',
    help: 'how to record a FREB log',
    accepts: acceptMatch(/^(a )?(freb )?(log|logs|trace|traces|freb)$/i),
    run: askKnowledge,
  },
  {
    name: 'collect',
    aliases: ['collector', 'collect everything', 'collect evidence', 'collect logs'],
    grammar: '[site]',
    help: 'one read-only script that packs what I need into one zip',
    accepts: (args) => args.length <= 64 && !/[?\n]/.test(args),
    run: async (args, desk) => ({ answer: await desk.collectEvidence(args === '' ? undefined : args) }),
  },
  {
    name: 'case',
    aliases: ['cases'],
    grammar: '[number]',
    help: 'the failure followed in this thread: evidence, cause, outcome',
    accepts: acceptMatch(/^#?\d{1,6}$/),
    needs: 'thread',
    run: async (args, desk) => ({
      answer: await desk.describeCase(args === '' ? undefined : Number(args.replace('#', ''))),
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
    accepts: acceptNothing,
    needs: 'thread',
    run: async (_args, desk) => {
      const { answers, files } = await desk.forget();
      return { answer: forgottenReply(answers, files) };
    },
  },
  {
    name: 'mute',
    aliases: ['quiet', 'be quiet', 'shut up', ['unmute', 'off'], ['mute off', 'off'], ['muted', 'list']],
    grammar: '[off|list]',
    help: "answer in this thread only when mentioned; below a watcher's post, post its cause no more",
    accepts: acceptMatch(/^(off|on|this thread|this cause|list)$/i),
    needs: 'chat',
    run: async (args, desk) => ({
      answer: /^list$/i.test(args) ? await desk.listMuted() : await desk.mute(!/^off$/i.test(args)),
    }),
  },
];

/** Names of the commands that an operator may keep for administrators: all but `help`. */
export const restrictableCommands: readonly string[] = commands
  .map(({ name }) => name)
  .filter((name) => name !== 'help');

/** Every word that begins a command, the longest first, so that `forget this` is not `forget` with arguments. */
const words: readonly { word: string; args: string; command: Command }[] = commands
  .flatMap((command) =>
    [command.name, ...command.aliases].map((alias) =>
      typeof alias === 'string' ? { word: alias, args: '', command } : { word: alias[0], args: alias[1], command },
    ),
  )
  .sort((a, b) => b.word.length - a.word.length);

/** The surroundings of a line: a chat, its own thread (as on the page), or none (as in the terminal). */
export type Surroundings = 'chat' | 'thread' | 'none';

/** True when a command is offered in these surroundings. */
export function isOffered({ needs }: Command, surroundings: Surroundings): boolean {
  if (needs === 'chat') return surroundings === 'chat';
  return needs !== 'thread' || surroundings !== 'none';
}

/** A command with its arguments, and the line they were read from. */
export interface ParsedCommand {
  command: Command;
  args: string;
  line: string;
}

/** Parses a line into a command of the table; null when the line is free text, or its command is not offered. */
export function parseCommand(typed: string, surroundings: Surroundings = 'chat'): ParsedCommand | null {
  const text = typed.trim().replace(/^[/!](?=\w)/, '');
  const lower = text.toLowerCase();
  for (const { word, args, command } of words) {
    if (!lower.startsWith(word) || !isOffered(command, surroundings)) continue;
    const rest = text.slice(word.length);
    if (rest !== '' && !/^[\s:,?!.]/.test(rest)) continue;
    const given = [args, rest.replace(/^[\s:,]+/, '').trim()].filter(Boolean).join(' ');
    if (command.accepts(given)) return { command, args: given, line: text };
    if (given === '' && word === command.name && command.needsArguments) return { command, args: '', line: text };
  }
  return null;
}
