import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OperatorError } from './operator-error.js';
import { packageRoot } from './package-root.js';

/** Packages that are large and needed by one part of Frebot only. The npm package does not bring them along. */
export const optionalParts = {
  Slack: ['@slack/bolt', '@slack/oauth'],
  Teams: ['botbuilder', 'botframework-connector', '@azure/msal-node'],
  'The database': ['@electric-sql/pglite', 'bullmq', 'pg'],
} as const;

type OptionalPart = keyof typeof optionalParts;

interface Manifest {
  dependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
}

/**
 * Loads a part.
 * @throws OperatorError with the command that adds its packages, when one of them is not installed
 */
export async function loadPart<T>(part: OptionalPart, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new OperatorError(
      `${part} needs packages that this installation left out; add them where you installed frebot, with "npm install ${listPackages(part)}"`,
    );
  }
}

/** Returns the packages of a part with the versions that Frebot is tested with. */
function listPackages(part: OptionalPart): string {
  const manifest = JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')) as Manifest;
  const versions = { ...manifest.dependencies, ...manifest.peerDependencies };
  return optionalParts[part].map((name) => (versions[name] ? `${name}@${versions[name]}` : name)).join(' ');
}
