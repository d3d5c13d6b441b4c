import { filesAndCards } from './files.js';
import { botUser, type FakeMessage, type State, team } from './state.js';

/** Returns the events that Slack sends of a message: those the app subscribed to and has the scopes for. */
export function eventsOf(message: FakeMessage, state: State, filesUrl: string): Record<string, unknown>[] {
  const channel = state.channels.get(message.channel);
  if (!channel?.joined) return [];
  const { scopes } = state;
  const { files } = message;
  const base = {
    user: message.user,
    text: message.text,
    ts: message.ts,
    event_ts: message.ts,
    channel: message.channel,
    ...(message.bot_id && { bot_id: message.bot_id }),
    ...(message.thread_ts && { thread_ts: message.thread_ts }),
    ...(message.blocks && { blocks: message.blocks }),
    ...filesAndCards(message, filesUrl),
  };
  const events: Record<string, unknown>[] = [];
  if (
    message.text.includes(`<@${botUser}>`) &&
    channel.kind !== 'im' &&
    !message.bot_id &&
    scopes.includes('app_mentions:read')
  ) {
    state.eventScopes.add('app_mentions:read');
    events.push({ type: 'app_mention', team, ...base });
  }
  const scope = { channel: 'channels:history', group: 'groups:history', im: 'im:history', mpim: 'mpim:history' }[
    channel.kind
  ];
  if (scopes.includes(scope)) {
    state.eventScopes.add(scope);
    // A message with files comes without its team.
    events.push({
      type: 'message',
      channel_type: channel.kind,
      ...(files ? { subtype: 'file_share' } : { team }),
      ...base,
    });
  }
  if (scopes.includes('files:read')) {
    for (const { id } of message.files ?? []) {
      const { channel: channel_id, ts: event_ts, user: user_id } = message;
      events.push({ type: 'file_shared', file_id: id, file: { id }, user_id, channel_id, event_ts });
    }
  }
  return events;
}
