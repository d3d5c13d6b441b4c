import { randomUUID } from 'node:crypto';
import { delivered, described, shares } from './files.js';
import { judge, type Surface } from './judge.js';
import { appToken, botId, botUser, clientSecret, type FakeMessage, type State } from './state.js';

export type Args = Record<string, unknown>;
export type Reply = { ok: boolean; error?: string; [key: string]: unknown };

/** What the fake's server adds: its addresses, and a callback for messages that the app posts. */
export interface Surroundings {
  state: State;
  /** The workspace of the token that was shown. */
  team: string;
  socketUrl(): string;
  /** Stands for https://files.slack.com. */
  filesUrl: string;
  /** Called for each message posted by the app: Slack sends it back as an event. */
  posted(message: FakeMessage): void;
}

interface Method {
  /** One of these scopes suffices. */
  scopes: string[] | ((args: Args, state: State) => string[]);
  run(args: Args, around: Surroundings): Reply;
}

const history: Record<string, string> = {
  channel: 'channels:history',
  group: 'groups:history',
  im: 'im:history',
  mpim: 'mpim:history',
};

const memberScopes: Record<string, string> = {
  channel: 'channels:read',
  group: 'groups:read',
  im: 'im:read',
  mpim: 'mpim:read',
};

/** The methods of this Slack. A call of any other fails the test. */
export const methods: Record<string, Method> = {
  'auth.test': {
    scopes: [],
    run: (_args, around) => ({
      ok: true,
      url: 'https://frebot-test.slack.com/',
      team: 'Frebot Test',
      team_id: around.team,
      user: 'frebot',
      user_id: botUser,
      bot_id: botId,
    }),
  },
  'apps.connections.open': { scopes: [], run: (_args, { socketUrl }) => ({ ok: true, url: socketUrl() }) },
  'chat.postMessage': {
    scopes: ['chat:write'],
    run: (args, around) => {
      // The id of a user means the direct message with that user.
      if (args.channel === 'U0ANNA') args.channel = 'D0ANNA';
      args.channel = around.state.channelNamed(String(args.channel)) ?? args.channel;
      const wrong = refuseChannel(args, around.state) ?? refuseContent(args, around.state);
      if (wrong) return wrong;
      const message: FakeMessage = {
        ...messageFields(args),
        ts: around.state.nextTs(),
        user: botUser,
        bot_id: botId,
        reactions: [],
      };
      around.state.messages.push(message);
      around.posted(message);
      return { ok: true, channel: message.channel, ts: message.ts, message: { ...message } };
    },
  },
  'chat.update': {
    scopes: ['chat:write'],
    run: (args, { state }) => {
      const wrong = refuseChannel(args, state) ?? refuseContent(args, state);
      if (wrong) return wrong;
      const message = state.messages.find((m) => m.channel === args.channel && m.ts === args.ts);
      if (!message) return no('message_not_found');
      if (message.bot_id !== botId) return no('cant_update_message');
      const { text, blocks, metadata } = messageFields(args);
      Object.assign(message, { text, blocks, ...(metadata && { metadata }), edited: true });
      return { ok: true, channel: message.channel, ts: message.ts, text };
    },
  },
  'chat.delete': {
    scopes: ['chat:write'],
    run: (args, { state }) => {
      const at = state.messages.findIndex((m) => m.channel === args.channel && m.ts === args.ts);
      if (at < 0) return no('message_not_found');
      if (state.messages[at]?.bot_id !== botId) return no('cant_delete_message');
      state.messages.splice(at, 1);
      return { ok: true, channel: args.channel, ts: args.ts };
    },
  },
  // docs.slack.dev/changelog/2026/03/05/set-status-scope-update
  'assistant.threads.setStatus': {
    scopes: ['chat:write', 'assistant:write'],
    run: (args, { state }) => {
      const wrong = refuseChannel({ channel: args.channel_id }, state);
      if (wrong) return wrong;
      if (state.thread(String(args.channel_id), String(args.thread_ts)).length === 0) return no('invalid_thread_ts');
      state.statuses.push(String(args.status));
      return { ok: true };
    },
  },
  'chat.postEphemeral': {
    scopes: ['chat:write'],
    run: (args, { state }) => {
      const wrong = refuseChannel(args, state) ?? refuseContent(args, state, 'private');
      if (wrong) return wrong;
      if (!args.user) return no('user_not_in_channel');
      const ts = state.nextTs();
      state.messages.push({ ...messageFields(args), ts, bot_id: botId, onlyFor: String(args.user), reactions: [] });
      return { ok: true, message_ts: ts };
    },
  },
  'reactions.add': {
    scopes: ['reactions:write'],
    run: (args, { state }) => {
      const message = state.messages.find((m) => m.channel === args.channel && m.ts === args.timestamp);
      if (!message) return no('message_not_found');
      if (message.reactions.includes(String(args.name))) return no('already_reacted');
      message.reactions.push(String(args.name));
      return { ok: true };
    },
  },
  'reactions.remove': {
    scopes: ['reactions:write'],
    run: (args, { state }) => {
      const message = state.messages.find((m) => m.channel === args.channel && m.ts === args.timestamp);
      if (!message) return no('message_not_found');
      if (!message.reactions.includes(String(args.name))) return no('no_reaction');
      message.reactions = message.reactions.filter((name) => name !== args.name);
      return { ok: true };
    },
  },
  'files.info': {
    scopes: ['files:read'],
    run: (args, { state, filesUrl }) => {
      const file = state.files.get(String(args.file));
      if (!file || !state.mayRead(file.id)) return no('file_not_found');
      if (file.info && 'error' in file.info) return no(String(file.info.error));
      const known = state.sharesLate <= 0;
      state.sharesLate -= 1;
      return { ok: true, file: { ...described(file, filesUrl), ...(known && shares(file, state)), ...file.info } };
    },
  },
  'conversations.replies': {
    scopes: (args, state) => [history[state.channels.get(String(args.channel))?.kind ?? 'channel'] as string],
    run: (args, { state, filesUrl }) => {
      const shut = refuseChannel(args, state);
      if (shut) return shut;
      const thread = state.thread(String(args.channel), String(args.ts));
      if (thread.length === 0) return no('thread_not_found');
      const withMetadata = String(args.include_all_metadata) === 'true';
      // The first message of the thread comes along whatever the bounds are.
      const isWithin = ({ ts }: FakeMessage, at: number) =>
        at === 0 || (Number(ts) >= Number(args.oldest ?? 0) && Number(ts) <= Number(args.latest ?? Infinity));
      const messages = thread
        .filter(isWithin)
        .map((message) => delivered(message, filesUrl, withMetadata ? ['metadata'] : []));
      return { ok: true, messages, has_more: false, response_metadata: { next_cursor: '' } };
    },
  },
  'conversations.history': {
    scopes: (args, state) => [history[state.channels.get(String(args.channel))?.kind ?? 'channel'] as string],
    run: (args, { state, filesUrl }) => {
      const channel = state.channels.get(String(args.channel));
      if (!channel) return no('channel_not_found');
      const withMetadata = String(args.include_all_metadata) === 'true';
      // Replies are in their thread alone.
      const messages = state.messages
        .filter((one) => one.channel === channel.id && !one.onlyFor && (one.thread_ts ?? one.ts) === one.ts)
        .filter(({ ts }) => Number(ts) >= Number(args.oldest ?? 0))
        .reverse()
        .map((message) => delivered(message, filesUrl, withMetadata ? ['metadata'] : []));
      return { ok: true, messages, has_more: false, response_metadata: { next_cursor: '' } };
    },
  },
  'users.conversations': {
    scopes: ['channels:read', 'groups:read'],
    run: (_args, { state }) => {
      const channels = [...state.channels.values()]
        .filter(({ joined }) => joined)
        .map(({ id, name }) => ({ id, name }));
      return { ok: true, channels, response_metadata: { next_cursor: '' } };
    },
  },
  'conversations.members': {
    scopes: (args, state) => [memberScopes[state.channels.get(String(args.channel))?.kind ?? 'channel'] as string],
    run: (args, { state }) => {
      const channel = state.channels.get(String(args.channel));
      if (!channel) return no('channel_not_found');
      const members = channel.members ?? ['U0ANNA', 'U0BERT'];
      return { ok: true, members, response_metadata: { next_cursor: '' } };
    },
  },
  'files.getUploadURLExternal': {
    scopes: ['files:write'],
    run: (args, { state, filesUrl }) => {
      const id = `F${randomUUID().slice(0, 8).toUpperCase()}`;
      state.uploads.set(id, { name: String(args.filename), bytes: new Uint8Array() });
      return { ok: true, upload_url: `${filesUrl}/upload/${id}`, file_id: id };
    },
  },
  'files.completeUploadExternal': {
    scopes: ['files:write'],
    run: (args, around) => {
      const { state } = around;
      const wrong = refuseChannel({ channel: args.channel_id }, state);
      if (wrong) return wrong;
      const asked = JSON.parse(String(args.files)) as { id: string }[];
      const files = asked.flatMap(({ id }) => {
        const upload = state.uploads.get(id);
        return upload ? [{ id, ...upload }] : [];
      });
      if (files.length !== asked.length) return no('file_not_found');
      for (const file of files) state.files.set(file.id, file);
      const message: FakeMessage = {
        channel: String(args.channel_id),
        ts: state.nextTs(),
        user: botUser,
        text: '',
        files,
        reactions: [],
        ...(args.thread_ts !== undefined && { thread_ts: String(args.thread_ts) }),
      };
      state.messages.push(message);
      around.posted(message);
      return { ok: true, files: asked };
    },
  },
  'functions.completeSuccess': {
    scopes: [],
    run: (args, { state }) => {
      state.steps.set(String(args.function_execution_id), { outputs: JSON.parse(String(args.outputs)) });
      return { ok: true };
    },
  },
  'functions.completeError': {
    scopes: [],
    run: (args, { state }) => {
      state.steps.set(String(args.function_execution_id), { error: String(args.error) });
      return { ok: true };
    },
  },
  'assistant.threads.setSuggestedPrompts': {
    scopes: ['assistant:write'],
    run: (args, { state }) => {
      const prompts = (typeof args.prompts === 'string' ? JSON.parse(args.prompts) : args.prompts) as unknown[];
      if (prompts.length > 4) return no('invalid_arguments');
      state.prompts.set(String(args.channel_id), prompts);
      return { ok: true };
    },
  },
  'usergroups.users.list': {
    scopes: ['usergroups:read'],
    run: (args, { state }) => {
      const users = state.groups.get(String(args.usergroup));
      return users ? { ok: true, users } : no('no_such_subteam');
    },
  },
  'oauth.v2.access': {
    scopes: [],
    run: (args, { state }) => {
      const installing = state.codes.get(String(args.code));
      if (!installing || args.client_secret !== clientSecret) return no('invalid_code');
      state.codes.delete(String(args.code));
      const access_token = `xoxb-${installing}-${state.tokens.size}`;
      state.tokens.set(access_token, installing);
      return {
        ok: true,
        access_token,
        token_type: 'bot',
        scope: state.scopes.join(','),
        bot_user_id: botUser,
        app_id: 'A0FREBOT',
        team: state.wholeOrganization ? null : { id: installing, name: `Workspace ${installing}` },
        enterprise: state.wholeOrganization ? { id: 'E0ORG', name: 'Organization' } : null,
        is_enterprise_install: state.wholeOrganization,
        authed_user: { id: 'U0ANNA' },
      };
    },
  },
  'views.open': {
    scopes: [],
    run: (args, { state }) => openModal(args, state),
  },
  'views.publish': {
    scopes: [],
    run: (args, { state }) => {
      const view = args.view as { type: string; blocks: unknown[] };
      const wrong = judge(view.blocks, 'home');
      if (wrong || view.type !== 'home') return no('invalid_arguments', wrong?.hint);
      const user = String(args.user_id);
      state.homes.set(user, { view_id: `V${randomUUID()}`, user, type: 'home', title: '', blocks: view.blocks });
      return { ok: true };
    },
  },
};

