import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from '../../src/service/config.js';

function messageOf(env: Record<string, string>): string {
  try {
    readConfig(env);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return (error as Error).message;
  }
  throw new Error('no mistake was found');
}

describe('configuration', () => {
  it('needs nothing: loopback, port 3978, the embedded database', () => {
    expect(readConfig({})).toEqual({
      host: '127.0.0.1',
      loopback: true,
      port: 3978,
      pageToken: undefined,
      slowMs: 3000,
      logLevel: 'info',
      apiTokens: [],
      dataDir: '.frebot',
      databaseUrl: undefined,
      key: undefined,
      retentionDays: 30,
      watch: [],
      watchTo: ['stdout'],
      watchMute: [],
      watchRights: [],
    });
  });

  it('reads an empty variable as one that is not set', () => {
    expect(readConfig({ FREBOT_PORT: ' ', FREBOT_PAGE_TOKEN: '' })).toEqual(readConfig({}));
  });

  it('removes the slash at the end of the public address', () => {
    expect(readConfig({ FREBOT_PUBLIC_URL: 'https://frebot.example.org/' }).publicUrl).toBe(
      'https://frebot.example.org',
    );
  });

  it.each([
    [{ FREBOT_PORT: '99999' }, /^FREBOT_PORT is not a port; for example: 3978$/],
    [{ FREBOT_SLOW_MS: 'soon' }, /^FREBOT_SLOW_MS .*example: 3000$/],
    [{ FREBOT_PUBLIC_URL: 'http://frebot.example.org' }, /^FREBOT_PUBLIC_URL is not an https address/],
    [{ FREBOT_PUBLIC_URL: 'https://user@frebot.example.org' }, /^FREBOT_PUBLIC_URL/],
    [{ DATABASE_URL: 'mysql://db/x' }, /^DATABASE_URL is not the address .*example: postgres:/],
    [{ FREBOT_KEY: 'abc' }, /^FREBOT_KEY is not a key .*openssl rand -hex 32$/],
    [{ FREBOT_RETENTION_DAYS: '0' }, /^FREBOT_RETENTION_DAYS is not a number of days .*example: 30$/],
  ])('%o stops with one sentence', (env, expected) => {
    const message = messageOf(env as Record<string, string>);
    expect(message).toMatch(expected);
    expect(message).not.toContain('\n');
  });

  it('never repeats a value: it may be a secret in the wrong variable', () => {
    expect(messageOf({ FREBOT_PORT: 'xoxb-very-secret' })).not.toContain('very-secret');
  });
});
