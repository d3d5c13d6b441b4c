import type { FetchedFile, FileAdmission } from '../../src/desk/ports/door.js';
import { CatalogueError } from '../../src/desk/ports/errors.js';
import { doorFileLimits } from '../../src/desk/ports/file-limits.js';
import { type TeamsDownload, teamsFileHosts } from './download.js';
import type { OfferedFile, TeamsFileRef } from './file-ref.js';
import type { GraphFiles } from './graph/files.js';

/**
 * Fetches a file. A file offered in a 1:1 chat has its own address and gets no token; a file of a channel or group chat
 * is read through Microsoft Graph.
 * @throws CatalogueError
 */
export async function fetchTeamsFile(
  file: TeamsFileRef,
  download: TeamsDownload,
  graph: GraphFiles | undefined,
  admit?: FileAdmission,
): Promise<FetchedFile> {
  if (file.via === 'offer') return fetchOffer(file, download, graph);
  if (!graph) throw new CatalogueError('teams-channel-file', { name: file.name });
  return file.via === 'graph' ? graph.fetchDropped(file, admit) : graph.fetchShared(file);
}

/**
 * Fetches an offered file. Clients on iOS offer a sharing link, which returns a page; Graph opens such a link where the app
 * has the permission.
 */
async function fetchOffer(
  file: OfferedFile,
  download: TeamsDownload,
  graph: GraphFiles | undefined,
): Promise<FetchedFile> {
  const { name, url } = file;
  try {
    return { name, bytes: await download(url, { hosts: teamsFileHosts, ...doorFileLimits }) };
  } catch (error) {
    if (!(error instanceof CatalogueError)) throw error;
    if (error.code !== 'download-sign-in-page') throw new CatalogueError(error.code, { ...error.facts, name });
    const isLink = /^\/:\w:\//.test(new URL(url).pathname);
    const opened =
      isLink && graph
        ? await graph.fetchShared({ ...file, via: 'share', tenant: '' }).catch(() => undefined)
        : undefined;
    if (opened) return opened;
    throw new CatalogueError('teams-page-instead', { name }, { cause: error });
  }
}
