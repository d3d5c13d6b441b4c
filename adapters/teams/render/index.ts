export { messageLimitBytes, renderCards, wireSize } from './card.js';
export type { Card, CardAction } from './elements.js';
