import type { Answer } from '../../../src/answer/answer.js';
import type { Desk } from '../../../src/desk/desk.js';
import { type ChatMessage, cardWords, chatFiles, chatWords } from '../chat-message.js';
import { messageActionKey, senderId, teamsThreadKey, tenantKey } from '../keys.js';
import { withTimeout } from '../outbound/timeout.js';
import { conversationScope, type TeamsMessage, toTeamsPlace } from '../place.js';
import type { Activity, InvokeResponse } from '../platform/activity.js';
import { answerDialog, readDialogButton, sentenceDialog, waitingDialog } from '../render/dialog.js';

interface Deps {
  desk: Pick<Desk, 'receive' | 'answerPrivately'>;
  graph: boolean;
  timeoutMs: number;
}

/** The message on which the action was used, as Teams sends it. */
interface MessagePayload extends ChatMessage {
  id?: string;
  /** In a channel, the first message of its thread. */
  replyToId?: string | null;
}

/** How many answers may be read at a time for dialogs that wait for them. */
const mostRunning = 200;

/**
 * Handles "Diagnose this log" in the menu of a message. It needs no permission to read messages, because Teams sends the
 * message along; its files still need the Graph permission for files. The answer is in the dialog, which only the person
 * who chose the action sees: colleagues have not asked. A button there shares it.
 */
export class MessageActions {
  readonly #deps: Deps;
  /** Answers on their way, by the key of the action. */
  readonly #running = new Map<string, Promise<Answer>>();

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  async handle(activity: Activity): Promise<InvokeResponse> {
    const { messagePayload: payload, data } = (activity.value ?? {}) as {
      messagePayload?: MessagePayload;
      data?: unknown;
    };
    const button = readDialogButton(data);
    if (button?.verb === 'share') return this.#share(activity, button);
    if (button) return this.#show(button.key, button.root);
    if (!payload?.id || !activity.conversation?.id)
      return sentenceDialog('Please use this from the menu of a message.');
    if (isOurs(payload, activity))
      return sentenceDialog('This is my own answer. Please use this on the message or the log that it is about.');
    const root = payload.replyToId || payload.id;
    const message = toActionMessage(activity, payload, root, this.#deps.graph);
    const hasContent = message.quoted !== undefined || message.files.length > 0 || message.unreachable !== undefined;
    if (!hasContent)
      return sentenceDialog('There is no log in this message. Please use this on a message that has one.');
    if (this.#running.size >= mostRunning) return sentenceDialog("I'm busy. Please use this again in a minute.");
    const answering = this.#deps.desk.answerPrivately(message);
    this.#running.set(message.key, answering);
    return this.#show(message.key, root);
  }

  /** Shows the answer, or a dialog that asks for it again when reading takes longer than Teams waits. */
  async #show(key: string, root: string): Promise<InvokeResponse> {
    const answering = this.#running.get(key);
    if (!answering) return sentenceDialog('I no longer have that answer. Please use this on the message again.');
    const answer = await withTimeout(this.#deps.timeoutMs, () => answering).catch(() => undefined);
    if (!answer) return waitingDialog(key, root);
    this.#running.delete(key);
    return answerDialog(answer, root);
  }

  /** Claims the stored answer as a post for everyone, in the thread of the message. */
  async #share(activity: Activity, { case: id, root }: { case: string; root: string }): Promise<InvokeResponse> {
    const { base, conversation } = readAsker(activity, root);
    await this.#deps.desk.receive({
      ...base,
      key: messageActionKey(base.tenant, conversation, id, 'share'),
      files: [],
      press: { action: 'share', case: id },
    });
    return sentenceDialog("I'm sharing it in this conversation. If nothing appears, add me to it first.");
  }
}

/** True for a post of Frebot: its words would come back as what a person has told. */
function isOurs({ from }: MessagePayload, { recipient }: Activity): boolean {
  const app = from?.application?.id;
  return app !== undefined && recipient?.id === `28:${app}`;
}

function toActionMessage(activity: Activity, payload: MessagePayload, root: string, graph: boolean): TeamsMessage {
  const { base, conversation, scope } = readAsker(activity, root);
  const { tenant } = base;
  const files = chatFiles(payload, tenant);
  const reason = scope === 'channel' ? 'teams-channel-file' : 'teams-group-file';
  const reachable = graph || files.length === 0;
  const words = chatWords(payload, cardWords);
  return {
    ...base,
    key: messageActionKey(tenant, conversation, payload.id ?? '', activity.id ?? ''),
    files: reachable ? files : [],
    private: true,
    ...(words !== '' && { quoted: words }),
    ...(!reachable && { unreachable: files.map(({ name }) => ({ name, reason })) }),
  };
}

/**
 * Returns what every message of an action holds: who asks, and where. In a channel that is the thread of the message, which the
 * id names after `;messageid=`.
 */
function readAsker(activity: Activity, root: string) {
  const tenant = tenantKey(activity);
  const scope = conversationScope(activity);
  const { id } = activity.conversation;
  const conversation = scope === 'channel' && !id.includes(';messageid=') ? `${id};messageid=${root}` : id;
  const where = toTeamsPlace({ ...activity, conversation: { ...activity.conversation, id: conversation } }, scope);
  const base = {
    door: 'teams' as const,
    tenant,
    who: senderId(activity),
    where,
    thread: teamsThreadKey(tenant, conversation),
    // The words of the message are its writer's, so no command in them is obeyed.
    text: '',
    addressed: true,
  };
  return { base, scope, conversation };
}
