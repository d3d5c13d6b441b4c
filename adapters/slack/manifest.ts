import { type BotScope, type Manifest, type ScopeGrant, scopes } from './scopes.js';

/** Path of the request URL when Socket Mode is off. */
export const endpointPath = '/slack/events';
/** Path at which a workspace installs the app. */
export const installPath = '/slack/install';
/** Path to which Slack redirects the administrator after the installation. */
export const redirectPath = '/slack/oauth_redirect';

/** Id of the step for Workflow Builder. */
export const stepId = 'frebot_diagnose_log';

/** First questions that the Messages tab of the agent view suggests. */
export const suggestedPrompts = [
  { title: 'What is SeImpersonatePrivilege?', message: 'What is SeImpersonatePrivilege?' },
  { title: 'Who holds it by default?', message: 'Who holds SeImpersonatePrivilege by default?' },
  { title: 'Explain 0x80070542', message: 'explain 0x80070542' },
  { title: 'How do I record a FREB log?', message: 'capture' },
] as const;

const scopeNames = (grants: readonly ScopeGrant[]) =>
  grants.map(({ scope }) => scope as Exclude<BotScope, 'assistant:write'>);

/**
 * The app manifest. `manifest.json` at the root is a copy, and a test compares the two; the compiler checks this one against
 * Slack's own type. A free workspace can install it.
 */
export const manifest: Manifest = {
  _metadata: { major_version: 2 },
  display_information: {
    name: 'Frebot',
    description: 'Drop a FREB log or ask: why IIS answered 500, and who should hold SeImpersonatePrivilege.',
    long_description:
      'Frebot reads IIS Failed Request Tracing logs (FREB logs) and answers in the thread: the root cause, the events that prove it, who holds SeImpersonatePrivilege by default, and the steps that fix it. It reads evidence and a reviewed knowledge base with sources, never guesses, keeps no log, and calls no other service.',
    background_color: '#1d3557',
  },
  features: {
    app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
    bot_user: { display_name: 'Frebot', always_online: true },
    shortcuts: [
      {
        type: 'message',
        name: 'Diagnose this log',
        callback_id: 'frebot_diagnose',
        description: 'Reads the files of this message and says why the request failed',
      },
      {
        type: 'global',
        name: 'Diagnose an IIS log',
        callback_id: 'frebot_ask',
        description: 'Upload a FREB log or ask; the answer comes as a direct message',
      },
    ],
    slash_commands: [
      {
        command: '/freb',
        description: 'Ask about an IIS failure, a code or a right',
        usage_hint: 'help | explain 0x80070542 | defaults | fix | diagnose <pasted text>',
        should_escape: false,
      },
    ],
  },
  oauth_config: { scopes: { bot: scopeNames(scopes.filter(({ overlay }) => !overlay)) } },
  settings: {
    event_subscriptions: {
      bot_events: ['app_home_opened', 'app_mention', 'app_uninstalled', 'file_shared', 'message.im', 'tokens_revoked'],
    },
    interactivity: { is_enabled: true },
    org_deploy_enabled: false,
    socket_mode_enabled: true,
    token_rotation_enabled: false,
  },
};

/**
 * The base manifest with the agent view and the workflow step, which need a paid plan or an organization, and with the scopes
 * to read every message of the channels that Frebot was invited to. `npm run manifest:full` writes it out.
 */
export const fullManifest: Manifest = {
  ...manifest,
  features: {
    ...manifest.features,
    agent_view: {
      agent_description: 'Reads FREB logs and explains why IIS answered 500, with the events that prove it.',
      suggested_prompts: [...suggestedPrompts],
    },
  },
  oauth_config: { scopes: { bot: scopeNames(scopes) } },
  settings: {
    ...manifest.settings,
    event_subscriptions: {
      // The SDK's type does not know the event of a workflow step.
      bot_events: [
        ...(manifest.settings?.event_subscriptions?.bot_events ?? []),
        'function_executed' as 'app_mention',
        'member_joined_channel',
        'message.channels',
        'message.groups',
        'message.mpim',
      ],
    },
    // Workflow Builder offers an app's step only with both.
    org_deploy_enabled: true,
    function_runtime: 'remote',
  },
  functions: {
    [stepId]: {
      title: 'Diagnose a FREB log',
      description: 'Reads a Failed Request Tracing log of IIS and says why the request failed',
      input_parameters: {
        properties: {
          file: { type: 'slack#/types/file_id', title: 'Log', description: 'FREB log, or a zip of several' },
        },
        required: ['file'],
      },
      output_parameters: {
        properties: {
          cause: { type: 'string', title: 'Cause', description: 'Id of the cause, or none' },
          confidence: { type: 'string', title: 'Confidence', description: 'confirmed, likely, possible, or none' },
          summary: { type: 'string', title: 'Summary', description: 'The answer in a sentence' },
        },
        required: ['cause', 'confidence', 'summary'],
      },
    },
  },
};

/** Returns the manifest for signed HTTP, with the addresses under which Slack reaches Frebot. */
export function withAddress(base: Manifest, host: string): Manifest {
  const url = `${host}${endpointPath}`;
  const { features, oauth_config, settings } = base;
  return {
    ...base,
    features: { ...features, slash_commands: features?.slash_commands?.map((command) => ({ ...command, url })) },
    oauth_config: { ...oauth_config, redirect_urls: [`${host}${redirectPath}`] },
    settings: {
      ...settings,
      event_subscriptions: { ...settings?.event_subscriptions, request_url: url },
      interactivity: { is_enabled: true, request_url: url },
      socket_mode_enabled: false,
    },
  } as Manifest;
}
