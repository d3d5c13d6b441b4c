import { isOutcome } from '../../../src/answer/buttons.js';
import type { ButtonPress, Desk } from '../../../src/desk/desk.js';
import { CatalogueError } from '../../../src/desk/ports/errors.js';
import { tenantKey } from '../keys.js';
import type { TeamsLog } from '../log.js';
import { addReply, refreshCard, showSentence } from '../outbound/card-refresh.js';
import { type FileConsent, type ReportCards, reportVerb } from '../outbound/report.js';
import type { TeamsSender } from '../outbound/sender.js';
import { invokeTimeoutMs, withTimeout } from '../outbound/timeout.js';
import { conversationScope, toTeamsPlace } from '../place.js';
import type { Activity, InvokeResponse } from '../platform/activity.js';
import { readButtonPress } from './button.js';
import { MessageActions } from './message-action.js';

export interface InvokeDeps {
  desk: Pick<Desk, 'answerPrivately' | 'receive' | 'press' | 'storedAnswer' | 'trouble'>;
  log: TeamsLog;
  sender: TeamsSender;
  reports: ReportCards;
  /** Whether files of channels and group chats can be fetched. */
  graph: boolean;
  /** How long the work of an invoke may take, milliseconds; `invokeTimeoutMs` unless a test sets it. */
  timeoutMs?: number;
}

/**
 * Handles invokes: calls of Teams that are answered in the response itself. All their work is done before the response, so
 * a crash leaves a call that failed, which the person sees and can repeat.
 */
export class InvokeHandler {
  readonly #deps: InvokeDeps;
  readonly #timeoutMs: number;
  readonly #actions: MessageActions;
  /** Decisions in progress by card, so that a second click does not upload a second file. */
  readonly #consents = new Map<string, Promise<InvokeResponse>>();

  constructor(deps: InvokeDeps) {
    this.#deps = deps;
    this.#timeoutMs = deps.timeoutMs ?? invokeTimeoutMs;
    this.#actions = new MessageActions({ desk: deps.desk, graph: deps.graph, timeoutMs: this.#timeoutMs });
  }

  /** Returns the response to an invoke; status 501 for one that Frebot does not know. */
  async handleInvoke(activity: Activity): Promise<InvokeResponse> {
    switch (activity.name) {
      case 'composeExtension/fetchTask':
      case 'composeExtension/submitAction':
        return this.#actions.handle(activity);
      case 'adaptiveCard/action':
        return this.#handleButton(activity);
      case 'fileConsent/invoke':
        return this.#handleConsentOnce(activity);
      default:
        return { status: 501 };
    }
  }

  /**
   * Posts the card that asks whether the report may be uploaded. Returns false where no report can be uploaded; the desk
   * then answers the button.
   * @throws when Teams did not accept the card
   */
  async offerReport(activity: Activity, { case: id, tenant }: Pick<ButtonPress, 'case' | 'tenant'>): Promise<boolean> {
    const { reports, sender } = this.#deps;
    const card = conversationScope(activity) === 'personal' && (await reports.makeConsentCard(id, tenant));
    if (!card) return false;
    const where = toTeamsPlace(activity);
    await withTimeout(this.#timeoutMs, (signal) =>
      sender.postAttachment(where, card, { summary: 'May I put the report into your OneDrive?', signal }),
    );
    return true;
  }

  async #handleButton(activity: Activity): Promise<InvokeResponse> {
    const press = readButtonPress(activity);
    if (!press) return { status: 501 };
    const { desk, log } = this.#deps;
    try {
      if (press.action === reportVerb && (await this.offerReport(activity, press))) {
        return showSentence("Allow the upload below, and I'll put the report into your OneDrive.");
      }
      return await withTimeout(this.#timeoutMs, (signal) => this.#refreshCard(activity, press, signal));
    } catch (error) {
      log.error({ error: (error as Error).name, action: press.action }, 'teams: a button failed');
      return showSentence(desk.trouble('internal').summary);
    }
  }

  async #refreshCard(activity: Activity, press: ButtonPress, signal: AbortSignal): Promise<InvokeResponse> {
    const { desk, reports, sender } = this.#deps;
    const reply = await desk.press(press);
    const record = await desk.storedAnswer(press.case, press.tenant);
    const report = record && reports.makeButton(record.answer, conversationScope(activity));
    const where = toTeamsPlace(activity);
    const pressed = record && (await sender.nameMembers(where, record.answer));
    const { response, moreCards } = refreshCard(reply, pressed, report);
    await sender.postCards(where, moreCards, reply, signal);
    // Teams shows the response to the presser alone.
    if (record && isOutcome(press.action) && activity.replyToId) {
      await sender
        .redraw({ ...where, pressed: activity.replyToId }, addReply(record.answer, reply), signal)
        .catch((error: Error) => this.#deps.log.warn({ error: error.name }, 'teams: a card could not be edited'));
    }
    return response;
  }

  #handleConsentOnce(activity: Activity): Promise<InvokeResponse> {
    const key = `${tenantKey(activity)}:${activity.conversation.id}:${activity.replyToId ?? activity.id}`;
    const running = this.#consents.get(key);
    if (running) return running;
    const consent = this.#handleConsent(activity).finally(() => this.#consents.delete(key));
    this.#consents.set(key, consent);
    return consent;
  }

  /**
   * Uploads the report or removes the card, as the person decided. An upload that fails is answered with a post; when that
   * post fails too, the invoke fails.
   */
  async #handleConsent(activity: Activity): Promise<InvokeResponse> {
    const { sender, log } = this.#deps;
    const consent = (activity.value ?? {}) as FileConsent;
    const where = toTeamsPlace(activity);
    const card = activity.replyToId;
    try {
      await withTimeout(this.#timeoutMs, async (signal) => {
        if (consent.action !== 'accept') {
          if (card) await sender.removePost(where, card);
          return;
        }
        const file = await this.#uploadReport(activity, consent, signal);
        if (file)
          await sender.postAttachment(where, file, {
            summary: 'The report is in your OneDrive.',
            replaces: card,
            signal,
          });
      });
      return { status: 200 };
    } catch (error) {
      log.error({ error: (error as Error).name }, 'teams: the decision about a report could not be carried out');
      return { status: 502 };
    }
  }

  /** Uploads the report and returns its card. Returns undefined when the upload failed and a post says so. */
  async #uploadReport(activity: Activity, consent: FileConsent, signal: AbortSignal) {
    const { sender, reports, desk, log } = this.#deps;
    try {
      return await reports.uploadReport(consent, tenantKey(activity));
    } catch (error) {
      const { name, code } = error as Partial<CatalogueError>;
      log.warn({ error: name, code }, 'teams: the report was not uploaded');
      const isExpired = error instanceof CatalogueError && code === 'answer-expired';
      const answer = desk.trouble(isExpired ? 'answer-expired' : 'teams-report-failed');
      await sender.postAnswer(toTeamsPlace(activity), answer, `report:${activity.id}`, undefined, signal);
      return undefined;
    }
  }
}
