import type { Activity } from 'botbuilder';
import type { ButtonPress } from '../../../src/desk/desk.js';
import type { Button } from '../../../src/desk/ports/message.js';
import { senderOf, tenantKey } from './trust.js';

interface Pressed {
  verb?: unknown;
  data?: unknown;
}

/** The button behind an `adaptiveCard/action` invoke, or behind the message an older client sends in its stead. */
export function readButton(activity: Partial<Activity>): Button | undefined {
  const value = activity.value as { action?: Pressed } | Record<string, unknown> | undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  const action = activity.type === 'invoke' ? (value.action as Pressed | undefined) : undefined;
  const data = (action ? action.data : value) as Record<string, unknown> | undefined;
  const verb = action ? action.verb : data?.verb;
  if (typeof verb !== 'string' || typeof data?.case !== 'string') return undefined;
  return { action: verb, case: data.case, ...(typeof data.part === 'string' && { parts: [data.part] }) };
}

/** The button, and who pressed it. */
export function readButtonPress(activity: Partial<Activity>): ButtonPress | undefined {
  const button = readButton(activity);
  return button && { ...button, tenant: tenantKey(activity), who: senderOf(activity) };
}
