import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from '../../src/service/config.js';

const guid = '7f3a1f52-9f0a-4d5e-8a34-1b1f0c7a9d11';
const sentence = (env: Record<string, string>): string => {
  try {
    readConfig(env);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return (error as Error).message;
  }
  throw new Error('no mistake was found');
};

describe('configuration', () => {
  it('needs nothing: loopback, port 3978, both chat doors closed', () => {
    expect(readConfig({})).toEqual({
      host: '127.0.0.1',
      loopback: true,
      port: 3978,
      pageToken: undefined,
      slowMs: 3000,
      logLevel: 'info',
      slack: undefined,
      teams: undefined,
      dataDir: '.frebot',
      databaseUrl: undefined,
      key: undefined,
      retentionDays: 30,
    });
  });

  it('takes an empty variable for one that is not set', () => {
    expect(readConfig({ SLACK_BOT_TOKEN: ' ', TEAMS_APP_ID: '' }).slack).toBeUndefined();
  });

  it('opens Slack in Socket Mode with an app token, over HTTP with a signing secret', () => {
    expect(readConfig({ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' }).slack).toMatchObject({
      appToken: 'xapp-1',
    });
    const secret = 'a'.repeat(32);
    expect(readConfig({ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: secret }).slack).toMatchObject({
      signingSecret: secret,
    });
  });

  it.each([
    [{ FREBOT_PORT: '99999' }, /^FREBOT_PORT is not a port; for example: 3978$/],
    [{ FREBOT_SLOW_MS: 'soon' }, /^FREBOT_SLOW_MS .*example: 3000$/],
    [{ SLACK_BOT_TOKEN: 'xapp-secret' }, /^SLACK_BOT_TOKEN is not a bot token; for example: xoxb-/],
    [{ SLACK_BOT_TOKEN: 'xoxb-1' }, /^SLACK_APP_TOKEN is missing beside SLACK_BOT_TOKEN/],
    [{ SLACK_APP_TOKEN: 'xapp-1' }, /^SLACK_BOT_TOKEN is missing beside SLACK_APP_TOKEN/],
    [{ TEAMS_APP_ID: 'frebot' }, /^TEAMS_APP_ID is not an application id/],
    [{ TEAMS_APP_ID: guid }, /^TEAMS_APP_PASSWORD is missing/],
    [{ TEAMS_APP_PASSWORD: 'long enough', TEAMS_TENANT_ID: guid }, /^TEAMS_APP_ID is missing/],
    [{ TEAMS_DEV_WITHOUT_AUTH: 'true', FREBOT_HOST: '0.0.0.0' }, /^TEAMS_DEV_WITHOUT_AUTH .*FREBOT_HOST=127\.0\.0\.1$/],
    [{ TEAMS_APP_ID: guid, TEAMS_MANAGED_IDENTITY: 'true' }, /^TEAMS_TENANT_ID is missing/],
    [
      {
        TEAMS_APP_ID: guid,
        TEAMS_TENANT_ID: guid,
        TEAMS_APP_PASSWORD: 'long enough',
        TEAMS_CERTIFICATE_FILE: '/a.pem',
      },
      /^TEAMS_APP_PASSWORD and TEAMS_CERTIFICATE_FILE exclude each other/,
    ],
    [{ TEAMS_CLOUD: 'moon' }, /^TEAMS_CLOUD is not public/],
    [{ TEAMS_ALLOWED_TENANTS: `${guid},contoso` }, /^TEAMS_ALLOWED_TENANTS is not a list of tenant ids/],
    [{ FREBOT_PUBLIC_URL: 'http://frebot.example.org' }, /^FREBOT_PUBLIC_URL is not an https address/],
    [{ FREBOT_PUBLIC_URL: 'https://user@frebot.example.org' }, /^FREBOT_PUBLIC_URL/],
    [{ DATABASE_URL: 'mysql://db/x' }, /^DATABASE_URL is not the address .*example: postgres:/],
    [{ FREBOT_KEY: 'abc' }, /^FREBOT_KEY is not a key .*openssl rand -hex 32$/],
    [{ FREBOT_RETENTION_DAYS: '0' }, /^FREBOT_RETENTION_DAYS is not a number of days .*example: 30$/],
    [{ TEAMS_DEV_WITHOUT_AUTH: 'yes' }, /^TEAMS_DEV_WITHOUT_AUTH is neither true nor false; for example: true$/],
  ])('%o stops with one sentence', (env, expected) => {
    const said = sentence(env as Record<string, string>);
    expect(said).toMatch(expected);
    expect(said).not.toContain('\n');
  });

  it('never repeats a value: it may be a secret in the wrong place', () => {
    expect(sentence({ SLACK_SIGNING_SECRET: 'xoxb-very-secret' })).not.toContain('very-secret');
  });

  it('hands every way to run Teams on to the door', () => {
    const { teams, publicUrl } = readConfig({
      FREBOT_PUBLIC_URL: 'https://frebot.example.org/',
      TEAMS_APP_ID: guid,
      TEAMS_TENANT_ID: guid,
      TEAMS_CERTIFICATE_FILE: '/etc/frebot/teams.pem',
      TEAMS_CLOUD: 'us-government',
      TEAMS_ALLOWED_TENANTS: `${guid}, ${guid}`,
      TEAMS_GRAPH: 'false',
    });
    expect(publicUrl).toBe('https://frebot.example.org');
    expect(teams).toMatchObject({
      certificateFile: '/etc/frebot/teams.pem',
      cloud: 'us-government',
      allowedTenants: [guid, guid],
      graph: false,
    });
    const managed = { TEAMS_APP_ID: guid, TEAMS_TENANT_ID: guid, TEAMS_MANAGED_IDENTITY: 'true' };
    expect(readConfig(managed).teams).toMatchObject({ managedIdentity: true, graph: true });
  });

  it('opens Teams without an app id only on loopback with the switch', () => {
    expect(readConfig({ TEAMS_DEV_WITHOUT_AUTH: 'true' }).teams).toEqual({ devWithoutAuth: true });
    expect(readConfig({}).teams).toBeUndefined();
  });
});
