import { existsSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { neutralize } from '../../src/answer/text.js';
import type { IntakeInput } from '../../src/desk/desk.js';
import type { TerminalDeps } from './deps.js';
import { expandWildcard, hasWildcard } from './wildcards.js';

/** Files to read, and how many of the typed paths lead nowhere. */
export interface TypedFiles {
  inputs: IntakeInput[];
  missing: number;
}

/**
 * Returns the typed paths as inputs, each once, named by file name, or by path where two share one. `-` is standard input.
 * Reports each path that leads nowhere; the others are read.
 */
export function findFiles(typed: readonly string[], deps: TerminalDeps): TypedFiles {
  const found = new Map<string, string>();
  let missing = 0;
  for (const path of typed) {
    const matches = findPaths(path, deps.cwd);
    for (const match of matches) found.set(match === '-' ? match : resolve(deps.cwd, match), match);
    if (matches.length > 0) continue;
    missing++;
    const reason = hasWildcard(path) ? 'no file matches' : 'no such file or folder';
    deps.error(`frebot: ${neutralize(path)}: ${reason}\n`);
  }
  return { inputs: nameFiles([...found.values()], deps), missing };
}

/** Returns the inputs with what is piped in as bytes, so that it can be read twice. */
export function keepPiped(inputs: readonly IntakeInput[]): Promise<IntakeInput[]> {
  return Promise.all(
    inputs.map(async (input) =>
      'bytes' in input && !(input.bytes instanceof Uint8Array)
        ? { name: input.name, bytes: await collectPiped(input.bytes) }
        : input,
    ),
  );
}

/** Bytes of the largest file that is read; the reader refuses what is longer. */
const largestFile = 100 * 1024 * 1024;

/** Stops where more would be refused. */
async function collectPiped(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of stream) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > largestFile) break;
  }
  return Buffer.concat(chunks);
}

function findPaths(path: string, cwd: string): string[] {
  if (path === '-' || existsSync(resolve(cwd, path))) return [path];
  return hasWildcard(path) ? expandWildcard(path, cwd).filter((match) => existsSync(resolve(cwd, match))) : [];
}

function nameFiles(paths: readonly string[], deps: TerminalDeps): IntakeInput[] {
  const nameOf = (path: string) => basename(path) || path;
  const counts = new Map<string, number>();
  for (const path of paths) counts.set(nameOf(path), (counts.get(nameOf(path)) ?? 0) + 1);
  return paths.map((path) => {
    if (path === '-') return { name: 'stdin', bytes: deps.stdin };
    const isShared = counts.get(nameOf(path)) !== 1;
    return { name: isShared ? path : nameOf(path), path: resolve(deps.cwd, path), followLinks: true };
  });
}
