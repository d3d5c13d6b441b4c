export { messageLimitBytes, renderCards, scriptLimitBytes, wireSize } from './card.js';
export type { Card, CardAction } from './elements.js';
export { shortSummary } from './text.js';
