import type { Answer } from '../../../src/answer/answer.js';
import { personOf } from '../../../src/answer/person-span.js';

/** Names of one answer that Teams is asked for. */
const mostNames = 10;

/**
 * Returns the answer with the names of the members that it mentions. Names are not stored: Teams is asked whenever the answer is
 * drawn. A member that Teams does not name stays "a member of this chat". Never rejects.
 */
export async function nameMembers(
  answer: Answer,
  findName: (id: string) => Promise<string | undefined>,
): Promise<Answer> {
  const ids = new Set<string>();
  replacePersons(answer, (id) => {
    ids.add(id);
    return undefined;
  });
  if (ids.size === 0) return answer;
  const asked = [...ids]
    .slice(0, mostNames)
    .map(async (id) => [id, await findName(id).catch(() => undefined)] as const);
  const names = new Map(await Promise.all(asked));
  return replacePersons(answer, (id) => names.get(id)) as Answer;
}

/** Returns a copy in which each member is a name, where there is one. */
function replacePersons(value: unknown, nameOf: (id: string) => string | undefined): unknown {
  if (Array.isArray(value)) return value.map((one) => replacePersons(one, nameOf));
  if (typeof value !== 'object' || value === null) return value;
  const { href } = value as { href?: unknown };
  const person = typeof href === 'string' ? personOf(href) : undefined;
  if (person !== undefined) return nameOf(person) ?? value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, replacePersons(one, nameOf)]));
}
