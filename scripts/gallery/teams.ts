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

/** Colours, sizes and distances near those of Teams. */
export const hostConfig = {
  fontFamily: '"Segoe UI", "Liberation Sans", sans-serif',
  supportsInteractivity: true,
  fontTypes: {
    default: { fontFamily: '"Segoe UI", "Liberation Sans", sans-serif' },
    monospace: { fontFamily: 'Consolas, "Liberation Mono", monospace' },
  },
  fontSizes: { small: 12, default: 14, medium: 16, large: 18, extraLarge: 24 },
  fontWeights: { lighter: 300, default: 400, bolder: 600 },
  lineHeights: { small: 16, default: 20, medium: 22, large: 24, extraLarge: 32 },
  spacing: { small: 4, default: 8, medium: 12, large: 16, extraLarge: 24, padding: 16 },
  separator: { lineThickness: 1, lineColor: '#e0e0e0' },
  containerStyles: {
    default: style('#ffffff'),
    emphasis: style('#f5f5f5'),
    accent: style('#e8ebfa'),
    good: style('#e7f2da'),
    attention: style('#fcf4f6'),
    warning: style('#fbf6d9'),
  },
  actions: {
    maxActions: 6,
    spacing: 'default',
    buttonSpacing: 8,
    actionsOrientation: 'horizontal',
    actionAlignment: 'left',
  },
  factSet: {
    title: { weight: 'bolder', wrap: true, maxWidth: 150 },
    value: { wrap: true },
    spacing: 16,
  },
  table: { cellSpacing: 8 },
};

function style(backgroundColor: string) {
  const colour = (ink: string) => ({ default: ink, subtle: '#616161' });
  return {
    backgroundColor,
    foregroundColors: {
      default: colour('#242424'),
      accent: colour('#5b5fc7'),
      good: colour('#237b4b'),
      attention: colour('#c4314b'),
      warning: colour('#835c00'),
    },
  };
}
