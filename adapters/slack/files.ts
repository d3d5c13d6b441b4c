import type { webApi } from '@slack/bolt';
import type { FetchedFile, FileAdmission } from '../../src/desk/ports/door.js';
import { CatalogueError, type ErrorCode } from '../../src/desk/ports/errors.js';
import { doorFileLimits } from '../../src/desk/ports/file-limits.js';
import type { guardedDownload } from '../../src/service/download.js';
import { finalRefusal, slackCode } from './refusals.js';

/** The guarded download, or a test's replacement. */
export type SlackDownload = typeof guardedDownload;

/** The fields that Frebot reads of a file in events and in `files.info`. */
export interface SlackFile {
  id: string;
  name?: string | null;
  title?: string | null;
  size?: number;
  mimetype?: string;
  mode?: string;
  is_external?: boolean;
  /** `check_file_info` (Slack Connect: `files.info` has the file), `file_not_found`, `access_denied` … */
  file_access?: string;
  url_private?: string;
  url_private_download?: string;
}

/** A reference with which a file can be fetched, days later too. The desk stores it as JSON. */
export type SlackFileRef = {
  id: string;
  name: string;
  type?: string;
  size?: number;
  /** A Slack Connect stub: only `files.info` knows its name. */
  unnamed?: true;
  /** Null when only `files.info` knows the address. */
  url: string | null;
  /** The workspace whose token may read the file. */
  team: string;
  lasting?: true;
};

/** Domains from which Slack serves files. Only its own gets the token. */
const slackFileHosts = ['slack.com', 'slack-edge.com', 'slack-files.com'];
const slackTokenHosts = ['slack.com'];

const { limitBytes, timeoutMs } = doorFileLimits;

interface SortedFiles {
  files: SlackFileRef[];
  unreachable: { name: string | null; reason: ErrorCode }[];
}

/** Separates the files that can be fetched from those that Slack only names. */
export function sortFiles(files: SlackFile[], team: string): SortedFiles {
  const sorted: SortedFiles = { files: [], unreachable: [] };
  for (const file of files) {
    const reason = findUnreachableReason(file);
    if (reason) sorted.unreachable.push({ name: file.name ?? file.title ?? null, reason });
    else sorted.files.push(toFileRef(file, team));
  }
  return sorted;
}

function findUnreachableReason(file: SlackFile): ErrorCode | undefined {
  if (file.mode === 'tombstone' || file.mode === 'hidden_by_limit') return 'slack-file-deleted';
  if (file.file_access === 'file_not_found') return 'slack-file-hidden';
  if (file.file_access === 'access_denied') return 'slack-connect';
  // The address of an external file is at another service, which would get the token.
  if (file.mode === 'external' || file.is_external) return 'slack-file-external';
  return undefined;
}

/** Returns the reference of a file. A Slack Connect stub has neither name nor address; `files.info` has both. */
function toFileRef(file: SlackFile, team: string): SlackFileRef {
  const url = file.file_access === 'check_file_info' ? null : (file.url_private_download ?? file.url_private ?? null);
  return {
    id: file.id,
    name: file.name ?? file.title ?? file.id,
    url,
    team,
    // Slack keeps a file until it is deleted, and finds its address by the id.
    lasting: true,
    ...(file.mimetype && { type: file.mimetype }),
    ...(file.size !== undefined && { size: file.size }),
    ...(!file.name && !file.title && { unnamed: true as const }),
  };
}

export interface FileDeps {
  client: webApi.WebClient;
  token: string;
  download: SlackDownload;
  /** Returns the scopes of the token, so that the error can name the missing one. */
  scopes(): Promise<string[]>;
}

/**
 * Fetches a file with the token. Slack answers 200 with a sign-in page when the token may not read files. The download
 * distinguishes such a page from a dropped HTML report by the size that Slack announced.
 * @throws CatalogueError, also while the bytes are read
 */
export async function fetchSlackFile(file: SlackFileRef, deps: FileDeps, admit?: FileAdmission): Promise<FetchedFile> {
  const { url } = file;
  if (!url) {
    const found = await lookUpFile(file, deps.client);
    admit?.(found);
    return downloadFile(found, deps);
  }
  return downloadFile({ ...file, url }, deps).catch(async (error: unknown) => {
    if (!mayHaveMoved(error)) throw error;
    // Days later the file may have another address. For a deleted file the look-up throws the reason.
    const current = await lookUpFile(file, deps.client);
    if (current.url === url) throw error;
    return downloadFile(current, deps);
  });
}

