import type { SlackFile } from './files.js';

/** The fields that Frebot reads of `app_mention` and `message` events. */
export interface SlackMessage {
  type: string;
  subtype?: string;
  channel: string;
  channel_type?: string;
  user?: string;
  bot_id?: string;
  text?: string;
  ts: string;
  thread_ts?: string;
  files?: SlackFile[];
  /** Forwarded messages, previews, and the cards of apps. */
  attachments?: SlackAttachment[];
  blocks?: unknown[];
  /** Time stamp of the deleted message; only in `message_deleted`. */
  deleted_ts?: string;
}

/** An attachment of a message: a forwarded message, the preview of a link to one, or the card of an app. */
export interface SlackAttachment {
  /** Set on a forwarded message. */
  is_share?: boolean;
  /** Set on a forwarded message, and on the preview of a link to a message. */
  is_msg_unfurl?: boolean;
  text?: unknown;
  pretext?: unknown;
  title?: unknown;
  fallback?: unknown;
  fields?: unknown;
  blocks?: unknown;
  files?: SlackFile[];
  /** The blocks of a forwarded message. */
  message_blocks?: unknown;
}
