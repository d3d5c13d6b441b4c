import { closeSync, fstatSync, openSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import yauzl, { type ZipFile } from 'yauzl';
import type { Refusal } from '../evidence/evidence.js';
import { isJunkName } from './bundle.js';
import { closedZip } from './closed-zips.js';
import { isUnsafeName } from './entry-names.js';
import { inflateReusingMemory } from './inflate.js';
import { sizeLimits } from './limits.js';
import { ZipFileReader } from './zip-file.js';

/** The reason why a zip is refused, as a code of the catalogue. */
export class ZipRefusedError extends Error {
  readonly refusal: Refusal;
  /** What the zip is, where its entries tell. */
  readonly looksLike: string | undefined;
  constructor(refusal: Refusal, looksLike?: string) {
    super(refusal);
    this.name = 'ZipRefused';
    this.refusal = refusal;
    this.looksLike = looksLike;
  }
}

export type ZipPlace = { path: string } | { bytes: Buffer };

/** The fields of an entry that reading needs. The library's own entries hold much more, ten thousand times. */
export type ZipEntry = Pick<
  yauzl.Entry,
  | 'fileName'
  | 'fileNameLength'
  | 'relativeOffsetOfLocalHeader'
  | 'compressedSize'
  | 'uncompressedSize'
  | 'compressionMethod'
  | 'crc32'
> & {
  /** Why this entry is left out: its name, or a password. */
  refusal?: Refusal;
};

/** The size, method and checksum that the directory promises for an entry. */
export type PackedEntry = Pick<ZipEntry, 'uncompressedSize' | 'compressionMethod' | 'crc32'>;

/** A zip whose directory has been checked as a whole, before a single entry is unpacked. */
export interface OpenZip {
  /** Files, in the order of their data in the archive. Directories are left out. */
  entries: ZipEntry[];
  /** Unpacks one entry; its bytes are valid until the next one. Throws ZipRefusedError when its data differ from the directory. */
  unpack(entry: ZipEntry): Uint8Array;
  /** Returns the offset of the packed bytes of an entry, to unpack it in another process. Throws ZipRefusedError. */
  locate(entry: ZipEntry): number;
  close(): void;
}

/**
 * Reads the directory of a zip and checks it: entries, sizes, ratio, overlap, encryption, names.
 * @throws ZipRefusedError
 */
export async function openZip(place: ZipPlace): Promise<OpenZip> {
  const fd = 'path' in place ? openSync(place.path, 'r') : undefined;
  const close = () => {
    if (fd !== undefined) closeSync(fd);
  };
  try {
    const size = fd === undefined ? (place as { bytes: Buffer }).bytes.length : fstatSync(fd).size;
    if (size > sizeLimits.zipBytes && fd === undefined) throw new ZipRefusedError('too-large');
    // The library does not close the descriptor, which is ours. Names and sizes are checked here, entry by entry, because the
    // library gives up the whole archive at the first wrong one.
    const options = { lazyEntries: true, autoClose: false, validateEntrySizes: false, decodeStrings: false };
    const file = fd === undefined ? undefined : new ZipFileReader(fd);
    const zip = file
      ? await yauzl.fromRandomAccessReaderPromise(file, size, options)
      : await yauzl.fromBufferPromise((place as { bytes: Buffer }).bytes, options);
    const entries = await readDirectory(zip);
    const read = (at: number, length: number) =>
      file ? file.bytes(at, length) : (place as { bytes: Buffer }).bytes.subarray(at, at + length);
    return {
      entries,
      unpack: (entry) => inflateEntry(readPacked(entry, read), entry),
      locate: (entry) => locateData(entry, read),
      close,
    };
  } catch (error) {
    close();
    if (error instanceof ZipRefusedError) throw error;
    throw new ZipRefusedError(isEncryption(error) ? 'zip-encrypted' : 'zip-damaged');
  }
}

/**
 * Returns all entries, checked. An archive whose directory is wrong is refused as a whole, because nothing in it can be trusted;
 * a name that leads out of it, or a password, costs only its entry.
 */
async function readDirectory(zip: ZipFile): Promise<ZipEntry[]> {
  // Folders and the style sheet beside the logs are entries too, and do not count against the limit.
  if (zip.entryCount > sizeLimits.zipEntries * 1.1) throw new ZipRefusedError('zip-limits');
  const entries: ZipEntry[] = [];
  let files = 0;
  let unpackedBytes = 0;
  let packedBytes = 0;
  for await (const one of zip.eachEntry()) {
    const entry = selectFields(one);
    if (!isJunkName(entry.fileName) && ++files > sizeLimits.zipEntries) throw new ZipRefusedError('zip-limits');
    unpackedBytes += entry.uncompressedSize;
    if (unpackedBytes > sizeLimits.zipUnpackedBytes) throw new ZipRefusedError('zip-limits');
    packedBytes += entry.compressedSize;
    entries.push(entry);
  }
  const closed = closedZip(entries.map(({ fileName }) => fileName));
  if (closed) throw new ZipRefusedError(closed.refusal, closed.looksLike);
  if (unpackedBytes > sizeLimits.zipRatioFrom && unpackedBytes > packedBytes * sizeLimits.zipRatio)
    throw new ZipRefusedError('zip-ratio');
  entries.sort((a, b) => a.relativeOffsetOfLocalHeader - b.relativeOffsetOfLocalHeader);
  if (hasOverlap(entries)) throw new ZipRefusedError('zip-overlap');
  const found = entries.filter((entry) => !entry.fileName.endsWith('/'));
  if (found.length > 0 && found.every((entry) => entry.refusal === 'zip-encrypted'))
    throw new ZipRefusedError('zip-encrypted');
  return found;
}

/** True when two entries share bytes, as in archives that unpack without end. Entries are in order of offset. */
function hasOverlap(entries: readonly ZipEntry[]): boolean {
  let end = 0;
  for (const entry of entries) {
    if (entry.relativeOffsetOfLocalHeader < end) return true;
    // 30 bytes of fixed header and the name; the extra field of the local header can only make it longer.
    end = entry.relativeOffsetOfLocalHeader + 30 + entry.fileNameLength + entry.compressedSize;
  }
  return false;
}

function selectFields(entry: yauzl.Entry): ZipEntry {
  const { fileNameRaw, fileNameLength, relativeOffsetOfLocalHeader, compressedSize, uncompressedSize } = entry;
  const { generalPurposeBitFlag, extraFields, compressionMethod, crc32 } = entry;
  // Backslashes of old Windows tools become slashes.
  const fileName = yauzl.getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, extraFields, false);
  const refusal = isUnsafeName(fileName) ? 'unsafe-name' : entry.isEncrypted() ? 'zip-encrypted' : undefined;
  return {
    fileName,
    fileNameLength,
    relativeOffsetOfLocalHeader,
    compressedSize,
    uncompressedSize,
    compressionMethod,
    crc32,
    ...(refusal && { refusal }),
  };
}

