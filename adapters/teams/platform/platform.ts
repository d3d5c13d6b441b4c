import type { IncomingMessage } from 'node:http';
import type { TeamsReference } from '../place.js';
import type { Activity, InvokeResponse } from './activity.js';

/** An activity to be posted; `type: 'typing'` is the typing indicator. */
export interface OutgoingActivity extends Omit<Partial<Activity>, 'conversation' | 'from' | 'recipient'> {
  conversation?: TeamsReference['conversation'];
  from?: TeamsReference['bot'];
  recipient?: TeamsReference['user'] & { isTargeted?: true };
}

/** A connection to one conversation. Errors carry `statusCode` and, where Teams answered, `response`. */
export interface TeamsConversation {
  /** Posts an activity: as a reply where it names `replyToId`, else as its own message. */
  post(activity: OutgoingActivity): Promise<{ id?: string }>;
  /** Replaces one of Frebot's posts. */
  edit(id: string, activity: OutgoingActivity): Promise<{ id?: string }>;
  /** Deletes one of Frebot's posts. */
  remove(id: string): Promise<unknown>;
}

/** What Frebot needs of the service that connects bots with Teams. `bot-framework.ts` is the only implementation. */
export interface Platform {
  /**
   * Verifies the token of an activity, then has it handled.
   * @param accept decides about an activity with a good token; false refuses it
   * @returns the response to an invoke, if any
   * @throws UnauthenticatedError, VerificationError
   */
  receive(
    request: IncomingMessage & { body: Activity },
    accept: (activity: Activity) => boolean,
    handle: (activity: Activity) => Promise<InvokeResponse | undefined>,
  ): Promise<InvokeResponse | 'refused' | undefined>;
  /** Runs `work` with a connection to a stored conversation and returns its result. */
  withConversation<T>(reference: TeamsReference, work: (conversation: TeamsConversation) => Promise<T>): Promise<T>;
  /** Returns the name of a member of a conversation, by the id of the account; undefined when it is none. */
  findMemberName(reference: TeamsReference, id: string): Promise<string | undefined>;
  /** Returns the group id of a team, which Graph knows it by. */
  findGroup(team: string, serviceUrl: string, tenant: string): Promise<string | undefined>;
}

/** The platform's keys could not be fetched, so the token is neither good nor bad. */
export class VerificationError extends Error {}
/** The token is missing, broken, expired, or meant for another app. */
export class UnauthenticatedError extends Error {}
