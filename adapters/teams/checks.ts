import type { Check } from '../../src/desk/ports/door.js';
import { CatalogueError } from '../../src/desk/ports/errors.js';
import type { TeamsDownload } from './download.js';
import type { Graph } from './graph/index.js';
import { endpoints, type TeamsSettings } from './settings.js';

/** Application permissions with which the bytes of a file can be read, the narrowest first. */
const fileGrants = ['Sites.Selected', 'Files.Read.All', 'Sites.Read.All', 'Files.ReadWrite.All', 'Sites.ReadWrite.All'];
const rsc = 'Teams messages (resource-specific consent)';
const messageGrants = ['ChannelMessage.Read.All', 'Chat.Read.All'];

interface Deps {
  graph?: Graph;
  download: TeamsDownload;
  now(): Date;
}

/** Checks the Teams set-up as far as it can be seen from here. Returns one line for each matter. */
export async function checkTeams(settings: TeamsSettings, deps: Deps): Promise<Check[]> {
  if (!settings.appId) {
    return [
      {
        name: 'Teams identity',
        state: 'missing',
        optional: true,
        detail: 'Development switch: no app id, so no request is checked. Loopback only.',
        next: 'Set the app id, tenant id and a secret of an Entra app to use Teams itself.',
      },
    ];
  }
  const token = deps.graph ? await readGrants(deps.graph) : undefined;
  return [
    { name: 'Teams identity', state: 'ok', detail: `App ${settings.appId}, single tenant.` },
    tenantCheck(settings, token),
    await credentialCheck(settings, deps, token),
    await endpointCheck(settings, deps.download),
    filesCheck(settings),
    ...graphChecks(token, endpoints(settings).login),
  ];
}

/** The permissions in the app's Graph token, or why there is none; undefined when Graph is switched off. */
type Grants = { roles: string[] } | { refused: string } | undefined;

async function readGrants(graph: Graph): Promise<Grants> {
  try {
    return { roles: await graph.token.readRoles() };
  } catch (error) {
    return { refused: error instanceof CatalogueError ? (error.facts.reason ?? '') : '' };
  }
}

function tenantCheck(settings: TeamsSettings, token: Grants): Check {
  const tenants = settings.allowedTenants?.length ? settings.allowedTenants : [settings.tenantId];
  const known = token && 'roles' in token ? 'The tenant knows the app. ' : '';
  return {
    name: 'Teams tenant',
    state: 'cannot-tell',
    detail: `${known}Conversations of ${tenants.join(', ')} are answered. Whether the Azure Bot is of type Single Tenant cannot be seen from here.`,
    next: 'Azure Bot > Configuration: Bot Type is Single Tenant and App Tenant ID is TEAMS_TENANT_ID; another type gets 401 for everything.',
  };
}

const day = 24 * 3600 * 1000;

/** Checks until when the app's credential is valid. */
async function credentialCheck(settings: TeamsSettings, deps: Deps, token: Grants): Promise<Check> {
  const name = 'Teams secret';
  if (settings.managedIdentity) return { name, state: 'ok', detail: 'Managed identity: nothing expires.' };
  const known = settings.certificate?.expires;
  const until = known ?? (token && 'roles' in token ? await secretExpiry(settings, deps, token.roles) : undefined);
  const what = settings.certificate ? 'certificate' : 'client secret';
  const next = 'Entra > App registrations > Certificates & secrets: make a new one, and set it here.';
  if (!until) {
    const detail = `When the ${what} expires cannot be seen from here.`;
    return {
      name,
      state: 'cannot-tell',
      detail,
      next: 'Look it up in Entra > App registrations > Certificates & secrets.',
    };
  }
  const daysLeft = Math.floor((until.getTime() - deps.now().getTime()) / day);
  const date = until.toISOString().slice(0, 10);
  if (daysLeft < 0) return { name, state: 'missing', detail: `The ${what} expired on ${date}.`, next };
  const detail = `The ${what} is valid until ${date} (${daysLeft} days).`;
  return { name, state: 'ok', detail, ...(daysLeft < 30 && { next }) };
}

/** Permissions with which an app can read its own registration. Frebot does not ask for them. */
const registrationGrants = ['Application.Read.All', 'Application.ReadWrite.OwnedBy', 'Application.ReadWrite.All'];

