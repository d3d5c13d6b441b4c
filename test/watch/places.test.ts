import { describe, expect, it } from 'vitest';
import { findSlackPlace } from '../../adapters/slack/named-place.js';
import type { Workspaces } from '../../adapters/slack/workspaces.js';
import { findTeamsPlace } from '../../adapters/teams/named-place.js';
import type { TeamsSettings } from '../../adapters/teams/settings.js';

// The names and links of channels, as an operator copies them.
describe('a channel of Slack', () => {
  const team = 'T0123ABCD';
  const workspace = { us: async () => ({ team }) };
  const workspaces = { findAny: async () => workspace, of: async () => workspace } as unknown as Workspaces;
  const channelOf = async (name: string, several = false) =>
    (await findSlackPlace(name, workspaces, several)?.())?.where;

  it.each([
    ['iis-prod', '#iis-prod'],
    ['#iis-prod', '#iis-prod'],
    ['#störungen_ü', '#störungen_ü'],
    ['C0123ABCD', 'C0123ABCD'],
    ['https://contoso.slack.com/archives/C0123ABCD', 'C0123ABCD'],
    ['https://app.slack.com/client/T0123ABCD/C0123ABCD', 'C0123ABCD'],
  ])('is found by %s', async (name, channel) => expect(await channelOf(name)).toEqual({ team, channel }));

  it.each([
    '',
    '#',
    '#IIS',
    '#a b',
    'http://contoso.slack.com/archives/C0123ABCD',
    'https://evilslack.com/archives/C0123ABCD',
    'https://contoso.slack.com/team/U0123ABCD',
  ])('is not found by %j', async (name) => expect(await channelOf(name)).toBeUndefined());

  it('of several workspaces, the link says which', async () => {
    expect(await channelOf('iis-prod', true)).toBeUndefined();
    expect(await channelOf('https://app.slack.com/client/T0123ABCD/C0123ABCD', true)).toMatchObject({ team });
  });
});

describe('a channel of Teams', () => {
  const tenantId = '00000000-0000-4000-8000-00000000aaaa';
  const settings = { appId: 'app', tenantId, secret: 'secret-secret', loopback: false } as TeamsSettings;
  const channel = 'https://teams.microsoft.com/l/channel/19%3Aabc_-1%40thread.tacv2/General?groupId=1';
  const placeOf = async (link: string, more: Partial<TeamsSettings> = {}) =>
    findTeamsPlace(link, { ...settings, ...more } as TeamsSettings)?.();

  it('is found by its link, in the cloud of the settings', async () => {
    const place = await placeOf(`${channel}&tenantId=${tenantId.toUpperCase()}`);
    expect(place).toMatchObject({ tenant: tenantId, place: `teams:${tenantId}:19:abc_-1@thread.tacv2` });
    expect(place?.where).toMatchObject({
      scope: 'channel',
      reference: { serviceUrl: 'https://smba.trafficmanager.net/teams/', bot: { id: '28:app' } },
    });
    const elsewhere = await placeOf(channel, { cloud: 'us-government' });
    expect(elsewhere?.where.reference.serviceUrl).toBe('https://smba.infra.gov.teams.microsoft.us/teams/');
  });

  it('a group chat is found too', async () => {
    const place = await placeOf('https://teams.microsoft.com/l/chat/19%3Aabc%40thread.v2/conversations');
    expect(place?.where.scope).toBe('groupChat');
  });

  it.each([
    '#general',
    `${channel}&tenantId=00000000-0000-4000-8000-00000000bbbb`,
    channel.replace('https', 'http'),
    channel.replace('microsoft.com', 'microsoft.com.evil.example'),
    'https://teams.microsoft.com/l/chat/19%3Aada_bot%40unq.gbl.spaces/0',
    'https://teams.microsoft.com/l/channel/%E0%A4%A/General',
  ])('is not found by %s', async (link) => expect(await placeOf(link)).toBeUndefined());

  it('is refused in a cloud without a known address', async () => {
    expect(await placeOf(channel, { cloud: 'china' })).toBeUndefined();
  });
});
