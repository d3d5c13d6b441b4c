import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { crc32, inflateRawSync } from 'node:zlib';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import type { Refusal } from '../evidence/evidence.js';
import { limits } from './limits.js';

/** A zip that must not be opened further: a code of the error catalogue. */
export class ZipRefused extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal);
    this.name = 'ZipRefused';
    this.refusal = refusal;
  }
}

export type ZipPlace = { path: string } | { bytes: Buffer };

/** A zip whose directory has been checked as a whole, before a single entry is unpacked. */
export interface OpenZip {
  /** Files, in the order their data lie in the archive. Directories are left out. */
  entries: Entry[];
  /** Unpacks one entry. Throws ZipRefused when its data are not what the directory promised. */
  unpack(entry: Entry): Promise<Uint8Array>;
  close(): void;
}

/**
 * Reads the directory of a zip and judges it: entries, sizes, ratio, overlap, encryption, names.
 * @throws ZipRefused
 */
export async function openZip(place: ZipPlace): Promise<OpenZip> {
  const fd = 'path' in place ? openSync(place.path, 'r') : undefined;
  const close = () => {
    if (fd !== undefined) closeSync(fd);
  };
  try {
    const size = fd === undefined ? (place as { bytes: Buffer }).bytes.length : fstatSync(fd).size;
    if (size > limits.zipBytes && fd === undefined) throw new ZipRefused('too-large');
    // Never closed by the library: the descriptor is ours. Backslashes of old Windows tools are read as slashes.
    const options = { lazyEntries: true, autoClose: false, validateEntrySizes: true };
    const zip =
      fd === undefined
        ? await yauzl.fromBufferPromise((place as { bytes: Buffer }).bytes, options)
        : await yauzl.fromFdPromise(fd, options);
    const entries = await directory(zip);
    const read = (at: number, length: number) =>
      fd === undefined ? (place as { bytes: Buffer }).bytes.subarray(at, at + length) : readExactly(fd, at, length);
    return { entries, unpack: (entry) => unpack(zip, entry, read), close };
  } catch (error) {
    close();
    if (error instanceof ZipRefused) throw error;
    throw new ZipRefused(isEncryption(error) ? 'zip-encrypted' : 'zip-damaged');
  }
}

/** All entries, checked. An archive that lies in its directory is refused whole: nothing in it can be trusted. */
async function directory(zip: ZipFile): Promise<Entry[]> {
  if (zip.entryCount > limits.zipEntries) throw new ZipRefused('zip-limits');
  const entries: Entry[] = [];
  let unpacked = 0;
  let packed = 0;
  for await (const entry of zip.eachEntry()) {
    if (entry.isEncrypted()) throw new ZipRefused('zip-encrypted');
    unpacked += entry.uncompressedSize;
    if (unpacked > limits.zipUnpackedBytes) throw new ZipRefused('zip-limits');
    packed += entry.compressedSize;
    entries.push(entry);
  }
  if (unpacked > limits.zipRatioFrom && unpacked > packed * limits.zipRatio) throw new ZipRefused('zip-limits');
  entries.sort((a, b) => a.relativeOffsetOfLocalHeader - b.relativeOffsetOfLocalHeader);
  if (overlaps(entries)) throw new ZipRefused('zip-limits');
  return entries.filter((entry) => !entry.fileName.endsWith('/'));
}

/** Two entries that share bytes: the trick behind archives that unpack without end. Entries are in order of offset. */
function overlaps(entries: readonly Entry[]): boolean {
  let end = 0;
  for (const entry of entries) {
    if (entry.relativeOffsetOfLocalHeader < end) return true;
    // 30 bytes of fixed header and the name; the extra field of the local header can only make it longer.
    end = entry.relativeOffsetOfLocalHeader + 30 + entry.fileNameLength + entry.compressedSize;
  }
  return false;
}

async function unpack(zip: ZipFile, entry: Entry, read: (at: number, length: number) => Buffer): Promise<Uint8Array> {
  const { compressedSize, uncompressedSize, compressionMethod } = entry;
  if (uncompressedSize > limits.fileBytes) throw new ZipRefused('too-large');
  if (compressionMethod !== 0 && compressionMethod !== 8) throw new ZipRefused('zip-damaged');
  let bytes: Uint8Array;
  try {
    const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry, { minimal: true });
    const raw = read(fileDataStart, compressedSize);
    // One byte more than promised would be one too many; zero means no limit to zlib.
    bytes = compressionMethod === 0 ? raw : inflate(raw, Math.max(1, uncompressedSize));
  } catch {
    throw new ZipRefused('zip-damaged');
  }
  if (bytes.length !== uncompressedSize || crc32(bytes) !== entry.crc32) throw new ZipRefused('zip-damaged');
  return bytes;
}

/** Unpacks into one piece of memory of the promised size: by default zlib joins many small ones. */
function inflate(raw: Uint8Array, size: number): Buffer {
  return inflateRawSync(raw, { maxOutputLength: size, chunkSize: Math.max(64, size + 1) });
}

function readExactly(fd: number, at: number, length: number): Buffer {
  const buffer = Buffer.allocUnsafe(length);
  let done = 0;
  while (done < length) {
    const n = readSync(fd, buffer, done, length - done, at + done);
    if (n === 0) throw new Error('the file ends early');
    done += n;
  }
  return buffer;
}

function isEncryption(error: unknown): boolean {
  return error instanceof Error && /encrypt/i.test(error.message);
}
