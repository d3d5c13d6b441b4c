import type { Knowledge } from '../knowledge/knowledge.js';
import { messagePieces } from '../knowledge/message-schema.js';
import { buildOnce } from '../knowledge/per-knowledge.js';
import { toldNothing } from '../knowledge/told-schema.js';
import { type FeatureVector, type LogisticModel, likelihoodOf, scaleVector, trainLogistic } from './logistic.js';
import { measureNearness, type NearnessTo } from './nearest-line.js';
import { fold } from './parse/words.js';
import { featuresOf } from './rank/features.js';

/** From this likelihood on a fact counts as told. */
const toldFrom = 0.5;

/**
 * Likely is not enough: words that no line has say nothing to the model, so two common ones could carry a fact. What is told
 * shares much with a line of that fact, and clearly less with any line of something else. A fact too few is better than a false one.
 */
const nearFrom = 0.4;
const nearerThanOthers = 1.3;

/** What the lines teach of each fact. The model of a fact is trained when a clause comes near to it: most never are. */
interface ToldLines {
  places: ReadonlyMap<number, number>;
  facts: string[];
  nearness(text: string): NearnessTo;
  modelOf(fact: string): LogisticModel;
}

/**
 * Returns the facts of `knowledge/told.yaml` that the sentences tell, each once. Learned from the lines there at the first
 * call, which takes some tenths of a second: a desk that serves warms it.
 */
export function readToldFacts(sentences: readonly string[], knowledge: Knowledge): string[] {
  if (sentences.length === 0 || knowledge.told.size === 0) return [];
  const { places, facts, nearness, modelOf } = toldLines(knowledge);
  const clauses = sentences
    .flatMap(clausesOf)
    .map((clause) => ({ nearnessTo: nearness(clause), vector: vectorOf(clause, places) }));
  return facts.filter((fact) =>
    clauses.some(
      ({ nearnessTo, vector }) => isNear(nearnessTo(fact)) && likelihoodOf(vector, modelOf(fact)) >= toldFrom,
    ),
  );
}

const isNear = ({ own, other }: ReturnType<NearnessTo>) => own >= nearFrom && own >= other * nearerThanOthers;

const toldLines = buildOnce((knowledge): ToldLines => {
  const rows = [...knowledge.told.values()];
  const places = new Map<number, number>();
  for (const { lines } of rows)
    for (const line of lines)
      for (const place of featuresOf(fold(line)).keys()) if (!places.has(place)) places.set(place, places.size);
  const lines = [
    ...rows.flatMap((row) => row.lines.map((line) => ({ fact: row.fact, line }))),
    ...textsOfSoftware(knowledge).map((line) => ({ fact: toldNothing, line })),
  ];
  const learned = lines.map(({ fact, line }) => ({ fact, vector: vectorOf(line, places) }));
  const models = new Map<string, LogisticModel>();
  return {
    places,
    facts: rows.map(({ fact }) => fact).filter((fact) => fact !== toldNothing),
    nearness: measureNearness(lines),
    modelOf(fact) {
      const model = models.get(fact) ?? trainFact(fact, learned, places.size);
      models.set(fact, model);
      return model;
    },
  };
});

function trainFact(
  wanted: string,
  learned: readonly { fact: string; vector: FeatureVector }[],
  size: number,
): LogisticModel {
  return trainLogistic(
    learned.map(({ fact, vector }) => ({ vector, wanted: fact === wanted ? 1 : 0 })),
    size,
  );
}

/** Returns what software says of failures: pasted, it is not a statement of the asker. */
function textsOfSoftware({ statuses, messages, causes }: Knowledge): string[] {
  return [
    ...[...statuses.values()].map(({ code, name }) => `HTTP Error ${code} - ${name}`),
    ...[...messages.values()].map(({ text }) => messagePieces(text).pieces.join(' ')),
    ...[...causes.values()].map(({ title }) => title),
  ];
}

/** A feature that no line has says nothing, but makes the others weigh less. */
function vectorOf(line: string, places: ReadonlyMap<number, number>): FeatureVector {
  return scaleVector([...featuresOf(fold(line))], toldLength).flatMap(([place, value]): [number, number][] => {
    const known = places.get(place);
    return known === undefined ? [] : [[known, value]];
  });
}

/** Longer vectors learn more of the same lines. */
const toldLength = 5;

/** Fewest words of a clause. */
const fewestWords = 3;

/** Returns a sentence, and its parts: one sentence tells several things. */
function clausesOf(sentence: string): string[] {
  const parts = sentence
    .split(/[,;:()]\s|\s[-–]\s|\s(?:but|and|aber|und|maar|mais|pero|mas)\s/)
    .map((part) => part.trim());
  return [sentence, ...(parts.length > 1 ? parts.filter((part) => part.split(/\s+/).length >= fewestWords) : [])];
}
