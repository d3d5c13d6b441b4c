import { Busboy, type BusboyHeaders, type BusboyInstance } from '@fastify/busboy';
import type { Request } from 'express';
import { CatalogueError } from '../../src/desk/ports/errors.js';

const megabyte = 1024 * 1024;
const fileLimit = 1000;

/** What uploads may take, in bytes and milliseconds. One file's own limit is the desk's. */
export interface UploadLimits {
  /** One drop on the page. */
  drop: number;
  /** All drops in hand together, each from its first byte until its answer. */
  together: number;
  /** How long a sender may be silent. */
  idleMs: number;
}

/** Together only a little more than one drop: large files are read two at a time, and what waits for its turn takes memory. */
const usual: UploadLimits = { drop: 200 * megabyte, together: 250 * megabyte, idleMs: 20_000 };

/** A request that is no whole form, or whose sender fell silent in the middle (408). */
export class NoForm extends Error {
  readonly status: number;
  constructor(status: 400 | 408 | 415) {
    super('not a form');
    this.status = status;
  }
}

export interface UploadForm {
  /** What the field `thread` says. */
  thread?: string;
  /** Bytes can be read once, and are let go as they are read. */
  files: { name: string; bytes: AsyncIterable<Uint8Array> }[];
}

/** Takes uploads into memory, all of them within one bound: evidence is never written to disk. */
export class Uploads {
  readonly #limits: UploadLimits;
  #held = 0;

  constructor(limits: Partial<UploadLimits> = {}) {
    this.#limits = { ...usual, ...limits };
  }

  /** Bytes of the uploads in hand. */
  get held(): number {
    return this.#held;
  }

  /**
   * Reads a multipart form and works with it; its bytes count until the work has ended.
   * @throws CatalogueError for too much or too many, NoForm when it is none, ends too early or stands still, and what the work throws
   */
  async during<T>(req: Request, work: (upload: UploadForm) => Promise<T>): Promise<T> {
    let own = 0;
    const take = (bytes: number, name: string) => {
      const { drop, together } = this.#limits;
      if (own + bytes > drop) throw new CatalogueError('too-large', { name, limit: `${drop / megabyte} MB` });
      if (this.#held + bytes > together) throw new CatalogueError('rate-limited');
      own += bytes;
      this.#held += bytes;
    };
    try {
      return await work(await readForm(req, take, this.#limits.idleMs));
    } finally {
      this.#held -= own;
    }
  }
}

/** @param take called before bytes are kept; what it throws ends the upload */
function readForm(req: Request, take: (bytes: number, name: string) => void, idleMs: number): Promise<UploadForm> {
  return new Promise((resolve, reject) => {
    const upload: UploadForm = { files: [] };
    const held: Uint8Array[][] = [];
    let ended = false;
    const form = formOf(req);
    if (!form) return reject(new NoForm(415));
    const end = (error?: Error) => {
      if (ended) return;
      ended = true;
      req.unpipe(form);
      // What still comes is let go by, so that the browser hears the answer.
      req.resume();
      if (!error) return resolve(upload);
      for (const chunks of held) chunks.length = 0;
      reject(error);
    };
    form.on('field', (name, value) => {
      if (name === 'thread') upload.thread = value;
    });
    form.on('file', (_field, stream, name = 'file') => {
      const chunks: Uint8Array[] = [];
      held.push(chunks);
      stream.on('data', (chunk: Buffer) => {
        if (ended) return;
        try {
          take(chunk.length, name);
          chunks.push(chunk);
        } catch (error) {
          end(error as Error);
        }
      });
      stream.on('end', () => upload.files.push({ name, bytes: lettingGo(chunks) }));
      // A part that is cut off fails by itself, beside the form.
      stream.on('error', () => end(new NoForm(400)));
    });
    form.on('filesLimit', () => end(new CatalogueError('too-many-files', { limit: String(fileLimit) })));
    form.on('error', () => end(new NoForm(400)));
    form.on('finish', () => end(upload.files.length > 0 ? undefined : new CatalogueError('nothing-attached')));
    req.on('error', () => end(new NoForm(400)));
    req.on('close', () => req.complete || end(new NoForm(400)));
    req.on('end', () => req.setTimeout(0));
    req.setTimeout(idleMs, () => (ended ? req.destroy() : end(new NoForm(408))));
    req.pipe(form);
  });
}

function formOf(req: Request): BusboyInstance | undefined {
  if (!req.is('multipart/form-data')) return undefined;
  const limits = { files: fileLimit, fields: 10, fieldSize: 1024 };
  try {
    return new Busboy({ headers: req.headers as BusboyHeaders, preservePath: false, limits });
  } catch {
    // No boundary.
    return undefined;
  }
}

async function* lettingGo(chunks: Uint8Array[]): AsyncGenerator<Uint8Array> {
  chunks.reverse();
  for (let chunk = chunks.pop(); chunk; chunk = chunks.pop()) yield chunk;
}
