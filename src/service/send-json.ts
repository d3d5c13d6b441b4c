import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { publicLookup } from './download.js';

/** Milliseconds until the answer must be there. */
const limitMs = 15_000;

/** How a body is sent to an address that the operator has configured. */
export interface SendPolicy {
  /** Goes along as `Authorization: Bearer …`. */
  token?: string;
  /** The address may be private, as that of the operator's own server. Then http is allowed on loopback. */
  isOwn?: boolean;
}

/** True for an address that a token may be sent to: https, or http on loopback. */
export function isOwnAddress({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || (protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname));
}

/**
 * Posts JSON to a configured https address and resolves with the status of the answer. Follows no redirect and reads no body.
 * @throws with the system's code when there is no answer
 */
export function sendJson(address: string, body: unknown, { token, isOwn = false }: SendPolicy = {}): Promise<number> {
  const url = new URL(address);
  const isSafe = isOwn ? isOwnAddress(url) : url.protocol === 'https:';
  if (!isSafe) return Promise.reject(new Error('it is no https address'));
  const bytes = Buffer.from(JSON.stringify(body));
  const headers = {
    'user-agent': 'Frebot',
    'content-type': 'application/json',
    'content-length': bytes.length,
    ...(token && { authorization: `Bearer ${token}` }),
  };
  const signal = AbortSignal.timeout(limitMs);
  const lookup = isOwn ? undefined : publicLookup;
  const request = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const call = request(url, { method: 'POST', headers, signal, lookup }, (response) => {
      response.resume();
      response.on('error', () => undefined);
      resolve(response.statusCode ?? 0);
    });
    call.on('error', (error: NodeJS.ErrnoException) => {
      reject(
        new Error(signal.aborted ? `no answer within ${limitMs / 1000} seconds` : (error.code ?? 'no connection')),
      );
    });
    call.end(bytes);
  });
}
