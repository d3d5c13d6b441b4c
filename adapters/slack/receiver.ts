import type { App, Receiver, ReceiverEvent } from '@slack/bolt';
import { isDeliveryShape } from './delivery-shape.js';

/** The part of Bolt's App that a receiver calls. */
type Processor = Pick<App, 'processEvent'>;

/** A body that Slack does not send, or that no listener accepts. */
export class DeliveryShapeError extends Error {
  override readonly name = 'DeliveryShapeError';
}

/**
 * Delays the acknowledgement of Events API bodies until the listeners are done and the claim is stored. Bolt acknowledges
 * before any listener runs, and a crash in between would lose the message. If a listener fails, nothing is acknowledged and
 * Slack delivers again. Commands, buttons, views and functions pass unchanged, because their listeners acknowledge them.
 * Throws DeliveryShapeError for a body of another shape before Bolt reads it.
 */
export function acknowledgeWhenClaimed<R extends Receiver>(receiver: R): R {
  const init = receiver.init.bind(receiver);
  receiver.init = (app) => init({ processEvent: (event: ReceiverEvent) => processDelivery(app, event) } as App);
  return receiver;
}

async function processDelivery(app: Processor, event: ReceiverEvent): Promise<void> {
  if (!isDeliveryShape(event.body)) throw new DeliveryShapeError('a body of another shape');
  if (!isAcknowledgedByBolt(event.body)) return app.processEvent(event);
  await app.processEvent({ ...event, ack: async () => undefined });
  await event.ack();
}

/** True when Bolt acknowledges this body: every event except `function_executed`, which it leaves to the listener. */
function isAcknowledgedByBolt(body: Record<string, unknown>): boolean {
  const event = body.event as { type?: string } | undefined;
  return event !== undefined && event.type !== 'function_executed';
}
