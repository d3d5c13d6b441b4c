import type { Clock } from '../../../src/desk/ports/environment.js';
import type { TeamsDownload } from '../download.js';
import type { Platform } from '../platform/platform.js';
import { endpoints, type TeamsSettings } from '../settings.js';
import { GraphFiles } from './files.js';
import { RecentReads } from './recent-reads.js';
import { GraphToken } from './token.js';

export interface Graph {
  files: GraphFiles;
  token: GraphToken;
}

/** Returns Microsoft Graph for this app: its token and the files that it can read. */
export function createGraph(settings: TeamsSettings, platform: Platform, download: TeamsDownload, clock: Clock): Graph {
  const token = new GraphToken(settings);
  const now = () => clock.now().getTime();
  const groups = new Map<string, string>();
  const asked = new RecentReads<string | undefined>(now);
  const askForGroup = async (team: string, serviceUrl: string, tenant: string) => {
    const group = await platform.findGroup(team, serviceUrl, tenant);
    if (group) groups.set(team, group);
    return group;
  };
  const findGroup = async (team: string, serviceUrl: string, tenant: string) =>
    groups.get(team) ?? asked.get(team, () => askForGroup(team, serviceUrl, tenant));
  const files = new GraphFiles({
    graph: endpoints(settings).graph,
    token: () => token.acquire(),
    findGroup,
    download,
    sleep: (ms) => clock.sleep(ms),
    now,
  });
  return { files, token };
}
