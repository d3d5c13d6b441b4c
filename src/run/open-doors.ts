import type { Desk } from '../desk/desk.js';
import type { Vault } from '../desk/ports/environment.js';
import type { ConfiguredDoor, OpenDoor } from '../doors.js';
import { systemClock } from '../service/clock.js';
import type { Logger } from '../service/log.js';
import { packageRoot } from '../service/package-root.js';

/**
 * Opens the configured doors and adds them to the desk.
 * @param refused called with the door's name for each request that a door turns away
 */
export async function openDoors(
  configured: readonly ConfiguredDoor[],
  { desk, vault }: { desk: Desk; vault: Vault },
  log: Logger,
  refused?: (door: string, status: number, reason: string) => void,
): Promise<OpenDoor[]> {
  const { reportPage } = await import('../../adapters/web/index.js');
  const report = reportPage(packageRoot(), systemClock.now);
  const doors: OpenDoor[] = [];
  for (const { name, open } of configured) {
    const deps = { desk, vault, log: log.child({ door: name }), clock: systemClock, report };
    doors.push(await open({ ...deps, refused: refused?.bind(undefined, name) }));
  }
  for (const { door } of doors) desk.addDoor(door);
  return doors;
}
