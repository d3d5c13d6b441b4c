import { type Manifest, scopes } from './scopes.js';

/** Where requests go when Socket Mode is off. */
export const requestPath = '/slack/events';

/**
 * The app as Slack installs it. `manifest.json` at the root is this, written out: a test compares the two, the compiler
 * checks this one against Slack's own type. It installs on a free workspace.
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
  oauth_config: { scopes: { bot: scopes.map(({ scope }) => scope) } },
  settings: {
    event_subscriptions: {
      bot_events: [
        'app_home_opened',
        'app_mention',
        'message.channels',
        'message.groups',
        'message.im',
        'message.mpim',
      ],
    },
    interactivity: { is_enabled: true },
    org_deploy_enabled: false,
    socket_mode_enabled: true,
    token_rotation_enabled: false,
  },
};
