import type { App } from '@slack/bolt';
import { type ActionOrigin, isPermitted } from '../access.js';
import { fields } from '../render/forms.js';
import { NotInstalledError } from '../workspaces.js';
import { type ListenerContext, teamOf } from './context.js';

// biome-ignore lint/suspicious/noExplicitAny: a body of any kind; isDeliveryShape has checked the fields read here
type Body = any;

/** Events that end an installation. They pass unchecked, because they leave no token to answer with. */
const removalEvents = new Set(['app_uninstalled', 'tokens_revoked']);

/**
 * Checks the allow-lists before every listener. The desk checks which commands are for administrators. A denied request gets
 * one private sentence, and a message that is not addressed to Frebot gets none.
 */
export function guardListener(app: App, context: ListenerContext): void {
  const deliveries = new FirstDelivery();
  app.use(async ({ body, next, ...rest }) => {
    const origin = readOrigin(body as Body);
    const event = (body as Body).event?.type as string | undefined;
    if (event && removalEvents.has(event)) return next();
    if (isPermitted(context.access, origin)) return next();
    const what = nameDenied(origin, context);
    const { ack } = rest as { ack?: (answer?: unknown) => Promise<void> };
    const { summary } = context.desk.trouble('not-allowed', { what });
    context.log.info(
      { team: origin.team, user: origin.user, channel: origin.channel },
      'Slack: denied by the allow-list',
    );
    await deny(body as Body, origin, summary, { context, ack, deliveries }).catch((error) => {
      if (!(error instanceof NotInstalledError))
        context.log.warn({ error: (error as Error).name }, 'Slack: a denial could not be posted');
    });
  });
}

function readOrigin(body: Body): ActionOrigin {
  const { event } = body;
  return {
    team: teamOf(body),
    channel: event?.channel?.id ?? event?.channel_id ?? event?.channel ?? body.channel?.id ?? body.channel_id,
    user: event?.user?.id ?? event?.user ?? event?.user_id ?? body.user?.id ?? body.user_id,
  };
}

/** Returns the words for what is denied: the narrowest thing that an administrator could add to a list. */
function nameDenied({ team, channel, user }: ActionOrigin, { access }: ListenerContext): string {
  if (!isPermitted({ workspaces: access?.workspaces }, { team })) return 'this workspace';
  return isPermitted({ channels: access?.channels }, { team, channel }) && user ? 'you' : 'this channel';
}

interface Denial {
  context: ListenerContext;
  ack: ((answer?: unknown) => Promise<void>) | undefined;
  deliveries: FirstDelivery;
}

/** Answers privately, in the way each kind of request allows. */
async function deny(
  body: Body,
  origin: ActionOrigin,
  text: string,
  { context, ack, deliveries }: Denial,
): Promise<void> {
  if (body.command) return ack?.({ response_type: 'ephemeral', text });
  if (body.type === 'view_submission') return ack?.({ response_action: 'errors', errors: { [fields.files]: text } });
  const { event } = body;
  if (!event) await ack?.();
  if (event && !isAddressed(event))
    return event.type === 'function_executed' ? failStep(body, origin, text, context, ack) : undefined;
  const { team, channel, user } = origin;
  if (!user || (event?.ts && !deliveries.isFirst(`${channel}:${event.ts}`))) return;
  const { client } = await context.workspace(team);
  if (event?.type === 'app_home_opened') {
    const blocks = [{ type: 'section' as const, text: { type: 'plain_text' as const, text } }];
    await client.views.publish({ user_id: user, view: { type: 'home', blocks } });
  } else if (channel && !channel.startsWith('D')) {
    await client.chat.postEphemeral({ channel, user, text, ...(event?.thread_ts && { thread_ts: event.thread_ts }) });
  } else {
    await client.chat.postMessage({ channel: channel ?? user, text, ...(event?.ts && { thread_ts: event.ts }) });
  }
}

function isAddressed(event: Body): boolean {
  if (event.type === 'app_home_opened') return event.tab === 'home';
  if (event.bot_id || event.subtype === 'message_changed' || event.subtype === 'message_deleted') return false;
  return event.type === 'app_mention' || (event.type === 'message' && event.channel_type === 'im');
}

async function failStep(
  body: Body,
  { team }: ActionOrigin,
  error: string,
  { workspace }: ListenerContext,
  ack: Denial['ack'],
) {
  const { client } = await workspace(team);
  await client.functions.completeError({ function_execution_id: body.event.function_execution_id, error });
  await ack?.();
}

/** Recognizes repeated deliveries of a message, so that a denial is posted once. */
class FirstDelivery {
  readonly #keys = new Set<string>();
  isFirst(key: string): boolean {
    if (this.#keys.has(key)) return false;
    if (this.#keys.size > 1000) this.#keys.clear();
    this.#keys.add(key);
    return true;
  }
}
