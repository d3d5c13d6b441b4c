/** Runs a part of the build; a mistake in the knowledge ends the build with its sentence instead of a trace. */
export async function exitOnMistake(run: () => void | Promise<void>): Promise<void> {
  const { KnowledgeError } = await import('../../src/knowledge/yaml.js');
  try {
    await run();
  } catch (error) {
    if (!(error instanceof KnowledgeError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}
