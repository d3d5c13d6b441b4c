import type { types } from '@slack/bolt';
import { slackCode } from '../refusals.js';
import type { ListenerContext } from './context.js';

/** What is opened, where, and how long that may take. */
interface ViewRequest {
  team: string;
  /** The trigger of the press, which is valid for 3 seconds. */
  trigger: string;
  view: types.ModalView;
  /** What the log calls it. */
  name: 'form' | 'modal';
  /** Milliseconds. */
  withinMs: number;
}

/** Opens a view. Returns false when Slack refused it, or did not open it in time. */
export async function openView(
  { team, trigger, view, name, withinMs }: ViewRequest,
  { workspace, clock, log }: ListenerContext,
): Promise<boolean> {
  const opening = workspace(team).then(({ poster }) => poster.views.open({ trigger_id: trigger, view }));
  return Promise.race([
    opening.then(
      () => true,
      (error: unknown) => {
        log.warn({ code: slackCode(error) ?? (error as Error).name }, `Slack ${name} could not be opened`);
        return false;
      },
    ),
    clock.sleep(withinMs).then(() => false),
  ]);
}
