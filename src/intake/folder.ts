import { opendir, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
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

/** A listing that grows, and the links that were met. */
interface Walk extends FolderListing {
  links: NamedPath[];
}

/**
 * Lists all files below a folder. Names use `/`.
 * @param followLinks follows each link once: not into the folder itself, nor to a folder above it, which would have no end
 */
export async function listFolder(name: string, path: string, followLinks = false): Promise<FolderListing> {
  const walk: Walk = { files: [], junk: 0, cut: false, links: [] };
  await walkFolder({ name, path }, 0, walk);
  if (followLinks) await followEachLink(await realpath(path), walk);
  const { files, junk, cut } = walk;
  files.sort((a, b) => (a.name < b.name ? -1 : 1));
  return { files, junk, cut };
}

async function walkFolder({ name, path }: NamedPath, depth: number, walk: Walk): Promise<void> {
  if (depth > sizeLimits.folderDepth) {
    walk.cut = true;
    return;
  }
  for await (const entry of await opendir(path)) {
    if (walk.files.length + walk.links.length >= sizeLimits.folderFiles) {
      walk.cut = true;
      return;
    }
    const place = { name: `${name}/${entry.name}`, path: join(path, entry.name) };
    if (entry.isDirectory()) await walkFolder(place, depth + 1, walk);
    else if (entry.isSymbolicLink()) walk.links.push(place);
    else if (entry.isFile()) addFile(place, walk);
  }
}

function addFile(file: NamedPath, walk: Walk): void {
  if (isJunkName(file.name)) walk.junk++;
  else walk.files.push(file);
}

/** Adds what the links lead to. Links found on the way join the list, and a place that was visited is left out. */
async function followEachLink(folder: string, walk: Walk): Promise<void> {
  const visited = [folder];
  for (const link of walk.links) {
    const path = await realpath(link.path).catch(() => undefined);
    if (path === undefined || isWithin(folder, path) || visited.some((place) => isWithin(path, place))) continue;
    visited.push(path);
    const target = { name: link.name, path };
    if ((await statPath(path)).folder) await walkFolder(target, 0, walk);
    else addFile(target, walk);
  }
}

function isWithin(path: string, place: string): boolean {
  return path === place || path.startsWith(place.endsWith(sep) ? place : `${place}${sep}`);
}

/** Returns whether a path is a folder, and its size. @throws the system's own error when it does not exist */
export async function statPath(path: string): Promise<{ folder: boolean; size: number }> {
  const stats = await stat(path);
  return { folder: stats.isDirectory(), size: stats.size };
}
