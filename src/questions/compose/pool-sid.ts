import type { Answer } from '../../answer/answer.js';
import { appPoolSid } from '../../evidence/sids.js';

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

/** A longer name without quotes is the rest of the sentence: then its first word is the name. */
const mostWords = 3;
/** What the name of a pool is written with; other text of the asker is not repeated. */
const alphabet = /^[\p{L}\p{N} ._-]+$/u;

/** Returns the pool that a question about its SID names, in lower case as the algorithm wants it; undefined where it names none. */
export function namedPool(text: string): string | undefined {
  for (const pattern of named) {
    const name = pattern
      .exec(text)?.[1]
      ?.replace(/\bsid\b.*$/, '')
      .trim();
    if (!name || notNames.has(name) || !alphabet.test(name)) continue;
    return name.split(' ').length > mostWords ? name.split(' ')[0] : name;
  }
  return undefined;
}

/**
 * Puts the SID of the pool that was named before the answer about SIDs of pools; undefined when none was named. It says the name,
 * because where a name ends in a sentence is a guess, and another name has another SID.
 */
export function poolSidAnswer(answer: Answer, text: string): Answer | undefined {
  const name = namedPool(text);
  if (name === undefined) return undefined;
  const sid = appPoolSid(name);
  return {
    ...answer,
    summary: `A pool named ${name} has the SID ${sid}.`,
    parts: [
      {
        kind: 'text',
        id: 'sid',
        keep: 'always',
        text: ['A pool named ', { strong: name }, ' has the SID ', { code: sid }, '.'],
      },
      ...answer.parts,
    ],
  };
}
