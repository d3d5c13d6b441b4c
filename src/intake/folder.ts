import { opendir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isJunkName } from './bundle.js';
import type { NamedPath } from './job-result.js';
import { sizeLimits } from './limits.js';

/** The files of a folder in the order of their names, and how many known junk files were left out. */
export interface FolderListing {
  files: NamedPath[];
  junk: number;
  /** True when the folder holds more than the limits allow. */
  cut: boolean;
}

/** Lists all files below a folder. Links are not followed, because a link to a parent would have no end. Names use `/`. */
export async function listFolder(name: string, path: string): Promise<FolderListing> {
  const listing: FolderListing = { files: [], junk: 0, cut: false };
  await walkFolder(name, path, 0, listing);
  listing.files.sort((a, b) => (a.name < b.name ? -1 : 1));
  return listing;
}

async function walkFolder(name: string, path: string, depth: number, listing: FolderListing): Promise<void> {
  if (depth > sizeLimits.folderDepth) {
    listing.cut = true;
    return;
  }
  for await (const entry of await opendir(path)) {
    if (listing.files.length >= sizeLimits.folderFiles) {
      listing.cut = true;
      return;
    }
    const place = { name: `${name}/${entry.name}`, path: join(path, entry.name) };
    if (entry.isDirectory()) await walkFolder(place.name, place.path, depth + 1, listing);
    else if (entry.isFile() && isJunkName(place.name)) listing.junk++;
    else if (entry.isFile()) listing.files.push(place);
  }
}

/** Returns whether a path is a folder, and its size. @throws the system's own error when it does not exist */
export async function statPath(path: string): Promise<{ folder: boolean; size: number }> {
  const stats = await stat(path);
  return { folder: stats.isDirectory(), size: stats.size };
}
