import type { Activity, InvokeResponse, TurnContext } from 'botbuilder';
import type { Desk, Press } from '../../src/desk/desk.js';
import { DoorError, type Where } from '../../src/desk/ports.js';
import { takeAction } from './action.js';
import type { Log } from './index.js';
import { pressOf, refreshed, sentence } from './invoke.js';
import { isOurs, scopeOf, toMessage, whereOf } from './message.js';
import { type Consent, type Reports, reportVerb } from './report.js';
import type { Sender } from './send.js';
import { tenantKey } from './trust.js';

interface Deps {
  desk: Pick<Desk, 'forgetMessage' | 'receive' | 'press' | 'command' | 'kept' | 'trouble'>;
  log: Log;
  sender: Sender;
  reports: Reports;
  /** Whether files of channels and group chats can be fetched. */
  graph: boolean;
}

/**
 * What Frebot does with an activity. A turn ends as soon as the desk has stored its claim (a longer one would be
 * delivered again); answers go out later, to the stored conversation reference. Only an invoke is answered in its turn.
 */
export class TeamsBot {
  readonly #deps: Deps;
  readonly #running = new Set<Promise<void>>();
  readonly #seen = new Set<string>();

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  async turn(context: TurnContext): Promise<void> {
    const { activity } = context;
    switch (activity.type) {
      case 'message':
        return this.#message(activity);
      case 'invoke':
        await context.sendActivity({ type: 'invokeResponse', value: await this.#invoke(activity) });
        return;
      case 'messageDelete':
        return this.#deleted(activity);
      default:
        return this.#system(activity);
    }
  }

  /** Somebody deleted a message: what was kept because of it goes too. Teams sends no files or text with it. */
  #deleted({ id, conversation, ...rest }: Activity): void {
    if (!id || !conversation?.id) return;
    const key = `teams:${tenantKey({ ...rest, conversation })}:${conversation.id}:${id}`;
    this.#beside('delete', () => this.#deps.desk.forgetMessage(key));
  }

  /** Resolves when everything started beside a turn has ended. */
  async settle(): Promise<void> {
    await Promise.all(this.#running);
  }

  /** A bot that fails on these is cut off by Teams, so nothing here may throw, whatever the activity looks like. */
  #system(activity: Activity): void {
    try {
      const added: unknown = activity.membersAdded;
      const us = Array.isArray(added) && added.some((member) => member?.id === activity.recipient?.id);
      if (activity.type === 'installationUpdate' && /^add/.test(activity.action ?? '')) this.#welcome(activity);
      if (activity.type === 'conversationUpdate' && us) this.#welcome(activity);
    } catch (error) {
      this.#deps.log.warn({ error: (error as Error).name, type: activity.type }, 'teams: odd system activity');
    }
  }

  async #message(activity: Activity): Promise<void> {
    const press = !isOurs(activity) && pressOf(activity);
    if (press) {
      if (this.#once(`press:${tenantKey(activity)}:${activity.conversation.id}:${activity.id}`)) {
        this.#beside('press', async () => {
          if (press.action === reportVerb && (await this.#offerReport(activity, press))) return;
          const answer = await this.#deps.desk.press(press);
          await this.#deps.sender.answer(whereOf(activity), answer, `press:${activity.id}`);
        });
      }
      return;
    }
    const message = toMessage(activity, this.#deps.graph);
    if (message) await this.#deps.desk.receive(message);
  }

  async #invoke(activity: Activity): Promise<InvokeResponse> {
    if (activity.name === 'composeExtension/fetchTask' || activity.name === 'composeExtension/submitAction') {
      return takeAction(activity, this.#deps);
    }
    if (activity.name === 'fileConsent/invoke') return this.#consented(activity);
    const press = activity.name === 'adaptiveCard/action' ? pressOf(activity) : undefined;
    if (!press) return { status: 501 };
    try {
      if (press.action === reportVerb && (await this.#offerReport(activity, press))) {
        return sentence('Allow the upload below, and the report is put into your OneDrive.');
      }
      const reply = await this.#deps.desk.press(press);
      const record = await this.#deps.desk.kept(press.case, press.tenant);
      const report = record && this.#deps.reports.button(record.answer, scopeOf(activity));
      const { response, more } = refreshed(reply, record?.answer, report);
      if (more.length > 0) this.#beside('more', () => this.#deps.sender.further(whereOf(activity), more, reply));
      return response;
    } catch (error) {
      this.#deps.log.error({ error: (error as Error).name, action: press.action }, 'teams: a button failed');
      return sentence(this.#deps.desk.trouble('internal').summary);
    }
  }

  /** Asks whether the report may be uploaded; false when its answer is gone, which the desk then says. */
  async #offerReport(activity: Activity, press: Press): Promise<boolean> {
    const card = scopeOf(activity) === 'personal' && (await this.#deps.reports.consent(press.case, press.tenant));
    if (!card) return false;
    this.#beside('report', () => this.#deps.sender.attach(whereOf(activity), card, 'A report, if you allow it.'));
    return true;
  }

  /** The person has decided about the report. The call itself is answered at once; the upload takes its time. */
  #consented(activity: Activity): InvokeResponse {
    const { sender, reports, desk, log } = this.#deps;
    const consent = (activity.value ?? {}) as Consent;
    const where = whereOf(activity);
    const card = activity.replyToId;
    if (!this.#once(`consent:${tenantKey(activity)}:${activity.conversation.id}:${card ?? activity.id}`)) {
      return { status: 200 };
    }
    if (consent.action !== 'accept') {
      if (card) this.#beside('declined', () => sender.remove(where, card));
      return { status: 200 };
    }
    this.#beside('upload', async () => {
      try {
        const file = await reports.hand(consent, tenantKey(activity));
        await sender.attach(where, file, 'The report is in your OneDrive.', card);
      } catch (error) {
        const gone = error instanceof DoorError && error.code === 'answer-expired';
        log.warn({ error: (error as Error).name, code: (error as Partial<DoorError>).code }, 'teams: no report');
        const answer = desk.trouble(gone ? 'answer-expired' : 'teams-report-failed');
        await sender.answer(where, answer, `report:${activity.id}`);
      }
    });
    return { status: 200 };
  }

  /** Says hello in a personal chat, once, though Teams announces an installation in two ways. */
  #welcome(activity: Activity): void {
    if (scopeOf(activity) !== 'personal' || !activity.conversation?.id) return;
    if (!this.#once(`welcome:${tenantKey(activity)}:${activity.conversation.id}`)) return;
    const where: Where = whereOf(activity, 'personal');
    const thread = `teams:${tenantKey(activity)}:${activity.conversation.id}`;
    this.#beside('welcome', async () => {
      const { answer } = await this.#deps.desk.command('help', { thread, tenant: tenantKey(activity) });
      await this.#deps.sender.answer(where, answer, `welcome:${thread}`);
    });
  }

  #once(key: string): boolean {
    if (this.#seen.has(key)) return false;
    this.#seen.add(key);
    const oldest = this.#seen.values().next().value;
    if (this.#seen.size > 5000 && oldest !== undefined) this.#seen.delete(oldest);
    return true;
  }

  #beside(name: string, work: () => Promise<void>): void {
    const running: Promise<void> = work()
      .catch((error: unknown) => {
        this.#deps.log.error({ error: (error as Error).name, work: name }, 'teams: work beside a turn failed');
      })
      .finally(() => this.#running.delete(running));
    this.#running.add(running);
  }
}
