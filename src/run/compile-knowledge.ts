import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compiledFiles, serializeKnowledge } from '../knowledge/compiled.js';
import { loadKnowledge } from '../knowledge/load.js';
import { loadExamples } from '../knowledge/load-examples.js';
import { trainQuestions } from '../questions/train/train.js';

/**
 * Checks a folder of knowledge, learns from its examples, and writes what the program reads at its start. It takes about a minute.
 * @param folder the YAML files, as under `knowledge/`
 * @param target where the compiled files go; made when it is not there
 * @returns how many topics and causes can answer
 * @throws KnowledgeError at the first mistake
 */
export function compileKnowledge(folder: string, target: string): number {
  const knowledge = loadKnowledge(folder);
  const learned = trainQuestions(knowledge, loadExamples(folder, knowledge));
  mkdirSync(target, { recursive: true });
  writeFileSync(join(target, compiledFiles.tables), serializeKnowledge(knowledge));
  writeFileSync(join(target, compiledFiles.learned), learned);
  return knowledge.topics.size + knowledge.causes.size;
}
