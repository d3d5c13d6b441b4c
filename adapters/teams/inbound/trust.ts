import { findTenantId } from '../keys.js';
import type { Activity } from '../platform/activity.js';
import type { TeamsSettings } from '../settings.js';

/** Hosts from which the Bot Framework calls. An entry covers itself and its subdomains. */
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
  'teams.microsoftonline.cn',
];
const loopbackHosts = ['localhost', '127.0.0.1', '[::1]'];

/** True when a host is one of the domains or below one: `files.example.com` is below `example.com`, `evilexample.com` is not. */
export function isHostWithin(host: string, domains: readonly string[]): boolean {
  const name = host.toLowerCase();
  return domains.some((domain) => name === domain || name.endsWith(`.${domain}`));
}

/** True when answers may be posted to this address. A post carries the bot's token and the answer. */
export function isServiceUrl(address: unknown, settings: Pick<TeamsSettings, 'development' | 'loopback'>): boolean {
  if (typeof address !== 'string' || !URL.canParse(address)) return false;
  const url = new URL(address);
  if (url.username || url.password) return false;
  if (settings.development && settings.loopback && loopbackHosts.includes(url.hostname)) return true;
  return url.protocol === 'https:' && url.port === '' && isHostWithin(url.hostname, serviceHosts);
}

/** Returns why an activity with a good token is refused, in words for the log, or undefined when it is accepted. */
export function findRefusal(activity: Partial<Activity>, settings: TeamsSettings): string | undefined {
  if (activity.channelId !== 'msteams') return 'not from Teams';
  if (!isServiceUrl(activity.serviceUrl, settings)) return 'service URL is not a Bot Framework host';
  if (!settings.appId) return undefined;
  const tenants = settings.allowedTenants?.length ? settings.allowedTenants : [settings.tenantId];
  const tenant = findTenantId(activity);
  if (!tenant) return 'no tenant named';
  if (!tenants.some((allowed) => allowed?.toLowerCase() === tenant.toLowerCase())) return 'tenant not allowed';
  // Conversation and channel data both name the tenant. An activity that contradicts itself is not from Teams.
  const data = activity.channelData as { tenant?: { id?: unknown } } | undefined;
  const other = data?.tenant?.id;
  if (other !== undefined && String(other).toLowerCase() !== tenant.toLowerCase()) return 'tenants disagree';
  return undefined;
}
