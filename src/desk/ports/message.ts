import type { ErrorCode } from './errors.js';

/** Plain JSON. What crosses a port survives a crash and another process. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

export type DoorName = 'slack' | 'teams' | 'web' | 'terminal';

/**
 * Everything a door needs to fetch a file. The desk reads the name, the size and `lasting`: the platform keeps the file, so that
 * it can be fetched again days later. The other fields belong to the door that made it.
 */
export type FileRef = { name: string; size?: number; lasting?: true; [key: string]: Json | undefined };
/** A conversation, thread or call a door can answer into. Opaque to the desk. */
export type Where = { [key: string]: Json };
/** A message the door has posted. Opaque to the desk. */
export type Posted = { [key: string]: Json };

/** A button of an earlier answer. */
export interface Button {
  action: string;
  /** The stored answer it belongs to. */
  case: string;
  /** The parts of that answer it opens. */
  parts?: string[];
}

/** A platform's message as the desk sees it. */
export interface Message {
  /** Platform, tenant, conversation and message in one string: the same for every delivery of the same message. */
  key: string;
  door: DoorName;
  tenant: string;
  who: string;
  where: Where;
  /** Thread key, stable for all messages of one thread. */
  thread: string;
  /** Key of the channel or chat that holds the thread, for what is said once per channel per day; absent when it is the thread's. */
  place?: string;
  /** Text without the mention of Frebot. */
  text: string;
  files: FileRef[];
  /** True for a mention, direct message, command or button; false when Frebot overheard the message. */
  addressed: boolean;
  /** Files the platform announced but does not hand over (Teams channel stub, Slack external file): the reason, from the catalogue. */
  unreachable?: { name: string | null; reason: ErrorCode }[];
  /** The pressed button, when the message is one and has no words. */
  press?: Button;
}
