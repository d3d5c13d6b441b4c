import { Busboy, type BusboyHeaders } from '@fastify/busboy';
import type { Request } from 'express';

/** Total bytes one drop on the page may have; one file's own limit is the desk's. */
const uploadLimit = 200 * 1024 * 1024;
const fileLimit = 1000;

/** An upload that cannot be taken, with a code of the error catalogue. */
export class UploadError extends Error {
  readonly code: string;
  readonly facts: Record<string, string>;
  constructor(code: string, facts: Record<string, string> = {}) {
    super(code);
    this.code = code;
    this.facts = facts;
  }
}

export interface Upload {
  fields: Record<string, string>;
  files: { name: string; bytes: Uint8Array }[];
}

/** Reads a multipart form into memory. Throws UploadError for too much, too many, or a form that is not one. */
export function readUpload(req: Request): Promise<Upload> {
  return new Promise((resolve, reject) => {
    const upload: Upload = { fields: {}, files: [] };
    let total = 0;
    const stop = (error: UploadError) => {
      req.unpipe();
      req.resume();
      reject(error);
    };
    let form: InstanceType<typeof Busboy>;
    try {
      form = new Busboy({
        headers: req.headers as BusboyHeaders,
        preservePath: false,
        limits: { files: fileLimit, fields: 10, fieldSize: 1024 },
      });
    } catch {
      return stop(new UploadError('nothing-attached'));
    }
    form.on('field', (name, value) => {
      upload.fields[name] = value;
    });
    form.on('file', (_field, stream, name) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => {
        total += chunk.length;
        if (total > uploadLimit) stop(new UploadError('too-large', { name: name ?? 'file', limit: '200 MB' }));
        else chunks.push(chunk);
      });
      stream.on('end', () => upload.files.push({ name: name ?? 'file', bytes: Buffer.concat(chunks) }));
    });
    form.on('filesLimit', () => stop(new UploadError('too-many-files', { limit: String(fileLimit) })));
    form.on('error', () => stop(new UploadError('nothing-attached')));
    form.on('finish', () => (upload.files.length > 0 ? resolve(upload) : stop(new UploadError('nothing-attached'))));
    req.pipe(form);
  });
}
