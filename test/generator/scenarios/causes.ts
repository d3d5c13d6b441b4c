import { application } from './cause-application.js';
import { config } from './cause-config.js';
import { content } from './cause-content.js';
import { load } from './cause-load.js';
import type { CauseScenario } from './cause-parts.js';
import { proxy } from './cause-proxy.js';
import { rights } from './cause-rights.js';
import { surroundings } from './cause-surroundings.js';

export type { CauseScenario } from './cause-parts.js';

/** A log for every cause that a trace can show, most with a similar log that must not be given this cause. */
export const causeScenarios: CauseScenario[] = [
  ...rights,
  ...content,
  ...application,
  ...proxy,
  ...config,
  ...load,
  ...surroundings,
];
