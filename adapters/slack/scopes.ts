import type { webApi } from '@slack/bolt';

export type Manifest = Exclude<webApi.AppsManifestValidateArguments['manifest'], string>;
type ScopesOf = NonNullable<NonNullable<Manifest['oauth_config']>['scopes']>;
export type BotScope = NonNullable<ScopesOf['bot']>[number];

/** A bot token scope: why it is asked for, and what does not work without it. */
export interface Scope {
  scope: BotScope;
  reason: string;
  without: string;
  /** False when everything essential works without it. */
  required: boolean;
}

/** Every scope of manifest.json with its reason; README and docs/slack.md quote this table, a test compares them. */
export const scopes: readonly Scope[] = [
  {
    scope: 'app_mentions:read',
    reason: 'hear a message that mentions Frebot',
    without: 'mentions are not heard',
    required: true,
  },
  { scope: 'chat:write', reason: 'answer in the thread', without: 'nothing can be answered', required: true },
  { scope: 'commands', reason: '/freb and the shortcuts', without: 'no /freb', required: true },
  {
    scope: 'files:read',
    reason: 'read the log that was dropped',
    without: 'Slack hands over a sign-in page instead of the file',
    required: true,
  },
  {
    scope: 'im:history',
    reason: 'hear a direct message',
    without: 'direct messages are not heard',
    required: true,
  },
  {
    scope: 'reactions:write',
    reason: 'show at once, with a reaction, that a message was heard',
    without: 'the answer comes without the sign before it',
    required: false,
  },
  {
    scope: 'channels:history',
    reason:
      'notice a log dropped without a mention, and follow-ups in its thread, in public channels it was invited to',
    without: 'in public channels a mention is needed each time',
    required: false,
  },
  {
    scope: 'groups:history',
    reason: 'the same in private channels it was invited to',
    without: 'in private channels a mention is needed each time',
    required: false,
  },
  {
    scope: 'mpim:history',
    reason: 'the same in group direct messages it was added to',
    without: 'in group direct messages a mention is needed each time',
    required: false,
  },
];
