import { type LookupAddress, lookup as systemLookup } from 'node:dns';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { CatalogueError } from '../desk/ports/errors.js';

/** What one download may do. Hosts are domain names; a name also allows its subdomains, with a dot boundary. */
export interface DownloadPolicy {
  hosts: readonly string[];
  /** Hosts that may be told the token; a redirect to any other host travels without it. */
  tokenHosts?: readonly string[];
  token?: string;
  limitBytes: number;
  /** For the whole download, body included. */
  timeoutMs: number;
  /** The size the platform announced: tells an HTML file apart from an HTML sign-in page, and a cut-off body from a whole one. */
  expectedBytes?: number;
}

/** Test seam: loopback addresses (`127.0.0.1:4001`) that stand for a real host, over plain http. Never set in production. */
export interface DownloadSeams {
  standIns?: Record<string, string>;
}

export type GuardedDownload = (url: string, policy: DownloadPolicy) => Promise<AsyncIterable<Uint8Array>>;

const maxRedirects = 5;
const sniffBytes = 512;

/** Throws CatalogueError with a `download-…` code of the error catalogue; resolves once the first bytes proved not to be a sign-in page. */
export const guardedDownload: GuardedDownload = makeDownload();

/** The guarded download, with a seam for tests. */
export function makeDownload(seams: DownloadSeams = {}): GuardedDownload {
  return async (address, policy) => {
    const signal = AbortSignal.timeout(policy.timeoutMs);
    let url = parse(address);
    for (let hop = 0; hop <= maxRedirects; hop++) {
      const host = allowedHost(url, policy, seams);
      const withToken = policy.token !== undefined && under(host, policy.tokenHosts ?? []);
      const response = await get(url, withToken ? policy.token : undefined, signal, seams);
      const status = response.statusCode ?? 0;
      const location = response.headers.location;
      if (status >= 300 && status < 400 && location !== undefined) {
        response.destroy();
        url = parse(location, url);
        continue;
      }
      if (status !== 200) {
        response.destroy();
        throw refused(status);
      }
      return body(response, policy, signal);
    }
    throw new CatalogueError('download-failed', { reason: 'too many redirects' });
  };
}

/**
 * Puts bytes at an address a platform named, as one range of an upload session. Guarded like a download: https, hosts of
 * the list, public addresses; no redirect is followed and no token sent.
 * @throws CatalogueError with a `download-…` code of the error catalogue
 */
export async function guardedUpload(
  address: string,
  bytes: Uint8Array,
  policy: Pick<DownloadPolicy, 'hosts' | 'timeoutMs'>,
): Promise<void> {
  const url = parse(address);
  allowedHost(url, { ...policy, limitBytes: 0 }, {});
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
    call.on('error', (error) => reject(failure(error, signal)));
    call.end(bytes);
  });
  if (status < 200 || status > 299) throw refused(status);
}

function parse(address: string, base?: URL): URL {
  if (!URL.canParse(address, base?.href)) throw new CatalogueError('download-blocked-host', { host: '' });
  return new URL(address, base);
}

/** The host a policy is asked about, or the refusal: https only, no address literal, on the list. */
function allowedHost(url: URL, policy: DownloadPolicy, seams: DownloadSeams): string {
  const standIn = seams.standIns?.[url.host];
  const host = standIn ?? url.hostname;
  const secure = url.protocol === 'https:' || standIn !== undefined;
  const plainUrl = url.username === '' && url.password === '';
  const port = standIn !== undefined || url.port === '';
  if (!secure || !plainUrl || !port || !under(host, policy.hosts))
    throw new CatalogueError('download-blocked-host', { host });
  return host;
}

function under(host: string, list: readonly string[]): boolean {
  const name = host.toLowerCase();
  return list.some((allowed) => name === allowed || name.endsWith(`.${allowed}`));
}

function get(url: URL, token: string | undefined, signal: AbortSignal, seams: DownloadSeams): Promise<IncomingMessage> {
  const standIn = seams.standIns?.[url.host] !== undefined;
  const request = url.protocol === 'http:' && standIn ? httpRequest : httpsRequest;
  return new Promise((resolve, reject) => {
    const headers = { 'user-agent': 'Frebot', accept: '*/*', ...(token && { authorization: `Bearer ${token}` }) };
    const call = request(url, { headers, signal, lookup: standIn ? undefined : publicLookup }, resolve);
    call.on('error', (error) => reject(failure(error, signal)));
    call.end();
  });
}

/**
 * Name resolution that refuses private, loopback, link-local and reserved addresses. The connection uses the very
 * addresses that were checked, so a name that changes between check and use gains nothing.
 */
const publicLookup: LookupFunction = (hostname, options, callback) => {
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

/** Belongs to the public range and yet to the host of an Azure machine, for whom it answers alone. */
const azureHost = '168.63.129.16';

/** True for addresses of the public internet; an IPv4 address written as IPv6 is judged as IPv4. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const plain = ipaddr.process(address);
  return plain.range() === 'unicast' && plain.toString() !== azureHost;
}

function refused(status: number): CatalogueError {
  if (status === 401 || status === 403) return new CatalogueError('download-forbidden', { status: String(status) });
  if (status === 404 || status === 410) return new CatalogueError('download-not-found', { status: String(status) });
  return new CatalogueError('download-failed', { reason: `status ${status}` });
}

function failure(error: unknown, signal: AbortSignal): CatalogueError {
  if (error instanceof CatalogueError) return error;
  if (signal.aborted) return new CatalogueError('download-timeout');
  return new CatalogueError('download-failed', { reason: (error as NodeJS.ErrnoException).code ?? 'connection' });
}

/** Checks the announced size and the first bytes, then streams on under the byte limit. */
async function body(
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
      throw failure(error, signal);
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

/** A page in an ASCII-compatible encoding. `gpresult /h` writes UTF-16 and is no such page. */
function looksLikeHtml(head: Buffer): boolean {
  const start = head
    .toString('latin1')
    .replace(/^\xEF\xBB\xBF/, '')
    .trimStart()
    .toLowerCase();
  return start.startsWith('<!doctype html') || start.startsWith('<html');
}
