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

function caseBlocks(cases: Home['cases']): Block[] {
  const text = 'None: every failure answered in a channel here was marked as fixed, or there was none.';
  const part: Part =
    cases.length === 0
      ? { kind: 'text', id: 'cases', keep: 'always', text }
      : { kind: 'facts', id: 'cases', keep: 'always', facts: cases.map(caseFact) };
  return [...titleBlocks('Open cases'), ...partBlocks(part)];
}

function caseFact({ title, at, link }: Home['cases'][number]) {
  const spans = typeof title === 'string' ? [title] : title;
  const value: Text = link ? [...spans, ' · ', { link: 'thread', href: link }] : spans;
  return { label: `${at.slice(0, 16).replace('T', ' ')} UTC`, value };
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
    ({ id, label }): types.Button => ({
      type: 'button',
      action_id: `${switchPrefix}${id}`,
      text: { type: 'plain_text', text: `${preference[id] ? 'Off' : 'On'}: ${label}`, emoji: false },
      value: preference[id] ? 'off' : 'on',
    }),
  );
  const switchBlocks: Block[] = admin ? [{ type: 'actions', elements: buttons }] : partBlocks(note);
  return [...titleBlocks('Settings of this workspace'), ...partBlocks(lines), ...switchBlocks];
}
