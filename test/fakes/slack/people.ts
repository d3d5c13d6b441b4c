import { delivered, described } from './files.js';
import { pressLabelled } from './reading.js';
import { botId, type FakeFile, type FakeMessage, type FakeView, type State, team } from './state.js';

/** The payloads that Slack sends when people do something, as its documentation shows them. */

export interface Around {
  state: State;
  /** Where this Slack is served. */
  url: string;
}

type Payload = Record<string, unknown>;

export function commandPayload(text: string, user: string, channel: string, { state, url }: Around): Payload {
  const response = state.respondable(channel, user);
  return {
    command: '/freb',
    text,
    token: 'unused',
    team_id: team,
    team_domain: 'frebot-test',
    channel_id: channel,
    channel_name: 'ops',
    user_id: user,
    user_name: 'anna',
    api_app_id: 'A0FREBOT',
    is_enterprise_install: 'false',
    response_url: `${url}/response/${response}`,
    trigger_id: state.trigger(user),
  };
}

export function pressPayload(message: FakeMessage, label: string, user: string, { state, url }: Around): Payload {
  const pressed = pressLabelled(message.blocks ?? [], label);
  const { channel, ts, thread_ts, onlyFor } = message;
  const response = state.respondable(channel, user, thread_ts);
  return {
    type: 'block_actions',
    team: { id: team, domain: 'frebot-test' },
    user: { id: user, username: 'anna', team_id: team },
    api_app_id: 'A0FREBOT',
    container: {
      type: 'message',
      message_ts: ts,
      channel_id: channel,
      is_ephemeral: Boolean(onlyFor),
      ...(thread_ts && { thread_ts }),
    },
    trigger_id: state.trigger(user),
    channel: { id: channel, name: 'ops' },
    response_url: `${url}/response/${response}`,
    // Slack does not send the message along when only one person saw it.
    ...(!onlyFor && {
      message: { type: 'message', bot_id: botId, ts, thread_ts, text: message.text, blocks: message.blocks },
    }),
    actions: [{ ...pressed, block_id: 'b', action_ts: String(Date.now() / 1000) }],
  };
}

export function messageShortcutPayload(message: FakeMessage, user: string, around: Around): Payload {
  const { state, url } = around;
  const { channel, ts } = message;
  const response = state.respondable(channel, user);
  return shortcutPayload('frebot_diagnose', user, around, {
    type: 'message_action',
    message_ts: ts,
    action_ts: state.nextTs(),
    channel: { id: channel, name: 'ops' },
    response_url: `${url}/response/${response}`,
    message: delivered(message, url),
  });
}

/** @param more what the kind of shortcut adds */
export function shortcutPayload(callback_id: string, user: string, { state }: Around, more: Payload): Payload {
  return {
    callback_id,
    team: { id: team, domain: 'frebot-test' },
    user: { id: user, username: 'anna', team_id: team },
    trigger_id: state.trigger(user),
    ...more,
  };
}

export function submissionPayload(
  view: FakeView,
  entered: { files: FakeFile[]; question: string | undefined; reason: string | undefined },
  { state, url }: Around,
): Payload {
  const files = entered.files.map((file) => file.shown ?? described(file, url));
  const values = {
    files: { files: { type: 'file_input', files } },
    question: { question: { type: 'plain_text_input', value: entered.question ?? null } },
    reason: { reason: { type: 'plain_text_input', value: entered.reason ?? null } },
  };
  return {
    type: 'view_submission',
    team: { id: team, domain: 'frebot-test' },
    user: { id: view.user, username: 'anna', team_id: team },
    trigger_id: state.trigger(view.user),
    view: {
      id: view.view_id,
      type: 'modal',
      callback_id: view.callback_id,
      blocks: view.blocks,
      // Slack sends the fields that the view has.
      state: { values: Object.fromEntries(Object.entries(values).filter(([id]) => fieldsOf(view).has(id))) },
      private_metadata: view.private_metadata ?? '',
    },
  };
}

const fieldsOf = ({ blocks }: FakeView) => new Set((blocks as { block_id?: string }[]).map(({ block_id }) => block_id));
