import type { ButtonPress } from '../../../src/desk/desk.js';
import type { Button } from '../../../src/desk/ports/message.js';
import { senderId, tenantKey } from '../keys.js';
import type { Activity } from '../platform/activity.js';

/** The `action` of an `adaptiveCard/action` invoke. */
interface CardActionValue {
  verb?: unknown;
  data?: unknown;
}

/** Returns the button behind an `adaptiveCard/action` invoke, or behind the message that an older client sends instead. */
export function readButton(activity: Partial<Activity>): Button | undefined {
  const value = activity.value as { action?: CardActionValue } | Record<string, unknown> | undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  const action = activity.type === 'invoke' ? (value.action as CardActionValue | undefined) : undefined;
  const data = (action ? action.data : value) as Record<string, unknown> | undefined;
  const verb = action ? action.verb : data?.verb;
  if (typeof verb !== 'string' || typeof data?.case !== 'string') return undefined;
  return { action: verb, case: data.case, ...(typeof data.part === 'string' && { parts: [data.part] }) };
}

/** Returns the button and the person who pressed it. */
export function readButtonPress(activity: Partial<Activity>): ButtonPress | undefined {
  const button = readButton(activity);
  return button && { ...button, door: 'teams', tenant: tenantKey(activity), who: senderId(activity) };
}
