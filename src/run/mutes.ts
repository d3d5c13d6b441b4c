import type { Desk } from '../desk/desk.js';
import type { Knowledge } from '../knowledge/knowledge.js';
import { OperatorError } from '../service/operator-error.js';
import type { Mutes } from '../watch/ports.js';
import type { DoorTarget } from './door-target.js';

/**
 * Returns the causes that a watcher counts and does not post: those of the settings, and those that members of the chats that
 * it posts to have muted.
 * @throws OperatorError when a cause of the settings does not exist
 */
export function createMutes(
  configured: readonly string[],
  knowledge: Pick<Knowledge, 'causes'>,
  chats?: { desk: Pick<Desk, 'mutedCauses'>; targets: readonly DoorTarget[] },
): Mutes {
  const unknown = configured.find((cause) => !knowledge.causes.has(cause));
  if (unknown !== undefined)
    throw new OperatorError(`there is no cause ${unknown} to mute; a post in JSON names its own`);
  const always = new Set(configured);
  let muted = new Set<string>();
  return {
    has: (cause) => always.has(cause) || muted.has(cause),
    async refresh() {
      if (!chats) return;
      const tenants = new Set(await Promise.all(chats.targets.map((target) => target.tenant())));
      const lists = [...tenants].map((tenant) => (tenant === undefined ? [] : chats.desk.mutedCauses(tenant)));
      // A store that is away changes nothing.
      const found = await Promise.all(lists).catch(() => undefined);
      if (found) muted = new Set(found.flat().map(({ cause }) => cause));
    },
  };
}
