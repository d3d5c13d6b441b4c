import type { Request } from 'express';

/** The body is longer than the limit, or its sender stopped. */
export class RefusedBody extends Error {
  readonly status: 400 | 408 | 413;
  constructor(status: 400 | 408 | 413) {
    super('refused body');
    this.status = status;
  }
}

/**
 * Reads a body into memory. Throws RefusedBody when it is too long, breaks off, or pauses for `idleMs` milliseconds; the rest is
 * then read and dropped, because most clients read the answer only after they have sent everything.
 */
export function readBody(req: Request, limit: number, idleMs: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const refuse = (status: RefusedBody['status']) => {
      chunks.length = 0;
      req.resume();
      reject(new RefusedBody(status));
    };
    if (Number(req.headers['content-length'] ?? 0) > limit) return refuse(413);
    req.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length > limit) refuse(413);
      else chunks.push(chunk);
    });
    req.on('end', () => {
      req.setTimeout(0);
      if (length <= limit) resolve(Buffer.concat(chunks));
    });
    req.on('close', () => req.complete || refuse(400));
    req.setTimeout(idleMs, () => refuse(408));
  });
}
