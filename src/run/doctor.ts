import type { Check } from '../desk/ports/door.js';
import type { ConfiguredDoor } from '../doors.js';
import { type Config, readConfig } from '../service/config.js';
import { readEnvironment } from '../service/env-file.js';
import { OperatorError } from '../service/operator-error.js';
import { checkWatcher } from './check-watcher.js';
import { composeDesk } from './desk.js';
import { openDoors } from './open-doors.js';
import { routeThroughProxy } from './proxy.js';

/** Checks everything that needs no server: settings, knowledge, each door, and what is watched. */
export async function checkInstallation(): Promise<Check[]> {
  await routeThroughProxy();
  const { configureDoors, listClosedDoors } = await import('../doors.js');
  const { checkSettingNames } = await import('./unknown-settings.js');
  let config: Config;
  let configured: ConfiguredDoor[];
  let names: Check[] = [];
  try {
    const env = readEnvironment(process.env, process.cwd());
    names = checkSettingNames(env);
    config = readConfig(env);
    configured = configureDoors(env, config);
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    return [{ name: 'configuration', state: 'missing', detail: error.message }, ...names];
  }
  const { createLog } = await import('../service/log.js');
  const { desk, vault, close } = composeDesk(config, { emit: () => {} });
  await openDoors(configured, { desk, vault }, createLog('error'));
  const checks = [
    ...names,
    ...(await desk.check()),
    ...(await checkWatcher(config, desk)),
    ...listClosedDoors(configured),
  ];
  await close();
  return checks;
}
