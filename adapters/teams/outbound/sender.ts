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

/** The button that hands over the report of an answer, where there is a way to. */
type ReportButton = (answer: Answer, scope: ConversationScope) => CardAction | undefined;

/** How far this process has got with an answer of one or more cards. */
interface Begun {
  /** Of the first card. */
  id: string | null;
  /** So many cards are posted. */
  cards: number;
  whole: boolean;
  /** A post broke off, and nobody knows whether it got through. */
  perhaps: boolean;
}

interface Attached {
  /** For the notification. */
  summary: string;
  /** An earlier post to be taken away, if it lets itself be taken. */
  instead?: string;
  late?: AbortSignal;
}

/** The one place that writes to Teams. */
export class TeamsSender {
  readonly #adapter: TeamsAdapter;
  readonly #clock: Clock;
  readonly #report: ReportButton;
  /** Answers of this process by key; a crash forgets them, and Teams cannot be searched for them. */
  readonly #begun = new Map<string, Begun>();

  constructor(adapter: TeamsAdapter, clock: Clock, report: ReportButton) {
    this.#adapter = adapter;
    this.#clock = clock;
    this.#report = report;
  }

  /** What this process has posted under a key; it cannot tell what became of a post before it. */
  findPost(key: string): FoundPost {
    const begun = this.#begun.get(key);
    if (!begun) return 'cannot-tell';
    const { id, cards, whole, perhaps } = begun;
    if (whole) return { posted: { id }, whole };
    if (cards > 0) return { posted: { id, cards }, whole };
    return perhaps ? 'cannot-tell' : 'none';
  }

  /** The typing dots. Channels show none, so nothing is sent there. */
  async sendTyping(where: Where): Promise<void> {
    if (where.scope === 'channel') return;
    await this.#in(where, (connector, us) => post(connector, { ...us, type: 'typing' }));
  }

  /**
   * Posts an answer, or puts it in the place of an earlier post.
   * @param posted with `cards` it is half of the answer, to which the others are added
   */
  async postAnswer(where: Where, answer: Answer, key: string, posted?: Posted, late?: AbortSignal): Promise<Posted> {
    const all = renderCards(answer, this.#report(answer, where.scope as ConversationScope));
    const id = typeof posted?.id === 'string' ? posted.id : null;
    const done = typeof posted?.cards === 'number' ? posted.cards : 0;
    // What only one person sees cannot be replaced in the ordinary way; a new post is as private.
    const over = done === 0 && where.targeted !== true ? id : null;
    const begun: Begun = { id: done > 0 ? id : over, cards: done, whole: false, perhaps: false };
    try {
      await this.#posting(where, (connector, us) => {
        const send = (activity: Partial<Activity>, over: string | null) =>
          withRetry(() => post(connector, { ...us, ...activity }, over), this.#clock, late);
        return this.#cards(all, answer, begun, over, send);
      });
      begun.whole = true;
    } catch (error) {
      begun.perhaps = mayHaveArrived(error);
      throw error;
    } finally {
      // An edit that did not begin leaves what stands there as it is.
      if (begun.whole || begun.cards > 0 || over === null) this.#remember(key, begun);
    }
    return { id: begun.id };
  }

