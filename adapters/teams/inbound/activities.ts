import type { Desk } from '../../../src/desk/desk.js';
import { reportVerb } from '../outbound/report.js';
import type { Activity, InvokeResponse } from '../platform/activity.js';
import { type InvokeDeps, InvokeHandler } from './invoke-handler.js';
import { activityKey, readActivity, readRemoval, toWelcomeMessage } from './message.js';
import { mentionsUs } from './message-text.js';

type Deps = InvokeDeps & { desk: Pick<Desk, 'forgetAll' | 'forgetMessage'> };

/**
 * Handles each activity. A turn ends as soon as the desk has stored its claim, because Teams delivers again what takes
 * longer; the answer is posted later, to the stored conversation reference. Work that cannot be claimed is finished before
 * the turn ends, so Teams never gets a 200 for something that a crash could still lose.
 */
export class TeamsBot {
  readonly #deps: Deps;
  readonly #invokes: InvokeHandler;

  constructor(deps: Deps) {
    this.#deps = deps;
    this.#invokes = new InvokeHandler(deps);
  }

  /** Returns the response to an invoke; undefined for other activities. */
  async handleActivity(activity: Activity): Promise<InvokeResponse | undefined> {
    switch (activity.type) {
      case 'message':
        await this.#handleMessage(activity);
        break;
      case 'invoke':
        return this.#invokes.handleInvoke(activity);
      case 'messageUpdate':
        await this.#handleEdit(activity);
        break;
      case 'messageDelete':
        await this.#handleDeletion(activity);
        break;
      default:
        await this.#handleSystemEvent(activity);
    }
    return undefined;
  }

  async #handleMessage(activity: Activity): Promise<void> {
    const message = readActivity(activity, this.#deps.graph);
    if (!message) return;
    const { press, tenant } = message;
    // The door answers this button itself, because the desk does not know how Teams transfers a report.
    if (press?.action === reportVerb && (await this.#invokes.offerReport(activity, { ...press, tenant }))) return;
    await this.#deps.desk.receive(message);
  }

  /** Receives a message to which an edit adds a mention. One that is answered already is claimed, so it gets no second answer. */
  async #handleEdit(activity: Activity): Promise<void> {
    if (mentionsUs(activity)) await this.#handleMessage({ ...activity, type: 'message' });
  }

  /** Deletes what is stored about a message that its author deleted. Teams sends neither text nor files with the activity. */
  async #handleDeletion(activity: Activity): Promise<void> {
    const key = activityKey(activity);
    if (key) await this.#deps.desk.forgetMessage(key);
  }

  /** Handles installations and removals, whatever type of activity announces them. Ignores the rest. */
  async #handleSystemEvent(activity: Activity): Promise<void> {
    const message = toWelcomeMessage(activity);
    if (message) await this.#deps.desk.receive(message);
    const threadPrefix = readRemoval(activity);
    if (!threadPrefix) return;
    await this.#deps.desk.forgetAll(threadPrefix);
    this.#deps.log.info({}, 'teams: removed from a conversation; what was stored about it is deleted');
  }
}
