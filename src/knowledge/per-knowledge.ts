import type { Knowledge } from './knowledge.js';

/** Returns what `build` makes of the knowledge; it is made at the first call and kept as long as that knowledge is held. */
export function buildOnce<T>(build: (knowledge: Knowledge) => T): (knowledge: Knowledge) => T {
  const built = new WeakMap<Knowledge, { value: T }>();
  return (knowledge) => {
    let found = built.get(knowledge);
    if (!found) {
      found = { value: build(knowledge) };
      built.set(knowledge, found);
    }
    return found.value;
  };
}
