import type { webApi } from '@slack/bolt';
import type { FetchedFile } from '../../src/desk/ports/door.js';
import { CatalogueError, type ErrorCode } from '../../src/desk/ports/errors.js';
import { doorFileLimits } from '../../src/desk/ports/file-limits.js';
import type { FileRef } from '../../src/desk/ports/message.js';
import type { guardedDownload } from '../../src/service/download.js';

/** The guarded download, or a test's own. */
export type SlackDownload = typeof guardedDownload;

/** A file as Slack describes it in events and in `files.info`, as far as the door reads it. */
export interface SlackFile {
  id: string;
  name?: string | null;
  title?: string | null;
  size?: number;
  mode?: string;
  is_external?: boolean;
  /** `check_file_info` (Slack Connect: ask files.info), `file_not_found`, `access_denied` … */
  file_access?: string;
  url_private?: string;
  url_private_download?: string;
}

/** What is needed to fetch the file again; plain JSON, it survives a crash. */
export interface SlackFileRef extends FileRef {
  id: string;
  url: string | null;
  /** The workspace whose token may read it. */
  team: string;
}

/** Hosts Slack serves files from; only its own may see the token. */
const slackFileHosts = ['slack.com', 'slack-edge.com', 'slack-files.com'];
const slackTokenHosts = ['slack.com'];

const { limitBytes, timeoutMs } = doorFileLimits;

/** Separates files that can be fetched from those that Slack only tells of. */
export function sortFiles(
  files: SlackFile[],
  team: string,
): {
  files: SlackFileRef[];
  unreachable: { name: string | null; reason: ErrorCode }[];
} {
  const sorted: ReturnType<typeof sortFiles> = { files: [], unreachable: [] };
  for (const file of files) {
    const reason = unreachableReason(file);
    if (reason) sorted.unreachable.push({ name: file.name ?? file.title ?? null, reason });
    else sorted.files.push(refOf(file, team));
  }
  return sorted;
}

function unreachableReason(file: SlackFile): ErrorCode | undefined {
  if (file.mode === 'tombstone' || file.mode === 'hidden_by_limit') return 'slack-file-deleted';
  if (file.file_access === 'file_not_found') return 'slack-file-deleted';
  if (file.file_access === 'access_denied') return 'slack-connect';
  // The address of an external file belongs to another service: fetching it would hand out the token.
  if (file.mode === 'external' || file.is_external) return 'slack-file-external';
  return undefined;
}

/** A Slack Connect stub has neither name nor address: `files.info` tells both when the file is fetched. */
function refOf(file: SlackFile, team: string): SlackFileRef {
  const url = file.file_access === 'check_file_info' ? null : (file.url_private_download ?? file.url_private ?? null);
  return {
    id: file.id,
    name: file.name ?? file.title ?? file.id,
    url,
    team,
    // Slack keeps it until somebody deletes it, and tells by its id where it is.
    lasting: true,
    ...(file.size !== undefined && { size: file.size }),
  };
}

export interface FileDeps {
  client: webApi.WebClient;
  token: string;
  download: SlackDownload;
  /** Scopes of the token, to name the missing one. */
  scopes(): Promise<string[]>;
}

/**
 * Fetches a file with the token. Slack answers 200 with a sign-in page when the token may not read files; the download
 * tells such a page from a dropped HTML report by the size Slack announced.
 * @throws CatalogueError, also while the bytes are read
 */
export async function fetchSlackFile(file: SlackFileRef, deps: FileDeps): Promise<FetchedFile> {
  if (!file.url) return download(await askFor(file, deps.client), deps);
  return download(file, deps).catch(async (error: unknown) => {
    if (!moved(error)) throw error;
    // Days later the file may be somewhere else; gone, it is said so.
    const now = await askFor(file, deps.client);
    if (now.url === file.url) throw error;
    return download(now, deps);
  });
}

function moved(error: unknown): boolean {
  return error instanceof CatalogueError && ['download-not-found', 'download-forbidden'].includes(error.code);
}

async function download({ name, url, size }: SlackFileRef, deps: FileDeps): Promise<FetchedFile> {
  const policy: Parameters<SlackDownload>[1] = {
    hosts: slackFileHosts,
    tokenHosts: slackTokenHosts,
    token: deps.token,
    limitBytes,
    timeoutMs,
    ...(size !== undefined && { expectedBytes: size }),
  };
  const explain = (error: unknown) => explained(error, name, deps);
  const bytes = await deps.download(url as string, policy).catch(async (error) => Promise.reject(await explain(error)));
  return { name, bytes: explaining(bytes, explain) };
}

async function* explaining(
  bytes: AsyncIterable<Uint8Array>,
  explain: (error: unknown) => Promise<CatalogueError>,
): AsyncGenerator<Uint8Array> {
  try {
    yield* bytes;
  } catch (error) {
    throw await explain(error);
  }
}

/** A failed download with the name of the file, and with the missing scope where that is the reason. */
async function explained(error: unknown, name: string, deps: FileDeps): Promise<CatalogueError> {
  if (!(error instanceof CatalogueError)) return new CatalogueError('download-failed', { name }, { cause: error });
  const facts = { name, scope: 'files:read', ...error.facts };
  if (error.code !== 'download-sign-in-page') return new CatalogueError(error.code, facts, { cause: error });
  const scopes = await deps.scopes().catch((): string[] => []);
  const missing = scopes.length > 0 && !scopes.includes('files:read');
  return new CatalogueError(missing ? 'slack-missing-files-read' : error.code, facts, { cause: error });
}

async function askFor(file: SlackFileRef, client: webApi.WebClient): Promise<SlackFileRef> {
  let info: SlackFile | undefined;
  try {
    info = (await client.files.info({ file: file.id })).file as SlackFile | undefined;
  } catch (error) {
    throw new CatalogueError(infoCode(error), { name: file.name }, { cause: error });
  }
  if (!info) throw new CatalogueError('slack-connect', { name: file.name });
  const file_access = info.file_access === 'check_file_info' ? 'access_denied' : info.file_access;
  const { files, unreachable } = sortFiles([{ ...info, file_access }], file.team);
  const found = files[0];
  if (!found?.url)
    throw new CatalogueError(unreachable[0]?.reason ?? 'slack-connect', { name: info.name ?? file.name });
  return found;
}

/** Codes of `files.info`: what a person can do about each differs. */
function infoCode(error: unknown): ErrorCode {
  const code = (error as { data?: { error?: string } }).data?.error;
  if (code === 'missing_scope') return 'slack-missing-files-read';
  if (code === 'file_deleted' || code === 'file_not_found') return 'slack-file-deleted';
  if (code === 'not_in_channel') return 'slack-not-in-channel';
  return code === undefined ? 'download-failed' : 'slack-connect';
}
