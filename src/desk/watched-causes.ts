import type { PostedCause } from '../answer/mutes.js';
import type { WatchedPost } from './ports/store.js';

/** Returns the causes that a watcher's post is about. */
export function listWatchedCauses({ causes, cause }: WatchedPost): readonly PostedCause[] {
  return causes ?? (cause === undefined ? [] : [{ cause, title: cause }]);
}
