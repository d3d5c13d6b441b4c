import type { App } from '@slack/bolt';
import { type ActionOrigin, isPermitted } from '../access.js';
import { fields } from '../render/forms.js';
import { NotInstalledError } from '../workspaces.js';
import { type ListenerContext, teamOf } from './context.js';

// biome-ignore lint/suspicious/noExplicitAny: a body of any kind; isDeliveryShape has checked the fields read here
type Body = any;

/** Events that end an installation: there is no token left to check them with. */
const removalEvents = new Set(['app_uninstalled', 'tokens_revoked']);

/**
 * Checks the allow-lists before every listener; the desk checks commands for administrators. A denied request is answered with
 * one private sentence; a message that was merely overheard gets none.
 */
export function guardListener(app: App, context: ListenerContext): void {
  const deliveries = new FirstDelivery();
  app.use(async ({ body, next, ...rest }) => {
    const at = placeOf(body as Body);
    const event = (body as Body).event?.type as string | undefined;
    if (event && removalEvents.has(event)) return next();
    if (isPermitted(context.access, at)) return next();
    const what = placeName(at, context);
    const { ack } = rest as { ack?: (answer?: unknown) => Promise<void> };
    const { summary } = context.desk.trouble('not-allowed', { what });
    context.log.info({ team: at.team, user: at.user, channel: at.channel }, 'Slack: denied by the allow-list');
    await deny(body as Body, at, summary, { context, ack, deliveries }).catch((error) => {
      if (!(error instanceof NotInstalledError))
        context.log.warn({ error: (error as Error).name }, 'Slack: a denial could not be posted');
    });
  });
}

function placeOf(body: Body): ActionOrigin {
  const { event } = body;
  return {
    team: teamOf(body),
    channel: event?.channel?.id ?? event?.channel_id ?? event?.channel ?? body.channel?.id ?? body.channel_id,
    user: event?.user?.id ?? event?.user ?? event?.user_id ?? body.user?.id ?? body.user_id,
  };
}

/** Returns how the sentence names what is denied: the narrowest thing an administrator could add. */
function placeName({ team, channel, user }: ActionOrigin, { access }: ListenerContext): string {
  if (!isPermitted({ workspaces: access?.workspaces }, { team })) return 'this workspace';
  return isPermitted({ channels: access?.channels }, { team, channel }) && user ? 'you' : 'this channel';
}

interface Denial {
  context: ListenerContext;
  ack: ((answer?: unknown) => Promise<void>) | undefined;
  deliveries: FirstDelivery;
}

/** Answers privately, in the way each kind of request allows. */
async function deny(body: Body, at: ActionOrigin, text: string, { context, ack, deliveries }: Denial): Promise<void> {
  if (body.command) return ack?.({ response_type: 'ephemeral', text });
  if (body.type === 'view_submission') return ack?.({ response_action: 'errors', errors: { [fields.files]: text } });
  const { event } = body;
  if (!event) await ack?.();
  if (event && !asksUs(event))
    return event.type === 'function_executed' ? failStep(body, at, text, context, ack) : undefined;
  if (!at.user || (event?.ts && !deliveries.isFirst(`${at.channel}:${event.ts}`))) return;
  const { client } = await context.workspace(at.team);
  if (event?.type === 'app_home_opened') {
    const blocks = [{ type: 'section' as const, text: { type: 'plain_text' as const, text } }];
    await client.views.publish({ user_id: at.user, view: { type: 'home', blocks } });
  } else if (at.channel && !at.channel.startsWith('D')) {
    const { channel, user } = at;
    await client.chat.postEphemeral({ channel, user, text, ...(event?.thread_ts && { thread_ts: event.thread_ts }) });
  } else {
    await client.chat.postMessage({ channel: at.channel ?? at.user, text, ...(event?.ts && { thread_ts: event.ts }) });
  }
}

function asksUs(event: Body): boolean {
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

/** Recognizes repeated deliveries of a message, so that a denial is said once. */
class FirstDelivery {
  readonly #keys = new Set<string>();
  isFirst(key: string): boolean {
    if (this.#keys.has(key)) return false;
    if (this.#keys.size > 1000) this.#keys.clear();
    this.#keys.add(key);
    return true;
  }
}
