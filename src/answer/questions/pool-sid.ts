import { createHash } from 'node:crypto';
import type { Answer } from '../answer.js';

/** A name in quotes, after `IIS AppPool\`, or after "sid of (the) pool". */
const named: readonly RegExp[] = [
  /iis app ?pool\\+([^"'?,;\\]{1,64})/,
  /sid[^"“„'«]{0,40}["“„'«]([^"”“'»]{1,64})["”“'»]/,
  /sid (?:of|for|from) (?:the )?(?:iis )?(?:app(?:lication)?[ -]?)?pool (?:named |called )?([^"'?,;\\]{1,64})/,
  /sid (?:of|for|from) (?:the )?([a-z0-9._-]*apppool)\b/,
];
const notNames = new Set([
  'identity',
  'identities',
  'account',
  'accounts',
  'sid',
  'name',
  'names',
  'computed',
  'calculated',
  'in iis',
  'a pool',
]);

/** The pool a question about its SID names; lower case, as the algorithm wants it anyway. */
export function namedPool(text: string): string | undefined {
  for (const pattern of named) {
    const name = pattern
      .exec(text)?.[1]
      ?.replace(/\bsid\b.*$/, '')
      .trim();
    if (name && !notNames.has(name)) return name;
  }
  return undefined;
}

/**
 * SID of an application pool: `S-1-5-82-` and the SHA-1 of its name, lower case, UTF-16LE, read as five little-endian
 * 32-bit numbers. Checked against the SIDs of DefaultAppPool and others in real tokens.
 */
export function poolSid(name: string): string {
  const hash = createHash('sha1').update(Buffer.from(name.toLowerCase(), 'utf16le')).digest();
  return `S-1-5-82-${[0, 4, 8, 12, 16].map((at) => hash.readUInt32LE(at)).join('-')}`;
}

/** Puts the SID of the pool that was named first. The name itself is not repeated: it is the asker's text. */
export function withPoolSid(answer: Answer, text: string): Answer {
  const name = namedPool(text);
  if (name === undefined) return answer;
  const sid = poolSid(name);
  return {
    ...answer,
    summary: `The pool of that name has the SID ${sid}.`,
    parts: [
      { kind: 'text', id: 'sid', keep: 'always', text: ['The pool of that name has the SID ', { code: sid }, '.'] },
      ...answer.parts,
    ],
  };
}
