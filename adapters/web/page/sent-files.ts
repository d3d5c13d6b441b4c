import { mostBytes, mostFiles } from './limits.js';

/** The files of one drop that an upload takes, and a sentence about the others; empty when there are none. */
export interface FittingFiles<F> {
  files: F[];
  note: string;
}

/** Returns the first files that fit into one upload together. A file that is too large by itself is left out, and named. */
export function fitFiles<F extends { name: string; size: number }>(
  all: readonly F[],
  most = { files: mostFiles, bytes: mostBytes },
): FittingFiles<F> {
  const files: F[] = [];
  let bytes = 0;
  for (const file of all) {
    if (files.length === most.files || bytes + file.size > most.bytes) continue;
    files.push(file);
    bytes += file.size;
  }
  if (files.length === all.length) return { files, note: '' };
  const total = all.reduce((sum, { size }) => sum + size, 0);
  const limit = `${most.files.toLocaleString('en')} files and ${megabytes(most.bytes)} at once`;
  const head =
    all.length === 1 ? `This file has ${megabytes(total)}` : `These ${count(all.length)} have ${megabytes(total)}`;
  const read = files.length === 0 ? "That's too much for me" : `I read ${count(files.length)} of them`;
  return {
    files,
    note: `${head}, and I take at most ${limit}. ${read}. For the others, drop a zip of one hour, or run "frebot diagnose" with the folder on the server: it has no such limit.`,
  };
}

/** Returns a number of files in words. */
export function count(files: number): string {
  return files === 1 ? '1 file' : `${files.toLocaleString('en')} files`;
}

/** Returns a size in megabytes. */
export function megabytes(bytes: number): string {
  const size = bytes / 1024 / 1024;
  return `${size < 10 ? Math.ceil(size * 10) / 10 : Math.round(size).toLocaleString('en')} MB`;
}
