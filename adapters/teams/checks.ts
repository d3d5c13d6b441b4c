import type { Check } from '../../src/desk/ports.js';
import type { Graph } from './graph/index.js';
import type { TeamsSettings } from './settings.js';

/** Application permissions that let the bytes of a file be read, the narrowest first. */
const fileGrants = ['Sites.Selected', 'Files.Read.All', 'Sites.Read.All', 'Files.ReadWrite.All', 'Sites.ReadWrite.All'];
const messageGrants = ['ChannelMessage.Read.All', 'Chat.Read.All'];

/** What can be said about the Teams set-up from here, line by line. */
export async function checks(settings: TeamsSettings, graph: Graph | undefined): Promise<Check[]> {
  if (!settings.appId) {
    return [
      {
        name: 'Teams identity',
        state: 'missing',
        detail: 'Development switch: no app id, so no request is checked. Loopback only.',
        next: 'Set the app id, tenant id and a secret of an Entra app to use Teams itself.',
      },
    ];
  }
  return [
    { name: 'Teams identity', state: 'ok', detail: `Single tenant app ${settings.appId}.` },
    {
      name: 'Teams endpoint',
      state: 'cannot-tell',
      detail: 'Whether Teams reaches /api/messages cannot be seen from here.',
      next: 'Azure Bot > Configuration: the messaging endpoint is https://<your host>/api/messages.',
    },
    {
      name: 'Teams files in 1:1 chats',
      state: 'cannot-tell',
      detail: 'The packaged manifest has supportsFiles; whether the installed one has it cannot be seen from here.',
      next: 'Install the package of npm run package:teams.',
    },
    ...(await graphChecks(graph)),
  ];
}

async function graphChecks(graph: Graph | undefined): Promise<Check[]> {
  const name = 'Teams files in channels and group chats';
  if (!graph) {
    return [
      {
        name,
        state: 'missing',
        detail: 'Reading through Microsoft Graph is switched off: a file dropped there gets a receipt that says so.',
        next: 'Grant what docs/teams.md lists and switch Graph on.',
      },
    ];
  }
  let roles: string[];
  try {
    roles = await graph.token.roles();
  } catch {
    return [
      {
        name: 'Microsoft Graph token',
        state: 'missing',
        detail: 'The identity platform gave no token for Microsoft Graph.',
        next: 'Check tenant id, app id and whether the secret or certificate has expired.',
      },
    ];
  }
  const files = fileGrants.filter((grant) => roles.includes(grant));
  const messages = messageGrants.filter((grant) => roles.includes(grant));
  return [
    files.length > 0
      ? { name, state: 'ok', detail: `The token carries ${files.join(', ')}.` }
      : {
          name,
          state: 'missing',
          detail: 'The token carries no permission to read files.',
          next: 'Entra > App registrations > API permissions: application permission Sites.Selected or Files.Read.All, then Grant admin consent.',
        },
    messages.length > 0
      ? { name: 'Teams messages', state: 'ok', detail: `The token carries ${messages.join(', ')}.` }
      : {
          name: 'Teams messages',
          state: 'cannot-tell',
          detail: 'Resource-specific consent is granted team by team and stands in no token.',
          next: 'Install the app in the team and accept its permissions; reinstall after the manifest changed.',
        },
  ];
}
