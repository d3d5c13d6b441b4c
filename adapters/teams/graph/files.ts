import type { FetchedFile, FileAdmission } from '../../../src/desk/ports/door.js';
import { CatalogueError, type ErrorCode } from '../../../src/desk/ports/errors.js';
import { doorFileLimits } from '../../../src/desk/ports/file-limits.js';
import type { ChatMessage } from '../chat-message.js';
import { type TeamsDownload, teamsFileHosts } from '../download.js';
import type { ChannelPosition, DroppedFile, SharedFile } from '../file-ref.js';
import { isHostWithin } from '../inbound/trust.js';
import { RecentReads } from './recent-reads.js';

export interface GraphDeps {
  /** Graph's address without version, e.g. `https://graph.microsoft.com`. */
  graph: string;
  /** An app-only token for Graph. */
  token(): Promise<string>;
  /** Returns the group id of a team from its thread id, which Graph does not know. */
  findGroup(team: string, serviceUrl: string, tenant: string): Promise<string | undefined>;
  download: TeamsDownload;
  sleep(ms: number): Promise<void>;
  /** Milliseconds since 1970. */
  now(): number;
}

const messageLimit = 4 * 1024 * 1024;

/**
 * Fetches files of channels and group chats. The activity only says that there is a file, so the message is read again
 * through Graph, which names the file's address, and the bytes come from the `/shares` form of that address. Only Graph gets
 * the token; the redirect to storage is followed without it. A reply is read as a reply, because the first message of its
 * thread holds another file.
 */
export class GraphFiles {
  readonly #deps: GraphDeps;
  readonly #reads: RecentReads<ChatMessage>;

  constructor(deps: GraphDeps) {
    this.#deps = deps;
    this.#reads = new RecentReads(deps.now);
  }

  /** @throws CatalogueError */
  async fetchDropped(file: DroppedFile, admit?: FileAdmission): Promise<FetchedFile> {
    const message = await this.readMessage(file, file.name);
    const attachment = message.attachments?.find((a) => a.id?.toLowerCase() === file.attachment.toLowerCase());
    if (!attachment) throw new CatalogueError('download-not-found', { name: file.name });
    const name = attachment.name ?? nameInAddress(attachment.contentUrl) ?? file.name;
    // Cards and meeting notes have the same stub as files.
    if (attachment.contentType !== 'reference' || !attachment.contentUrl)
      throw new CatalogueError('not-evidence', { name });
    admit?.({ name });
    return { name, bytes: await this.#openContent(attachment.contentUrl, name) };
  }

  /** @throws CatalogueError */
  async fetchShared(file: SharedFile): Promise<FetchedFile> {
    return { name: file.name, bytes: await this.#openContent(file.url, file.name) };
  }

  /**
   * Reads a message.
   * @param name what an error calls the file in it
   * @throws CatalogueError
   */
  async readMessage(position: ChannelPosition, name = 'the message'): Promise<ChatMessage> {
    const path = await this.#findPath(position, name);
    return this.#reads.get(path, () => this.#requestMessage(path, position, name));
  }

  async #findPath(file: ChannelPosition, name: string): Promise<string> {
    const id = encodeURIComponent;
    if (file.root === null) return `/chats/${id(file.chat)}/messages/${id(file.message)}`;
    const group =
      file.group ?? (file.team ? await this.#deps.findGroup(file.team, file.serviceUrl, file.tenant) : undefined);
    if (!group) throw new CatalogueError('teams-team-unknown', { name });
    const channel = `/teams/${id(group)}/channels/${id(file.chat)}/messages`;
    return file.root === file.message
      ? `${channel}/${id(file.message)}`
      : `${channel}/${id(file.root)}/replies/${id(file.message)}`;
  }

  async #requestMessage(path: string, { root }: ChannelPosition, name: string): Promise<ChatMessage> {
    const { graph, token, download } = this.#deps;
    const host = new URL(graph).hostname;
    const scope = root === null ? 'groupChat' : 'channel';
    try {
      const policy = {
        hosts: [host],
        tokenHosts: [host],
        token: await token(),
        ...doorFileLimits,
        limitBytes: messageLimit,
      };
      const chunks: Uint8Array[] = [];
      const bytes = await this.#retryWhenThrottled(() => download(`${graph}/v1.0${path}`, policy));
      for await (const chunk of bytes) chunks.push(chunk);
      return JSON.parse(Buffer.concat(chunks).toString('utf8')) as ChatMessage;
    } catch (error) {
      throw nameMissingGrant(error, { forbidden: scope === 'channel' ? 'teams-rsc-channel' : 'teams-rsc-chat' }, name);
    }
  }

  /** Runs `work`, and retries it twice with a growing pause when Graph is throttling or failing. */
  async #retryWhenThrottled<T>(work: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await work();
      } catch (error) {
        const isBusy = error instanceof CatalogueError && /^status (429|502|503|504)$/.test(error.facts.reason ?? '');
        if (!isBusy || attempt === 3) throw error;
        await this.#deps.sleep(1000 * 2 ** attempt + Math.random() * 1000);
      }
    }
  }

  async #openContent(address: string, name: string): Promise<AsyncIterable<Uint8Array>> {
    const { graph, token, download } = this.#deps;
    // A person wrote the message that holds the address, so Graph is asked about Microsoft's file hosts only.
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
        ...doorFileLimits,
      };
      return await this.#retryWhenThrottled(() => download(`${graph}/v1.0/shares/${share}/driveItem/content`, policy));
    } catch (error) {
      throw nameMissingGrant(error, { forbidden: 'teams-graph-files' }, name);
    }
  }
}

/** Returns the file's name from its address, where Graph does not tell it. */
function nameInAddress(address: string | undefined): string | undefined {
  if (!address || !URL.canParse(address)) return undefined;
  const last = new URL(address).pathname.split('/').at(-1) ?? '';
  try {
    return decodeURIComponent(last) || undefined;
  } catch {
    return last || undefined;
  }
}

/** Returns the error with the code of the missing grant in place of the download's "forbidden". */
function nameMissingGrant(error: unknown, codes: { forbidden: ErrorCode }, name: string): Error {
  if (!(error instanceof CatalogueError)) return error as Error;
  const byDownload: Partial<Record<ErrorCode, ErrorCode>> = {
    'download-forbidden': codes.forbidden,
    'download-sign-in-page': 'teams-page-instead',
  };
  return new CatalogueError(byDownload[error.code] ?? error.code, { ...error.facts, name }, { cause: error });
}
