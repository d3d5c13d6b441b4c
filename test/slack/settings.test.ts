import { describe, expect, it } from 'vitest';
import { readSlackSettings } from '../../adapters/slack/settings.js';
import { OperatorError } from '../../src/service/operator-error.js';

function messageOf(env: Record<string, string>): string {
  try {
    readSlackSettings(env);
  } catch (error) {
    expect(error).toBeInstanceOf(OperatorError);
    return (error as Error).message;
  }
  throw new Error('no mistake was found');
}

describe('settings of the Slack door', () => {
  it('keep the door closed when no variable asks for it', () => {
    expect(readSlackSettings({})).toBeUndefined();
    expect(readSlackSettings({ SLACK_BOT_TOKEN: ' ' })).toBeUndefined();
  });

  it('open it in Socket Mode with an app token, over HTTP with a signing secret', () => {
    expect(readSlackSettings({ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' })).toMatchObject({
      appToken: 'xapp-1',
    });
    const secret = 'a'.repeat(32);
    expect(readSlackSettings({ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: secret })).toMatchObject({
      signingSecret: secret,
    });
  });

  it('never repeat a value: it may be a secret in the wrong variable', () => {
    expect(messageOf({ SLACK_SIGNING_SECRET: 'xoxb-very-secret' })).not.toContain('very-secret');
  });

  it.each([
    [{ SLACK_BOT_TOKEN: 'xapp-secret' }, /^SLACK_BOT_TOKEN is not a bot token; for example: xoxb-/],
    [{ SLACK_APP_TOKEN: 'xoxb-1' }, /^SLACK_APP_TOKEN is not an app-level token; for example: xapp-/],
    [{ SLACK_BOT_TOKEN: 'xoxb-1' }, /^SLACK_APP_TOKEN is missing beside SLACK_BOT_TOKEN/],
    [{ SLACK_ADMIN_COMMANDS: 'forgt' }, /^SLACK_ADMIN_COMMANDS may only name explain, .*mute \(help is for everyone\)/],
    [{ SLACK_ADMIN_COMMANDS: 'forget,unmute' }, /^SLACK_ADMIN_COMMANDS may only name/],
    [{ SLACK_ADMIN_COMMANDS: 'help' }, /^SLACK_ADMIN_COMMANDS may only name/],
    [{ SLACK_APP_TOKEN: 'xapp-1' }, /^SLACK_BOT_TOKEN is missing beside SLACK_APP_TOKEN/],
  ])('%o stops with one sentence', (env, expected) => {
    const message = messageOf(env as Record<string, string>);
    expect(message).toMatch(expected);
    expect(message).not.toContain('\n');
  });
});
