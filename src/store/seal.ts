import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EngineError } from './errors.js';

const nonceBytes = 12;
const tagBytes = 16;

/** Seals text at rest with AES-256-GCM, bound to its row. */
export class Seal {
  readonly #key: Buffer;

  /** @param key 32 bytes */
  constructor(key: Buffer) {
    this.#key = key;
  }

  close(text: string, row: string): string {
    const nonce = randomBytes(nonceBytes);
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce).setAAD(Buffer.from(row));
    const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64');
  }

  /** Returns undefined when the text was sealed with another key, for another row, or is damaged. */
  open(sealed: string, row: string): string | undefined {
    const bytes = Buffer.from(sealed, 'base64');
    try {
      const decipher = createDecipheriv('aes-256-gcm', this.#key, bytes.subarray(0, nonceBytes), {
        authTagLength: tagBytes,
      }).setAAD(Buffer.from(row));
      decipher.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
      return Buffer.concat([decipher.update(bytes.subarray(nonceBytes + tagBytes)), decipher.final()]).toString('utf8');
    } catch {
      return undefined;
    }
  }
}

/**
 * Returns the key in the existing data directory. The first start creates it, readable by its owner only.
 * @throws EngineError when other users may read it, or it is not a key; the file system's error when it cannot be read
 */
export function readKeyFile(dir: string): Buffer {
  const path = join(dir, 'key');
  try {
    writeFileSync(path, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx', flush: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  // Windows has no such bits; there the permissions of the directory decide.
  if (process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0) {
    throw new EngineError(
      `The key file ${path} can be read by users other than its owner; for example: chmod 600 ${path}`,
    );
  }
  const text = readFileSync(path, 'utf8').trim();
  if (!/^[0-9a-f]{64}$/.test(text)) {
    throw new EngineError(`The key file ${path} does not hold a key of 64 hexadecimal digits; put the right one back`);
  }
  return Buffer.from(text, 'hex');
}
