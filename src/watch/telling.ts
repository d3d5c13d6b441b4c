import { createHash, randomUUID } from 'node:crypto';
import type { Answer } from '../answer/answer.js';
import type { PostKind, TracingOf, WatchPost } from './ports.js';
import type { Telling, WatchGroup } from './records.js';
import { firstLookPost, groupPost, rowsShown, severalPost } from './say-group.js';

/** Returns a post about groups that is yet to be made, and says nothing so far. @param now our clock, in milliseconds */
export function beginTelling(
  kind: PostKind,
  groups: readonly WatchGroup[],
  now: number,
  firstLook?: Telling['firstLook'],
): Telling {
  const shown = groups.slice(0, rowsShown);
  return {
    id: randomUUID(),
    kind,
    keys: shown.map(({ key }) => key),
    total: groups.length,
    ...(firstLook && { firstLook }),
    said: '',
    at: now,
  };
}

/** Returns what such a post says now. @param groups those that it shows, with their counts of now */
export function sayTelling(
  { kind, total, firstLook }: Telling,
  groups: readonly WatchGroup[],
  tracing: TracingOf,
): Answer {
  if (firstLook) return firstLookPost(firstLook, groups, total);
  const [only] = groups;
  return total === 1 && only ? groupPost(only, kind, tracing) : severalPost(groups, total, tracing);
}

/** Returns a short mark of what a post says, which is another one when the post says something else. */
export function contentHash(answer: Answer): string {
  return createHash('sha256').update(JSON.stringify(answer)).digest('base64url').slice(0, 16);
}

/** Returns what a post is about: its only group, or the causes of those that it shows. */
export function subjectOf(
  { total, keys, firstLook }: Telling,
  groups: readonly WatchGroup[],
): Pick<WatchPost, 'causes' | 'group'> {
  const [only] = groups;
  if (total === 1 && !firstLook && only) {
    const { verdict, cause, pool, site, server, page, count } = only;
    return { group: { verdict, cause, pool, site, server, page, count } };
  }
  const causes = groups.filter(({ key }) => keys.includes(key)).flatMap(({ cause }) => cause ?? []);
  return causes.length > 0 ? { causes: [...new Set(causes)] } : {};
}
