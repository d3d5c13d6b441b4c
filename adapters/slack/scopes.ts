import type { webApi } from '@slack/bolt';

export type Manifest = Exclude<webApi.AppsManifestValidateArguments['manifest'], string>;
type ScopesOf = NonNullable<NonNullable<Manifest['oauth_config']>['scopes']>;
/** The SDK's type does not know the scope of the agent view yet. */
export type BotScope = NonNullable<ScopesOf['bot']>[number] | 'assistant:write';

/** A bot token scope: why it is asked for, and what does not work without it. */
export interface ScopeGrant {
  scope: BotScope;
  reason: string;
  without: string;
  /** False when everything essential works without it. */
  required: boolean;
  /** Only in the full manifest (`npm run manifest:full`). */
  overlay?: true;
}

/** Every scope of both manifests with its reason; docs/slack.md quotes this table, a test compares them. */
export const scopes: readonly ScopeGrant[] = [
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
    reason: 'read the log that was dropped, and notice one dropped without a mention in channels it was invited to',
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
    scope: 'files:write',
    reason: 'attach the whole answer as a report when it is larger than a message',
    without: 'a long answer comes in several messages',
    required: false,
  },
  {
    scope: 'channels:history',
    reason:
      'hear follow-up questions without a mention in its threads, and pasted lines, in public channels it was invited to',
    without: 'in public channels a follow-up question needs a mention',
    required: false,
    overlay: true,
  },
  {
    scope: 'groups:history',
    reason: 'the same in private channels it was invited to',
    without: 'in private channels a follow-up question needs a mention',
    required: false,
    overlay: true,
  },
  {
    scope: 'mpim:history',
    reason: 'the same in group direct messages it was added to',
    without: 'in group direct messages a follow-up question needs a mention',
    required: false,
    overlay: true,
  },
  {
    scope: 'assistant:write',
    reason: 'offer questions to begin with on the Messages tab (agent view)',
    without: 'the Messages tab opens without suggestions',
    required: false,
    overlay: true,
  },
  {
    scope: 'usergroups:read',
    reason: 'know the members of a user group that is named in SLACK_ADMINS',
    without: 'administrators are named one by one',
    required: false,
    overlay: true,
  },
];
