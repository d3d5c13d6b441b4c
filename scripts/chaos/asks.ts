import { setTimeout as sleep } from 'node:timers/promises';
import { botUser, buttonsOf, type FakeMessage } from '../../test/fakes/slack/index.js';
import { buttonInvoke } from '../../test/fakes/teams/index.js';
import { frebLog } from '../../test/scenarios/logs.js';
import type { Platforms } from '../served/platforms.js';
import type { Replicas } from './replicas.js';

/** A request to Frebot, and its result. */
export interface Ask {
  door: 'slack' | 'teams';
  kind: 'file' | 'button' | 'command';
  name: string;
  /** The platform was acknowledged. */
  acknowledged: Promise<boolean>;
  /** The texts of its answers so far; progress messages are none. */
  answers(): string[];
}

/** A message with a file, and the button below its answer, once that is there. */
export interface DroppedFile extends Ask {
  /** Presses it, once. */
  press(): Ask;
}

const log = frebLog();
/** The code in the log, which every answer must name. */
const evidence = '0x80070542';
const button = { label: 'This fixed it', verb: 'fixed', answer: 'marked it as fixed' };

/** A mention with a file (two events), or a file in a direct message. */
export function toSlack(n: number, { slack }: Platforms): DroppedFile {
  const channel = n % 4 === 0 ? 'D0ANNA' : 'C0OPS';
  const text = channel === 'C0OPS' ? `<@${botUser}> what is this?` : '';
  const { ts, done } = slack.post(channel, text, { files: [{ name: 'fr000032.xml', bytes: log }] });
  const posts = () => slack.answers(channel, ts).filter(first);
  const answersButton = (message: FakeMessage) => message.text.includes(button.answer);
  const name = `slack ${channel} ${ts}`;
  return {
    door: 'slack',
    kind: 'file',
    name,
    // The desk claims by the message: one acknowledged delivery of it is enough.
    acknowledged: done.then((deliveries) => (deliveries as { acknowledged: boolean }[]).some((d) => d.acknowledged)),
    answers: () => texts(posts().filter((message) => !answersButton(message))),
    press: () => ({
      door: 'slack',
      kind: 'button',
      name: `${name} ${button.verb}`,
      acknowledged: slack.press(withButton(slack.answers(channel, ts)), button.label),
      answers: () => texts(posts().filter(answersButton)),
    }),
  };
}

/** True for the first post of an answer, false for further posts and progress messages. */
function first({ metadata }: FakeMessage): boolean {
  const { key = '', part = 1 } = (metadata?.event_payload ?? {}) as { key?: string; part?: number };
  return part === 1 && !key.endsWith(':progress');
}

const texts = (messages: FakeMessage[]) => messages.map(({ text, blocks }) => JSON.stringify({ text, blocks }));

function withButton(messages: FakeMessage[]): FakeMessage {
  const found = messages.find(({ blocks }) => buttonsOf(blocks ?? []).some(({ text }) => text.text === button.label));
  if (!found) throw new Error(`an answer without the button "${button.label}"`);
  return found;
}

/** `/freb` and a log pasted behind it; only the asker reads the answer. */
export function command(n: number, { slack }: Platforms): Ask {
  const user = `U0ASKER${n}`;
  const answersTo = () => slack.state.messages.filter(({ onlyFor }) => onlyFor === user);
  return {
    door: 'slack',
    kind: 'command',
    name: `slack command ${user}`,
    acknowledged: slack.command(pasted, user).then((answer) => answer !== undefined),
    answers: () =>
      answersTo()
        .map((message) => JSON.stringify(message))
        .filter((text) => text.includes(evidence)),
  };
}

/** The log as Slack escapes typed text. */
const pasted = Buffer.from(log)
  .toString('utf8')
  .replace(/[&<>]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[c] as string);

/** Drops a file into a new personal chat, delivered until the bot acknowledges. */
export function toTeams(n: number, platforms: Platforms, replicas: Replicas): DroppedFile {
  const chat = `a:1chat-${n}`;
  const posts = () =>
    platforms.teams.messages
      .filter(({ conversation, method }) => conversation === chat && method === 'POST')
      .map(({ activity }) => JSON.stringify(activity));
  const answersButton = (text: string) => text.includes(button.answer);
  return {
    door: 'teams',
    kind: 'file',
    name: `teams ${chat}`,
    acknowledged: deliver(platforms.droppedLog(chat), platforms, replicas),
    answers: () => posts().filter((text) => !answersButton(text) && !text.includes('Still reading')),
    press: () => {
      // The data of the button, as the card carries it.
      const data = buttonData(platforms.teams.messages.filter(({ conversation }) => conversation === chat));
      const door = 'teams' as const;
      const ask = { door, kind: 'button' as const, name: `teams ${chat} ${button.verb}` };
      if (n % 8 === 1) {
        // A client too old to press in a call sends a message, which is delivered as every other.
        const activity = platforms.inChat(chat, { text: undefined, value: { ...data, verb: button.verb } });
        const acknowledged = deliver(activity, platforms, replicas);
        return { ...ask, acknowledged, answers: () => posts().filter(answersButton) };
      }
      const call = callButton(platforms.inChat(chat, buttonInvoke(button.verb, data)), platforms, replicas);
      const replies: string[] = [];
      void call.then((body) => body && replies.push(body));
      const acknowledged = call.then((body) => body !== undefined);
      return { ...ask, acknowledged, answers: () => [...replies, ...posts()].filter(answersButton) };
    },
  };
}

/** Delivers until the bot acknowledges, as a patient platform would. */
async function deliver(activity: object, platforms: Platforms, replicas: Replicas): Promise<boolean> {
  for (let tries = 0; tries < 40; tries++) {
    const { address } = replicas;
    if (address && (await platforms.toTeams(address, activity))?.status === 200) return true;
    await sleep(1_000);
  }
  return false;
}

/** Makes a call, which is delivered once; its answer is the acknowledgement. */
async function callButton(activity: object, platforms: Platforms, replicas: Replicas): Promise<string | undefined> {
  const { address } = replicas;
  const response = address === undefined ? undefined : await platforms.toTeams(address, activity);
  return response?.status === 200 ? response.body : undefined;
}

/** Returns the data of the button anywhere in a card. */
function buttonData(card: unknown): object {
  const found: object[] = [];
  JSON.stringify(card, (_, value: { verb?: unknown; data?: object } | undefined) => {
    if (value?.verb === button.verb && value.data) found.push(value.data);
    return value;
  });
  if (!found[0]) throw new Error(`a card without the button "${button.label}"`);
  return found[0];
}
