import { randomUUID } from 'node:crypto';
import { type FakeFile, type State, team } from './state.js';

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
