import type { webApi } from '@slack/bolt';

export type Manifest = Exclude<webApi.AppsManifestValidateArguments['manifest'], string>;
type ScopesOf = NonNullable<NonNullable<Manifest['oauth_config']>['scopes']>;
/** The SDK's type does not know the scope of the agent view yet. */
export type BotScope = NonNullable<ScopesOf['bot']>[number] | 'assistant:write';

/** A bot token scope with the reason for it and what does not work without it. */
export interface ScopeGrant {
  scope: BotScope;
  reason: string;
  without: string;
  /** False if everything essential works without it. */
  required: boolean;
  /** Only in the full manifest (`npm run manifest:full`). */
  overlay?: true;
}

/** Every scope of both manifests with its reason; docs/slack.md quotes this table, a test compares them. */
export const scopes: readonly ScopeGrant[] = [
  {
    scope: 'app_mentions:read',
    reason: 'receive messages that mention Frebot',
    without: 'Frebot does not see mentions',
    required: true,
  },
  { scope: 'chat:write', reason: 'answer in the thread', without: 'Frebot cannot answer', required: true },
  {
    scope: 'commands',
    reason: '/freb and the shortcuts',
    without: 'there is neither /freb nor a shortcut',
    required: true,
  },
  {
    scope: 'files:read',
    reason: 'read dropped logs, and notice logs dropped without a mention in channels that Frebot was invited to',
    without: 'Slack returns a sign-in page instead of the file',
    required: true,
  },
  {
    scope: 'im:history',
    reason: 'receive direct messages',
    without: 'Frebot does not see direct messages',
    required: true,
  },
  {
    scope: 'reactions:write',
    reason: 'show at once, with a reaction, that Frebot has received a message, and ✅ once it is fixed',
    without: 'no reaction precedes the answer',
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
      'receive follow-up questions and pasted lines without a mention, and read the message that a question points at, in public channels that Frebot was invited to',
    without:
      'in public channels a follow-up question needs a mention, and Frebot cannot read the message above it or behind a link: people use "Diagnose this log" on that message',
    required: false,
    overlay: true,
  },
  {
    scope: 'groups:history',
    reason: 'the same in private channels that Frebot was invited to',
    without: 'the same in private channels',
    required: false,
    overlay: true,
  },
  {
    scope: 'mpim:history',
    reason: 'the same in group direct messages that Frebot was added to',
    without: 'the same in group direct messages',
    required: false,
    overlay: true,
  },
  {
    scope: 'channels:read',
    reason:
      'follow a link to a message of another public channel, for members of that channel, and say in two lines what Frebot does when it is added to a channel',
    without: 'a link is followed in its own channel only, and Frebot says nothing when it is added',
    required: false,
    overlay: true,
  },
  {
    scope: 'groups:read',
    reason: 'the same for private channels',
    without: 'the same for private channels',
    required: false,
    overlay: true,
  },
  {
    scope: 'assistant:write',
    reason: 'suggest first questions on the Messages tab (agent view)',
    without: 'the Messages tab suggests no questions',
    required: false,
    overlay: true,
  },
  {
    scope: 'usergroups:read',
    reason: 'read the members of user groups in SLACK_ADMINS',
    without: 'each administrator must be listed by id',
    required: false,
    overlay: true,
  },
];
