import type { App } from '@slack/bolt';
import { type ActionOrigin, isPermitted } from '../access.js';
import { fields } from '../render/forms.js';
import { NotInstalledError } from '../workspaces.js';
import { type ListenerContext, teamOf } from './context.js';

// biome-ignore lint/suspicious/noExplicitAny: what every kind of request may carry, read with care below
type Body = any;

/** Events that tell of the end of an installation: there is no token to check them with. */
const farewells = new Set(['app_uninstalled', 'tokens_revoked']);

/**
 * Stands before every listener: allow-lists, and workspaces the app was removed from. Commands for administrators are the desk's.
 * Who is denied gets one polite sentence where one was asked for; what is merely overheard gets nothing.
 */
export function guardListener(app: App, context: ListenerContext): void {
  const told = new Told();
  app.use(async ({ body, next, ...rest }) => {
    const at = placeOf(body as Body);
    const event = (body as Body).event?.type as string | undefined;
    if (event && farewells.has(event)) return next();
    if (isPermitted(context.access, at)) return next();
    const what = placeName(at, context);
    const { ack } = rest as { ack?: (answer?: unknown) => Promise<void> };
    const { summary } = context.desk.trouble('not-allowed', { what });
    context.log.info({ team: at.team, user: at.user, channel: at.channel }, 'Slack: denied by the allow-list');
    await deny(body as Body, at, summary, { context, ack, told }).catch((error) => {
      if (!(error instanceof NotInstalledError))
        context.log.warn({ error: (error as Error).name }, 'a denial was not heard');
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

/** What is denied, as the sentence names it: the narrowest thing an administrator could add. */
function placeName({ team, channel, user }: ActionOrigin, { access }: ListenerContext): string {
  if (!isPermitted({ workspaces: access?.workspaces }, { team })) return 'this workspace';
  return isPermitted({ channels: access?.channels }, { team, channel }) && user ? 'you' : 'this channel';
}

interface Denial {
  context: ListenerContext;
  ack: ((answer?: unknown) => Promise<void>) | undefined;
  told: Told;
}

/** Each kind of request has its own way to be answered privately. */
async function deny(body: Body, at: ActionOrigin, text: string, { context, ack, told }: Denial): Promise<void> {
  if (body.command) return ack?.({ response_type: 'ephemeral', text });
  if (body.type === 'view_submission') return ack?.({ response_action: 'errors', errors: { [fields.files]: text } });
  const { event } = body;
  if (!event) await ack?.();
  if (event && !asksUs(event))
    return event.type === 'function_executed' ? failStep(body, at, text, context, ack) : undefined;
  if (!at.user || (event?.ts && !told.first(`${at.channel}:${event.ts}`))) return;
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

/** Deliveries may repeat; the sentence does not. */
class Told {
  readonly #keys = new Set<string>();
  first(key: string): boolean {
    if (this.#keys.has(key)) return false;
    if (this.#keys.size > 1000) this.#keys.clear();
    this.#keys.add(key);
    return true;
  }
}
