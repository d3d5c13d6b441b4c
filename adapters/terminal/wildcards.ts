import { readdirSync } from 'node:fs';
import { isAbsolute, join, parse, relative, resolve, sep } from 'node:path';

/** True for a path that the shell would have expanded: Command Prompt and Windows PowerShell leave that to the program. */
export function hasWildcard(path: string): boolean {
  return /[*?]/.test(path);
}

/** Returns the paths that match a pattern with `*` and `?` in any of its parts, in the order of their names; relative where the pattern is. */
export function expandWildcard(pattern: string, cwd: string): string[] {
  const absolute = resolve(cwd, pattern);
  const { root } = parse(absolute);
  const parts = absolute.slice(root.length).split(sep).filter(Boolean);
  const found = parts.reduce((folders, part) => folders.flatMap((folder) => matchPart(folder, part)), [root]);
  return isAbsolute(pattern) ? found : found.map((path) => relative(cwd, path));
}

function matchPart(folder: string, part: string): string[] {
  if (!hasWildcard(part)) return [join(folder, part)];
  const pattern = new RegExp(
    `^${part.split('').map(matchCharacter).join('')}$`,
    process.platform === 'win32' ? 'i' : '',
  );
  // As in a shell, a leading dot is matched only by a dot.
  const names = listNames(folder).filter(
    (name) => (part.startsWith('.') || !name.startsWith('.')) && pattern.test(name),
  );
  return names.sort().map((name) => join(folder, name));
}

function matchCharacter(character: string): string {
  if (character === '*') return '.*';
  return character === '?' ? '.' : character.replace(/[\\^$+.()|[\]{}]/, '\\$&');
}

function listNames(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    // It is a file, or not there.
    return [];
  }
}
