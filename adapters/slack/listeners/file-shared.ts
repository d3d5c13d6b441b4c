import type { App } from '@slack/bolt';
import type { Clock } from '../../../src/desk/ports/environment.js';
import type { Message } from '../../../src/desk/ports/message.js';
import { type SlackFile, sortFiles } from '../files.js';
import { lateFileKey, messageKey, threadKey } from '../keys.js';
import { type SlackThread, toSlackWhere } from '../message.js';
import { type ListenerContext, teamOf } from './context.js';
import { isWanted } from './messages.js';

/** Where `files.info` says that a file was shared. */
interface Share {
  ts?: string;
  thread_ts?: string;
}
type Shared = SlackFile & { shares?: { public?: Record<string, Share[]>; private?: Record<string, Share[]> } };

/** Milliseconds within which file events count as one message: Slack sends an event per file. */
const gatherMs = 400;
/** Slack writes the shares of a fresh upload a moment after the event. */
const pauses = [250, 500];

/**
 * A file dropped into a channel Frebot is in, without a mention. This event needs no scope but `files:read`, so it works
 * where the app does not read the channel. Where it does, the `message` event tells of the same upload: the key is the
 * same, so it is claimed once. Direct messages come as messages anyway.
 */
export function listenToFiles(app: App, context: ListenerContext): void {
  const uploads = new UploadCollector(context);
  app.event('file_shared', async ({ event, body, context: { retryNum } }) => {
    const channel = event.channel_id;
    if (!channel || channel.startsWith('D')) return;
    const team = teamOf(body);
    const workspace = await context.workspace(team);
    if (event.user_id === (await workspace.us()).user) return;
    const file = await locateFile(event.file_id, channel, context, team);
    if (file) return uploads.add({ ...file, team, channel, user: event.user_id });
    // Not acknowledged, Slack tells again in a moment, which may be later than its own bookkeeping; once is enough.
    if (retryNum === undefined || retryNum === 0) throw new Error('Slack does not say yet where the file was shared');
    context.log.warn({ channel }, 'Slack does not say where a file was shared; it is not read');
  });
}

interface Located {
  file: Shared;
  ts: string;
  thread: string;
}

async function locateFile(
  id: string,
  channel: string,
  { workspace, clock }: ListenerContext,
  team: string,
): Promise<Located | undefined> {
  const { client } = await workspace(team);
  for (const pause of [0, ...pauses]) {
    if (pause > 0) await clock.sleep(pause);
    const file = (await client.files.info({ file: id })).file as Shared | undefined;
    const shares = [...(file?.shares?.public?.[channel] ?? []), ...(file?.shares?.private?.[channel] ?? [])];
    const newest = shares.filter(({ ts }) => ts).sort((a, b) => Number(b.ts) - Number(a.ts))[0];
    if (file && newest?.ts) return { file, ts: newest.ts, thread: newest.thread_ts ?? newest.ts };
  }
  return undefined;
}

type Upload = Located & { team: string; channel: string; user: string };
interface Group {
  uploads: Map<string, Upload>;
  done: Promise<void>;
}
/** Claimed messages that are remembered for files that arrive late. */
const maxRemembered = 1000;

/** Collects the files of one message before the desk receives it. */
class UploadCollector {
  readonly #context: ListenerContext;
  readonly #open = new Map<string, Group>();
  /** Messages claimed here, with the files they were claimed with. */
  readonly #claimed = new Map<string, Set<string>>();

  constructor(context: ListenerContext) {
    this.#context = context;
  }

  /** Resolves when the message this file belongs to was claimed. */
  add(upload: Upload): Promise<void> {
    const whole = messageKey(upload.team, upload.channel, upload.ts);
    const claimed = this.#claimed.get(whole);
    // A file that comes after its message was claimed is a message of its own, because it would never be read otherwise.
    const key = claimed && !claimed.has(upload.file.id) ? lateFileKey(whole, upload.file.id) : whole;
    const open = this.#open.get(key);
    if (open) {
      open.uploads.set(upload.file.id, upload);
      return open.done;
    }
    const uploads = new Map([[upload.file.id, upload]]);
    const done = waitForMore(this.#context.clock).then(async () => {
      this.#open.delete(key);
      const message = messageFrom(key, [...uploads.values()]);
      if (!(await isWanted(message, this.#context))) return;
      const received = await this.#context.desk.receive(message);
      if (received === 'claimed') this.#remember(key, new Set(uploads.keys()));
    });
    this.#open.set(key, { uploads, done });
    return done;
  }

  #remember(key: string, files: Set<string>): void {
    this.#claimed.set(key, files);
    const [oldest] = this.#claimed.keys();
    if (this.#claimed.size > maxRemembered && oldest !== undefined) this.#claimed.delete(oldest);
  }
}

const waitForMore = (clock: Clock) => clock.sleep(gatherMs);

function messageFrom(key: string, uploads: Upload[]): Message {
  const { team, channel, user, ts, thread } = uploads[0] as Upload;
  const place: SlackThread = { team, channel, thread, ts };
  const { files, unreachable } = sortFiles(
    uploads.map(({ file }) => file),
    team,
  );
  return {
    key,
    door: 'slack',
    tenant: team,
    who: user,
    where: toSlackWhere(place),
    thread: threadKey(place),
    text: '',
    files,
    addressed: false,
    ...(unreachable.length > 0 && { unreachable }),
  };
}
