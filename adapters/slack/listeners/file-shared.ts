import type { App } from '@slack/bolt';
import { dropOldest } from '../../../src/desk/drop-oldest.js';
import type { Clock } from '../../../src/desk/ports/environment.js';
import { type SlackFile, sortFiles } from '../files.js';
import { lateFileKey, messageKey, threadKey } from '../keys.js';
import type { SlackDeskMessage, SlackThread } from '../message.js';
import { finalRefusal, slackCode } from '../refusals.js';
import { type ListenerContext, teamOf } from './context.js';
import { isWanted } from './messages.js';
import { guardSharedChannel } from './shared-channels.js';

/** A message in which a file was shared, from `files.info`. */
interface Share {
  ts?: string;
  thread_ts?: string;
}
type SharedSlackFile = SlackFile & { shares?: { public?: Record<string, Share[]>; private?: Record<string, Share[]> } };

/** Milliseconds in which the files of one message are collected, because Slack sends an event for each. */
const gatherMs = 400;
/** Pauses between look-ups, milliseconds: Slack writes the shares of a new upload a moment after the event. */
const pauses = [250, 500];

/**
 * Listens to files dropped without a mention into channels that Frebot is in. The event needs only the scope `files:read`.
 * With the history scopes a `message` event reports the same upload with the same key, so the inbox claims it once. Files in
 * direct messages are skipped, because they arrive as messages.
 */
export function listenToFiles(app: App, context: ListenerContext): void {
  const uploads = new UploadCollector(context);
  app.event('file_shared', async ({ event, body, context: { retryNum } }) => {
    const channel = event.channel_id;
    if (!channel || channel.startsWith('D')) return;
    const team = teamOf(body);
    const workspace = await context.workspace(team);
    if (event.user_id === (await workspace.us()).user) return;
    const file = await locateFile(event.file_id, channel, context, team).catch((error: unknown) => {
      const code = finalRefusal(error) && slackCode(error);
      if (!code) throw error;
      context.log.warn({ channel, code }, 'Slack does not show a file that was shared; it is not read');
      return 'hidden' as const;
    });
    if (file === 'hidden') return;
    if (file) return uploads.add({ ...file, team, channel, user: event.user_id, body });
    // Slack delivers again what is not acknowledged, and may know the shares by then. One more delivery is enough.
    if (retryNum === undefined || retryNum === 0) throw new Error('Slack does not say yet where the file was shared');
    context.log.warn({ channel }, 'Slack does not say where a file was shared; it is not read');
  });
}

/** A file with the message and the thread in which it was shared. */
interface LocatedFile {
  file: SharedSlackFile;
  ts: string;
  thread: string;
}

async function locateFile(
  id: string,
  channel: string,
  { workspace, clock }: ListenerContext,
  team: string,
): Promise<LocatedFile | undefined> {
  const { client } = await workspace(team);
  for (const pause of [0, ...pauses]) {
    if (pause > 0) await clock.sleep(pause);
    const file = (await client.files.info({ file: id })).file as SharedSlackFile | undefined;
    const shares = [...(file?.shares?.public?.[channel] ?? []), ...(file?.shares?.private?.[channel] ?? [])];
    const newest = shares.filter(({ ts }) => ts).sort((a, b) => Number(b.ts) - Number(a.ts))[0];
    if (file && newest?.ts) return { file, ts: newest.ts, thread: newest.thread_ts ?? newest.ts };
  }
  return undefined;
}

type Upload = LocatedFile & { team: string; channel: string; user: string; body: object };
/** Files of one message that is not claimed yet. */
interface UploadGroup {
  uploads: Map<string, Upload>;
  done: Promise<void>;
}

/** How many claimed messages are remembered for files that arrive late. */
const maxRemembered = 1000;

/** Collects the files of one message before the desk receives it. */
class UploadCollector {
  readonly #context: ListenerContext;
  readonly #open = new Map<string, UploadGroup>();
  /** Files with which each message was claimed, by the message's key. */
  readonly #claimed = new Map<string, Set<string>>();

  constructor(context: ListenerContext) {
    this.#context = context;
  }

  /** Resolves when the message of this file is claimed. */
  add(upload: Upload): Promise<void> {
    const ownKey = messageKey(upload.team, upload.channel, upload.ts);
    const claimed = this.#claimed.get(ownKey);
    // A file that comes after its message was claimed is its own message, because it would never be read otherwise.
    const key = claimed && !claimed.has(upload.file.id) ? lateFileKey(ownKey, upload.file.id) : ownKey;
    const open = this.#open.get(key);
    if (open) {
      open.uploads.set(upload.file.id, upload);
      return open.done;
    }
    const uploads = new Map([[upload.file.id, upload]]);
    const done = waitForMore(this.#context.clock).then(async () => {
      this.#open.delete(key);
      const message = toMessage(key, [...uploads.values()]);
      if (!(await isWanted(message, this.#context))) return;
      const receipt = await this.#context.desk.receive(guardSharedChannel(message, upload.body, this.#context));
      if (receipt === 'claimed') this.#remember(key, new Set(uploads.keys()));
    });
    this.#open.set(key, { uploads, done });
    return done;
  }

  #remember(key: string, files: Set<string>): void {
    this.#claimed.set(key, files);
    dropOldest(this.#claimed, maxRemembered);
  }
}

const waitForMore = (clock: Clock) => clock.sleep(gatherMs);

function toMessage(key: string, uploads: Upload[]): SlackDeskMessage {
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
    where: place,
    thread: threadKey(place),
    text: '',
    files,
    addressed: false,
    ...(unreachable.length > 0 && { unreachable }),
  };
}
