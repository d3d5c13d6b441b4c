import { join } from 'node:path';
import { compiledFolder } from '../knowledge/compiled.js';
import { readConfig } from '../service/config.js';
import { OperatorError } from '../service/operator-error.js';
import { packageRoot } from '../service/package-root.js';

/** Learns from the examples of the operator's own folder of knowledge, or of the package's. */
export async function trainKnowledge(): Promise<string> {
  const { knowledgeDir } = readConfig(process.env);
  const { compileKnowledge } = await import('./compile-knowledge.js');
  const { KnowledgeError } = await import('../knowledge/yaml.js');
  const [folder, target] = knowledgeDir
    ? [knowledgeDir, join(knowledgeDir, compiledFolder)]
    : [join(packageRoot(), 'knowledge'), join(packageRoot(), 'dist')];
  try {
    return `${compileKnowledge(folder, target)} entries learned from ${join(folder, 'examples')}\n`;
  } catch (error) {
    throw error instanceof KnowledgeError ? new OperatorError(error.message) : error;
  }
}
