import { messageLimitBytes, renderCards, wireSize } from '../../adapters/teams/render/index.js';
import { html } from '../../adapters/web/html.js';
import type { Answer } from '../../src/answer/answer.js';
import type { Drawing } from './drawn.js';

/** Draws an answer as Teams gets it. The page's own script draws the cards, because the card library needs a browser. */
export function drawTeams(answer: Answer): Drawing {
  const all = renderCards(answer);
  const sizes = all.map(wireSize);
  return {
    markup: html`<p class="notification">${answer.summary}</p>${all.map(
      (card) => html`<div class="card" data-card="${JSON.stringify(card)}"></div>`,
    )}`,
    size: sizes.map((size) => `${size} of ${messageLimitBytes} bytes (UTF-16)`).join(' + '),
    figure: Math.max(...sizes),
  };
}
