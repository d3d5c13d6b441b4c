import type { App, Receiver, ReceiverEvent } from '@slack/bolt';
import { isDeliveryShape } from './delivery-shape.js';

/** The part of Bolt's App that a receiver calls. */
type Processor = Pick<App, 'processEvent'>;

/** A body that Slack does not send, or that no listener here takes. */
export class DeliveryShapeError extends Error {
  override readonly name = 'DeliveryShapeError';
}

/**
 * Bolt acknowledges before any listener runs, and Socket Mode has no switch for it: a crash in between loses the message.
 * This wrapper delays the acknowledgement of Events API bodies until the listeners are done and the claim is stored. If a
 * listener fails, nothing is acknowledged and Slack delivers again.
 * Commands, buttons, views and functions acknowledge themselves, with an answer in it, so they pass unchanged.
 * A body of another shape fails with a DeliveryShapeError before Bolt reads it.
 */
export function acknowledgeWhenClaimed<R extends Receiver>(receiver: R): R {
  const init = receiver.init.bind(receiver);
  receiver.init = (app) => init({ processEvent: (event: ReceiverEvent) => process(app, event) } as App);
  return receiver;
}

async function process(app: Processor, event: ReceiverEvent): Promise<void> {
  if (!isDeliveryShape(event.body)) throw new DeliveryShapeError('a body of another shape');
  if (!isAcknowledgedByBolt(event.body)) return app.processEvent(event);
  await app.processEvent({ ...event, ack: async () => undefined });
  await event.ack();
}

/** Events API bodies, but not `function_executed`, which Bolt leaves to its listener. */
function isAcknowledgedByBolt(body: Record<string, unknown>): boolean {
  const event = body.event as { type?: string } | undefined;
  return event !== undefined && event.type !== 'function_executed';
}
