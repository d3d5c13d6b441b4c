import { randomBytes, timingSafeEqual } from 'node:crypto';
import { hashToken, readBearer } from './bearer.js';

/** A token that a pipeline holds; Frebot knows its name and its hash. */
export interface ApiToken {
  name: string;
  /** SHA-256 of the token, in hexadecimal. */
  hash: string;
}

/** Returns a new token: the text for the pipeline, and what is in FREBOT_API_TOKENS for it. */
export function createApiToken(name: string): { token: string; setting: string } {
  const token = `frb_${randomBytes(32).toString('base64url')}`;
  return { token, setting: `${name}:${hashToken(token).toString('hex')}` };
}

/** Returns the tokens of the setting: `name:hash` parts, with commas between them. */
export function parseApiTokens(setting: string): ApiToken[] {
  return setting
    .split(/[\s,]+/)
    .filter(Boolean)
    .map((part) => ({ name: part.slice(0, part.indexOf(':')), hash: part.slice(part.indexOf(':') + 1).toLowerCase() }));
}

/** Returns the name of the token that a header `Authorization: Bearer …` carries; undefined when it is none of them. */
export function findApiToken(tokens: readonly ApiToken[], authorization: string | undefined): string | undefined {
  const sent = readBearer(authorization);
  if (sent === undefined) return undefined;
  const hash = hashToken(sent);
  return tokens.find((token) => timingSafeEqual(Buffer.from(token.hash, 'hex'), hash))?.name;
}
