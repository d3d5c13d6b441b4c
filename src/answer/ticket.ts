import type { Answer } from './answer.js';

/** Parts that answer the person at the page, and say nothing to the one who reads a ticket. */
const leftOut = new Set(['timeline', 'ticket', 'gpo-text', 'exception', 'next', 'capture', 'defaults']);

/** Returns what of an answer belongs into a ticket: what happened, the fix in full, the proof and why. */
export function ticketAnswer(answer: Answer): Answer {
  const full = answer.parts.find(({ id }) => id === 'fix-steps');
  const parts = answer.parts
    .filter(({ id, keep }) => keep !== 'fold' && !leftOut.has(id))
    .map((part) => (part.id === 'fix' && full ? full : part))
    .map((part) => ({ ...part, keep: 'normal' as const }));
  return { ...answer, parts, actions: [] };
}
