// Makes the calls of Slack and Teams as Frebot makes them, in its own process: Node reads NODE_EXTRA_CA_CERTS once, at its
// start. Prints what came back as one line of JSON.
import type { IncomingMessage } from 'node:http';
import { createSlackDoor } from '../../adapters/slack/index.js';
import { GraphToken } from '../../adapters/teams/graph/token.js';
import { BotFramework } from '../../adapters/teams/platform/bot-framework.js';
import { routeThroughProxy } from '../../src/run/proxy.js';
import { systemClock } from '../../src/service/clock.js';
import { guardedDownload } from '../../src/service/download.js';
import { memoryVault } from '../../src/store/vault.js';
import { appId, tenantId } from '../fakes/teams/identity.js';
import { testDesk } from '../terminal/driver.js';

await routeThroughProxy();
const { TOKEN = '' } = process.env;
const serviceUrl = 'https://smba.trafficmanager.net/teams/';
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
const settings = { appId, tenantId, secret: 'not-a-secret', loopback: true };
const teams = new BotFramework(settings);

async function checkSlackToken(): Promise<unknown> {
  const { desk, close } = testDesk();
  const deps = { desk, log: quiet, clock: systemClock, vault: memoryVault() };
  const { door } = await createSlackDoor({ botToken: 'xoxb-1', signingSecret: 'secret' }, deps);
  const checks = await door.check();
  await close();
  return checks.find(({ name }) => name === 'Slack token')?.state;
}

async function receiveActivity(): Promise<unknown> {
  const activity = { type: 'message', channelId: 'msteams', serviceUrl, conversation: { id: 'a:1' } };
  const request = { headers: { authorization: `Bearer ${TOKEN}` }, body: activity };
  return teams.receive(
    request as unknown as IncomingMessage & { body: never },
    () => false,
    async () => undefined,
  );
}

async function post(): Promise<unknown> {
  const reference = { channelId: 'msteams', serviceUrl, conversation: { id: 'a:1', tenantId } };
  const { id } = await teams.withConversation(reference, (chat) => chat.post({ type: 'message', text: 'hello' }));
  return id;
}

async function downloadFile(): Promise<unknown> {
  const policy = { hosts: ['sharepoint.com'], limitBytes: 1000, timeoutMs: 10_000 };
  const chunks: Uint8Array[] = [];
  for await (const chunk of await guardedDownload('https://contoso.sharepoint.com/log.xml', policy)) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

const calls = {
  slack: checkSlackToken,
  received: receiveActivity,
  posted: post,
  graph: () => new GraphToken(settings).acquire(),
  file: downloadFile,
};
const results: Record<string, unknown> = {};
for (const [name, call] of Object.entries(calls)) {
  results[name] = await call().catch((error: Error) =>
    `${error.message} ${(error as { code?: string }).code ?? ''}`.trim(),
  );
}
process.stdout.write(`${JSON.stringify(results)}\n`);
process.exit(0);
