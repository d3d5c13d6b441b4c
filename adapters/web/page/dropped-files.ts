import { mostFiles } from './limits.js';

/** Folders below a dropped one. */
const deepest = 16;

/** Returns the files of a drop, those of its folders too. One more than an upload takes ends the search. */
export async function listDropped(transfer: DataTransfer): Promise<File[]> {
  // The browser forgets the items at the first pause, so all entries are asked for at once.
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry());
  if (!entries.some((entry) => entry?.isDirectory)) return [...transfer.files];
  const files: File[] = [];
  for (const entry of entries) if (entry) await collectFiles(entry, files, 0);
  return files;
}

async function collectFiles(entry: FileSystemEntry, files: File[], depth: number): Promise<void> {
  if (files.length > mostFiles || depth > deepest) return;
  if (entry.isFile) {
    files.push(await new Promise<File>((found, failed) => (entry as FileSystemFileEntry).file(found, failed)));
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  for (;;) {
    const part = await new Promise<FileSystemEntry[]>((found, failed) => reader.readEntries(found, failed));
    if (part.length === 0) return;
    for (const below of part) await collectFiles(below, files, depth + 1);
  }
}
