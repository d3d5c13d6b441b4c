import type { NamedPlace } from '../../src/desk/ports/door.js';
import { teamsThreadKey } from './keys.js';
import type { TeamsPosted } from './outbound/sender.js';
import type { TeamsPlace } from './place.js';
import { endpoints, type TeamsSettings } from './settings.js';

const linkHosts = ['teams.microsoft.com', 'teams.cloud.microsoft', 'gov.teams.microsoft.us', 'dod.teams.microsoft.us'];
/** Ids of channels and of group chats. */
const conversationId = /^19:[\w-]{1,120}@thread\.(tacv2|v2|skype)$/;

/**
 * Returns what finds a channel or group chat by the link that Teams copies; undefined for text that is not such a link, for a
 * tenant that Frebot does not answer, and in a cloud where posts need an activity before them.
 */
export function findTeamsPlace(
  link: string,
  settings: TeamsSettings,
): (() => Promise<NamedPlace<TeamsPlace>>) | undefined {
  const conversation = readConversation(link);
  const { service } = endpoints(settings);
  const tenant = tenantOf(link, settings);
  if (!conversation || service === undefined || tenant === undefined) return undefined;
  const isChannel = !conversation.endsWith('@thread.v2');
  const where: TeamsPlace = {
    scope: isChannel ? 'channel' : 'groupChat',
    reference: {
      channelId: 'msteams',
      serviceUrl: service,
      conversation: {
        id: conversation,
        tenantId: tenant,
        conversationType: isChannel ? 'channel' : 'groupChat',
        isGroup: true,
      },
      ...(settings.appId && { bot: { id: `28:${settings.appId}` } }),
    },
  };
  const key = tenant.toLowerCase();
  return async () => ({ where, tenant: key, place: teamsThreadKey(key, conversation) });
}

/** Returns the key of the thread below a post: in a channel each post begins one, and a chat is one thread. */
export function threadBelowPost({ scope, reference }: TeamsPlace, { id }: TeamsPosted): string {
  const { conversation } = reference;
  const thread = scope === 'channel' && id ? `${conversation.id};messageid=${id}` : conversation.id;
  return teamsThreadKey(conversation.tenantId?.toLowerCase() ?? '', thread);
}

/** Returns the id in a link to a channel (`/l/channel/<id>/<name>`) or chat (`/l/chat/<id>/…`). */
function readConversation(link: string): string | undefined {
  const url = URL.canParse(link) ? new URL(link) : undefined;
  if (url?.protocol !== 'https:' || !linkHosts.includes(url.hostname)) return undefined;
  const id = /^\/l\/(?:channel|chat)\/([^/]{1,300})(?:\/|$)/.exec(url.pathname)?.[1];
  try {
    const found = decodeURIComponent(id ?? '');
    return conversationId.test(found) ? found : undefined;
  } catch {
    return undefined;
  }
}

/** Returns the tenant of a link, or the app's own where the link names none; undefined for one that is not answered. */
function tenantOf(link: string, { tenantId, allowedTenants }: TeamsSettings): string | undefined {
  const named = (URL.canParse(link) ? new URL(link).searchParams.get('tenantId') : null) ?? tenantId;
  const tenants = allowedTenants?.length ? allowedTenants : [tenantId ?? named];
  return tenants.find((one) => one?.toLowerCase() === named?.toLowerCase()) ?? undefined;
}
