import { describe, expect, it } from 'vitest';
import { PostError, type WatchPost } from '../../src/watch/ports.js';
import { jsonTarget, textTarget, webhookTarget } from '../../src/watch/targets.js';
import { webhookPlatform } from '../../src/watch/webhook-body.js';

const hostile = '<!channel> **bold** [x](http://evil.example) \u202e& \x1b[31m';
const post: WatchPost = {
  id: 'a1',
  kind: 'new',
  at: '2026-06-08T20:00:00.000Z',
  answer: {
    title: `New: ${hostile}`,
    summary: hostile,
    parts: [{ kind: 'text', id: 'seen', keep: 'always', text: hostile }],
    actions: [],
    sources: [],
  },
};

describe('targets', () => {
  it('text stays text, and JSON is one line with an id', async () => {
    const out: string[] = [];
    await textTarget((text) => out.push(text), 80).send(post);
    await jsonTarget((line) => out.push(line)).send(post);
    expect(out[0]).toMatch(/^2026-06-08 20:00:00 UTC\nNew: /);
    expect(out[0]).not.toMatch(/[\x1b\u202e]/);
    expect(out[1]).not.toContain('\n');
    expect(JSON.parse(out[1] as string)).toMatchObject({ schema: 'frebot.watch/1', id: 'a1', kind: 'new' });
  });

  it.each(['hooks.slack.com', 'prod-1.westeurope.logic.azure.com'])(
    '%s gets log text where no markup is read',
    async (host) => {
      let sent: { text?: string } = {};
      const target = webhookTarget(new URL(`https://${host}/services/secret`), async (_url, body) => {
        sent = body as typeof sent;
        return 200;
      });
      await target.send(post);
      expect(target.name).not.toContain('secret');
      const strings = JSON.stringify(sent);
      expect(strings).not.toMatch(/mrkdwn|"TextBlock"|\x1b|\u202e/);
      if (host.includes('slack')) expect(sent.text).toContain('&lt;!channel&gt;');
    },
  );

  it.each([
    [403, false, /address is wrong/],
    [500, false, /status 500/],
    [429, false, /status 429/],
    [400, true, /does not take it/],
  ] as const)('status %d is one sentence', async (status, lasting, sentence) => {
    const target = webhookTarget(new URL('https://hooks.slack.com/x'), async () => status);
    const error = await target.send(post).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(PostError);
    expect(error).toMatchObject({ lasting, message: expect.stringMatching(sentence) });
  });

  it('only hosts of Slack and Teams are webhooks', () => {
    expect(webhookPlatform('hooks.slack.com')).toBe('slack');
    expect(webhookPlatform('x.webhook.office.com')).toBe('teams');
    for (const host of ['evilslack.com', 'hooks.slack.com.evil.example', '127.0.0.1', 'localhost'])
      expect(webhookPlatform(host)).toBeUndefined();
  });
});
