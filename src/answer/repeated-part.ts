import type { Answer, Part } from './answer.js';

/** Above an answer that may be there already: the platform cannot be asked, and silence would be the greater risk. */
export function repeatedPart(reason: 'restart' | 'lost-response'): Part {
  const text =
    reason === 'restart' ? '(repeated after a restart)' : '(perhaps the second copy: I got no response to the first)';
  return { kind: 'notice', id: 'repeated', level: 'info', keep: 'always', text };
}

/** Marks an answer as perhaps the second copy, once. */
export function markRepeated(answer: Answer): Answer {
  const isMarked = answer.parts.some(({ id }) => id === 'repeated');
  return isMarked ? answer : { ...answer, parts: [repeatedPart('lost-response'), ...answer.parts] };
}
