import type { types } from '@slack/bolt';
import type { Answer, Part, Text } from '../../../src/answer/answer.js';
import { toSpans } from '../../../src/desk/short-answer.js';
import { type Preference, switches } from '../preferences.js';
import { type Block, partBlocks, richBlocks, titleBlocks } from './blocks.js';
import { formButton } from './forms.js';
import { bulletList, type RichElement, richElements } from './rich.js';
import { countCharacters, messageBudget } from './size.js';

export const switchPrefix = 'frebot_switch:';

/** An open case: what failed, where it was dropped, and when. */
export interface OpenCase {
  title: Text;
  /** The request of the failure: method, URL, status, pool, server. */
  request: Text | undefined;
  channel: string;
  /** How long ago the failure was answered, milliseconds. */
  ageMs: number;
  link: string | undefined;
}

export interface Home {
  help: Answer;
  privacy: Answer;
  cases: OpenCase[];
  preference: Preference;
  /** Whether the person who opens the tab is an administrator. */
  admin: boolean;
  /** Whether there are administrators. */
  adminsNamed: boolean;
}

/** Returns the home tab. Help and privacy come last and are left out when they do not fit: Slack takes 100 blocks. */
export function homeView(home: Home): types.HomeView {
  const answerBlocks = (answer: Answer) => [
    ...titleBlocks(answer.title),
    ...answer.parts.flatMap((part) => partBlocks(part)),
  ];
  const blocks: Block[] = [formButton(), ...caseBlocks(home.cases), ...settingBlocks(home)];
  for (const more of [answerBlocks(home.help), answerBlocks(home.privacy)]) {
    if (
      blocks.length + more.length <= messageBudget.modalBlocks &&
      countCharacters([...blocks, more]) <= messageBudget.characters
    ) {
      blocks.push(...more);
    }
  }
  return { type: 'home', blocks };
}

function caseBlocks(cases: OpenCase[]): Block[] {
  const text = 'None: every failure answered in a channel here was marked as fixed, or there was none.';
  const none: Part = { kind: 'text', id: 'cases', keep: 'always', text };
  const list = cases.length === 0 ? partBlocks(none) : richBlocks(bulletList(cases.map(caseItem)));
  return [...titleBlocks('Open cases'), ...list];
}

/** Returns what tells one case from another: the channel, its age and the request, beside the cause. */
function caseItem({ title, request, channel, ageMs, link }: OpenCase): RichElement[] {
  const middle: Text = [` · ${describeAgo(ageMs)} · `, ...(request ? [...toSpans(request), ' · '] : [])];
  const end: Text = link ? [' · ', { link: 'thread', href: link }] : '';
  return [
    { type: 'channel', channel_id: channel },
    ...richElements(middle),
    ...richElements(title, { bold: true }),
    ...richElements(end),
  ];
}

/** Returns `just now`, `12 min ago`, `5 h ago` or `3 days ago`. */
function describeAgo(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes} min ago`;
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} h ago`;
  return `${Math.floor(minutes / (24 * 60))} days ago`;
}

function settingBlocks({ preference, admin, adminsNamed }: Home): Block[] {
  const lines: Part = {
    kind: 'facts',
    id: 'settings',
    keep: 'always',
    facts: switches.map(({ id, label, off }) => ({ label, value: preference[id] ? 'on' : `off. ${off}` })),
  };
  const hint = adminsNamed
    ? 'Administrators of Frebot can change this here.'
    : 'No one can change this here yet. The person who runs Frebot names administrators with SLACK_ADMINS.';
  const note: Part = { kind: 'text', id: 'who', keep: 'always', text: hint };
  const buttons = switches.map(
    ({ id, press }): types.Button => ({
      type: 'button',
      action_id: `${switchPrefix}${id}`,
      text: { type: 'plain_text', text: preference[id] ? press.off : press.on, emoji: false },
      value: preference[id] ? 'off' : 'on',
    }),
  );
  const switchBlocks: Block[] = admin ? [{ type: 'actions', elements: buttons }] : partBlocks(note);
  return [...titleBlocks('Settings of this workspace'), ...partBlocks(lines), ...switchBlocks];
}
