import type { AskReply } from '../ask-reply.js';
import type { ErrorCode } from './errors.js';

/** Plain JSON. What crosses a port survives a crash and another process. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

export type DoorName = 'slack' | 'teams' | 'web' | 'terminal';

/**
 * Everything a door needs to fetch a file. The desk reads the name, the media type, the size, `lasting` (the platform keeps the
 * file, so that it can be fetched again days later) and `unnamed` (the name stands for one that only the platform knows). The
 * other fields belong to the door that made it.
 */
export type FileRef = {
  name: string;
  type?: string;
  size?: number;
  lasting?: true;
  unnamed?: true;
  [key: string]: Json | undefined;
};
/** Another message that a message points at: the first one of its thread, a quoted one, one behind a link. Opaque to the desk. */
export type MessageRef = { [key: string]: Json };
/** A conversation, thread or call a door can answer into. Opaque to the desk. */
export type ReplyPlace = { [key: string]: Json };
/** A message the door has posted. Opaque to the desk. */
export type PostedMessage = { [key: string]: Json };

/** A button of an earlier answer. */
export interface Button {
  action: string;
  /** The stored answer it belongs to. */
  case: string;
  /** The parts of that answer it opens. */
  parts?: string[];
}

/** Why a message is for Frebot. What may be said about it follows from this. */
export type RelevanceReason =
  /** A mention, direct message, command or button. It always gets an answer. */
  | 'addressed'
  /** Files, not addressed to Frebot: an answer only when one proves to be evidence. */
  | 'overheard-files'
  /** Files the platform names but does not hand over, named like evidence: one receipt per channel per day. */
  | 'overheard-unreachable'
  /** A question in a thread Frebot is part of, and plainly one it can answer. */
  | 'overheard-question'
  /** Lines pasted into a thread Frebot is part of, or a whole log anywhere: an answer only when they prove to be evidence. */
  | 'overheard-text'
  /** The words of a person Frebot has asked what the cause was. */
  | 'overheard-reply'
  | 'none';

export interface Relevance {
  reason: RelevanceReason;
  /** The reply to an overheard question, since only an answerable question is for Frebot. */
  reply?: AskReply;
}

/** A platform's message as the desk sees it. The type parameters are the references of the door that received it. */
export interface Message<File extends FileRef = FileRef, Place extends ReplyPlace = ReplyPlace> {
  /** Platform, tenant, conversation and message in one string: the same for every delivery of the same message. */
  key: string;
  door: DoorName;
  tenant: string;
  who: string;
  where: Place;
  /** Thread key, stable for all messages of one thread. */
  thread: string;
  /** Key of the channel or chat that holds the thread, for what is said once per channel per day; absent when it is the thread's. */
  place?: string;
  /** Text without the mention of Frebot. */
  text: string;
  files: File[];
  /** Words that the message hands on: of a forwarded message, of a card, or of the message on which a shortcut was used. */
  quoted?: string;
  /** Messages that it points at, read only when its own words say too little; the most likely first. */
  pointsAt?: MessageRef[];
  /** In no thread: a slash command, or the first message of one. Commands about a thread then say how to use them. */
  alone?: true;
  /** Only the asker sees the answer, so the thread is not one of Frebot's. */
  private?: true;
  /** True for a mention, direct message, command or button; false when Frebot overheard the message. */
  addressed: boolean;
  /** Mentions or quotes another person: words that Frebot overhears are then for that person. */
  toOthers?: true;
  /** Files the platform announced but does not hand over (Teams channel stub, Slack external file): the reason, from the catalogue. */
  unreachable?: { name: string | null; reason: ErrorCode }[];
  /** Decided once, before the claim; absent on a message that an earlier version claimed. */
  relevance?: Relevance;
  /** Frebot was added to the channel or chat, and says once what it does. */
  greeting?: true;
  /** The pressed button, when the message is one and has no words. */
  press?: Button;
}
