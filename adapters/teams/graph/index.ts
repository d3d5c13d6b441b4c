import { TeamsInfo } from 'botbuilder';
import type { Clock } from '../../../src/desk/ports/environment.js';
import type { TeamsAdapter } from '../adapter.js';
import type { TeamsDownload } from '../download.js';
import { endpoints, type TeamsSettings } from '../settings.js';
import { GraphFiles } from './files.js';
import { RecentReads } from './recent-reads.js';
import { GraphToken } from './token.js';

export interface Graph {
  files: GraphFiles;
  token: GraphToken;
}

/** Returns Microsoft Graph for this app: its token and the files that it can read. */
export function createGraph(
  settings: TeamsSettings,
  adapter: TeamsAdapter,
  download: TeamsDownload,
  clock: Clock,
): Graph {
  const token = new GraphToken(settings);
  const now = () => clock.now().getTime();
  const groups = new Map<string, string>();
  const asked = new RecentReads<string | undefined>(now);
  const askForGroup = async (team: string, serviceUrl: string, tenant: string) => {
    const reference = { channelId: 'msteams', serviceUrl, conversation: { id: team, tenantId: tenant } };
    const details = await adapter.withConversation(reference, (_, context) => TeamsInfo.getTeamDetails(context, team));
    if (details?.aadGroupId) groups.set(team, details.aadGroupId);
    return details?.aadGroupId;
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
