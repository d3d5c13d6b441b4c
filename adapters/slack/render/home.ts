import type { types } from '@slack/bolt';
import type { Answer, Part, Text } from '../../../src/answer/answer.js';
import { type Preference, switches } from '../preferences.js';
import { type Block, partBlocks, titleBlocks } from './blocks.js';
import { formButton } from './forms.js';
import { countCharacters, messageBudget } from './size.js';

export const switchPrefix = 'frebot_switch:';

export interface Home {
  help: Answer;
  privacy: Answer;
  cases: { title: Text; at: string; link: string | undefined }[];
  preference: Preference;
  /** Whether who looks may switch. */
  admin: boolean;
  /** Whether anybody may. */
  adminsNamed: boolean;
}

/** The home tab. What is long and least dear comes last and gives way: Slack takes 100 blocks. */
export function homeView(home: Home): types.HomeView {
  const parts = (answer: Answer) => [...titleBlocks(answer.title), ...answer.parts.flatMap((part) => partBlocks(part))];
  const blocks: Block[] = [formButton(), ...openCases(home.cases), ...settings(home)];
  for (const more of [parts(home.help), parts(home.privacy)]) {
    if (
      blocks.length + more.length <= messageBudget.modalBlocks &&
      countCharacters([...blocks, more]) <= messageBudget.characters
    ) {
      blocks.push(...more);
    }
  }
  return { type: 'home', blocks };
}

function openCases(cases: Home['cases']): Block[] {
  const text = 'None: every failure answered in a channel here was marked as fixed, or there was none.';
  const part: Part =
    cases.length === 0
      ? { kind: 'text', id: 'cases', keep: 'always', text }
      : { kind: 'facts', id: 'cases', keep: 'always', facts: cases.map(openCase) };
  return [...titleBlocks('Open cases'), ...partBlocks(part)];
}

function openCase({ title, at, link }: Home['cases'][number]) {
  const spans = typeof title === 'string' ? [title] : title;
  const value: Text = link ? [...spans, ' · ', { link: 'thread', href: link }] : spans;
  return { label: `${at.slice(0, 16).replace('T', ' ')} UTC`, value };
}

function settings({ preference, admin, adminsNamed }: Home): Block[] {
  const lines: Part = {
    kind: 'facts',
    id: 'settings',
    keep: 'always',
    facts: switches.map(({ id, label, off }) => ({ label, value: preference[id] ? 'on' : `off. ${off}` })),
  };
  const who = adminsNamed
    ? 'Administrators of Frebot can change this here.'
    : 'Nobody can change this here yet: whoever runs Frebot names administrators with SLACK_ADMINS.';
  const note: Part = { kind: 'text', id: 'who', keep: 'always', text: who };
  const buttons = switches.map(
    ({ id, label }): types.Button => ({
      type: 'button',
      action_id: `${switchPrefix}${id}`,
      text: { type: 'plain_text', text: `${preference[id] ? 'Off' : 'On'}: ${label}`, emoji: false },
      value: preference[id] ? 'off' : 'on',
    }),
  );
  const foot: Block[] = admin ? [{ type: 'actions', elements: buttons }] : partBlocks(note);
  return [...titleBlocks('Settings of this workspace'), ...partBlocks(lines), ...foot];
}
