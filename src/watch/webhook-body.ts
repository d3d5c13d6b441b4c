import type { Answer } from '../answer/answer.js';
import { clipText } from '../answer/parts.js';
import { neutralize, renderText } from '../answer/text.js';

/** Hosts of incoming webhooks of Slack, and of workflows of Teams; each with its subdomains. */
const slackHosts = ['slack.com', 'slack-gov.com'];
const teamsHosts = ['logic.azure.com', 'powerplatform.com', 'webhook.office.com', 'logic.azure.us', 'logic.azure.cn'];
/** Characters that both platforms take in one message. */
const longestText = 9000;
const longestHeader = 150;

/** Returns the platform behind the host of a webhook; undefined for any other host. */
export function webhookPlatform(host: string): 'slack' | 'teams' | undefined {
  const isBelow = (name: string) => host === name || host.endsWith(`.${name}`);
  if (slackHosts.some(isBelow)) return 'slack';
  return teamsHosts.some(isBelow) ? 'teams' : undefined;
}

/** Returns what a webhook takes. Log text is only in elements that read no markup. */
export function webhookBody(answer: Answer, host: string): object {
  const [title = '', ...rest] = renderText(answer, { columns: 76, folded: false }).split('\n\n');
  const heading = neutralize(title);
  const text = clipText(rest.join('\n\n').trimEnd(), longestText);
  return webhookPlatform(host) === 'slack' ? slackBody(answer, heading, text) : teamsBody(heading, text);
}

function slackBody(answer: Answer, heading: string, text: string): object {
  const literal = (words: string) => ({ type: 'text', text: words });
  const body = { type: 'rich_text_preformatted', elements: [literal(text || ' ')] };
  return {
    // The notification is read for markup.
    text: neutralize(answer.summary).replace(
      /[&<>]/g,
      (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[c] as string,
    ),
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: clipText(heading, longestHeader - 1), emoji: false } },
      { type: 'rich_text', elements: [body] },
    ],
    unfurl_links: false,
  };
}

/** A RichTextBlock reads no Markdown; a TextBlock does. */
function teamsBody(heading: string, text: string): object {
  const block = (run: object) => ({ type: 'RichTextBlock', inlines: [{ type: 'TextRun', ...run }] });
  const lines = text.split('\n').map((line) => block({ text: line || ' ', fontType: 'Monospace', size: 'Small' }));
  for (const line of lines.slice(1)) Object.assign(line, { spacing: 'None' });
  return {
    type: 'message',
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        content: {
          $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
          type: 'AdaptiveCard',
          version: '1.4',
          msteams: { width: 'Full' },
          body: [block({ text: heading, weight: 'Bolder', size: 'Medium' }), ...lines],
        },
      },
    ],
  };
}