function mayHaveMoved(error: unknown): boolean {
  return error instanceof CatalogueError && ['download-not-found', 'download-forbidden'].includes(error.code);
}

/** A file whose address is known. */
type AddressedFile = SlackFileRef & { url: string };

async function downloadFile(file: AddressedFile, deps: FileDeps): Promise<FetchedFile> {
  const { name, url, size } = file;
  const policy: Parameters<SlackDownload>[1] = {
    hosts: slackFileHosts,
    tokenHosts: slackTokenHosts,
    token: deps.token,
    limitBytes,
    timeoutMs,
    ...(size !== undefined && { expectedBytes: size }),
  };
  const explain = (error: unknown) => explainFailure(error, file, deps);
  const bytes = await deps.download(url, policy).catch(async (error) => Promise.reject(await explain(error)));
  return { name, bytes: explainWhileReading(bytes, explain) };
}

async function* explainWhileReading(
  bytes: AsyncIterable<Uint8Array>,
  explain: (error: unknown) => Promise<CatalogueError>,
): AsyncGenerator<Uint8Array> {
  try {
    yield* bytes;
  } catch (error) {
    throw await explain(error);
  }
}

/** Returns the error with the name of the file, and with the missing scope if that is the reason. */
async function explainFailure(error: unknown, { id, name }: SlackFileRef, deps: FileDeps): Promise<CatalogueError> {
  if (!(error instanceof CatalogueError)) return new CatalogueError('download-failed', { name }, { cause: error });
  const facts = { name, scope: 'files:read', ...error.facts };
  const code = error.code === 'download-sign-in-page' ? await explainSignIn(id, deps) : error.code;
  return new CatalogueError(code, facts, { cause: error });
}

/** Returns why Slack gave a sign-in page: the scope is missing, or Frebot is in no channel that has the file. */
async function explainSignIn(file: string, { client, scopes }: FileDeps): Promise<ErrorCode> {
  const granted = await scopes().catch((): string[] => []);
  if (granted.length > 0 && !granted.includes('files:read')) return 'slack-missing-files-read';
  if (granted.length === 0) return 'download-sign-in-page';
  try {
    const info = (await client.files.info({ file })).file as SlackFile | undefined;
    return info?.file_access === 'check_file_info' ? 'slack-connect' : 'slack-sign-in-page';
  } catch (error) {
    const code = slackCode(error);
    if (code === 'access_denied') return 'slack-connect';
    return code === 'file_not_found' || code === 'not_in_channel' ? 'slack-not-in-channel' : 'slack-sign-in-page';
  }
}

/** Returns the file with the address that `files.info` names. Throws CatalogueError when there is none. */
async function lookUpFile(file: SlackFileRef, client: webApi.WebClient): Promise<AddressedFile> {
  let info: SlackFile | undefined;
  try {
    info = (await client.files.info({ file: file.id })).file as SlackFile | undefined;
  } catch (error) {
    const reason = slackCode(error) ?? 'no answer from Slack';
    throw new CatalogueError(toErrorCode(error), { name: file.name, reason }, { cause: error });
  }
  if (!info) throw new CatalogueError('slack-connect', { name: file.name });
  const file_access = info.file_access === 'check_file_info' ? 'access_denied' : info.file_access;
  const { files, unreachable } = sortFiles([{ ...info, file_access }], file.team);
  const [found] = files;
  if (!found?.url)
    throw new CatalogueError(unreachable[0]?.reason ?? 'slack-connect', { name: info.name ?? file.name });
  return { ...found, url: found.url };
}

/** Returns the catalogue's code for an error of `files.info`. */
function toErrorCode(error: unknown): ErrorCode {
  const code = slackCode(error);
  if (code === 'missing_scope') return 'slack-missing-files-read';
  if (code === 'file_deleted') return 'slack-file-deleted';
  if (code === 'file_not_found') return 'slack-file-hidden';
  if (code === 'not_in_channel') return 'slack-not-in-channel';
  const refusal = finalRefusal(error);
  if (refusal === undefined) return 'download-failed';
  return refusal === 'slack-refused' ? 'slack-connect' : refusal;
}
