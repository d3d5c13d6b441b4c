import { describe, expect, it } from 'vitest';
import { findRefusal, isServiceUrl } from '../../adapters/teams/inbound/trust.js';
import type { Activity } from '../../adapters/teams/platform/activity.js';
import type { TeamsSettings } from '../../adapters/teams/settings.js';
import { personalActivity } from '../fakes/teams/activities.js';
import { appId, tenantId } from '../fakes/teams/identity.js';

const settings: TeamsSettings = { appId, tenantId, secret: 's', loopback: false };
const production = { development: false, loopback: false };

describe('the service URL allow-list', () => {
  it.each([
    'https://smba.trafficmanager.net/emea/',
    'https://smba.trafficmanager.net/amer/b1a2c3d4-0000-4000-8000-5eed00000001/',
    'https://smba.infra.gcc.teams.microsoft.com/gcc',
    'https://smba.infra.gov.teams.microsoft.us/gov',
    'https://smba.teams.microsoftonline.cn/china/',
  ])('lets %s in', (url) => expect(isServiceUrl(url, production)).toBe(true));

  it.each([
    'http://smba.trafficmanager.net/emea/',
    'https://evil.trafficmanager.net/',
    'https://smba.trafficmanager.net.evil.example/',
    'https://evilteams.microsoft.com.example/',
    'https://notbotframework.com/',
    'https://smba.trafficmanager.net:8443/',
    'https://user:pass@smba.trafficmanager.net/',
    'https://evil.example/?smba.trafficmanager.net',
    'http://127.0.0.1:56150/_connector',
    'file:///etc/passwd',
    'not a url',
    '',
    undefined,
  ])('keeps %s out', (url) => expect(isServiceUrl(url, production)).toBe(false));

  it('knows loopback only with the development switch on a loopback listener', () => {
    const local = 'http://localhost:56150/_connector';
    expect(isServiceUrl(local, { development: true, loopback: true })).toBe(true);
    expect(isServiceUrl(local, { development: true, loopback: false })).toBe(false);
    expect(isServiceUrl(local, { development: false, loopback: true })).toBe(false);
    expect(isServiceUrl('http://10.0.0.8/', { development: true, loopback: true })).toBe(false);
  });
});

describe('which conversations are answered', () => {
  const good = personalActivity('https://smba.trafficmanager.net/emea/') as Partial<Activity>;

  it('are those of the own tenant', () => expect(findRefusal(good, settings)).toBeUndefined());

  it('whatever the case of the tenant’s id is', () => {
    const shouted = { ...good, channelData: { tenant: { id: tenantId.toUpperCase() } } };
    expect(findRefusal(shouted, { ...settings, tenantId: tenantId.toUpperCase() } as TeamsSettings)).toBeUndefined();
  });

  it('those of the listed tenants and no others', () => {
    const other = 'b1a2c3d4-0000-4000-8000-5eed00000002';
    expect(findRefusal(good, { ...settings, allowedTenants: [other.toUpperCase(), tenantId] })).toBeUndefined();
    expect(findRefusal(good, { ...settings, allowedTenants: [other] })).toBe('tenant not allowed');
  });

  it.each([
    ['another tenant', { conversation: { id: 'a', tenantId: 'other' }, channelData: {} }, 'tenant not allowed'],
    ['no tenant', { conversation: { id: 'a' }, channelData: {} }, 'no tenant named'],
    ['two tenants', { channelData: { tenant: { id: 'other' } } }, 'tenants disagree'],
    ['another channel', { channelId: 'directline' }, 'not from Teams'],
    ['another host', { serviceUrl: 'https://evil.example/' }, 'service URL is not a Bot Framework host'],
  ])('%s is refused', (_name, more, reason) => {
    expect(findRefusal({ ...good, ...more } as Partial<Activity>, settings)).toBe(reason);
  });
});
