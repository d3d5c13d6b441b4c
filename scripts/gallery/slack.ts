import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import * as slackBlocks from 'slack-blocks-to-jsx';
import { type Block, render, renderModal } from '../../adapters/slack/render/index.js';
import { countCharacters } from '../../adapters/slack/render/size.js';
import { type Html, html } from '../../adapters/web/html.js';
import type { Answer } from '../../src/answer/answer.js';
import { resolveButton } from '../../src/desk/conversation/buttons.js';
import type { Drawing } from './drawn.js';
import { raw } from './html.js';

// A CommonJS package, so that only the import of everything works for each loader.
const { Message } = slackBlocks;

/** Draws an answer as Slack posts it, and what its "Show more" opens. */
export function drawSlack(answer: Answer): Drawing {
  const messages = render(answer);
  const sizes = messages.map(({ blocks }) => ({ blocks: blocks.length, characters: countCharacters(blocks) }));
  const more = resolveButton({ action: 'show-more', case: '' }, { id: '', thread: '', tenant: '', at: '', answer });
  const folded = answer.parts.some(({ keep }) => keep === 'fold') && 'answer' in more;
  return {
    markup: html`${messages.map(({ text, blocks }) => html`<p class="notification">${unescapeText(text)}</p>${message(blocks)}`)}${
      folded && drawMore(renderModal(more.answer))
    }`,
    size: sizes.map((size) => `${size.blocks} blocks, ${size.characters} characters`).join(' + '),
    figure: Math.max(...sizes.map((size) => size.characters)),
  };
}

function drawMore(blocks: Block[] | undefined): Html {
  return html`<details><summary>What “Show more” opens</summary>${
    blocks ? message(blocks) : html`<p>Too large for a modal: comes as messages.</p>`
  }</details>`;
}

function message(blocks: Block[]): Html {
  return raw(
    renderToStaticMarkup(
      createElement(Message, {
        theme: 'light',
        name: 'Frebot',
        logo: '',
        withoutWrapper: true,
        // The library takes the minutes of 19:53:49 for an emoji, so a name that is not an emoji stays as it is written.
        hooks: { emoji: (emoji, parse) => parse(emoji) || `:${emoji.name}:` },
        blocks: blocks.map(readable) as slackBlocks.Block[],
      }),
    ),
  );
}

/** Returns the notification as a person reads it, without Slack's three escapes. */
const unescapeText = (text: string) => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

/** The library shows `verbatim` mrkdwn as it is written; Slack reads its links and only adds none of its own. */
function readable(block: Block): unknown {
  if (block.type !== 'context') return block;
  return {
    ...block,
    elements: block.elements.map((element) => (element.type === 'mrkdwn' ? { ...element, verbatim: false } : element)),
  };
}
