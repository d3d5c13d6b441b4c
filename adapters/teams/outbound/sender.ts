import type { Activity, Attachment, ChannelAccount, ConversationReference } from 'botbuilder';
import type { Answer } from '../../../src/answer/answer.js';
import { neutralize, renderText } from '../../../src/answer/text.js';
import type { FoundPost } from '../../../src/desk/ports/door.js';
import type { Clock } from '../../../src/desk/ports/environment.js';
import { CatalogueError } from '../../../src/desk/ports/errors.js';
import type { Posted, Where } from '../../../src/desk/ports/message.js';
import type { Connector, TeamsAdapter } from '../adapter.js';
import type { ConversationScope } from '../inbound/message.js';
import { type Card, type CardAction, renderCards } from '../render/index.js';
import { httpStatus, withRetry } from './retry.js';

/** Makes the *Report* button of an answer; undefined where there is none. */
type MakeReportButton = (answer: Answer, scope: ConversationScope) => CardAction | undefined;

/** Progress of this process with an answer of one or more cards. */
interface PostProgress {
  /** Id of the first card's post. */
  id: string | null;
  /** Number of cards posted. */
  cards: number;
  whole: boolean;
  /** A post failed in a way that leaves open whether Teams took it. */
  uncertain: boolean;
}

interface AttachmentOptions {
  /** Text of the notification. */
  summary: string;
  /** Id of an earlier post to delete, where Teams lets us. */
  replaces?: string;
  signal?: AbortSignal;
}

/** Fields that every activity in a conversation carries: addresses, sender and recipient. */
type Envelope = Partial<Activity>;

/** Posts one activity, or replaces the post with this id, with retries. */
type SendActivity = (activity: Partial<Activity>, replacedId: string | null) => Promise<{ id?: string }>;

/** Posts to Teams. Nothing else in the door does. */
export class TeamsSender {
  readonly #adapter: TeamsAdapter;
  readonly #clock: Clock;
  readonly #makeReportButton: MakeReportButton;
  /** Posts of this process by key. A crash forgets them, and Teams offers no search for them. */
  readonly #progress = new Map<string, PostProgress>();

  constructor(adapter: TeamsAdapter, clock: Clock, makeReportButton: MakeReportButton) {
    this.#adapter = adapter;
    this.#clock = clock;
    this.#makeReportButton = makeReportButton;
  }

  /** Returns what this process has posted under a key; `cannot-tell` for posts of an earlier process. */
  findPost(key: string): FoundPost {
    const progress = this.#progress.get(key);
    if (!progress) return 'cannot-tell';
    const { id, cards, whole, uncertain } = progress;
    if (whole) return { posted: { id }, whole };
    if (cards > 0) return { posted: { id, cards }, whole };
    return uncertain ? 'cannot-tell' : 'none';
  }

  /** Shows the typing indicator. Channels have none, so nothing is sent there. */
  async sendTyping(where: Where): Promise<void> {
    if (where.scope === 'channel') return;
    await this.#withConnector(where, (connector, envelope) => post(connector, { ...envelope, type: 'typing' }));
  }

  /**
   * Posts an answer, or replaces an earlier post with it.
   * @param posted the earlier post; with `cards`, the number of cards it has already, to which the others are added
   * @returns the id of the first card's post
   * @throws CatalogueError `not-allowed` when Teams refuses for good; the connector's error otherwise
   */
  async postAnswer(where: Where, answer: Answer, key: string, posted?: Posted, signal?: AbortSignal): Promise<Posted> {
    const cards = renderCards(answer, this.#makeReportButton(answer, where.scope as ConversationScope));
    const id = typeof posted?.id === 'string' ? posted.id : null;
    const done = typeof posted?.cards === 'number' ? posted.cards : 0;
    // A targeted post cannot be replaced in the ordinary way; a new one is as private.
    const replacedId = done === 0 && where.targeted !== true ? id : null;
    const progress: PostProgress = { id: done > 0 ? id : replacedId, cards: done, whole: false, uncertain: false };
    try {
      await this.#withConnectorOrRefusal(where, (connector, envelope) => {
        const send: SendActivity = (activity, over) =>
          withRetry(() => post(connector, { ...envelope, ...activity }, over), this.#clock, signal);
        return this.#sendCards(cards, answer, { progress, replacedId, send });
      });
      progress.whole = true;
    } catch (error) {
      progress.uncertain = mayHaveArrived(error);
      throw error;
    } finally {
      // An edit that did not begin leaves the earlier post, and so the progress, as it is.
      if (progress.whole || progress.cards > 0 || replacedId === null) this.#remember(key, progress);
    }
    return { id: progress.id };
  }