  async #cards(
    all: readonly Card[],
    answer: Answer,
    begun: Begun,
    over: string | null,
    send: (activity: Partial<Activity>, over: string | null) => Promise<{ id?: string }>,
  ): Promise<void> {
    try {
      for (const card of all.slice(begun.cards)) {
        const first = begun.cards === 0;
        const sent = await send(cardActivity(card, answer), first ? over : null);
        if (first) begun.id = sent?.id ?? over;
        begun.cards++;
      }
    } catch (error) {
      // A client or tenant that refuses the card still gets the words.
      const status = httpStatus(error);
      if (status !== 400 && status !== 413) throw error;
      begun.id = (await send(textActivity(answer), over))?.id ?? over;
    }
  }

  /** Posts the cards that go on where a refreshed one ends. */
  async postCards(where: Where, more: Card[], answer: Answer, late?: AbortSignal): Promise<void> {
    if (more.length === 0) return;
    await this.#in(where, async (connector, us) => {
      for (const card of more) {
        await withRetry(() => post(connector, { ...us, ...cardActivity(card, answer) }), this.#clock, late);
      }
    });
  }

  /** Posts a card of Teams' own. */
  async postAttachment(where: Where, attachment: Attachment, { summary, instead, late }: Attached): Promise<void> {
    await this.#posting(where, async (connector, us) => {
      const activity = { ...us, type: 'message', summary, attachments: [attachment] };
      await withRetry(() => post(connector, activity), this.#clock, late);
      await this.#takeAway(connector, us, instead);
    });
  }

  /** Takes an own post away. Never throws: it may be gone already, and not every client can. */
  async removePost(where: Where, id: string): Promise<void> {
    await this.#in(where, (connector, us) => this.#takeAway(connector, us, id)).catch(() => undefined);
  }

  async #takeAway({ conversations }: Connector, us: Partial<Activity>, id: string | undefined): Promise<void> {
    if (id) await conversations.deleteActivity(us.conversation?.id ?? '', id).catch(() => undefined);
  }

  /** Teams will not change its mind about a conversation we were removed from: no point in trying again. */
  async #posting<T>(where: Where, work: (connector: Connector, us: Partial<Activity>) => Promise<T>): Promise<T> {
    try {
      return await this.#in(where, work);
    } catch (error) {
      const status = httpStatus(error);
      if (status !== 401 && status !== 403 && status !== 404) throw error;
      throw new CatalogueError('not-allowed', { status: String(status) }, { cause: error });
    }
  }

  #remember(key: string, begun: Begun): void {
    this.#begun.set(key, begun);
    const oldest = this.#begun.keys().next().value;
    if (this.#begun.size > 2000 && oldest !== undefined) this.#begun.delete(oldest);
  }

  async #in<T>(where: Where, work: (connector: Connector, us: Partial<Activity>) => Promise<T>): Promise<T> {
    const reference = where.reference as unknown as ConversationReference;
    return this.#adapter.withConversation(reference, (connector) =>
      work(connector, {
        channelId: reference.channelId,
        serviceUrl: reference.serviceUrl,
        conversation: reference.conversation,
        from: reference.bot,
        recipient: recipientOf(where, reference),
        // In a channel an answer is a reply in the thread; elsewhere there are no threads.
        ...(where.scope === 'channel' && reference.activityId && { replyToId: reference.activityId }),
      }),
    );
  }
}

/** Posts an activity into its conversation, as the reply it says it is, or over an own post. */
async function post(
  { conversations }: Connector,
  activity: Partial<Activity>,
  over: string | null = null,
): Promise<{ id?: string }> {
  const conversation = activity.conversation?.id ?? '';
  if (over) return conversations.updateActivity(conversation, over, { ...activity, id: over });
  if (activity.replyToId) return conversations.replyToActivity(conversation, activity.replyToId, activity);
  return conversations.sendToConversation(conversation, activity);
}

/** Whether a post that failed may stand there all the same: its answer was lost, or a gateway gave up waiting for it. */
function mayHaveArrived(error: unknown): boolean {
  if (error instanceof CatalogueError) return false;
  const status = httpStatus(error);
  return status === undefined || status >= 500;
}

function recipientOf(where: Where, { user }: ConversationReference): ChannelAccount | undefined {
  if (user === undefined || where.targeted !== true) return user;
  const seenByOne: ChannelAccount & { isTargeted: true } = { ...user, isTargeted: true };
  return seenByOne;
}

/** The card, and a sentence for the notification, which cannot show one. */
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
    text: shortened(renderText(answer, { columns: 100, folded: false })),
  };
}

/** Half the size Teams takes; what is beyond is named, not dropped in silence. */
function shortened(text: string): string {
  const most = 20_000;
  return text.length <= most ? text : `${text.slice(0, most)}\n… (the answer goes on: ask for it part by part)`;
}