/** Opens a modal for the person of the trigger. */
function openModal(args: Args, state: State): Reply {
  const trigger = state.triggers.get(String(args.trigger_id));
  if (!trigger) return no('invalid_trigger_id');
  if (trigger.used) return no('exchanged_trigger_id');
  if (state.clock.now() > trigger.until) return no('expired_trigger_id');
  const view = args.view as {
    type: string;
    title: { text: string };
    blocks: unknown[];
    private_metadata?: string;
    callback_id?: string;
  };
  if (view.type !== 'modal' || !view.title?.text || view.title.text.length > 24) return no('invalid_arguments');
  if ((view.private_metadata?.length ?? 0) > 3000) return no('invalid_arguments');
  const wrong = judge(view.blocks, 'modal');
  if (wrong) return no('invalid_arguments', wrong.hint);
  trigger.used = true;
  const { type, blocks, private_metadata, callback_id } = view;
  const opened = {
    view_id: `V${randomUUID()}`,
    user: trigger.user,
    type,
    title: view.title.text,
    blocks,
    ...(private_metadata && { private_metadata }),
    ...(callback_id && { callback_id }),
  };
  state.views.push(opened);
  return { ok: true, view: { id: opened.view_id, ...view } };
}

/** Answers one call as Slack would. */
export function call(name: string, token: string | undefined, args: Args, around: Surroundings): Reply {
  const { state } = around;
  const method = methods[name];
  if (!method) {
    state.unexpected.push(`unknown method ${name}`);
    return no('unknown_method');
  }
  if (name === 'apps.connections.open') {
    if (token !== appToken) return no(token ? 'invalid_auth' : 'not_authed');
  } else if (name !== 'oauth.v2.access') {
    const team = token === undefined ? undefined : state.tokens.get(token);
    if (!team) return no(token ? 'invalid_auth' : 'not_authed');
    around.team = team;
  }
  const needed = needs(name, args, state);
  if (needed.length > 0 && !needed.some((scope) => state.scopes.includes(scope))) {
    return { ok: false, error: 'missing_scope', needed: needed.join(','), provided: state.scopes.join(',') };
  }
  return method.run(args, around);
}