  /** Sends the cards that are not posted yet and counts them in `progress`, which survives a failure in between. */
  async #sendCards(
    cards: readonly Card[],
    answer: Answer,
    { progress, replacedId, send }: { progress: PostProgress; replacedId: string | null; send: SendActivity },
  ): Promise<void> {
    try {
      for (const card of cards.slice(progress.cards)) {
        const isFirst = progress.cards === 0;
        const response = await send(cardActivity(card, answer), isFirst ? replacedId : null);
        if (isFirst) progress.id = response?.id ?? replacedId;
        progress.cards++;
      }
    } catch (error) {
      // A client or tenant that refuses the card still gets the text.
      const status = httpStatus(error);
      if (status !== 400 && status !== 413) throw error;
      progress.id = (await send(textActivity(answer), replacedId))?.id ?? replacedId;
    }
  }

  /** Posts the cards that follow a refreshed one. */
  async postCards(where: Where, cards: Card[], answer: Answer, signal?: AbortSignal): Promise<void> {
    if (cards.length === 0) return;
    await this.#withConnector(where, async (connector, envelope) => {
      for (const card of cards) {
        await withRetry(() => post(connector, { ...envelope, ...cardActivity(card, answer) }), this.#clock, signal);
      }
    });
  }

  /** Posts a card that Teams itself defines, such as the one for file consent. */
  async postAttachment(
    where: Where,
    attachment: Attachment,
    { summary, replaces, signal }: AttachmentOptions,
  ): Promise<void> {
    await this.#withConnectorOrRefusal(where, async (connector, envelope) => {
      const activity = { ...envelope, type: 'message', summary, attachments: [attachment] };
      await withRetry(() => post(connector, activity), this.#clock, signal);
      await deletePost(connector, envelope, replaces);
    });
  }

  /** Deletes one of Frebot's posts. Never throws: the post may be gone already, and not every client supports it. */
  async removePost(where: Where, id: string): Promise<void> {
    await this.#withConnector(where, (connector, envelope) => deletePost(connector, envelope, id)).catch(
      () => undefined,
    );
  }

  /**
   * Runs `work` in a conversation. Throws CatalogueError `not-allowed` for a conversation from which Frebot was removed,
   * because a retry cannot succeed there.
   */
  async #withConnectorOrRefusal<T>(
    where: Where,
    work: (connector: Connector, envelope: Envelope) => Promise<T>,
  ): Promise<T> {
    try {
      return await this.#withConnector(where, work);
    } catch (error) {
      const status = httpStatus(error);
      if (status !== 401 && status !== 403 && status !== 404) throw error;
      throw new CatalogueError('not-allowed', { status: String(status) }, { cause: error });
    }
  }

  #remember(key: string, progress: PostProgress): void {
    this.#progress.set(key, progress);
    const oldest = this.#progress.keys().next().value;
    if (this.#progress.size > 2000 && oldest !== undefined) this.#progress.delete(oldest);
  }

  async #withConnector<T>(where: Where, work: (connector: Connector, envelope: Envelope) => Promise<T>): Promise<T> {
    const reference = where.reference as unknown as ConversationReference;
    return this.#adapter.withConversation(reference, (connector) =>
      work(connector, {
        channelId: reference.channelId,
        serviceUrl: reference.serviceUrl,
        conversation: reference.conversation,
        from: reference.bot,
        recipient: recipientOf(where, reference),
        // In a channel an answer is a reply in the thread; other conversations have no threads.
        ...(where.scope === 'channel' && reference.activityId && { replyToId: reference.activityId }),
      }),
    );
  }
}

/** Posts an activity into its conversation: as the reply it names, or in place of one of Frebot's own posts. */
async function post(
  { conversations }: Connector,
  activity: Partial<Activity>,
  replacedId: string | null = null,
): Promise<{ id?: string }> {
  const conversation = activity.conversation?.id ?? '';
  if (replacedId) return conversations.updateActivity(conversation, replacedId, { ...activity, id: replacedId });
  if (activity.replyToId) return conversations.replyToActivity(conversation, activity.replyToId, activity);
  return conversations.sendToConversation(conversation, activity);
}

async function deletePost({ conversations }: Connector, envelope: Envelope, id: string | undefined): Promise<void> {
  if (id) await conversations.deleteActivity(envelope.conversation?.id ?? '', id).catch(() => undefined);
}

/** Whether a failed post may have arrived: its response was lost, or a gateway stopped waiting for it. */
function mayHaveArrived(error: unknown): boolean {
  if (error instanceof CatalogueError) return false;
  const status = httpStatus(error);
  return status === undefined || status >= 500;
}

function recipientOf(where: Where, { user }: ConversationReference): ChannelAccount | undefined {
  if (user === undefined || where.targeted !== true) return user;
  const targeted: ChannelAccount & { isTargeted: true } = { ...user, isTargeted: true };
  return targeted;
}

/** Returns the activity of a card, with a sentence for the notification, which cannot show cards. */
function cardActivity(card: Card, answer: Answer): Partial<Activity> {
  return {
    type: 'message',
    summary: neutralize(answer.summary).slice(0, 400),
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: card }],
  };
}

function textActivity(answer: Answer): Partial<Activity> {
  return {
    type: 'message',
    textFormat: 'plain',
    text: shorten(renderText(answer, { columns: 100, folded: false })),
  };
}

/** Returns the text at half the size that Teams allows, and says so when it cuts. */
function shorten(text: string): string {
  const limit = 20_000;
  return text.length <= limit
    ? text
    : `${text.slice(0, limit)}\n… (This answer is too long for one message. Ask me for one part at a time.)`;
}
