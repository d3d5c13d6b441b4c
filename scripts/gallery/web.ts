import { html } from '../../adapters/web/html.js';
import { renderAnswer } from '../../adapters/web/render.js';
import type { Answer } from '../../src/answer/answer.js';
import type { Drawing } from './drawn.js';

/** Draws an answer as the local page shows it. */
export function drawWeb(answer: Answer): Drawing {
  const markup = renderAnswer(answer);
  return {
    markup: html`<div class="web">${markup}</div>`,
    size: `${markup.markup.length} characters of HTML`,
    figure: markup.markup.length,
  };
}
