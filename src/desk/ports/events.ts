import type { ErrorCode } from './errors.js';
import type { DoorName } from './message.js';

/** The facts of each event by its name: codes, ids, counts and milliseconds (`ms`), never content. */
export interface DeskEvents {
  claimed: { door: DoorName; why: string; fresh: boolean; request: string; ms: number };
  answered: Partial<ErrorFacts> & { door: DoorName; outcome: string; verdict?: string; request: string; ms: number };
  'work-failed': ErrorFacts & { door: DoorName; request: string };
  'work-put-off': ErrorFacts & { door: DoorName; request: string };
  'call-failed': ErrorFacts & { request: string };
  'file-opened': { door: DoorName; request: string };
  /** `why` names what kept it closed. */
  'file-left-alone': { door: DoorName; why: string; request: string };
  'file-failed': ErrorFacts & { door: DoorName; request?: string };
  /** `files` counts the files of one message or call. */
  'file-refused': ErrorFacts & { files: number };
  'recall-failed': ErrorFacts & { door: DoorName };
  recalled: { door: DoorName; files: number };
  diagnosed: { verdict: string; files: number; ms: number };
  pressed: { action: string; found: boolean };
  'message-forgotten': object;
  'post-failed': ErrorFacts & { door: DoorName; request: string };
  'post-retried': { door: DoorName; attempt: number };
  'post-interrupted': { door: DoorName; found: string };
  'post-repeated': { door: DoorName };
  'unexpected-error': { id: string; error: string; at: string };
  audit: AuditFacts;
  'message-done': { state: string };
  'message-given-up': ErrorFacts;
  'wake-failed': { reason: string };
  'sweep-failed': { reason: string };
  'heartbeat-failed': { reason: string };
  'outcome-unwritten': { reason: string };
  'queue-error': { reason: string };
  'database-connection-lost': { reason: string };
  retention: { removed: number };
  'retention-failed': { reason: string };
}

interface ErrorFacts {
  code: ErrorCode;
  /** The catalogue's sentence for the operator. */
  advice: string;
}

/** One line of the audit trail. Ids are the platform's own. */
export interface AuditFacts {
  request?: string;
  door: string;
  tenant?: string;
  place?: string;
  who?: string;
  action?: string;
  kinds?: string;
  cause?: string;
  verdict?: string;
  outcome: string;
  code?: ErrorCode;
}

/** Something that happened at the desk or in the store, for log, metrics and audit. */
export type DeskEvent = { [Name in keyof DeskEvents]: { name: Name } & DeskEvents[Name] }[keyof DeskEvents];

/** The meaning of each event for an operator; `docs/operations.md` lists the same sentences. */
export const eventMeanings: Record<keyof DeskEvents, string> = {
  claimed: 'A message is for Frebot; its claim is stored, or was before (`fresh` is false).',
  answered: 'Work on a message ended with a post, or with the failure to post.',
  'work-failed': 'Work on an overheard message failed; its author hears nothing.',
  'work-put-off': 'A download or the store failed for now; the message is tried again.',
  'call-failed': 'A command, button, page or terminal call failed.',
  'file-opened': 'A file was allowed to be opened.',
  'file-left-alone': 'A file stayed closed because of its name, type or size (`why`); nothing of it was fetched.',
  'file-failed': 'A file could not be fetched.',
  'file-refused': 'Files were fetched and could not be used; `code` says why.',
  'recall-failed': 'An earlier file of a thread could not be fetched again after a restart.',
  recalled: 'Earlier files of a thread were fetched again.',
  diagnosed: 'A diagnosis was made from this many files.',
  pressed: 'A button was pressed; `found` says whether its answer is still stored.',
  'message-forgotten': 'A deleted message took its answers and its evidence with it.',
  'post-failed': 'An answer could not be posted; `advice` has the platform’s own code.',
  'post-retried': 'The platform failed a post, which is made again.',
  'post-interrupted': 'An earlier process ended while it posted; `found` says how much of the post is there.',
  'post-repeated': 'The platform could not say whether the post is there, so it was made again.',
  'unexpected-error': 'An error without a code in the catalogue, with its kind and place. Please report it.',
  audit: 'A line of the audit trail; never in the log.',
  'message-done': 'The inbox stored how a message ended.',
  'message-given-up': 'A message ended as failed.',
  'wake-failed': 'The queue could not be told of a message; the next sweep finds it.',
  'sweep-failed': 'The search for waiting messages failed; it runs again.',
  'heartbeat-failed': 'A lease could not be renewed; another process may take the message.',
  'outcome-unwritten': 'An outcome could not be stored yet; it is tried again.',
  'queue-error': 'The queue reported an error.',
  'database-connection-lost': 'A connection to the database broke; the pool opens another.',
  retention: 'Data past its retention was removed.',
  'retention-failed': 'Data past its retention could not be removed; it is tried again.',
};
