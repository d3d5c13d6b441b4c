import type { NamedPlace } from '../../src/desk/ports/door.js';
import { channelKey } from './keys.js';
import type { SlackPlace } from './message.js';
import { NotInstalledError, type Workspace, type Workspaces } from './workspaces.js';

/** Ids of workspaces, and of public and private channels. */
const workspaceId = /^T[A-Z0-9]{5,20}$/;
const channelId = /^[CG][A-Z0-9]{5,20}$/;
/** A channel's name has no capital letters, spaces or dots. */
const channelName = /^#?[^\s.:/#@A-Z]{1,80}$/;

/** A channel as an operator names it. Without a workspace it is in the one that the app is installed in. */
interface NamedChannel {
  workspace?: string;
  channel: string;
}

/** Reads the name of a channel, its id, or the link that Slack copies; undefined for text that is none of them. */
function readChannel(name: string): NamedChannel | undefined {
  if (channelId.test(name)) return { channel: name };
  if (channelName.test(name)) return { channel: `#${name.replace('#', '')}` };
  const url = URL.canParse(name) ? new URL(name) : undefined;
  if (url?.protocol !== 'https:' || !(url.hostname === 'slack.com' || url.hostname.endsWith('.slack.com')))
    return undefined;
  const [kind, first = '', second = ''] = url.pathname.split('/').slice(1);
  if (kind === 'archives' && channelId.test(first)) return { channel: first };
  if (kind === 'client' && workspaceId.test(first) && channelId.test(second))
    return { workspace: first, channel: second };
  return undefined;
}

/**
 * Returns what finds a channel that an operator names; undefined for text that names none.
 * @param several true where several workspaces install the app, so that the name must say which
 */
export function findSlackPlace(
  name: string,
  workspaces: Workspaces,
  several: boolean,
): (() => Promise<NamedPlace<SlackPlace> | undefined>) | undefined {
  const named = readChannel(name);
  if (!named || (several && named.workspace === undefined)) return undefined;
  return async () => toPlace(named, await openWorkspace(named, workspaces));
}

async function openWorkspace({ workspace }: NamedChannel, workspaces: Workspaces): Promise<Workspace | undefined> {
  if (workspace === undefined) return workspaces.findAny();
  return workspaces.of(workspace).catch((error: unknown) => {
    if (error instanceof NotInstalledError) return undefined;
    throw error;
  });
}

async function toPlace({ channel }: NamedChannel, workspace: Workspace | undefined) {
  if (!workspace) return undefined;
  const { team } = await workspace.us();
  return { where: { team, channel }, tenant: team, place: channelKey(team, channel) };
}
