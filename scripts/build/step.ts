import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** One part of the build: what it reads, what it writes. All paths are relative to the root of the checkout. */
export interface BuildStep {
  name: string;
  /** Files and folders; a change of any byte in them makes the step stale. */
  inputs: string[];
  /** The file whose absence makes the step stale, whatever the inputs say. */
  output: string;
  run(root: string): void | Promise<void>;
}

/**
 * Runs a step unless its inputs are the same as when it last succeeded.
 * @returns whether it ran
 */
export async function runStep(root: string, step: BuildStep): Promise<boolean> {
  const stamp = join(root, 'dist', `.${step.name}.hash`);
  const hash = await hashFiles(root, step.inputs);
  if (existsSync(join(root, step.output)) && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return false;
  await step.run(root);
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, hash);
  return true;
}

/** Returns the SHA-256 of names, contents and the version of Node, because some outputs depend on it. */
async function hashFiles(root: string, inputs: string[]): Promise<string> {
  const hash = createHash('sha256').update(process.version);
  for (const file of (await Promise.all(inputs.map((input) => filesBelow(root, input)))).flat()) {
    hash.update(`\n${file}\n`).update(readFileSync(join(root, file)));
  }
  return hash.digest('hex');
}

async function filesBelow(root: string, path: string): Promise<string[]> {
  const full = join(root, path);
  if (!existsSync(full)) return [];
  if (statSync(full).isFile()) return [path];
  const entries = await readdir(full, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(path, join(entry.parentPath, entry.name).slice(full.length + 1)))
    .sort();
}
