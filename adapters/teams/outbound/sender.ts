import type { Answer } from '../../../src/answer/answer.js';
import { dropOldest } from '../../../src/desk/drop-oldest.js';
import type { FoundPost } from '../../../src/desk/ports/door.js';
import type { Clock } from '../../../src/desk/ports/environment.js';
import type { ConversationScope, TeamsPlace } from '../place.js';
import type { Attachment } from '../platform/activity.js';
import type { OutgoingActivity, Platform, TeamsConversation } from '../platform/platform.js';
import { type Card, type CardAction, renderCards } from '../render/index.js';
import { nameMembers } from './name-members.js';
import { addressRecipient, cardActivity, textActivity } from './post-activities.js';
import { mayHaveArrived, toRefusal } from './refusal.js';
import { httpStatus, withRetry } from './retry.js';

/** Makes the *Report* button of an answer; undefined where there is none. */
type MakeReportButton = (answer: Answer, scope: ConversationScope) => CardAction | undefined;

/** Reference to a posted answer: the post of its first card, and how many cards are posted if that is not all. */
export type TeamsPosted = { id: string | null; cards?: number };

/** How much of an answer is posted. */
interface PostProgress {
  /** Id of the first card's post. */
  id: string | null;
  /** Number of cards posted. */
  cards: number;
}

/** How an attempt to post an answer ended. */
interface PostAttempt extends PostProgress {
  /** Absent when the whole answer is posted. */
  error?: unknown;
}

interface AttachmentOptions {
  /** Text of the notification. */
  summary: string;
  /** Id of an earlier post to delete, where Teams lets us. */
  replaces?: string;
  signal?: AbortSignal;
}

/** Fields that every activity in a conversation carries: addresses, sender and recipient. */
type Envelope = OutgoingActivity;

/** Posts one activity, or replaces the post with this id, with retries. */
type SendActivity = (activity: OutgoingActivity, replacedId: string | null) => Promise<{ id?: string }>;

/** How many answers are remembered for `findPost`. */
const maxRemembered = 2000;

/** Posts to Teams. Nothing else in the door does. */
export class TeamsSender {
  readonly #platform: Platform;
  readonly #clock: Clock;
  readonly #makeReportButton: MakeReportButton;
  /** The last attempt of this process by key. A crash loses them, and Teams offers no search for posts. */
  readonly #attempts = new Map<string, PostAttempt>();

  constructor(platform: Platform, clock: Clock, makeReportButton: MakeReportButton) {
    this.#platform = platform;
    this.#clock = clock;
    this.#makeReportButton = makeReportButton;
  }

  /** Returns what this process has posted under a key; `cannot-tell` for posts of an earlier process. */
  findPost(key: string): FoundPost<TeamsPosted> {
    const attempt = this.#attempts.get(key);
    if (!attempt) return { state: 'cannot-tell' };
    const { id, cards, error } = attempt;
    if (error === undefined) return { state: 'whole', posted: { id } };
    if (cards > 0) return { state: 'partial', posted: { id, cards } };
    return { state: mayHaveArrived(error) ? 'cannot-tell' : 'none' };
  }

