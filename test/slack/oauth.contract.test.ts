import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { afterEach, describe, expect, it } from 'vitest';
import type { Vault } from '../../src/desk/ports/environment.js';
import { Database } from '../../src/store/database.js';
import { pglitePool } from '../../src/store/pglite-pool.js';
import { Seal } from '../../src/store/seal.js';
import { memoryVault, postgresVault } from '../../src/store/vault.js';
import { clientId, clientSecret, readable } from '../fakes/slack/index.js';
import { openEmptyEngine } from '../store/empty-engine.js';
import { mention, SlackRun, transports } from './driver.js';

let run: SlackRun;
let server: Server | undefined;
afterEach(async () => {
  await run.stop();
  server?.closeAllConnections();
  server?.close();
  server = undefined;
  run.slack.verify();
});
const oauth = { clientId, clientSecret };

async function begin(options: Parameters<typeof SlackRun.start>[0] = {}): Promise<string> {
  run = await SlackRun.start({ ...options, settings: { botToken: undefined, oauth, ...options.settings } });
  const app = express();
  run.slackDoor.mount?.(app);
  server = createServer(app);
  await new Promise<void>((done) => server?.listen(0, '127.0.0.1', done));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** An administrator follows the link, agrees at Slack, and comes back. */
async function install(at: string, team: string): Promise<{ status: number; asked: URL; page: string }> {
  const redirect = await fetch(`${at}/slack/install`, { redirect: 'manual' });
  const asked = new URL(redirect.headers.get('location') as string);
  const cookie = (redirect.headers.get('set-cookie') as string).split(';')[0] as string;
  const code = `code-${team}`;
  run.slack.state.codes.set(code, team);
  const query = new URLSearchParams({ code, state: asked.searchParams.get('state') as string });
  const back = await fetch(`${at}/slack/oauth_redirect?${query}`, { headers: { cookie } });
  return { status: back.status, asked, page: await back.text() };
}
const mentioned = (team: string, ts: string) =>
  run.slack.deliverEvent(
    { type: 'app_mention', user: 'U0ANNA', text: mention('defaults'), ts, channel: 'C0OPS', event_ts: ts },
    team,
  );
const answered = (ts: string) => run.slack.answer('C0OPS', ts);
const tokensUsed = () =>
  run.slack.state.calls.filter(({ method }) => method === 'chat.postMessage').map(({ token }) => token);

describe.each(transports)('several workspaces over %s', (transport) => {
  it('are each answered with their own token', async () => {
    const at = await begin({ transport });
    const { status, asked } = await install(at, 'T0ONE');
    expect(status).toBe(200);
    expect(asked.pathname).toBe('/oauth/v2/authorize');
    expect(asked.searchParams.get('scope')?.split(',')).toContain('files:read');
    expect(asked.searchParams.get('scope')).not.toContain('channels:history');
    await install(at, 'T0TWO');
    for (const [team, ts] of [
      ['T0ONE', '1.1'],
      ['T0TWO', '2.1'],
    ] as const) {
      await mentioned(team, ts);
      expect(readable((await answered(ts)).blocks)).toContain('Administrators');
    }
    const [one, two] = tokensUsed();
    expect(one).toMatch(/^xoxb-T0ONE/);
    expect(two).toMatch(/^xoxb-T0TWO/);
    // Each workspace sees its own cases alone.
    expect((await run.desk.openCases('slack:T0TWO:', 9)).every(({ tenant }) => tenant === 'T0TWO')).toBe(true);
  });

  it('a workspace that has not installed the app gets no answer, and its events are acknowledged', async () => {
    await begin({ transport });
    const delivered = await mentioned('T0NOBODY', '1.1');
    expect(delivered).toMatchObject({ acknowledged: true, attempts: 1 });
    expect(tokensUsed()).toEqual([]);
  });

  it.each(['app_uninstalled', 'tokens_revoked'])('the token is deleted after %s', async (type) => {
    const at = await begin({ transport });
    await install(at, 'T0ONE');
    await mentioned('T0ONE', '1.1');
    await answered('1.1');
    for (const [token, team] of run.slack.state.tokens) if (team === 'T0ONE') run.slack.state.tokens.delete(token);
    await run.slack.deliverEvent({ type, tokens: { oauth: [], bot: ['U0FREBOT'] } }, 'T0ONE');
    expect(await run.vault.get('slack:installation:T0ONE')).toBeUndefined();
    expect(await run.store.recent('slack:T0ONE:', 9)).toHaveLength(type === 'app_uninstalled' ? 0 : 1);
    expect(await mentioned('T0ONE', '3.1')).toMatchObject({ acknowledged: true, attempts: 1 });
    expect(tokensUsed()).toHaveLength(1);
  });
});

it('a removal reported late, after a new installation, leaves the new token', async () => {
  const at = await begin();
  await install(at, 'T0ONE');
  await run.slack.deliverEvent({ type: 'app_uninstalled' }, 'T0ONE');
  await mentioned('T0ONE', '1.1');
  await answered('1.1');
});

it('a reinstalled workspace is answered with its new token', async () => {
  const at = await begin();
  for (const ts of ['1.1', '2.1']) {
    await install(at, 'T0ONE');
    await mentioned('T0ONE', ts);
    await answered(ts);
  }
  expect(new Set(tokensUsed()).size).toBe(2);
});

it('a redirect with a forged state installs nothing', async () => {
  const at = await begin();
  run.slack.state.codes.set('stolen', 'T0EVIL');
  const back = await fetch(`${at}/slack/oauth_redirect?code=stolen&state=made-up`);
  expect(back.status).toBe(400);
  expect(await run.vault.get('slack:installation:T0EVIL')).toBeUndefined();
});

it('a workspace that is not on the allow-list cannot install it', async () => {
  const at = await begin({ settings: { access: { workspaces: ['T0ONE'] } } });
  const refused = await install(at, 'T0EVIL');
  expect(refused.status).toBe(403);
  expect(refused.page).toContain('enabled for this workspace');
  expect(await run.vault.get('slack:installation:T0EVIL')).toBeUndefined();
  expect((await install(at, 'T0ONE')).status).toBe(200);
});

it('an installation for a whole organization is refused with a page that says what to choose', async () => {
  const at = await begin();
  run.slack.state.wholeOrganization = true;
  const { status, page } = await install(at, 'T0ONE');
  expect(status).toBe(403);
  expect(page).toContain('workspace by workspace');
  expect(page).toContain('href="/slack/install"');
});

it.each([
  ['error=access_denied', 400, 'cancelled in Slack'],
  ['code=none', 500, 'Slack says: invalid_code'],
  ['error=%3Cb%3E', 400, 'sent no code'],
])('a failed redirect (%s) has a page that says why', async (query, status, words) => {
  const at = await begin();
  const redirect = await fetch(`${at}/slack/install`, { redirect: 'manual' });
  const state = new URL(redirect.headers.get('location') as string).searchParams.get('state') as string;
  const cookie = (redirect.headers.get('set-cookie') as string).split(';')[0] as string;
  const page = await fetch(`${at}/slack/oauth_redirect?${query}&state=${state}`, { headers: { cookie } });
  const text = await page.text();
  expect([page.status, text]).toEqual([status, expect.stringContaining(words)]);
  expect(text).not.toContain('<b>');
});

it('a token is sealed in the database, and used after a restart', async () => {
  const engine = await openEmptyEngine();
  const db = new Database(pglitePool(engine));
  await db.migrate();
  const key = randomBytes(32);
  const vault: Vault = postgresVault(db, new Seal(key));
  const at = await begin({ vault });
  await install(at, 'T0ONE');
  const { rows } = await db.query<{ sealed: string }>('select sealed from frebot.vault');
  expect(rows).toHaveLength(1);
  const [token] = [...run.slack.state.tokens].find(([, team]) => team === 'T0ONE') as [string, string];
  expect(Buffer.from(rows[0]?.sealed as string, 'base64').toString('latin1')).not.toContain('xoxb');
  const tokens = new Map(run.slack.state.tokens);
  await run.stop();
  await begin({ vault: postgresVault(db, new Seal(key)) });
  for (const [good, team] of tokens) run.slack.state.tokens.set(good, team);
  await mentioned('T0ONE', '1.1');
  await answered('1.1');
  expect(tokensUsed()).toEqual([token]);
  await engine.close();
});

it('doctor says where to install the app when no workspace has', async () => {
  await begin({ vault: memoryVault() });
  const [check] = await run.slackDoor.door.check();
  expect(check).toMatchObject({ name: 'Slack installation', next: expect.stringContaining('/slack/install') });
});
