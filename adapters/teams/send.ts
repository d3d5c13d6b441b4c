import type { Activity, Attachment, ChannelAccount, ConversationReference } from 'botbuilder';
import type { Answer } from '../../src/answer/answer.js';
import { neutral, renderText } from '../../src/answer/text.js';
import { type Clock, DoorError, type Posted, type Where } from '../../src/desk/ports.js';
import type { Connector, TeamsAdapter } from './adapter.js';
import type { Scope } from './message.js';
import { type Card, type CardAction, cards } from './render/index.js';
import { patiently, statusOf } from './retry.js';

/** The button that hands over the report of an answer, where there is a way to. */
type ReportButton = (answer: Answer, scope: Scope) => CardAction | undefined;

/** The one place that writes to Teams. */
export class Sender {
  readonly #adapter: TeamsAdapter;
  readonly #clock: Clock;
  readonly #report: ReportButton;
  /** Posts of this process by key; a crash forgets them, and Teams cannot be searched for them. */
  readonly #posted = new Map<string, Posted>();

  constructor(adapter: TeamsAdapter, clock: Clock, report: ReportButton) {
    this.#adapter = adapter;
    this.#clock = clock;
    this.#report = report;
  }

  posted(key: string): Posted | undefined {
    return this.#posted.get(key);
  }

  /** The typing dots. Channels show none, so nothing is sent there. */
  async typing(where: Where): Promise<void> {
    if (where.scope === 'channel') return;
    await this.#in(where, (connector, us) => post(connector, { ...us, type: 'typing' }));
  }

  /** Posts an answer, or puts it in the place of an earlier post. */
  async answer(where: Where, answer: Answer, key: string, posted?: Posted): Promise<Posted> {
    const [first, ...more] = cards(answer, this.#report(answer, where.scope as Scope));
    const id = await this.#posting(where, async (connector, us) => {
      // What only one person sees cannot be replaced in the ordinary way; a new post is as private.
      const over = typeof posted?.id === 'string' && where.targeted !== true ? posted.id : undefined;
      const send = (activity: Partial<Activity>, id?: string) =>
        patiently(() => post(connector, { ...us, ...activity }, id), this.#clock);
      try {
        const sent = await send(cardActivity(first as Card, answer), over);
        for (const card of more) await send(cardActivity(card, answer));
        return sent?.id ?? over;
      } catch (error) {
        // A client or tenant that refuses the card still gets the words.
        const status = statusOf(error);
        if (status !== 400 && status !== 413) throw error;
        return (await send(textActivity(answer), over))?.id ?? over;
      }
    });
    const result: Posted = { id: id ?? null };
    this.#remember(key, result);
    return result;
  }

  /** Posts the cards that go on where a refreshed one ends. */
  async further(where: Where, more: Card[], answer: Answer): Promise<void> {
    await this.#in(where, async (connector, us) => {
      for (const card of more) {
        await patiently(() => post(connector, { ...us, ...cardActivity(card, answer) }), this.#clock);
      }
    });
  }

  /** Posts a card of Teams' own, and takes an earlier post away, if it lets itself be taken. */
  async attach(where: Where, attachment: Attachment, summary: string, instead?: string): Promise<void> {
    await this.#posting(where, async (connector, us) => {
      const activity = { ...us, type: 'message', summary, attachments: [attachment] };
      await patiently(() => post(connector, activity), this.#clock);
      await this.#takeAway(connector, us, instead);
    });
  }

  /** Takes an own post away. Never throws: it may be gone already, and not every client can. */
  async remove(where: Where, id: string): Promise<void> {
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
      const status = statusOf(error);
      if (status !== 401 && status !== 403 && status !== 404) throw error;
      throw new DoorError('not-allowed', { status: String(status) }, { cause: error });
    }
  }

  #remember(key: string, posted: Posted): void {
    this.#posted.set(key, posted);
    const oldest = this.#posted.keys().next().value;
    if (this.#posted.size > 2000 && oldest !== undefined) this.#posted.delete(oldest);
  }

  async #in<T>(where: Where, work: (connector: Connector, us: Partial<Activity>) => Promise<T>): Promise<T> {
    const reference = where.reference as unknown as ConversationReference;
    return this.#adapter.in(reference, (connector) =>
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
  over?: string,
): Promise<{ id?: string }> {
  const conversation = activity.conversation?.id ?? '';
  if (over) return conversations.updateActivity(conversation, over, { ...activity, id: over });
  if (activity.replyToId) return conversations.replyToActivity(conversation, activity.replyToId, activity);
  return conversations.sendToConversation(conversation, activity);
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
    summary: neutral(answer.summary).slice(0, 400),
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
