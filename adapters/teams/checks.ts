import { type Check, DoorError } from '../../src/desk/ports.js';
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
  } catch (error) {
    return [tokenCheck(error instanceof DoorError ? (error.facts.reason ?? '') : '')];
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

/** What the identity platform says when it gives no token, in the words of its portal. */
const refusals: Record<string, [detail: string, next: string]> = {
  AADSTS7000222: [
    'The client secret has expired.',
    'Certificates & secrets > New client secret; set TEAMS_APP_PASSWORD.',
  ],
  AADSTS7000215: ['The client secret is wrong.', "Set TEAMS_APP_PASSWORD to the secret's value, not its id."],
  AADSTS700016: ['The tenant does not know the app.', 'Check TEAMS_APP_ID and TEAMS_TENANT_ID.'],
  AADSTS90002: ['There is no such tenant.', 'Check TEAMS_TENANT_ID.'],
  AADSTS700027: [
    'The certificate is not one of the app, or has expired.',
    'Certificates & secrets > Upload certificate.',
  ],
};

function tokenCheck(reason: string): Check {
  const name = 'Microsoft Graph token';
  const known = refusals[reason];
  if (known) return { name, state: 'missing', detail: known[0], next: known[1] };
  if (reason.startsWith('AADSTS')) {
    return {
      name,
      state: 'missing',
      detail: `The identity platform refused the app: ${reason}.`,
      next: 'Look the number up in the Entra documentation.',
    };
  }
  return {
    name,
    state: 'cannot-tell',
    detail: `The identity platform could not be asked (${reason || 'no reason given'}).`,
    next: 'Check that this machine reaches https://login.microsoftonline.com.',
  };
}
