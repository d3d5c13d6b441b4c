import type { FetchedFile } from '../../src/desk/ports/door.js';
import { CatalogueError } from '../../src/desk/ports/errors.js';
import type { FileRef } from '../../src/desk/ports/message.js';
import { type TeamsDownload, teamsFileHosts, teamsFileLimits } from './download.js';
import type { GraphFiles } from './graph/files.js';
import type { DroppedFile, SharedFile } from './graph/locate.js';
import type { OfferedFile } from './inbound/message.js';

/**
 * Fetches a file by the way it came: an offer of a 1:1 chat has an address of its own and gets no token; the file of a
 * channel or group chat goes through Microsoft Graph.
 * @throws CatalogueError
 */
export async function fetchTeamsFile(
  file: FileRef,
  download: TeamsDownload,
  graph: GraphFiles | undefined,
): Promise<FetchedFile> {
  if (file.via === 'offer') {
    return offered(file as OfferedFile, download, graph);
  }
  if (!graph) throw new CatalogueError('teams-channel-file', { name: file.name });
  if (file.via === 'graph') return graph.fetchDropped(file as DroppedFile);
  if (file.via === 'share') return graph.fetchShared(file as SharedFile);
  throw new CatalogueError('internal', { name: file.name });
}

/**
 * Clients on iOS offer a sharing link, which answers with a page. Graph opens such links, where it may: it is the same
 * file by the same address.
 */
async function offered(
  file: OfferedFile,
  download: TeamsDownload,
  graph: GraphFiles | undefined,
): Promise<FetchedFile> {
  const { name, url } = file;
  try {
    return { name, bytes: await download(url, { hosts: teamsFileHosts, ...teamsFileLimits }) };
  } catch (error) {
    if (!(error instanceof CatalogueError)) throw error;
    if (error.code !== 'download-sign-in-page') throw new CatalogueError(error.code, { ...error.facts, name });
    const link = /^\/:\w:\//.test(new URL(url).pathname);
    const opened =
      link && graph ? await graph.fetchShared({ ...file, via: 'share', tenant: '' }).catch(() => undefined) : undefined;
    if (opened) return opened;
    throw new CatalogueError('teams-page-instead', { name }, { cause: error });
  }
}
