import type { PointedMessage } from '../../../src/desk/ports/door.js';
import { CatalogueError } from '../../../src/desk/ports/errors.js';
import type { MessageRef } from '../../../src/desk/ports/message.js';
import { type ChatAttachment, cardWords, chatFiles, chatWords } from '../chat-message.js';
import type { ChannelPosition, TeamsFileRef } from '../file-ref.js';
import { decodeHtml } from '../inbound/message-text.js';
import type { GraphFiles } from './files.js';

/**
 * Reads a message that another one points at through Microsoft Graph: its words, its cards, its files, and the message that it
 * forwards. Where that is not granted, the shortened words of a quote are all there is.
 * @throws CatalogueError `teams-no-history` when Teams does not let Frebot read the message
 */
export async function readTeamsMessage(
  given: MessageRef,
  graph: GraphFiles | undefined,
  appId: string | undefined,
): Promise<PointedMessage<TeamsFileRef>> {
  const { preview = '', ...position } = given as ChannelPosition & { preview?: string };
  const scope = position.root === null ? 'ChatMessage.Read.Chat' : 'ChannelMessage.Read.Group';
  if (!graph) return orPreview(preview, new CatalogueError('teams-no-history', { scope }));
  try {
    const message = await graph.readMessage(position);
    // Frebot's own answer says nothing about what was asked below it.
    if (appId !== undefined && message.from?.application?.id === appId) return { text: '', files: [] };
    return { text: chatWords(message, attachmentWords), files: chatFiles(message, position.tenant) };
  } catch (error) {
    const refused = ['teams-rsc-channel', 'teams-rsc-chat', 'teams-graph-token', 'teams-team-unknown'];
    const isRefused = error instanceof CatalogueError && refused.includes(error.code);
    const gone = error instanceof CatalogueError && error.code === 'download-not-found';
    if (gone) return orPreview(preview, new CatalogueError('message-gone', {}, { cause: error }));
    return orPreview(preview, isRefused ? new CatalogueError('teams-no-history', { scope }, { cause: error }) : error);
  }
}

function orPreview(preview: string, error: unknown): PointedMessage<TeamsFileRef> {
  if (preview.trim() === '') throw error;
  return { text: preview, files: [] };
}

/** Returns the words of a card, or of the message that an attachment refers to. */
function attachmentWords(attachment: ChatAttachment): string {
  const { contentType, content } = attachment;
  if (contentType !== 'forwardedMessageReference' && contentType !== 'messageReference') return cardWords(attachment);
  const { originalMessageContent, messagePreview } = parseReference(content);
  return decodeHtml(String(originalMessageContent ?? messagePreview ?? ''));
}

function parseReference(content: unknown): { originalMessageContent?: unknown; messagePreview?: unknown } {
  try {
    const parsed: unknown = typeof content === 'string' ? JSON.parse(content) : content;
    return parsed !== null && typeof parsed === 'object' ? parsed : {};
  } catch {
    return {};
  }
}
