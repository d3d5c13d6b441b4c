import { randomUUID } from 'node:crypto';
import { type FakeAttachment, type FakeFile, type FakeMessage, type State, team } from './state.js';

export interface Upload {
  name: string;
  bytes: Uint8Array | string;
  /** A pasted snippet is a file too. */
  mode?: 'snippet';
  shown?: Record<string, unknown>;
  info?: FakeFile['info'];
}

/** Stores a file in the workspace, whether a message shows it or not. */
export function upload({ name, bytes, mode, shown, info }: Upload, state: State): FakeFile {
  const id = `F${randomUUID().slice(0, 8).toUpperCase()}`;
  const content = typeof bytes === 'string' ? Buffer.from(bytes) : bytes;
  const file: FakeFile = {
    id,
    name,
    bytes: content,
    ...(mode && { mode }),
    ...(shown && { shown }),
    ...(info && { info }),
  };
  state.files.set(id, file);
  return file;
}

/** Returns where a file was shared, with private channels and direct messages apart. */
export function shares({ id }: FakeFile, state: State): Record<string, unknown> {
  const found: Record<string, Record<string, { ts: string; thread_ts?: string }[]>> = { public: {}, private: {} };
  for (const { channel, ts, thread_ts, files } of state.messages) {
    if (!files?.some((file) => file.id === id)) continue;
    const kind = state.channels.get(channel)?.kind === 'channel' ? 'public' : 'private';
    const list = found[kind] as Record<string, { ts: string; thread_ts?: string }[]>;
    list[channel] = [...(list[channel] ?? []), { ts, ...(thread_ts && { thread_ts }) }];
  }
  return { shares: found };
}

/** Returns a file as events and files.info describe it. */
export function described(file: FakeFile, filesUrl: string): Record<string, unknown> {
  const base = `${filesUrl}/files-pri/${team}-${file.id}`;
  return {
    id: file.id,
    name: file.name,
    title: file.name,
    mimetype: 'text/plain',
    filetype: file.name.split('.').pop() ?? 'text',
    size: file.bytes.length,
    mode: file.mode ?? 'hosted',
    is_external: false,
    url_private: `${base}/${encodeURIComponent(file.name)}`,
    url_private_download: `${base}/download/${encodeURIComponent(file.name)}`,
  };
}

/** Returns a message as the history and a shortcut deliver it. */
export function delivered(message: FakeMessage, filesUrl: string, more: (keyof FakeMessage)[] = []): object {
  const { channel, ts, thread_ts, user, bot_id, text, blocks } = message;
  const extra = Object.fromEntries(more.flatMap((field) => (message[field] ? [[field, message[field]]] : [])));
  return {
    type: 'message',
    channel,
    ts,
    text,
    ...(user && { user }),
    ...(bot_id && { bot_id }),
    ...(thread_ts && { thread_ts }),
    ...(blocks && { blocks }),
    ...filesAndCards(message, filesUrl),
    ...extra,
  };
}

/** Returns the files and the attachments of a message as Slack delivers them. */
export function filesAndCards({ files, attachments }: FakeMessage, filesUrl: string): object {
  const describe = (file: FakeFile) => file.shown ?? described(file, filesUrl);
  const card = ({ shared, ...rest }: FakeAttachment) => ({ ...rest, ...(shared && { files: shared.map(describe) }) });
  return {
    ...(files && { files: files.map(describe) }),
    ...(attachments && { attachments: attachments.map(card) }),
  };
}

/** Returns the attachment of a forwarded message. Its words and files stand there, not in the message that forwards it. */
export function forwarded(message: FakeMessage): FakeAttachment {
  const { channel, ts, user, text, files, blocks } = message;
  return {
    is_msg_unfurl: true,
    is_share: true,
    channel_id: channel,
    channel_name: 'elsewhere',
    author_id: user,
    author_name: 'Bert',
    from_url: permalinkTo(message),
    fallback: `[June 8th, 2026 8:00 PM] bert: ${text}`,
    footer: 'Posted in #elsewhere',
    mrkdwn_in: ['text'],
    ts,
    text,
    message_blocks: [{ team, channel, ts, message: { blocks: blocks ?? [] } }],
    ...(files && { shared: files }),
  };
}

/** Returns the address that *Copy link* gives for a message. */
export function permalinkTo({ channel, ts, thread_ts }: FakeMessage): string {
  const query = thread_ts ? `?thread_ts=${thread_ts}&cid=${channel}` : '';
  return `https://frebot-test.slack.com/archives/${channel}/p${ts.replace('.', '')}${query}`;
}
