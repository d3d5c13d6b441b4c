import type { AnnounceDeps, Announcer } from './announce.js';
import { wantsPost } from './ports.js';
import type { Telling, WatchGroup, WatchRecord } from './records.js';
import { contentHash, sayTelling, subjectOf } from './telling.js';

/** Milliseconds between two edits of a post, and edits of one look. */
const editMs = 300_000;
const editsPerLook = 3;

/** Edits the posts that would say something else now: another count, or that a cause is not seen any more. */
export function updatePosts(
  announcer: Pick<Announcer, 'record'>,
  { journal, now, targets, tracing }: Pick<AnnounceDeps, 'journal' | 'now' | 'targets' | 'tracing'>,
): void {
  const { groups, tellings } = journal.state;
  const isWanted = targets.some((target) => wantsPost(target, 'update'));
  /** Returns the records of an edit; none where the post says that already. */
  const editOf = (telling: Telling, shown: readonly WatchGroup[]): WatchRecord[] => {
    const answer = sayTelling(telling, shown, tracing);
    const said = contentHash(answer);
    if (said === telling.said) return [];
    return [
      announcer.record('update', answer, { of: telling.id, ...subjectOf(telling, shown) }),
      { t: 'telling', telling: { ...telling, said, at: now() } },
    ];
  };
  let room = editsPerLook;
  for (const telling of tellings.values()) {
    if (room === 0) return;
    const isDue = now() < telling.at || now() - telling.at >= editMs;
    if (!isDue) continue;
    const shown = telling.keys.flatMap((key) => groups.get(key) ?? []);
    const records = isWanted ? editOf(telling, shown) : [];
    if (records.length > 0) room--;
    const isOver = shown.every(({ post, state }) => post !== telling.id || state === 'quiet');
    if (isOver) records.push({ t: 'told', id: telling.id });
    journal.commit(records);
  }
}
