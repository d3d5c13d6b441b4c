import type { Activity, TurnContext } from 'botbuilder';
import type { Desk } from '../../../src/desk/desk.js';
import { reportVerb } from '../outbound/report.js';
import { type InvokeDeps, InvokeHandler } from './invoke.js';
import { activityKey, readActivity, readRemoval, toWelcomeMessage } from './message.js';

type Deps = InvokeDeps & { desk: Pick<Desk, 'forgetAll' | 'forgetMessage'> };

/**
 * What Frebot does with an activity. A turn ends as soon as the desk has stored its claim (a longer one would be
 * delivered again); answers go out later, to the stored conversation reference. What cannot be claimed is done before the
 * turn ends, so that Teams hears yes to nothing that could still be lost.
 */
export class TeamsBot {
  readonly #deps: Deps;
  readonly #calls: InvokeHandler;

  constructor(deps: Deps) {
    this.#deps = deps;
    this.#calls = new InvokeHandler(deps);
  }

  async handleActivity(context: TurnContext): Promise<void> {
    const { activity } = context;
    switch (activity.type) {
      case 'message':
        return this.#message(activity);
      case 'invoke':
        await context.sendActivity({ type: 'invokeResponse', value: await this.#calls.handleInvoke(activity) });
        return;
      case 'messageDelete':
        return this.#deleted(activity);
      default:
        return this.#system(activity);
    }
  }

  async #message(activity: Activity): Promise<void> {
    const message = readActivity(activity, this.#deps.graph);
    if (!message) return;
    const { press, tenant } = message;
    // How a report is handed over is Teams' own affair: no answer the desk could give later.
    if (press?.action === reportVerb && (await this.#calls.offerReport(activity, { ...press, tenant }))) return;
    await this.#deps.desk.receive(message);
  }

  /** Somebody deleted a message: what was kept because of it goes too. Teams sends no files or text with it. */
  async #deleted(activity: Activity): Promise<void> {
    const key = activityKey(activity);
    if (key) await this.#deps.desk.forgetMessage(key);
  }

  /** Of everything else only installations and removals are for us, whatever the activity looks like. */
  async #system(activity: Activity): Promise<void> {
    const message = toWelcomeMessage(activity);
    if (message) await this.#deps.desk.receive(message);
    const threads = readRemoval(activity);
    if (!threads) return;
    await this.#deps.desk.forgetAll(threads);
    this.#deps.log.info({}, 'teams: removed from a conversation; what was kept of it is deleted');
  }
}
