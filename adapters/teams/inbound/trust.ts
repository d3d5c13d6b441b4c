import type { Activity } from 'botbuilder';
import type { TeamsSettings } from '../settings.js';

/** Hosts the Bot Framework speaks from. An entry covers itself and, behind a dot, what is below it. */
const serviceHosts = [
  'smba.trafficmanager.net',
  'smba.onyx.prod.teams.trafficmanager.net',
  'botframework.com',
  'botframework.us',
  'botframework.azure.us',
  'botframework.azure.cn',
  'botapi.skype.com',
  'teams.microsoft.com',
  'teams.microsoft.us',
];
const loopbackHosts = ['localhost', '127.0.0.1', '[::1]'];

/** `files.example.com` is below `example.com`; `evilexample.com` and `example.com.evil` are not. */
export function isHostWithin(host: string, parents: readonly string[]): boolean {
  const name = host.toLowerCase();
  return parents.some((parent) => name === parent || name.endsWith(`.${parent}`));
}

/** Whether answers may be posted to this address: they carry the bot's token and the answer itself. */
export function isServiceUrl(address: unknown, settings: Pick<TeamsSettings, 'development' | 'loopback'>): boolean {
  if (typeof address !== 'string' || !URL.canParse(address)) return false;
  const url = new URL(address);
  if (url.username || url.password) return false;
  if (settings.development && settings.loopback && loopbackHosts.includes(url.hostname)) return true;
  return url.protocol === 'https:' && url.port === '' && isHostWithin(url.hostname, serviceHosts);
}

/** Tenant of a conversation: the conversation's own word, else the channel data's. */
function tenantOf(activity: Partial<Activity>): string | undefined {
  const data = activity.channelData as { tenant?: { id?: unknown } } | undefined;
  const tenant = activity.conversation?.tenantId ?? data?.tenant?.id;
  return typeof tenant === 'string' && tenant !== '' ? tenant : undefined;
}

/** The tenant a conversation is kept under; local clients name none. */
export function tenantKey(activity: Partial<Activity>): string {
  return tenantOf(activity)?.toLowerCase() ?? 'development';
}

/** Who wrote or pressed: by the id of their directory, where there is one. */
export function senderOf({ from }: Partial<Activity>): string {
  return from?.aadObjectId ?? from?.id ?? 'unknown';
}

/** Why an activity with a good token is refused all the same, or undefined. The words are for the log. */
export function findRefusal(activity: Partial<Activity>, settings: TeamsSettings): string | undefined {
  if (activity.channelId !== 'msteams') return 'not from Teams';
  if (!isServiceUrl(activity.serviceUrl, settings)) return 'service URL is not a Bot Framework host';
  if (!settings.appId) return undefined;
  const tenants = settings.allowedTenants?.length ? settings.allowedTenants : [settings.tenantId];
  const tenant = tenantOf(activity);
  if (!tenant) return 'no tenant named';
  if (!tenants.some((allowed) => allowed?.toLowerCase() === tenant.toLowerCase())) return 'tenant not allowed';
  // Both places name the tenant; an activity that contradicts itself is not from Teams.
  const data = activity.channelData as { tenant?: { id?: unknown } } | undefined;
  if (data?.tenant?.id !== undefined && data.tenant.id !== tenant) return 'tenants disagree';
  return undefined;
}