  /** Shows the typing indicator. Returns false where there is none: in channels, and when Teams refuses it. Never rejects. */
  async sendTyping(place: TeamsPlace): Promise<boolean> {
    if (place.scope === 'channel') return false;
    return this.#inConversation(place, (conversation, envelope) =>
      post(conversation, { ...envelope, type: 'typing' }),
    ).then(
      () => true,
      () => false,
    );
  }

  /**
   * Posts an answer, or replaces an earlier post with it.
   * @param posted the earlier post; with `cards`, the number of cards it has already, to which the others are added
   * @returns the id of the first card's post
   * @throws CatalogueError
   */
  async postAnswer(
    place: TeamsPlace,
    answer: Answer,
    key: string,
    posted?: TeamsPosted,
    signal?: AbortSignal,
  ): Promise<TeamsPosted> {
    const named = await this.nameMembers(place, answer);
    const cards = renderCards(named, this.#makeReportButton(answer, place.scope));
    const start: PostProgress = { id: posted?.id ?? null, cards: posted?.cards ?? 0 };
    // A targeted post cannot be replaced in the ordinary way; a new one is as private.
    const replacedId = start.cards === 0 && !place.targeted ? start.id : null;
    const attempt = await this.#inConversation(place, (conversation, envelope) => {
      const send: SendActivity = (activity, id) =>
        withRetry(() => post(conversation, { ...envelope, ...activity }, id), this.#clock, signal);
      return sendCards(cards, named, start, replacedId, send);
    }).catch((error: unknown): PostAttempt => ({ ...start, error }));
    // An edit that did not begin leaves the earlier post as it is, and so what is remembered of it.
    if (attempt.error === undefined || attempt.cards > 0 || replacedId === null) this.#remember(key, attempt);
    if (attempt.error !== undefined) throw toRefusal(attempt.error);
    return { id: attempt.id };
  }

  /** Draws the pressed card with its outcome, for everyone. An answer of several cards is not edited. @throws what Teams answers */
  async redraw(place: TeamsPlace, answer: Answer, signal?: AbortSignal): Promise<void> {
    const { pressed } = place;
    const [card, ...others] = renderCards(answer, this.#makeReportButton(answer, place.scope));
    if (!card || others.length > 0 || !pressed || place.targeted) return;
    await this.#inConversation(place, (conversation, envelope) =>
      withRetry(() => post(conversation, { ...envelope, ...cardActivity(card, answer) }, pressed), this.#clock, signal),
    );
  }

  /** Posts the cards that follow a refreshed one. */
  async postCards(place: TeamsPlace, cards: Card[], answer: Answer, signal?: AbortSignal): Promise<void> {
    if (cards.length === 0) return;
    await this.#inConversation(place, async (conversation, envelope) => {
      for (const card of cards) {
        await withRetry(() => post(conversation, { ...envelope, ...cardActivity(card, answer) }), this.#clock, signal);
      }
    });
  }

  /** Posts a card that Teams itself defines, such as the one for file consent. */
  async postAttachment(
    place: TeamsPlace,
    attachment: Attachment,
    { summary, replaces, signal }: AttachmentOptions,
  ): Promise<void> {
    await this.#inConversation(place, async (conversation, envelope) => {
      const activity = { ...envelope, type: 'message', summary, attachments: [attachment] };
      await withRetry(() => post(conversation, activity), this.#clock, signal);
      await deletePost(conversation, replaces);
    }).catch((error: unknown) => {
      throw toRefusal(error);
    });
  }

  /** Returns the answer with the names of the members of the conversation that it mentions. Never rejects. */
  nameMembers({ reference }: TeamsPlace, answer: Answer): Promise<Answer> {
    return nameMembers(answer, (id) => this.#platform.findMemberName(reference, id));
  }

  /** Deletes one of Frebot's posts. Never throws: the post may be gone already, and not every client supports it. */
  async removePost(place: TeamsPlace, id: string): Promise<void> {
    await this.#inConversation(place, (conversation) => deletePost(conversation, id)).catch(() => undefined);
  }

  #remember(key: string, attempt: PostAttempt): void {
    this.#attempts.set(key, attempt);
    dropOldest(this.#attempts, maxRemembered);
  }

  async #inConversation<T>(
    place: TeamsPlace,
    work: (conversation: TeamsConversation, envelope: Envelope) => Promise<T>,
  ): Promise<T> {
    const { reference, scope } = place;
    return this.#platform.withConversation(reference, (conversation) =>
      work(conversation, {
        channelId: reference.channelId,
        serviceUrl: reference.serviceUrl,
        conversation: reference.conversation,
        from: reference.bot,
        recipient: addressRecipient(place),
        // In a channel an answer is a reply in the thread; other conversations have no threads.
        ...(scope === 'channel' && reference.activityId && { replyToId: reference.activityId }),
      }),
    );
  }
}

/** Posts an activity, or replaces one of Frebot's own posts with it. */
function post(
  conversation: TeamsConversation,
  activity: OutgoingActivity,
  replacedId: string | null = null,
): Promise<{ id?: string }> {
  return replacedId ? conversation.edit(replacedId, activity) : conversation.post(activity);
}

async function deletePost(conversation: TeamsConversation, id: string | undefined): Promise<void> {
  if (id) await conversation.remove(id).catch(() => undefined);
}

/** Sends the cards that are not posted yet, in order, until one fails. Never rejects. */
async function sendCards(
  cards: readonly Card[],
  answer: Answer,
  start: PostProgress,
  replacedId: string | null,
  send: SendActivity,
): Promise<PostAttempt> {
  let progress = start;
  for (const card of cards.slice(start.cards)) {
    const isFirst = progress.cards === 0;
    try {
      const response = await send(cardActivity(card, answer), isFirst ? replacedId : null);
      progress = { id: isFirst ? (response?.id ?? replacedId) : progress.id, cards: progress.cards + 1 };
    } catch (error) {
      const status = httpStatus(error);
      if (status !== 400 && status !== 413) return { ...progress, error };
      return sendText(answer, progress, replacedId, send);
    }
  }
  return progress;
}

/** Sends the answer as text, for a client or tenant that refuses the card. Never rejects. */
async function sendText(
  answer: Answer,
  progress: PostProgress,
  replacedId: string | null,
  send: SendActivity,
): Promise<PostAttempt> {
  try {
    const response = await send(textActivity(answer), replacedId);
    return { ...progress, id: response?.id ?? replacedId };
  } catch (error) {
    return { ...progress, error };
  }
}
