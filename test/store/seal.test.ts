import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EngineError } from '../../src/store/errors.js';
import { readKeyFile, Seal } from '../../src/store/seal.js';

describe('a seal', () => {
  const seal = new Seal(randomBytes(32));

  it('opens what it closed, and shows nothing of it', () => {
    const closed = seal.close('secret text \u0000 é', 'row');
    expect(seal.open(closed, 'row')).toBe('secret text \u0000 é');
    expect(Buffer.from(closed, 'base64').toString('latin1')).not.toContain('secret');
    expect(seal.close('secret text', 'row')).not.toBe(seal.close('secret text', 'row'));
  });

  it('does not open for another row, with another key, or once touched', () => {
    const closed = seal.close('secret', 'row');
    expect(seal.open(closed, 'other row')).toBeUndefined();
    expect(new Seal(randomBytes(32)).open(closed, 'row')).toBeUndefined();
    const bytes = Buffer.from(closed, 'base64');
    bytes[bytes.length - 1] = (bytes.at(-1) as number) ^ 1;
    expect(seal.open(bytes.toString('base64'), 'row')).toBeUndefined();
    expect(seal.open('', 'row')).toBeUndefined();
    expect(seal.open(closed.slice(0, 24), 'row')).toBeUndefined();
  });
});

describe('the key file', () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'frebot-key-'));
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  it('is made once, for its owner alone', () => {
    const key = readKeyFile(dir);
    expect(key).toHaveLength(32);
    expect(readKeyFile(dir)).toEqual(key);
    expect(statSync(join(dir, 'key')).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(dir, 'key'), 'utf8').trim()).toBe(key.toString('hex'));
  });

  it('is refused when others can read it, or when it is none', () => {
    readKeyFile(dir);
    chmodSync(join(dir, 'key'), 0o644);
    expect(() => readKeyFile(dir)).toThrow(EngineError);
    expect(() => readKeyFile(dir)).toThrow(/chmod 600/);
    chmodSync(join(dir, 'key'), 0o600);
    writeFileSync(join(dir, 'key'), 'nonsense');
    expect(() => readKeyFile(dir)).toThrow(/64 hexadecimal digits/);
  });
});
