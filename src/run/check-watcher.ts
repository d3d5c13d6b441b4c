import { readdir } from 'node:fs/promises';
import type { Check } from '../desk/ports/door.js';
import type { Config } from '../service/config.js';
import { OperatorError } from '../service/operator-error.js';
import { openTargets, type PostDesk } from './targets.js';

/** Checks what `serve` watches and where it posts: the folders, and each place of FREBOT_WATCH_TO. Posts nothing. */
export async function checkWatcher(
  { watch, watchTo }: Pick<Config, 'watch' | 'watchTo'>,
  desk: PostDesk,
): Promise<Check[]> {
  if (watch.length === 0) return [];
  return Promise.all([...watch.map(checkFolder), ...watchTo.map((to) => checkPlace(to, desk))]);
}

async function checkFolder(folder: string): Promise<Check> {
  const name = `watch ${folder}`;
  try {
    await readdir(folder);
    return { name, state: 'ok', detail: 'The folder can be read.' };
  } catch (error) {
    const detail = `The folder cannot be read (${(error as NodeJS.ErrnoException).code}).`;
    return { name, state: 'missing', detail, next: 'Give the account that runs Frebot read access to it.' };
  }
}

async function checkPlace(to: string, desk: PostDesk): Promise<Check> {
  try {
    const { targets, chats } = openTargets([to], 100, () => {}, desk);
    const name = `watch to ${targets[0]!.name}`;
    const [chat] = chats;
    if (!chat) return { name, state: 'ok', detail: 'Posts go there.' };
    if ((await chat.tenant()) !== undefined)
      return {
        name,
        state: 'ok',
        detail: 'Frebot is installed there. The first post shows whether it is in that channel.',
      };
    const detail = 'Frebot is not installed there, or the platform does not answer.';
    return { name, state: 'missing', detail, next: 'Add Frebot to that channel, or correct FREBOT_WATCH_TO.' };
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    // The place may be the secret address of a webhook, so it is not repeated.
    return { name: 'watch to', state: 'missing', detail: error.message };
  }
}
