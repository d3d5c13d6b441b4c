import { mostBytes, mostFileBytes, mostFiles } from './limits.js';

/** The files of one drop that an upload takes, and a sentence about the others; empty when there are none. */
export interface FittingFiles<F> {
  files: F[];
  note: string;
}

const defaults = { files: mostFiles, bytes: mostBytes, fileBytes: mostFileBytes };

/** Returns the first files that fit into one upload together, without those that are too large by themselves. */
export function fitFiles<F extends { name: string; size: number }>(
  all: readonly F[],
  most = defaults,
): FittingFiles<F> {
  const files: F[] = [];
  let bytes = 0;
  for (const file of all) {
    if (file.size > most.fileBytes || files.length === most.files || bytes + file.size > most.bytes) continue;
    files.push(file);
    bytes += file.size;
  }
  if (files.length === all.length) return { files, note: '' };
  const total = megabytes(all.reduce((sum, { size }) => sum + size, 0));
  const each = megabytes(most.fileBytes);
  if (all.length === 1)
    return { files, note: `This file has ${total}, and I read at most ${each} of one. Drop the part of one hour.` };
  const limit = `${most.files.toLocaleString('en')} files and ${megabytes(most.bytes)} at once, ${each} of one file`;
  const read = files.length === 0 ? "That's too much for me" : `I read ${files.length.toLocaleString('en')} of them`;
  return {
    files,
    note: `These ${count(all.length)} have ${total}, and I take at most ${limit}. ${read}. For the others, drop a zip of one hour, or run "frebot diagnose" with the folder on the server: it takes 100,000 files.`,
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
