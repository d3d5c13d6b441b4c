import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { OperatorError } from './operator-error.js';
import type { Environment } from './settings.js';

/**
 * Returns the environment with the settings of the file `.env` in a folder. The real environment wins. Tests read no file,
 * because their result must not depend on the folder in which they run. Throws OperatorError when the file cannot be read.
 */
export function readEnvironment(env: Environment, folder: string): Environment {
  if (env.NODE_ENV === 'test') return env;
  return { ...readEnvFile(join(folder, '.env')), ...env };
}

/** Returns the settings of a `.env` file; none when there is no such file. */
export function readEnvFile(file: string): Environment {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'EISDIR') return {};
    throw new OperatorError(`${file} cannot be read (${code}): let this account read it, or remove it`);
  }
  // Windows PowerShell 5.1 writes UTF-16 with `>`, and editors put a mark before UTF-8.
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8';
  return parseEnv(new TextDecoder(encoding).decode(bytes));
}
