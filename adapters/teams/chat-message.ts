import { readCardWords } from './card-words.js';
import type { SharedFile } from './file-ref.js';
import { decodeHtml } from './inbound/message-text.js';

/** The fields that Frebot reads of a chatMessage, as Graph returns it and as a message action carries it. */
export interface ChatMessage {
  body?: { contentType?: string; content?: string };
  from?: { application?: { id?: string } | null } | null;
  attachments?: ChatAttachment[];
}

export interface ChatAttachment {
  id?: string;
  contentType?: string;
  contentUrl?: string;
  content?: unknown;
  name?: string | null;
}

/**
 * Returns what a message says: its own words, then those of its attachments.
 * @param read the words of one attachment
 */
export function chatWords({ body, attachments }: ChatMessage, read: (one: ChatAttachment) => string): string {
  const content = body?.content ?? '';
  const own = body?.contentType === 'text' ? content : decodeHtml(content);
  return [own, ...(attachments ?? []).map(read)].filter((text) => text.trim() !== '').join('\n\n');
}

/** Returns the words of a card; none of another attachment. */
export function cardWords({ contentType, content }: ChatAttachment): string {
  return contentType?.startsWith('application/vnd.microsoft.') ? readCardWords(content) : '';
}

/** Returns the files of a message, which name their address in SharePoint or OneDrive. */
export function chatFiles({ attachments }: ChatMessage, tenant: string): SharedFile[] {
  return (attachments ?? []).flatMap(({ contentType, contentUrl, name }): SharedFile[] =>
    contentType === 'reference' && contentUrl
      ? [{ via: 'share', lasting: true, name: name ?? 'file', url: contentUrl, tenant }]
      : [],
  );
}
