export { cards, messageLimit, wireSize } from './card.js';
export type { Card } from './elements.js';
