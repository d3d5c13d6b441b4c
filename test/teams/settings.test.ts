import { describe, expect, it } from 'vitest';
import { readTeamsSettings } from '../../adapters/teams/settings.js';
import { readConfig } from '../../src/service/config.js';
import { OperatorError } from '../../src/service/operator-error.js';

const guid = '7f3a1f52-9f0a-4d5e-8a34-1b1f0c7a9d11';
/** Reads them as the program does: the listener's address comes from the process's settings. */
const read = (env: Record<string, string>) => readTeamsSettings(env, readConfig(env));

function messageOf(env: Record<string, string>): string {
  try {
    read(env);
  } catch (error) {
    expect(error).toBeInstanceOf(OperatorError);
    return (error as Error).message;
  }
  throw new Error('no mistake was found');
}

describe('settings of the Teams door', () => {
  it('keep the door closed when no variable asks for it', () => {
    expect(read({})).toBeUndefined();
    expect(read({ TEAMS_APP_ID: '' })).toBeUndefined();
  });

  it('take the three names of the Teams developer CLI, together and where none of ours is set', () => {
    const theirs = { CLIENT_ID: guid, CLIENT_SECRET: 'long enough', TENANT_ID: guid };
    expect(read(theirs)).toMatchObject({ appId: guid, secret: 'long enough', tenantId: guid });
    expect(read({ CLIENT_ID: guid, CLIENT_SECRET: 'long enough' })).toBeUndefined();
    expect(messageOf({ ...theirs, TEAMS_APP_ID: guid })).toContain('TEAMS_APP_PASSWORD is missing');
  });

  it('hold every way to run the app', () => {
    const app = read({
      FREBOT_PUBLIC_URL: 'https://frebot.example.org/',
      TEAMS_APP_ID: guid,
      TEAMS_TENANT_ID: guid,
      TEAMS_APP_PASSWORD: 'long enough',
      TEAMS_CLOUD: 'us-government',
      TEAMS_ALLOWED_TENANTS: `${guid}, ${guid}`,
      TEAMS_GRAPH: 'false',
    });
    expect(app).toMatchObject({
      publicUrl: 'https://frebot.example.org',
      secret: 'long enough',
      cloud: 'us-government',
      allowedTenants: [guid, guid],
      graph: false,
    });
    const managed = { TEAMS_APP_ID: guid, TEAMS_TENANT_ID: guid, TEAMS_MANAGED_IDENTITY: 'true' };
    expect(read(managed)).toMatchObject({ managedIdentity: true, graph: true });
  });

  it('open it without an app id only on loopback with the switch', () => {
    expect(read({ TEAMS_DEV_WITHOUT_AUTH: 'true' })).toEqual({ development: true, loopback: true });
  });

  it.each([
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
    [{ TEAMS_ADMIN_COMMANDS: 'forget,mut' }, /^TEAMS_ADMIN_COMMANDS may only name explain, /],
    [{ TEAMS_CLOUD: 'moon' }, /^TEAMS_CLOUD is not public/],
    [{ TEAMS_ALLOWED_TENANTS: `${guid},contoso` }, /^TEAMS_ALLOWED_TENANTS is not a list of tenant ids/],
    [{ TEAMS_DEV_WITHOUT_AUTH: 'yes' }, /^TEAMS_DEV_WITHOUT_AUTH is neither true nor false; for example: true$/],
  ])('%o stops with one sentence', (env, expected) => {
    const message = messageOf(env as Record<string, string>);
    expect(message).toMatch(expected);
    expect(message).not.toContain('\n');
  });
});
