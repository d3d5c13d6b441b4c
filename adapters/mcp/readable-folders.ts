import { realpath } from 'node:fs/promises';
import { parse, resolve, sep } from 'node:path';
import { RefusedInput } from './refused-input.js';

/** The folders below which an agent may let files be read. Links are resolved before they are compared. */
export class ReadableFolders {
  readonly #configured: readonly string[];
  readonly #cwd: string;
  readonly #askClient: () => Promise<string[]>;

  /**
   * @param configured folders of FREBOT_MCP_ROOTS; they win
   * @param askClient returns the folders that the client declares; they win over the working directory
   */
  constructor(configured: readonly string[], cwd: string, askClient: () => Promise<string[]>) {
    this.#configured = configured;
    this.#cwd = cwd;
    this.#askClient = askClient;
  }

  /**
   * Returns the real paths of files and folders. Asks the client for its folders once, and not at all without paths.
   * Throws RefusedInput when one is outside the folders, or not there.
   */
  async resolve(paths: readonly string[]): Promise<string[]> {
    if (paths.length === 0) return [];
    const folders = await this.#list();
    const realFolders = await Promise.all(folders.map((folder) => realpath(folder).catch(() => folder)));
    return Promise.all(paths.map((path) => resolveBelow(path, folders, realFolders)));
  }

  async #list(): Promise<string[]> {
    if (this.#configured.length > 0) return this.#configured.map((folder) => resolve(this.#cwd, folder));
    const declared = await this.#askClient();
    if (declared.length > 0) return declared;
    // Some clients start their servers in the root of the disk, which is not a choice of the user's.
    return this.#cwd === parse(this.#cwd).root ? [] : [this.#cwd];
  }
}

const noFolders =
  'I may not read any file here: the client declares no folders. Pass the text as contents, or name folders in FREBOT_MCP_ROOTS.';

async function resolveBelow(path: string, folders: readonly string[], realFolders: readonly string[]): Promise<string> {
  const [first] = folders;
  if (first === undefined) throw new RefusedInput(noFolders);
  const typed = resolve(first, path);
  const isKnown = folders.some((folder) => isBelow(typed, folder));
  const real = isKnown ? await realpath(typed).catch(() => undefined) : undefined;
  if (isKnown && real === undefined) throw new RefusedInput(`There is no file or folder ${path}.`);
  if (real !== undefined && realFolders.some((folder) => isBelow(real, folder))) return real;
  throw new RefusedInput(
    `I may not read ${path}: only what is below ${folders.join(', ')}. Pass the text as contents, or name the folder in FREBOT_MCP_ROOTS.`,
  );
}

function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : `${folder}${sep}`);
}
