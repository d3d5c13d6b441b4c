import type { FetchedFile } from '../../../src/desk/ports/door.js';
import { CatalogueError, type ErrorCode } from '../../../src/desk/ports/errors.js';
import { type TeamsDownload, teamsFileHosts, teamsFileLimits } from '../download.js';
import { isHostWithin } from '../inbound/trust.js';
import type { DroppedFile, SharedFile } from './locate.js';

/** What Frebot reads of a Graph chatMessage. */
interface GraphMessage {
  attachments?: { id?: string; contentType?: string; contentUrl?: string; name?: string }[];
}

export interface GraphDeps {
  /** Graph's address without version, e.g. `https://graph.microsoft.com`. */
  graph: string;
  /** An app-only token for Graph. */
  token(): Promise<string>;
  /** Group id of a team, from its thread id: Graph does not know the thread id. */
  groupOf(team: string, serviceUrl: string, tenant: string): Promise<string | undefined>;
  download: TeamsDownload;
  sleep(ms: number): Promise<void>;
}

const messageLimit = 4 * 1024 * 1024;

/**
 * Files of channels and group chats. The activity only says that there is one: the message is read again through Graph,
 * which names the file's address, and the bytes come by the address's `/shares` form. The token goes to Graph alone;
 * the redirect to storage is followed without it. A reply is read as a reply: there is no falling back to the first
 * message of its thread, whose file would be another one.
 */
export class GraphFiles {
  readonly #deps: GraphDeps;
  /** Messages being read, so that three files of one message cost one call. */
  readonly #reading = new Map<string, Promise<GraphMessage>>();

  constructor(deps: GraphDeps) {
    this.#deps = deps;
  }

  async fetchDropped(file: DroppedFile): Promise<FetchedFile> {
    const message = await this.#message(await this.#path(file), file);
    const found = message.attachments?.find((a) => a.id?.toLowerCase() === file.attachment.toLowerCase());
    if (!found) throw new CatalogueError('download-not-found', { name: file.name });
    const name = found.name ?? file.name;
    // Cards and meeting notes have the same stub as files.
    if (found.contentType !== 'reference' || !found.contentUrl) throw new CatalogueError('not-evidence', { name });
    return { name, bytes: await this.#content(found.contentUrl, name) };
  }

  async fetchShared(file: SharedFile): Promise<FetchedFile> {
    return { name: file.name, bytes: await this.#content(file.url, file.name) };
  }

  async #path(file: DroppedFile): Promise<string> {
    const id = encodeURIComponent;
    if (file.root === null) return `/chats/${id(file.chat)}/messages/${id(file.message)}`;
    const group =
      file.group ?? (file.team ? await this.#deps.groupOf(file.team, file.serviceUrl, file.tenant) : undefined);
    if (!group) throw new CatalogueError('teams-team-unknown', { name: file.name });
    const channel = `/teams/${id(group)}/channels/${id(file.chat)}/messages`;
    return file.root === file.message
      ? `${channel}/${id(file.message)}`
      : `${channel}/${id(file.root)}/replies/${id(file.message)}`;
  }

  #message(path: string, file: DroppedFile): Promise<GraphMessage> {
    const running = this.#reading.get(path);
    if (running) return running;
    const reading = this.#read(path, file).finally(() => {
      this.#reading.delete(path);
    });
    this.#reading.set(path, reading);
    return reading;
  }

  async #read(path: string, file: DroppedFile): Promise<GraphMessage> {
    const { graph, token, download } = this.#deps;
    const host = new URL(graph).hostname;
    const scope = file.root === null ? 'groupChat' : 'channel';
    try {
      const policy = {
        hosts: [host],
        tokenHosts: [host],
        token: await token(),
        ...teamsFileLimits,
        limitBytes: messageLimit,
      };
      const chunks: Uint8Array[] = [];
      const bytes = await this.#patiently(() => download(`${graph}/v1.0${path}`, policy));
      for await (const chunk of bytes) chunks.push(chunk);
      return JSON.parse(Buffer.concat(chunks).toString('utf8')) as GraphMessage;
    } catch (error) {
      throw named(error, { forbidden: scope === 'channel' ? 'teams-rsc-channel' : 'teams-rsc-chat' }, file.name);
    }
  }

  /** Graph throttles, and asks to come back: twice, with a growing pause. */
  async #patiently<T>(work: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await work();
      } catch (error) {
        const busy = error instanceof CatalogueError && /^status (429|502|503|504)$/.test(error.facts.reason ?? '');
        if (!busy || attempt === 3) throw error;
        await this.#deps.sleep(1000 * 2 ** attempt + Math.random() * 1000);
      }
    }
  }

  async #content(address: string, name: string): Promise<AsyncIterable<Uint8Array>> {
    const { graph, token, download } = this.#deps;
    // The address stands in a message a person wrote: only Microsoft's file hosts are worth asking Graph about.
    if (!URL.canParse(address) || !isHostWithin(new URL(address).hostname, teamsFileHosts)) {
      throw new CatalogueError('download-blocked-host', { name });
    }
    const host = new URL(graph).hostname;
    const share = `u!${Buffer.from(address, 'utf8').toString('base64url')}`;
    try {
      const policy = {
        hosts: [host, ...teamsFileHosts],
        tokenHosts: [host],
        token: await token(),
        ...teamsFileLimits,
      };
      return await this.#patiently(() => download(`${graph}/v1.0/shares/${share}/driveItem/content`, policy));
    } catch (error) {
      throw named(error, { forbidden: 'teams-graph-files' }, name);
    }
  }
}

/** Says which grant is missing where a download only says "forbidden". */
function named(error: unknown, codes: { forbidden: ErrorCode }, name: string): Error {
  if (!(error instanceof CatalogueError)) return error as Error;
  const byDownload: Partial<Record<ErrorCode, ErrorCode>> = {
    'download-forbidden': codes.forbidden,
    'download-sign-in-page': 'teams-page-instead',
  };
  return new CatalogueError(byDownload[error.code] ?? error.code, { ...error.facts, name }, { cause: error });
}
