/** Names of the areas of a provider by their bits, as rules of Failed Request Tracing name them. */
const areas: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  'WWW Server': {
    0: 'General',
    2: 'Authentication',
    4: 'Security',
    8: 'Filter',
    16: 'StaticFile',
    32: 'CGI',
    64: 'Compression',
    128: 'Cache',
    256: 'RequestNotifications',
    512: 'Module',
    1024: 'Rewrite',
    2048: 'RequestRouting',
    4096: 'FastCGI',
    16384: 'WebSocket',
    65536: 'ANCM',
  },
  ASPNET: { 1: 'ASP.NET Infrastructure', 2: 'ASP.NET Module', 4: 'ASP.NET Page', 8: 'ASP.NET AppServices' },
};

/** Providers that have only one area. */
const providers: Readonly<Record<string, string>> = { ASPNET: 'ASP.NET', ASP: 'ASP', 'ISAPI Extension': 'ISAPI' };

/** Returns the area of an event by its provider and its bits; `Other` for what no provider of Windows writes. */
export function areaName(provider: string, keywords: string): string {
  const bits = /^0x[0-9a-f]{1,8}$/i.test(keywords) ? Number(keywords) : Number.NaN;
  return areas[provider]?.[bits] ?? providers[provider] ?? 'Other';
}
