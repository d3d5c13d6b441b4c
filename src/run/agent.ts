import { readConfig } from '../service/config.js';
import { readEnvironment } from '../service/env-file.js';
import { packageVersion } from '../service/package-root.js';
import { composeDesk } from './desk.js';

/** Serves an agent. Only the protocol goes to standard output; everything else goes to standard error. */
export async function serveAgent(cwd: string, error: (text: string) => void): Promise<void> {
  const env = readEnvironment(process.env, process.cwd());
  const config = readConfig(env);
  const { listMisspeltSettings } = await import('./unknown-settings.js');
  for (const sentence of listMisspeltSettings(env)) error(`frebot mcp: ${sentence}\n`);
  const { serveMcp } = await import('../../adapters/mcp/index.js');
  const { desk, close } = composeDesk(config, { emit: () => {} });
  try {
    await serveMcp({ desk, version: packageVersion(), cwd, roots: config.mcpRoots ?? [] }, (sentence) =>
      error(`frebot mcp: ${sentence}\n`),
    );
  } finally {
    await close();
  }
}
