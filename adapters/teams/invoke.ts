import type { Activity, InvokeResponse } from 'botbuilder';
import type { Answer } from '../../src/answer/answer.js';
import { errorAnswer } from '../../src/answer/errors.js';
import { neutral } from '../../src/answer/text.js';
import { cards } from './render/index.js';
import { tenantOf } from './trust.js';

/** A pressed button as the desk wants it. */
export interface Press {
  action: string;
  case: string;
  part?: string;
  tenant: string;
  who: string;
}

interface Pressed {
  verb?: unknown;
  data?: unknown;
}

/** The button behind an `adaptiveCard/action` invoke, or behind the message an older client sends in its stead. */
export function pressOf(activity: Partial<Activity>): Press | undefined {
  const value = activity.value as { action?: Pressed } | Record<string, unknown> | undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  const action = activity.type === 'invoke' ? (value.action as Pressed | undefined) : undefined;
  const data = (action ? action.data : value) as Record<string, unknown> | undefined;
  const verb = action ? action.verb : data?.verb;
  if (typeof verb !== 'string' || typeof data?.case !== 'string') return undefined;
  return {
    action: verb,
    case: data.case,
    ...(typeof data.part === 'string' && { part: data.part }),
    tenant: tenantOf(activity) ?? 'development',
    who: activity.from?.aadObjectId ?? activity.from?.id ?? 'unknown',
  };
}

/** The answer to a press: the new card takes the place of the old one. An invoke is answered in the call itself. */
export function refreshed(answer: Answer): InvokeResponse {
  const [card] = cards(answer);
  return {
    status: 200,
    body: { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: card },
  };
}

/** A press that could not be served: one sentence above the card, which stays. */
export function refused(code: string): InvokeResponse {
  return {
    status: 200,
    body: {
      statusCode: 200,
      type: 'application/vnd.microsoft.activity.message',
      value: neutral(errorAnswer(code).summary),
    },
  };
}
