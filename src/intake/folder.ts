import { opendir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isJunkName } from './bundle.js';
import type { NamedPath } from './job-result.js';
import { sizeLimits } from './limits.js';

/** What a folder holds: files in the order of their names, and how many known junk files were left out. */
export interface FolderListing {
  files: NamedPath[];
  junk: number;
  /** True when there was more than the limits let in. */
  cut: boolean;
}

/** All files below a folder. Links are not followed: a link to a parent would have no end. Names use `/`. */
export async function listFolder(name: string, path: string): Promise<FolderListing> {
  const walked: FolderListing = { files: [], junk: 0, cut: false };
  await into(name, path, 0, walked);
  walked.files.sort((a, b) => (a.name < b.name ? -1 : 1));
  return walked;
}

async function into(name: string, path: string, depth: number, walked: FolderListing): Promise<void> {
  if (depth > sizeLimits.folderDepth) {
    walked.cut = true;
    return;
  }
  for await (const entry of await opendir(path)) {
    if (walked.files.length >= sizeLimits.folderFiles) {
      walked.cut = true;
      return;
    }
    const place = { name: `${name}/${entry.name}`, path: join(path, entry.name) };
    if (entry.isDirectory()) await into(place.name, place.path, depth + 1, walked);
    else if (entry.isFile() && isJunkName(place.name)) walked.junk++;
    else if (entry.isFile()) walked.files.push(place);
  }
}

/** What a path is and how large. @throws the system's own error for one that is not there */
export async function statPath(path: string): Promise<{ folder: boolean; size: number }> {
  const found = await stat(path);
  return { folder: found.isDirectory(), size: found.size };
}
