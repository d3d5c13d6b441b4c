// The parts of the Bot Framework's wire format that Frebot reads and writes. Teams sends more, and may leave out most of it.

interface Account {
  id: string;
  name?: string | undefined;
  aadObjectId?: string | undefined;
  role?: string | undefined;
}

export interface Attachment {
  contentType: string;
  contentUrl?: string | undefined;
  content?: unknown;
  name?: string | undefined;
}

/** A mention, a quote, or another entity beside the text. */
interface Entity {
  type: string;
  [field: string]: unknown;
}

export interface Mention extends Entity {
  mentioned: Account;
  text: string;
}

export interface Activity {
  type: string;
  channelId: string;
  serviceUrl: string;
  from: Account;
  recipient: Account;
  conversation: {
    id: string;
    name?: string | undefined;
    tenantId?: string | undefined;
    conversationType?: string | undefined;
    isGroup?: boolean | undefined;
  };
  id?: string | undefined;
  /** Name of an invoke. */
  name?: string | undefined;
  text?: string | undefined;
  textFormat?: string | undefined;
  summary?: string | undefined;
  locale?: string | undefined;
  replyToId?: string | undefined;
  action?: string | undefined;
  value?: unknown;
  channelData?: unknown;
  attachments?: Attachment[] | undefined;
  entities?: Entity[] | undefined;
  membersAdded?: Account[] | undefined;
}

/** The answer to an invoke, which Teams waits for. */
export interface InvokeResponse<Body = unknown> {
  status: number;
  body?: Body;
}
