import type { Knowledge } from '../../knowledge/knowledge.js';
import { buildOnce } from '../../knowledge/per-knowledge.js';
import type { World } from '../../knowledge/world-schema.js';
import { fold, segments } from './words.js';

interface Names {
  /** By the words of a name, a blank between them. */
  byWords: Map<string, World>;
  /** Chinese and Japanese are written without blanks: a name there is looked for anywhere. */
  anywhere: [name: string, world: World][];
}

/** Most words of a name. */
const mostWords = 4;
const withoutBlanks = /[\u3040-\u30ff\u3400-\u9fff]/;

const namesOf = buildOnce(({ worlds }): Names => {
  const names = [...worlds.values()].flatMap((world) =>
    world.names.map((name): [string, World] => [fold(name), world]),
  );
  return {
    byWords: new Map(names.map(([name, world]) => [segments(name).join(' '), world])),
    anywhere: names.filter(([name]) => withoutBlanks.test(name)),
  };
});

/** Returns the worlds whose products or tools a folded question names, each once. */
export function findWorlds(text: string, knowledge: Knowledge): World[] {
  const { byWords, anywhere } = namesOf(knowledge);
  const found = new Set<World>();
  const words = segments(text);
  for (let at = 0; at < words.length; ) {
    const size = longestName(words, at, byWords);
    if (size > 0) found.add(byWords.get(words.slice(at, at + size).join(' '))!);
    at += Math.max(1, size);
  }
  if (withoutBlanks.test(text)) for (const [name, world] of anywhere) if (text.includes(name)) found.add(world);
  return [...found];
}

/** How many words from here on are one name, the longest that fits: "azure devops" is no "azure". */
function longestName(words: readonly string[], at: number, byWords: ReadonlyMap<string, World>): number {
  for (let size = mostWords; size > 0; size--) if (byWords.has(words.slice(at, at + size).join(' '))) return size;
  return 0;
}

/** Returns features to learn from: each world, and which places meet. IIS behind another product is ours; the product alone is not. */
export function worldMarks(worlds: readonly World[]): string[] {
  const places = [...new Set(worlds.map(({ place }) => place))].sort();
  return [...worlds.map(({ world }) => `world ${world}`), ...(places.length > 0 ? [`places ${places.join(' ')}`] : [])];
}