async function secretExpiry(settings: TeamsSettings, deps: Deps, roles: string[]): Promise<Date | undefined> {
  if (!deps.graph || !registrationGrants.some((grant) => roles.includes(grant))) return undefined;
  const { graph } = endpoints(settings);
  const host = new URL(graph).hostname;
  const policy = { hosts: [host], tokenHosts: [host], limitBytes: 1_000_000, timeoutMs: 10_000 };
  try {
    const token = await deps.graph.token.acquire();
    const url = `${graph}/v1.0/applications(appId='${settings.appId}')?$select=passwordCredentials`;
    const chunks: Uint8Array[] = [];
    for await (const chunk of await deps.download(url, { ...policy, token })) chunks.push(chunk);
    const { passwordCredentials: secrets = [] } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as {
      passwordCredentials?: { hint?: string; endDateTime?: string }[];
    };
    // The portal tells secrets apart by a hint: their first three characters.
    const ours = secrets.filter(({ hint }) => hint && settings.secret?.startsWith(hint));
    const last = ours.map(({ endDateTime }) => Date.parse(endDateTime ?? '')).filter(Number.isFinite);
    return last.length > 0 ? new Date(Math.max(...last)) : undefined;
  } catch {
    return undefined;
  }
}

/** Checks that Frebot answers at its public address, when one is set. */
async function endpointCheck({ publicUrl }: TeamsSettings, download: TeamsDownload): Promise<Check> {
  const name = 'Teams endpoint';
  const next = `Azure Bot > Configuration: the messaging endpoint is ${publicUrl ?? 'https://<your host>'}/api/messages.`;
  if (!publicUrl) {
    return {
      name,
      state: 'cannot-tell',
      detail: 'Whether Teams reaches /api/messages cannot be seen from here.',
      next,
    };
  }
  try {
    const policy = { hosts: [new URL(publicUrl).hostname], limitBytes: 1000, timeoutMs: 5000 };
    const chunks: Uint8Array[] = [];
    for await (const chunk of await download(`${publicUrl}/healthz`, policy)) chunks.push(chunk);
    const alive = Buffer.concat(chunks).toString('utf8').includes('"alive":true');
    if (alive) return { name, state: 'ok', detail: `Frebot answers at ${publicUrl}/healthz.` };
    return { name, state: 'missing', detail: `Something else answers at ${publicUrl}/healthz.`, next };
  } catch (error) {
    const reason = error instanceof CatalogueError ? error.code.replace('download-', '') : 'failed';
    const detail = `${publicUrl}/healthz could not be asked from here (${reason}); start Frebot first.`;
    return { name, state: 'cannot-tell', detail, next };
  }
}

function filesCheck({ cloud = 'public' }: TeamsSettings): Check {
  const name = 'Teams files in 1:1 chats (supportsFiles)';
  if (cloud !== 'public') {
    return {
      name,
      state: 'missing',
      optional: true,
      detail: 'In this cloud Teams gives bots no files, not even in 1:1 chats.',
      next: 'Paste the text, or use the page or the terminal.',
    };
  }
  return {
    name,
    state: 'cannot-tell',
    detail: 'The packaged manifest has supportsFiles; whether the installed one has it cannot be seen from here.',
    next: 'npm run package:teams, then Teams admin center > Manage apps: upload the package again.',
  };
}

const consentUnseen: Check = {
  name: rsc,
  state: 'cannot-tell',
  detail: 'Resource-specific consent is granted team by team and is in no token.',
  next: 'Team > Manage team > Apps: Frebot lists ChannelMessage.Read.Group; if not, remove and add it. Chats: ChatMessage.Read.Chat.',
};

function graphChecks(token: Grants, login: string): Check[] {
  const name = 'Teams files in channels and group chats';
  if (!token) {
    return [
      {
        name,
        state: 'missing',
        optional: true,
        detail: 'Reading through Microsoft Graph is switched off: a file dropped there gets a receipt that says so.',
        next: 'Grant what docs/teams.md lists, and leave TEAMS_GRAPH out.',
      },
    ];
  }
  if ('refused' in token) {
    const detail = 'Without a token I cannot see what is granted.';
    const next = 'Entra > App registrations > API permissions: Sites.Selected or Files.Read.All, with admin consent.';
    return [tokenCheck(token.refused, login), { name, state: 'cannot-tell', detail, next }, consentUnseen];
  }
  const { roles } = token;
  const files = fileGrants.filter((grant) => roles.includes(grant));
  const messages = messageGrants.filter((grant) => roles.includes(grant));
  return [
    files.length > 0
      ? { name, state: 'ok', detail: `The token carries ${files.join(', ')}.` }
      : {
          name,
          state: 'missing',
          optional: true,
          detail: 'The token carries no permission to read files.',
          next: 'Entra > App registrations > API permissions: application permission Sites.Selected or Files.Read.All, then Grant admin consent.',
        },
    messages.length > 0
      ? { name: rsc, state: 'ok', detail: `The token carries ${messages.join(', ')}.` }
      : consentUnseen,
  ];
}

/** Sentences for the refusals of the identity platform, in the words of its portal. */
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

function tokenCheck(reason: string, login: string): Check {
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
    unreachable: true,
    detail: `The identity platform could not be asked (${reason || 'no reason given'}).`,
    next: `Check that this machine reaches ${login}.`,
  };
}
