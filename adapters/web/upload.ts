import { Busboy, type BusboyHeaders, type BusboyInstance } from '@fastify/busboy';
import type { Request } from 'express';
import { CatalogueError } from '../../src/desk/ports/errors.js';
import { mostBytes, mostFiles } from './page/limits.js';

const megabyte = 1024 * 1024;

/** Limits of uploads, in bytes and milliseconds. The desk limits the size of a single file. */
export interface UploadLimits {
  /** Bytes of one upload. */
  uploadBytes: number;
  /** Bytes of all uploads in memory. An upload counts from its first byte until its answer. */
  totalBytes: number;
  /** Milliseconds without data after which an upload ends. */
  idleMs: number;
}

/** The total is only a little more than one upload: large files are read two at a time, and waiting ones take memory. */
const defaultLimits: UploadLimits = { uploadBytes: mostBytes, totalBytes: 250 * megabyte, idleMs: 20_000 };

/** A request that is not a complete form, or whose sender stopped sending (408). */
export class InvalidFormError extends Error {
  readonly status: number;
  constructor(status: 400 | 408 | 415) {
    super('not a form');
    this.status = status;
  }
}

export interface UploadForm {
  /** Value of the field `thread`. */
  thread?: string;
  /** True for a sample of ours, which opens no case. */
  sample: boolean;
  /** Values of the fields `difference`: the event of each file at which two logs first differ, 0 for none. */
  differences: number[];
  /** Values of the fields `name`: what the answer calls the files. */
  names: string[];
  /** Bytes can be read once, and their memory is released as they are read. */
  files: { name: string; bytes: AsyncIterable<Uint8Array> }[];
}

/** Reads uploads into memory, with a limit for all of them together. Evidence is never written to disk. */
export class Uploads {
  readonly #limits: UploadLimits;
  /** Bytes of the uploads in memory. */
  #bytes = 0;

  constructor(limits: Partial<UploadLimits> = {}) {
    this.#limits = { ...defaultLimits, ...limits };
  }

  /**
   * Reads a multipart form and runs `work` with it. Its bytes count until the work ends.
   * @throws CatalogueError when a limit is exceeded, InvalidFormError when the request is not a complete form or stops, and the
   * work's errors
   */
  async withUpload<T>(req: Request, work: (upload: UploadForm) => Promise<T>): Promise<T> {
    let ownBytes = 0;
    const count = (bytes: number, name: string, fileBytes: number) => {
      const { uploadBytes, totalBytes } = this.#limits;
      const limit = `${uploadBytes / megabyte} MB`;
      if (fileBytes > uploadBytes) throw new CatalogueError('too-large', { name, limit });
      if (ownBytes + bytes > uploadBytes) throw new CatalogueError('too-large-together', { limit });
      if (this.#bytes + bytes > totalBytes) throw new CatalogueError('rate-limited');
      ownBytes += bytes;
      this.#bytes += bytes;
    };
    try {
      return await work(await readForm(req, count, this.#limits.idleMs));
    } finally {
      this.#bytes -= ownBytes;
    }
  }
}

/**
 * Reads a multipart form.
 * @param count called before bytes are stored; its error ends the upload; gets how much of the file came so far, too
 */
function readForm(
  req: Request,
  count: (bytes: number, name: string, fileBytes: number) => void,
  idleMs: number,
): Promise<UploadForm> {
  return new Promise((resolve, reject) => {
    const upload: UploadForm = { sample: false, differences: [], files: [], names: [] };
    const stored: Uint8Array[][] = [];
    let ended = false;
    const form = createParser(req);
    if (!form) return reject(new InvalidFormError(415));
    const end = (error?: Error) => {
      if (ended) return;
      ended = true;
      req.unpipe(form);
      // The browser reads the response only after it has sent everything, so the rest is discarded.
      req.resume();
      if (!error) return resolve(upload);
      for (const chunks of stored) chunks.length = 0;
      reject(error);
    };
    form.on('field', (name, value) => {
      if (name === 'thread') upload.thread = value;
      if (name === 'sample') upload.sample = true;
      if (name === 'difference') upload.differences.push(Number.parseInt(value, 10) || 0);
      if (name === 'name') upload.names.push(value);
    });
    form.on('file', (_field, stream, name = 'file') => {
      const chunks: Uint8Array[] = [];
      let fileBytes = 0;
      stored.push(chunks);
      stream.on('data', (chunk: Buffer) => {
        if (ended) return;
        try {
          fileBytes += chunk.length;
          count(chunk.length, name, fileBytes);
          chunks.push(chunk);
        } catch (error) {
          end(error as Error);
        }
      });
      stream.on('end', () => upload.files.push({ name, bytes: releaseWhileReading(chunks) }));
      // A truncated part reports its own error besides the form's.
      stream.on('error', () => end(new InvalidFormError(400)));
    });
    form.on('filesLimit', () => end(new CatalogueError('too-many-files', { limit: String(mostFiles) })));
    form.on('error', () => end(new InvalidFormError(400)));
    form.on('finish', () => end(upload.files.length > 0 ? undefined : new CatalogueError('nothing-attached')));
    req.on('error', () => end(new InvalidFormError(400)));
    req.on('close', () => req.complete || end(new InvalidFormError(400)));
    req.on('end', () => req.setTimeout(0));
    req.setTimeout(idleMs, () => (ended ? req.destroy() : end(new InvalidFormError(408))));
    req.pipe(form);
  });
}

/** Returns a parser for the request's form; undefined when the request has none. */
function createParser(req: Request): BusboyInstance | undefined {
  if (!req.is('multipart/form-data')) return undefined;
  const limits = { files: mostFiles, fields: 10, fieldSize: 1024 };
  try {
    return new Busboy({ headers: req.headers as BusboyHeaders, preservePath: false, limits });
  } catch {
    // The header names no boundary.
    return undefined;
  }
}

async function* releaseWhileReading(chunks: Uint8Array[]): AsyncGenerator<Uint8Array> {
  chunks.reverse();
  for (let chunk = chunks.pop(); chunk; chunk = chunks.pop()) yield chunk;
}
