import type { Clock } from '../../src/desk/ports/environment.js';
import type { SlackPlace } from './message.js';
import { retryWhenRateLimited } from './posting.js';
import { slackCode } from './refusals.js';
import type { Workspace } from './workspaces.js';

const uploadTimeoutMs = 60_000;

/** How an upload ended. `unknown`: Slack did not answer, so the file may be in the thread. */
type UploadOutcome = { state: 'attached' } | { state: 'refused'; code: string } | { state: 'unknown'; error: unknown };

/** A file of an answer: its report, or a script of it. */
export interface AnswerFile {
  content: string;
  filename: string;
  /** What people in the thread read. */
  title: string;
}

/** Uploads a file and attaches it to a thread. Never rejects. */
export async function attachFile(
  { channel, thread }: SlackPlace,
  { content, filename, title }: AnswerFile,
  { client, poster }: Workspace,
  clock: Clock,
): Promise<UploadOutcome> {
  let id: string;
  try {
    const bytes = Buffer.from(content);
    const { upload_url, file_id } = await client.files.getUploadURLExternal({ filename, length: bytes.length });
    const signal = AbortSignal.timeout(uploadTimeoutMs);
    const response = await fetch(upload_url ?? '', { method: 'POST', body: bytes, redirect: 'error', signal });
    if (!response.ok || !file_id) return { state: 'refused', code: `upload ${response.status}` };
    id = file_id;
  } catch (error) {
    // An uploaded file is in no thread yet, so it does not matter whether the bytes arrived.
    return { state: 'refused', code: slackCode(error) ?? (error as Error).name };
  }
  try {
    const files: [{ id: string; title: string }] = [{ id, title }];
    const share = { files, channel_id: channel, ...(thread && { thread_ts: thread }) };
    await retryWhenRateLimited(() => poster.files.completeUploadExternal(share), clock);
    return { state: 'attached' };
  } catch (error) {
    const code = slackCode(error);
    return code === undefined ? { state: 'unknown', error } : { state: 'refused', code };
  }
}
