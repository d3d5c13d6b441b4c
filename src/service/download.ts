import { type LookupAddress, lookup as systemLookup } from 'node:dns';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { CatalogueError } from '../desk/ports/errors.js';

/** Limits of one download. Hosts are domain names; a name also allows its subdomains, with a dot boundary. */
export interface DownloadPolicy {
  hosts: readonly string[];
  /** Hosts that receive the token; a redirect to any other host is followed without it. */
  tokenHosts?: readonly string[];
  token?: string;
  limitBytes: number;
  /** Milliseconds for the whole download, body included. */
  timeoutMs: number;
  /** Size that the platform announced. Distinguishes an HTML file from an HTML sign-in page, and a truncated body from a whole one. */
  expectedBytes?: number;
}

/** For tests: loopback addresses (`127.0.0.1:4001`) that stand for a real host, over plain http. Not set in production. */
export interface DownloadSeams {
  standIns?: Record<string, string>;
}

export type GuardedDownload = (url: string, policy: DownloadPolicy) => Promise<AsyncIterable<Uint8Array>>;

const maxRedirects = 5;
const sniffBytes = 512;

/** Throws CatalogueError with a `download-…` code of the error catalogue; resolves once the first bytes proved not to be a sign-in page. */
export const guardedDownload: GuardedDownload = makeDownload();

/** Returns a guarded download; `seams` are for tests. */
export function makeDownload(seams: DownloadSeams = {}): GuardedDownload {
  return async (address, policy) => {
    const signal = AbortSignal.timeout(policy.timeoutMs);
    let url = parse(address);
    for (let hop = 0; hop <= maxRedirects; hop++) {
      const host = requireAllowedHost(url, policy, seams);
      const sendsToken = policy.token !== undefined && isAllowed(host, policy.tokenHosts ?? []);
      const response = await get(url, sendsToken ? policy.token : undefined, signal, seams);
      const status = response.statusCode ?? 0;
      const location = response.headers.location;
      if (status >= 300 && status < 400 && location !== undefined) {
        response.destroy();
        url = parse(location, url);
        continue;
      }
      if (status !== 200) {
        response.destroy();
        throw refusalOf(status, response.headers['retry-after']);
      }
      return streamBody(response, policy, signal);
    }
    throw new CatalogueError('download-failed', { reason: 'too many redirects' });
  };
}

/**
 * Uploads bytes to an address that a platform named, as one range of an upload session. Guarded like a download: https, only
 * listed hosts, public addresses. Follows no redirect and sends no token.
 * @throws CatalogueError with a `download-…` code of the error catalogue
 */
