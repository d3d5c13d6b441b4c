import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fullManifest, manifest, stepId, withAddress } from '../../adapters/slack/manifest.js';
import { scopes } from '../../adapters/slack/scopes.js';
import { fullScopes, installedScopes } from '../fakes/slack/index.js';

const root = resolve(import.meta.dirname, '../..');

describe('manifest.json', () => {
  it('says what adapters/slack/manifest.ts says, which the compiler checks against the type of the SDK', () => {
    expect(JSON.parse(readFileSync(resolve(root, 'manifest.json'), 'utf8'))).toEqual(manifest);
  });

  it('keeps to the limits of api.slack.com/reference/manifests', () => {
    const { display_information: shown, features } = manifest;
    expect(shown.name.length).toBeLessThanOrEqual(35);
    expect(shown.description?.length).toBeLessThanOrEqual(140);
    expect(shown.long_description?.length).toBeGreaterThanOrEqual(175);
    expect(shown.long_description?.length).toBeLessThanOrEqual(4000);
    expect(shown.background_color).toMatch(/^#[0-9a-f]{6}$/);
    expect(features?.bot_user?.display_name.length).toBeLessThanOrEqual(80);
    for (const { command, description, usage_hint } of features?.slash_commands ?? []) {
      expect(command).toMatch(/^\/[a-z0-9_-]{1,31}$/);
      expect(description.length).toBeLessThanOrEqual(2000);
      expect(usage_hint?.length).toBeLessThanOrEqual(1000);
    }
    for (const { name, callback_id } of features?.shortcuts ?? []) {
      expect(name.length).toBeLessThanOrEqual(24);
      expect(callback_id.length).toBeLessThanOrEqual(255);
    }
  });

  it('is what the Slack CLI gets from its hook', () => {
    const { hooks } = JSON.parse(readFileSync(resolve(root, '.slack/hooks.json'), 'utf8'));
    const [command, ...args] = hooks['get-manifest'].split(' ');
    const printed = execFileSync(command, args, { cwd: root, encoding: 'utf8' });
    expect(JSON.parse(printed)).toEqual(manifest);
    expect(printed.trim().split('\n')).toHaveLength(1);
  });

  it('turns Socket Mode on, and needs no address', () => {
    expect(manifest.settings?.socket_mode_enabled).toBe(true);
    expect(JSON.stringify(manifest)).not.toContain('http');
  });

  it('for signed HTTP has every address filled in, and no other difference', () => {
    const filled = withAddress(manifest, 'https://frebot.contoso.example');
    const events = 'https://frebot.contoso.example/slack/events';
    expect(filled.settings).toMatchObject({
      event_subscriptions: { request_url: events, bot_events: manifest.settings?.event_subscriptions?.bot_events },
      interactivity: { is_enabled: true, request_url: events },
      socket_mode_enabled: false,
    });
    expect(filled.features?.slash_commands).toEqual([expect.objectContaining({ command: '/freb', url: events })]);
    expect(filled.oauth_config).toEqual({
      ...manifest.oauth_config,
      redirect_urls: ['https://frebot.contoso.example/slack/oauth_redirect'],
    });
  });

  it('asks for nothing a free workspace does not have', () => {
    const paid = ['assistant:write', '"functions"', 'agent_view', 'function_executed', 'function_runtime'];
    for (const word of paid) {
      expect(JSON.stringify(manifest)).not.toContain(word);
      expect(JSON.stringify(fullManifest)).toContain(word);
    }
    for (const word of ['channels:history', 'groups:history', 'mpim:history']) {
      expect(JSON.stringify(manifest)).not.toContain(word);
    }
  });

  it('in full is the base and more, and `npm run manifest:full` writes it', () => {
    const words = (value: unknown) => new Set(JSON.stringify(value).match(/"[^"]+"/g));
    for (const word of words({ ...manifest, settings: undefined })) expect(words(fullManifest)).toContain(word);
    const { scripts } = JSON.parse(readFileSync(resolve(root, 'package.json'), 'utf8'));
    expect(scripts['manifest:full']).toBe('tsx scripts/manifest.ts --full');
    execFileSync('npm', ['run', '-s', 'manifest:full'], { cwd: root });
    expect(JSON.parse(readFileSync(resolve(root, 'build/slack-manifest-full.json'), 'utf8'))).toEqual(fullManifest);
    const view = fullManifest.features?.agent_view;
    expect(view?.agent_description?.length).toBeLessThanOrEqual(300);
    expect(view?.suggested_prompts?.length).toBeLessThanOrEqual(4);
    expect(fullManifest.functions).toHaveProperty(stepId);
    expect(fullManifest.settings?.org_deploy_enabled).toBe(true);
  });

  it('subscribes to each message event it has the scope for, and to no other', () => {
    const needs: Record<string, string> = {
      app_mention: 'app_mentions:read',
      file_shared: 'files:read',
      'message.channels': 'channels:history',
      'message.groups': 'groups:history',
      'message.im': 'im:history',
      'message.mpim': 'mpim:history',
    };
    for (const { settings, oauth_config } of [manifest, fullManifest]) {
      const events = settings?.event_subscriptions?.bot_events ?? [];
      const asked = (oauth_config?.scopes?.bot ?? []) as string[];
      for (const [event, scope] of Object.entries(needs))
        expect(events.includes(event as never), event).toBe(asked.includes(scope));
    }
  });

  it('gives each scope a reason, which the documentation repeats', () => {
    const docs = readFileSync(resolve(root, 'docs/slack.md'), 'utf8');
    for (const { scope, reason, without } of scopes) {
      expect(docs).toContain(`| \`${scope}\` | ${reason} | ${without} |`);
    }
  });

  it('is what the fake workspace installs', () => {
    const asked = (overlay: boolean) =>
      scopes.filter((one) => overlay || !one.overlay).map(({ scope }) => scope as string);
    expect([...installedScopes].sort()).toEqual(asked(false).sort());
    expect([...fullScopes].sort()).toEqual(asked(true).sort());
  });
});
