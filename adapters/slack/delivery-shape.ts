import * as z from 'zod';

// A signature proves who sent a body, but not that its fields have the types that Bolt and the listeners read. Other fields
// stay unchecked, because Slack adds new ones at any time.

const text = z.string();
const record = z.looseObject({});
const withId = z.looseObject({ id: text });
const idOrObject = z.union([text, withId]);

const file = z.looseObject({
  id: text,
  name: text.nullish(),
  title: text.nullish(),
  size: z.number().optional(),
  url_private: text.optional(),
  url_private_download: text.optional(),
});

const message = z.looseObject({
  channel: text,
  ts: text,
  user: text.optional(),
  text: text.optional(),
  thread_ts: text.optional(),
  deleted_ts: text.optional(),
  files: z.array(file).optional(),
  attachments: z.array(z.looseObject({ files: z.array(file).optional() })).optional(),
  blocks: z.array(z.unknown()).optional(),
});

/** Fields that the listener of an event needs, by the type of the event. */
const eventShapes = new Map<string, z.ZodType>([
  ['app_mention', message],
  ['message', message],
  ['file_shared', z.looseObject({ file_id: text, user_id: text, channel_id: text.optional() })],
  ['member_joined_channel', z.looseObject({ user: text, channel: text, inviter: text.optional() })],
  ['app_home_opened', z.looseObject({ user: text, tab: text, channel: text })],
  ['tokens_revoked', z.looseObject({ tokens: z.looseObject({ bot: z.array(text).optional() }) })],
  [
    'function_executed',
    z.looseObject({ function: z.looseObject({ callback_id: text }), function_execution_id: text, inputs: record }),
  ],
]);

const eventBody = z.looseObject({
  team_id: text.optional(),
  authorizations: z.array(z.looseObject({ team_id: text.nullish() })).optional(),
  event: z
    .looseObject({
      type: text,
      channel: idOrObject.optional(),
      user: idOrObject.optional(),
      item: record.optional(),
      subteam: record.optional(),
    })
    .refine((event) => eventShapes.get(event.type)?.safeParse(event).success ?? true),
});

const commandBody = z.looseObject({
  command: text,
  text: text.optional(),
  team_id: text,
  channel_id: text,
  user_id: text,
  trigger_id: text,
  response_url: text.optional(),
});

/** Fields of every button press, form and shortcut. */
const interaction = {
  user: z.looseObject({ id: text, team_id: text.optional() }),
  team: withId.nullish(),
};

const action = z.looseObject({ action_id: text, value: text.optional() });
const blockActionsBody = z.looseObject({
  ...interaction,
  type: z.literal('block_actions'),
  actions: z.tuple([action], action),
  container: z.looseObject({ channel_id: text.optional(), message_ts: text.optional(), thread_ts: text.optional() }),
  channel: withId.optional(),
  message: z.looseObject({ ts: text.optional(), thread_ts: text.optional() }).optional(),
  view: record.optional(),
  trigger_id: text,
  response_url: text.optional(),
});

const fieldValue = z.looseObject({ files: z.array(file).nullish(), value: text.nullish() });
const interactionShapes = new Map<unknown, z.ZodType>([
  [
    'view_submission',
    z.looseObject({
      ...interaction,
      view: z.looseObject({
        id: text,
        callback_id: text,
        app_installed_team_id: text.nullish(),
        private_metadata: text.nullish(),
        state: z.looseObject({ values: z.record(text, z.record(text, fieldValue)) }),
      }),
    }),
  ],
  ['shortcut', z.looseObject({ ...interaction, callback_id: text, trigger_id: text })],
  [
    'message_action',
    z.looseObject({
      ...interaction,
      callback_id: text,
      action_ts: text,
      response_url: text,
      channel: withId,
      message: message.omit({ channel: true }),
    }),
  ],
]);

/**
 * True when a body has the shape of a delivery to Frebot: an event, a command, a pressed button, a submitted form or a shortcut.
 * Bolt would throw on most others, and leave the rest unanswered for three seconds.
 */
export function isDeliveryShape(body: unknown): boolean {
  return record.safeParse(body).success && findShape(body as Record<string, unknown>).safeParse(body).success;
}

/** Returns the schema of a body. Distinguishes deliveries as Bolt does: by these fields, then by the type. */
function findShape(body: Record<string, unknown>): z.ZodType {
  if (body.event !== undefined) return eventBody;
  if (body.command !== undefined) return commandBody;
  if (body.actions !== undefined) return blockActionsBody;
  return interactionShapes.get(body.type) ?? z.never();
}
