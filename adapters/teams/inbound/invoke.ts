import type { Activity, InvokeResponse } from 'botbuilder';
import type { ButtonPress, Desk } from '../../../src/desk/desk.js';
import { CatalogueError } from '../../../src/desk/ports/errors.js';
import type { TeamsLog } from '../log.js';
import { refreshCard, showSentence } from '../outbound/card-refresh.js';
import { type FileConsent, type ReportCards, reportVerb } from '../outbound/report.js';
import type { TeamsSender } from '../outbound/sender.js';
import { invokeTimeoutMs, withTimeout } from '../outbound/timeout.js';
import { readButtonPress } from './button.js';
import { conversationScope, toTeamsWhere } from './message.js';
import { handleMessageAction } from './message-action.js';
import { tenantKey } from './trust.js';

export interface InvokeDeps {
  desk: Pick<Desk, 'receive' | 'press' | 'kept' | 'trouble'>;
  log: TeamsLog;
  sender: TeamsSender;
  reports: ReportCards;
  /** Whether files of channels and group chats can be fetched. */
  graph: boolean;
  timeoutMs?: number;
}

/**
 * What Teams asks in a call and wants an answer to in the same call. Everything it brings about is done before the answer:
 * whoever is killed in between leaves a call that failed, which the person sees and can repeat.
 */
export class InvokeHandler {
  readonly #deps: InvokeDeps;
  readonly #patienceMs: number;
  /** Decisions under way, so that a second click does not upload a second file. */
  readonly #deciding = new Map<string, Promise<InvokeResponse>>();

  constructor(deps: InvokeDeps) {
    this.#deps = deps;
    this.#patienceMs = deps.timeoutMs ?? invokeTimeoutMs;
  }

  async handleInvoke(activity: Activity): Promise<InvokeResponse> {
    switch (activity.name) {
      case 'composeExtension/fetchTask':
      case 'composeExtension/submitAction':
        return handleMessageAction(activity, this.#deps);
      case 'adaptiveCard/action':
        return this.#pressed(activity);
      case 'fileConsent/invoke':
        return this.#consented(activity);
      default:
        return { status: 501 };
    }
  }

  /**
   * Asks whether the report may be uploaded; false where it cannot be, which the desk then says.
   * @throws when Teams did not take the question
   */
  async offerReport(activity: Activity, { case: id, tenant }: Pick<ButtonPress, 'case' | 'tenant'>): Promise<boolean> {
    const { reports, sender } = this.#deps;
    const card = conversationScope(activity) === 'personal' && (await reports.makeConsentCard(id, tenant));
    if (!card) return false;
    const where = toTeamsWhere(activity);
    await withTimeout(this.#patienceMs, (late) =>
      sender.postAttachment(where, card, { summary: 'A report, if you allow it.', late }),
    );
    return true;
  }

  async #pressed(activity: Activity): Promise<InvokeResponse> {
    const press = readButtonPress(activity);
    if (!press) return { status: 501 };
    const { desk, log } = this.#deps;
    try {
      if (press.action === reportVerb && (await this.offerReport(activity, press))) {
        return showSentence('Allow the upload below, and the report is put into your OneDrive.');
      }
      return await withTimeout(this.#patienceMs, (late) => this.#reply(activity, press, late));
    } catch (error) {
      log.error({ error: (error as Error).name, action: press.action }, 'teams: a button failed');
      return showSentence(desk.trouble('internal').summary);
    }
  }

  async #reply(activity: Activity, press: ButtonPress, late: AbortSignal): Promise<InvokeResponse> {
    const { desk, reports, sender } = this.#deps;
    const reply = await desk.press(press);
    const record = await desk.kept(press.case, press.tenant);
    const report = record && reports.makeButton(record.answer, conversationScope(activity));
    const { response, more } = refreshCard(reply, record?.answer, report);
    await sender.postCards(toTeamsWhere(activity), more, reply, late);
    return response;
  }

  #consented(activity: Activity): Promise<InvokeResponse> {
    const key = `${tenantKey(activity)}:${activity.conversation.id}:${activity.replyToId ?? activity.id}`;
    const running = this.#deciding.get(key);
    if (running) return running;
    const deciding = this.#decided(activity).finally(() => this.#deciding.delete(key));
    this.#deciding.set(key, deciding);
    return deciding;
  }

  /** The person has decided about the report. An upload that fails is said; what cannot even be said is a call that failed. */
  async #decided(activity: Activity): Promise<InvokeResponse> {
    const { sender, log } = this.#deps;
    const consent = (activity.value ?? {}) as FileConsent;
    const where = toTeamsWhere(activity);
    const card = activity.replyToId;
    try {
      await withTimeout(this.#patienceMs, async (late) => {
        if (consent.action !== 'accept') {
          if (card) await sender.removePost(where, card);
          return;
        }
        const file = await this.#uploaded(activity, consent, late);
        if (file)
          await sender.postAttachment(where, file, { summary: 'The report is in your OneDrive.', instead: card, late });
      });
      return { status: 200 };
    } catch (error) {
      log.error({ error: (error as Error).name }, 'teams: a decision about a report failed');
      return { status: 502 };
    }
  }

  /** The card of the uploaded report; undefined when there is none and that has been said. */
  async #uploaded(activity: Activity, consent: FileConsent, late: AbortSignal) {
    const { sender, reports, desk, log } = this.#deps;
    try {
      return await reports.uploadReport(consent, tenantKey(activity));
    } catch (error) {
      const { name, code } = error as Partial<CatalogueError>;
      log.warn({ error: name, code }, 'teams: no report');
      const gone = error instanceof CatalogueError && code === 'answer-expired';
      const answer = desk.trouble(gone ? 'answer-expired' : 'teams-report-failed');
      await sender.postAnswer(toTeamsWhere(activity), answer, `report:${activity.id}`, undefined, late);
      return undefined;
    }
  }
}