export async function uploadGuarded(
  address: string,
  bytes: Uint8Array,
  policy: Pick<DownloadPolicy, 'hosts' | 'timeoutMs'>,
): Promise<void> {
  const url = parse(address);
  requireAllowedHost(url, { ...policy, limitBytes: 0 }, {});
  const signal = AbortSignal.timeout(policy.timeoutMs);
  const headers = {
    'user-agent': 'Frebot',
    'content-type': 'application/octet-stream',
    'content-length': bytes.length,
    'content-range': `bytes 0-${bytes.length - 1}/${bytes.length}`,
  };
  const status = await new Promise<number>((resolve, reject) => {
    const call = httpsRequest(url, { method: 'PUT', headers, signal, lookup: publicLookup }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    call.on('error', (error) => reject(failureOf(error, signal)));
    call.end(bytes);
  });
  if (status < 200 || status > 299) throw refusalOf(status);
}

function parse(address: string, base?: URL): URL {
  if (!URL.canParse(address, base?.href)) throw new CatalogueError('download-blocked-host', { host: '' });
  return new URL(address, base);
}

/** Returns the host of the URL. Throws CatalogueError unless the URL is https, has no credentials or port, and its host is listed. */
function requireAllowedHost(url: URL, policy: DownloadPolicy, seams: DownloadSeams): string {
  const standIn = seams.standIns?.[url.host];
  const host = standIn ?? url.hostname;
  const secure = url.protocol === 'https:' || standIn !== undefined;
  const plainUrl = url.username === '' && url.password === '';
  const port = standIn !== undefined || url.port === '';
  if (!secure || !plainUrl || !port || !isAllowed(host, policy.hosts))
    throw new CatalogueError('download-blocked-host', { host });
  return host;
}

function isAllowed(host: string, list: readonly string[]): boolean {
  const name = host.toLowerCase();
  return list.some((allowed) => name === allowed || name.endsWith(`.${allowed}`));
}

function get(url: URL, token: string | undefined, signal: AbortSignal, seams: DownloadSeams): Promise<IncomingMessage> {
  const standIn = seams.standIns?.[url.host] !== undefined;
  const request = url.protocol === 'http:' && standIn ? httpRequest : httpsRequest;
  return new Promise((resolve, reject) => {
    const headers = { 'user-agent': 'Frebot', accept: '*/*', ...(token && { authorization: `Bearer ${token}` }) };
    const call = request(url, { headers, signal, lookup: standIn ? undefined : publicLookup }, resolve);
    call.on('error', (error) => reject(failureOf(error, signal)));
    call.end();
  });
}

/**
 * Resolves a name and refuses private, loopback, link-local and reserved addresses. The connection uses the addresses that
 * were checked, so a name that changes between check and use gains nothing.
 */
export const publicLookup: LookupFunction = (hostname, options, callback) => {
  systemLookup(hostname, { ...options, all: true }, (error, found) => {
    const addresses = (found ?? []) as LookupAddress[];
    if (error) return callback(error, '', 0);
    if (addresses.length === 0 || !addresses.every(({ address }) => isPublicAddress(address))) {
      return callback(new CatalogueError('download-blocked-host', { host: hostname }) as NodeJS.ErrnoException, '', 0);
    }
    if (options.all) return callback(null, addresses);
    const { address, family } = addresses[0] as LookupAddress;
    return callback(null, address, family);
  });
};

/** In the public range, but answered by the host of an Azure virtual machine. */
const azureHost = '168.63.129.16';

/** Returns true for addresses of the public internet. Checks an IPv4 address written as IPv6 as IPv4. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const plain = ipaddr.process(address);
  return plain.range() === 'unicast' && plain.toString() !== azureHost;
}

/** @param retryAfter the pause that the host asks for, in seconds; dates are ignored */
function refusalOf(status: number, retryAfter?: string): CatalogueError {
  if (status === 401 || status === 403) return new CatalogueError('download-forbidden', { status: String(status) });
  if (status === 404 || status === 410) return new CatalogueError('download-not-found', { status: String(status) });
  const seconds: Record<string, string> = /^\d{1,5}$/.test(retryAfter ?? '') ? { seconds: retryAfter as string } : {};
  return new CatalogueError('download-failed', { reason: `status ${status}`, ...seconds });
}

function failureOf(error: unknown, signal: AbortSignal): CatalogueError {
  if (error instanceof CatalogueError) return error;
  if (signal.aborted) return new CatalogueError('download-timeout');
  return new CatalogueError('download-failed', { reason: (error as NodeJS.ErrnoException).code ?? 'connection' });
}

/** Checks the announced size and the first bytes, then streams the body up to the byte limit. */
async function streamBody(
  response: IncomingMessage,
  policy: DownloadPolicy,
  signal: AbortSignal,
): Promise<AsyncIterable<Uint8Array>> {
  const announced = Number(response.headers['content-length'] ?? Number.NaN);
  if (announced > policy.limitBytes) {
    response.destroy();
    throw new CatalogueError('download-too-large', { bytes: String(announced) });
  }
  const chunks = response[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  const next = async () => {
    try {
      return await chunks.next();
    } catch (error) {
      throw failureOf(error, signal);
    }
  };

  let head = Buffer.alloc(0);
  let ended = false;
  while (head.length < sniffBytes && !ended) {
    const { value, done } = await next();
    if (done) ended = true;
    else head = Buffer.concat([head, value]);
  }
  // An HTML report is evidence too: only HTML that is not the announced file is a sign-in page.
  const suspicious = looksLikeHtml(head) && announced !== policy.expectedBytes;
  if (suspicious && (!Number.isNaN(announced) || policy.expectedBytes === undefined)) {
    response.destroy();
    throw new CatalogueError('download-sign-in-page');
  }
  return (async function* () {
    let total = head.length;
    if (head.length > 0) yield head;
    while (!ended) {
      if (total > policy.limitBytes) break;
      const { value, done } = await next();
      if (done) break;
      total += value.length;
      yield value;
    }
    if (total > policy.limitBytes) {
      response.destroy();
      throw new CatalogueError('download-too-large', { bytes: String(total) });
    }
    if (policy.expectedBytes !== undefined && total !== policy.expectedBytes) {
      throw new CatalogueError(suspicious ? 'download-sign-in-page' : 'download-failed', { reason: 'cut off' });
    }
  })();
}

/** Returns true for an HTML page in an ASCII-compatible encoding. `gpresult /h` writes UTF-16 and is not one. */
function looksLikeHtml(head: Buffer): boolean {
  const start = head
    .toString('latin1')
    .replace(/^\xEF\xBB\xBF/, '')
    .trimStart()
    .toLowerCase();
  return start.startsWith('<!doctype html') || start.startsWith('<html');
}