/** Returns the scopes of which a call needs one. */
export function needs(name: string, args: Args, state: State): string[] {
  const scopes = methods[name]?.scopes ?? [];
  return typeof scopes === 'function' ? scopes(args, state) : scopes;
}

const no = (error: string, hint?: string): Reply => ({
  ok: false,
  error,
  ...(hint && { response_metadata: { messages: [hint] } }),
});

function refuseChannel(args: Args, state: State): Reply | undefined {
  const channel = state.channels.get(String(args.channel));
  if (!channel) return no('channel_not_found');
  return channel.joined ? undefined : no('not_in_channel');
}

function refuseContent(args: Args, state: State, surface: Surface = 'message'): Reply | undefined {
  const blocks = args.blocks as unknown[] | undefined;
  if (blocks?.length && state.refusing) return no(state.refusing);
  if (!args.text && !blocks?.length) return no('no_text');
  if (String(args.text ?? '').length > 40_000) return no('msg_too_long');
  const wrong = blocks ? judge(blocks, surface) : undefined;
  return wrong && no(wrong.error, wrong.hint);
}

function messageFields(args: Args): Pick<FakeMessage, 'channel' | 'text' | 'blocks' | 'metadata' | 'thread_ts'> {
  return {
    channel: String(args.channel),
    text: String(args.text ?? ''),
    ...(args.blocks !== undefined && { blocks: args.blocks as unknown[] }),
    ...(args.metadata !== undefined && { metadata: args.metadata as FakeMessage['metadata'] }),
    ...(args.thread_ts !== undefined && { thread_ts: String(args.thread_ts) }),
  };
}
