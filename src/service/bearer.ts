import { createHash } from 'node:crypto';

/** Returns the token of a header `Authorization: Bearer …`; undefined for any other header. */
export function readBearer(authorization: string | undefined): string | undefined {
  return /^bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
}

/** Returns the SHA-256 of a token. Hashes have one length, so they can be compared in constant time. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
