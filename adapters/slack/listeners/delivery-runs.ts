import { dropOldest } from '../../../src/desk/drop-oldest.js';

/** How many runs are remembered for late deliveries. */
const maxRemembered = 1000;

/** Runs the work of a delivery once, however often Slack delivers it. Work that fails may run again. */
export class DeliveryRuns {
  readonly #runs = new Map<string, Promise<void>>();

  /** Runs the work, or joins the run under the same id. Rejects when the work does. */
  async run(id: string, work: () => Promise<void>): Promise<void> {
    const known = this.#runs.get(id);
    if (known) return known;
    const run = work();
    this.#runs.set(id, run);
    dropOldest(this.#runs, maxRemembered);
    try {
      await run;
    } catch (error) {
      this.#runs.delete(id);
      throw error;
    }
  }
}