/** Bytes of a local header before its name, and the signature it begins with. */
const headerBytes = 30;
const headerSignature = 0x04034b50;

type ReadBytes = (at: number, length: number) => Buffer;

function locateData(entry: ZipEntry, read: ReadBytes): number {
  const at = entry.relativeOffsetOfLocalHeader;
  try {
    const header = read(at, headerBytes);
    if (header.length === headerBytes && header.readUInt32LE(0) === headerSignature) {
      return at + headerBytes + header.readUInt16LE(26) + header.readUInt16LE(28);
    }
  } catch {}
  throw new ZipRefusedError('zip-damaged');
}

function readPacked(entry: ZipEntry, read: ReadBytes): Buffer {
  if (entry.refusal) throw new ZipRefusedError(entry.refusal);
  if (entry.uncompressedSize > sizeLimits.fileBytes) throw new ZipRefusedError('too-large');
  const at = locateData(entry, read);
  try {
    const raw = read(at, entry.compressedSize);
    if (raw.length === entry.compressedSize) return raw;
  } catch {}
  throw new ZipRefusedError('zip-damaged');
}

/**
 * Unpacks the bytes of an entry; they are valid until the next one.
 * @throws ZipRefusedError when they differ from the directory, or are more than a file may be
 */
export function inflateEntry(raw: Buffer, entry: PackedEntry): Buffer {
  const { uncompressedSize, compressionMethod } = entry;
  if (uncompressedSize > sizeLimits.fileBytes) throw new ZipRefusedError('too-large');
  if (compressionMethod !== 0 && compressionMethod !== 8) throw new ZipRefusedError('zip-damaged');
  let bytes: Buffer;
  try {
    // One byte more than promised is an error; zero would mean no limit to zlib.
    bytes = compressionMethod === 0 ? raw : inflateReusingMemory(raw, Math.max(1, uncompressedSize));
  } catch {
    throw new ZipRefusedError('zip-damaged');
  }
  if (bytes.length !== uncompressedSize || crc32(bytes) !== entry.crc32) throw new ZipRefusedError('zip-damaged');
  return bytes;
}

function isEncryption(error: unknown): boolean {
  return error instanceof Error && /encrypt/i.test(error.message);
}
