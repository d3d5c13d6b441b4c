import { describe, expect, it } from 'vitest';
import { escapeMrkdwn, mentionsUser, readTypedText } from '../../adapters/slack/text.js';
import { asSent } from './driver.js';

describe('readTypedText', () => {
  it.each([
    ['<@U0FREBOT> explain 0x80070542', 'explain 0x80070542'],
    ['explain <@U0FREBOT|frebot> 500.19', 'explain  500.19'],
    ['see <http://web03/app|http://web03/app>', 'see http://web03/app'],
    ['<http://web.config|web.config> is broken', 'web.config is broken'],
    ['ask <mailto:ada@contoso.example|ada@contoso.example>', 'ask ada@contoso.example'],
    ['<#C0OPS|ops> <@U0OTHER> <!here> <!subteam^S1|@admins>', '#ops @U0OTHER @here @admins'],
    // A slash command brings what was typed as it is.
    ['what is <httpErrors errorMode="Custom"> <@U0OTHER|bert>', 'what is <httpErrors errorMode="Custom"> @bert'],
    ['<!-- note --> <!DOCTYPE html> <a> <#include>', '<!-- note --> <!DOCTYPE html> <a> <#include>'],
    ['&lt;failedRequest&gt; &amp; more', '<failedRequest> & more'],
  ])('returns what the user typed: %s', (sent, text) => {
    expect(readTypedText(sent, 'U0FREBOT')).toBe(text);
  });

  it('undoes the escaping exactly once', () => {
    for (const text of ['&lt;', '&amp;lt;', '<a b="&quot;">', 'a & b', '&amp;amp;', '<!channel>', '<@U0FREBOT>']) {
      expect(readTypedText(asSent(text), 'U0FREBOT')).toBe(text);
    }
  });

  it('tells a mention from a word', () => {
    expect(mentionsUser('hello <@U0FREBOT>', 'U0FREBOT')).toBe(true);
    expect(mentionsUser('hello <@U0FREBOT|frebot>', 'U0FREBOT')).toBe(true);
    expect(mentionsUser('hello &lt;@U0FREBOT&gt; U0FREBOT', 'U0FREBOT')).toBe(false);
    expect(mentionsUser('hello <@U0FREBOT2>', 'U0FREBOT')).toBe(false);
  });
});

it('escapes what Slack would read as markup', () => {
  expect(escapeMrkdwn('<!channel> & <http://evil.example|click>')).toBe(
    '&lt;!channel&gt; &amp; &lt;http://evil.example|click&gt;',
  );
  expect(escapeMrkdwn('a\u202eb\u0007')).toBe('a\\x202eb\\x07');
});
