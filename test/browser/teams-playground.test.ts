import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { createServer as createHttps, type Server } from 'node:https';
import { networkInterfaces, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../free-port.js';
import { frebLog } from '../scenarios/logs.js';

// Frebot as Teams shows it: the real process, Microsoft's local client for Teams apps, Debian's Chromium. Run it with
// `npm run e2e:teams`, which makes its own network for it, because the client listens on every address.
const root = resolve(import.meta.dirname, '../..');
const shots = join(root, 'screenshots');
const playground = join(root, 'node_modules/.bin/agentsplayground');

const processes: ChildProcess[] = [];
let browser: Browser;
let page: Page;
/** Address of the local client, as the activities it sends name it. */
let client = '';
let shot = 0;
let sharePoint: Server | undefined;
const [address = '', host = ''] = (process.env.FREBOT_E2E_SHAREPOINT ?? '').split(' ');

async function up(url: string): Promise<void> {
  for (let tries = 0; tries < 900; tries++) {
    if (
      await fetch(url).then(
        (response) => response.ok,
        () => false,
      )
    )
      return;
    await setTimeout(100);
  }
  throw new Error(`nothing answers at ${url}`);
}

function start(command: string, args: string[], env: Record<string, string>, cwd: string): void {
  const base = { PATH: process.env.PATH ?? '', HOME: cwd };
  processes.push(spawn(process.execPath, [command, ...args], { env: { ...base, ...env }, cwd, stdio: 'ignore' }));
}

/**
 * Starts a stand-in for SharePoint, with a name on Frebot's list, an address that is not private, and TLS with a certificate
 * that Frebot trusts. So downloads pass the same guard as in production.
 * @returns the path of the certificate
 */
async function serveFiles(folder: string, files: Record<string, Uint8Array>): Promise<string> {
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const made = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', `/CN=${host}`];
  const names = ['-addext', `subjectAltName=DNS:${host}`, '-keyout', key, '-out', cert];
  execFileSync('openssl', [...made, ...names], { stdio: 'ignore' });
  const server = createHttps({ key: readFileSync(key), cert: readFileSync(cert) }, (request, response) => {
    const file = files[new URL(request.url ?? '/', `https://${host}`).searchParams.get('name') ?? ''];
    if (request.headers.authorization || !file) return void response.writeHead(403).end();
    response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(file);
  });
  sharePoint = server;
  await new Promise<void>((done) => server.listen(443, address, done));
  return cert;
}

/** Returns a file of the stand-in, as Teams offers it in a 1:1 chat. */
const offer = (name: string, origin = `https://${host}`) => ({
  contentType: 'application/vnd.microsoft.teams.file.download.info',
  name,
  content: { downloadUrl: `${origin}/download.aspx?name=${name}`, uniqueId: '1', fileType: 'xml' },
});

/** Returns the text of all messages in the open chat. */
const chat = () => page.locator('main, [role=main], body').first();
const composer = () => page.locator('[role=textbox][contenteditable=true]').last();

async function open(name: string): Promise<void> {
  await page.getByRole('treeitem', { name }).first().click();
  await setTimeout(500);
}

/** Returns the lowest of these words on the page: the suggestion above the composer, below all messages of that author. */
async function lowest(words: string): Promise<Locator> {
  await page.getByText(words, { exact: true }).first().waitFor();
  await setTimeout(500);
  const places = await page.getByText(words, { exact: true }).all();
  const heights = await Promise.all(places.map(async (place) => (await place.boundingBox())?.y ?? -1));
  return places[heights.indexOf(Math.max(...heights))]!;
}

async function write(words: string, mention = false): Promise<void> {
  await composer().click();
  if (mention) {
    await page.keyboard.type('@Test');
    await lowest('Test Bot').then((suggestion) => suggestion.click());
  }
  await page.keyboard.type(words);
  await page.keyboard.press('Enter');
}

/** Delivers an activity through the page's own dialog, which sends what the page has no button for. */
async function custom(activity: object): Promise<void> {
  await page.getByText('Mock an Activity').click();
  await page.getByRole('menuitem', { name: 'Custom activity' }).click();
  await page.locator('[role=dialog] .monaco-editor .view-lines').click();
  await page.keyboard.press('Control+A');
  await page.keyboard.press('Delete');
  await page.keyboard.insertText(JSON.stringify(activity));
  // A mention in it opens a form beside the text.
  const text = page.getByRole('tab', { name: 'JSON' });
  if (await text.isVisible()) await text.click();
  await page.getByRole('button', { name: 'Send activity' }).click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
}

async function reads(words: string | RegExp): Promise<void> {
  try {
    await chat().getByText(words).last().waitFor({ timeout: 60_000 });
  } finally {
    await page.screenshot({ path: join(shots, `teams-${String(++shot).padStart(2, '0')}.png`) });
  }
}

/** Returns the conversation id of the last thread of the channel, as the client names it. */
let thread = '';
function noteThread(text: string): void {
  thread =
    /[^"\\/\s]+;messageid=[^"\\/\s?]+/.exec(decodeURIComponent(text.replace(/%(?![0-9a-f]{2})/gi, '%25')))?.[0] ??
    thread;
}

const bot = { id: '00000000-0000-0000-0000-00000000000011', name: 'Test Bot' };
const inThread = () => ({
  ...personal({}),
  conversation: {
    id: thread,
    conversationType: 'channel',
    isGroup: true,
    tenantId: '00000000-0000-0000-0000-0000000000001',
  },
});

/** Does something, and waits until the words appear once more than before. */
async function brings(words: RegExp, act: () => Promise<void>): Promise<void> {
  const count = async () => (await chat().innerText()).match(new RegExp(words, 'g'))?.length ?? 0;
  const before = await count();
  await act();
  for (let tries = 0; tries < 600 && (await count()) <= before; tries++) await setTimeout(100);
  await page.screenshot({ path: join(shots, `teams-${String(++shot).padStart(2, '0')}.png`) });
  expect(await count()).toBeGreaterThan(before);
}

const personal = (more: object) => ({
  type: 'message',
  id: crypto.randomUUID(),
  channelId: 'msteams',
  from: { id: 'user-id-0', name: 'Alex Wilber', aadObjectId: '00000000-0000-0000-0000-0000000000020' },
  serviceUrl: `${client}_connector`,
  recipient: bot,
  conversation: { id: 'personal-1', conversationType: 'personal', tenantId: '00000000-0000-0000-0000-0000000000001' },
  ...more,
});

const isIsolated = Object.values(networkInterfaces()).every((list) => list?.every((one) => one.internal));
const usable = existsSync('/usr/bin/chromium') && existsSync(playground) && isIsolated && host !== '';
if (!usable) process.stdout.write('SKIPPED the local client for Teams apps: run it with npm run e2e:teams\n');

describe.skipIf(!usable)('in the Microsoft 365 Agents Playground', () => {
  beforeAll(async () => {
    mkdirSync(shots, { recursive: true });
    const [bot, port] = [await freePort(), await freePort()];
    client = `http://localhost:${port}/`;
    // It writes its own folder into the directory it runs in.
    const cwd = mkdtempSync(join(tmpdir(), 'frebot-playground-'));
    const cert = await serveFiles(cwd, { 'fr000032.xml': frebLog(), 'notes.xml': new TextEncoder().encode('<a/>') });
    const env = { FREBOT_PORT: String(bot), TEAMS_DEV_WITHOUT_AUTH: 'true', NODE_EXTRA_CA_CERTS: cert };
    start(join(root, 'dist/src/main.js'), ['serve'], env, cwd);
    await up(`http://127.0.0.1:${bot}/healthz`);
    const flags = [
      '-e',
      `http://127.0.0.1:${bot}/api/messages`,
      '-c',
      'msteams',
      '--conversation-id',
      'personal-1',
      '--dt',
    ];
    start(playground, ['start', ...flags, '-p', String(port)], { TEAMSAPPTESTER_BROWSER: 'none' }, cwd);
    await up(client);
    browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
    page = await browser.newPage({ viewport: { width: 1280, height: 2400 } });
    page.setDefaultTimeout(10_000);
    page.on('request', (request) => noteThread(`${request.url()} ${request.postData() ?? ''}`));
    page.on('websocket', (socket) => {
      socket.on('framereceived', ({ payload }) => noteThread(String(payload)));
    });
    await page.goto(client);
    await composer().waitFor();
    await setTimeout(1000);
    // The first start makes the embedded database.
  });

  afterAll(async () => {
    await browser?.close();
    for (const child of processes) child.kill();
    sharePoint?.close();
  });

  it('greets who installs it', async () => {
    await reads('Drop a FREB log, or ask');
  });

  it('answers a question in a personal chat', async () => {
    await write('what is 0x80070542?');
    await reads('ERROR_BAD_IMPERSONATION_LEVEL');
  });

  it('opens folded parts in place, and steps through a button', async () => {
    await page.getByRole('button', { name: 'Show more' }).last().click();
    await setTimeout(500);
    await page.getByRole('button', { name: 'Fix steps' }).last().click();
    await setTimeout(1500);
    await reads('ERROR_BAD_IMPERSONATION_LEVEL');
    expect(await chat().innerText()).toContain('gpupdate');
  });

  it('diagnoses a pasted log, and shows its hostile text as text', async () => {
    const log = new TextDecoder().decode(
      frebLog({ url: 'http://web03:80/<script>alert(1)</script>/**x**', pool: '[click](https://evil.example)' }),
    );
    let dialogs = 0;
    page.on('dialog', (dialog) => {
      dialogs++;
      void dialog.dismiss();
    });
    await custom(personal({ text: log }));
    await reads('[click](https://evil.example)');
    expect(dialogs).toBe(0);
    expect(await page.locator('a[href*="evil.example"]').count()).toBe(0);
  });

  it('diagnoses a dropped log', async () => {
    await brings(/lost the right to impersonate/, () => custom(personal({ attachments: [offer('fr000032.xml')] })));
    expect(await chat().innerText()).toMatch(/event \d+ MODULE_SET_RESPONSE_ERROR_STATUS/);
  });

  it('takes a press on the diagnosis, in place', async () => {
    const cards = page.getByText(/lost the right to impersonate/);
    const shown = await cards.count();
    await brings(/marked it as fixed/, () => page.getByRole('button', { name: 'This fixed it' }).last().click());
    expect(await cards.count()).toBe(shown);
  });

  it('says what a dropped file is when it is no evidence', async () => {
    await custom(personal({ attachments: [offer('notes.xml')] }));
    await reads(/notes\.xml/);
  });

  it('says why a dropped file could not be fetched', async () => {
    await custom(personal({ attachments: [offer('fr000033.xml', 'https://files.example.org')] }));
    await reads(/fr000033\.xml is at an address/);
  });

  it('answers a mention in a group chat', async () => {
    await open('Group Chat');
    await write(' explain 500.19', true);
    await reads(/500\.19/);
  });

  it('answers a mention in a channel', async () => {
    await open('General');
    await page
      .getByText(/Start a post|New conversation|Start a conversation/i)
      .first()
      .click({ timeout: 2000 })
      .catch(() => undefined);
    await write(' who holds SeImpersonatePrivilege by default?', true);
    await reads(/NETWORK SERVICE/);
  });

  it('names the way out for a file dropped into a channel, in its thread', async () => {
    expect(thread).toContain(';messageid=');
    const stub = '<div><attachment id="1c2d3e4f-0000-4000-8000-00000000f11e"></attachment></div>';
    // In the view of a channel the dialog is another one.
    await open('Personal Chat');
    await custom({
      ...inThread(),
      text: '<at>Test Bot</at>',
      entities: [{ type: 'mention', mentioned: bot, text: '<at>Test Bot</at>' }],
      attachments: [{ contentType: 'text/html', content: stub }],
    });
    await open('General');
    await reads(/in channels, Teams sends me a placeholder/);
  });

  it.each([
    ['answers a post from its menu, in the dialog, and offers to share it', 1, /Share here/],
    ['says so when the post holds nothing to read', -1, /I don't see a file here, or text that looks like a log/],
  ])('Frebot %s', async (_name, at, words) => {
    await open('Personal Chat');
    const menus = page.getByRole('button', { name: /Show more information/ });
    await (at < 0 ? menus.last() : menus.nth(at)).click();
    await page.getByRole('menuitem', { name: 'Action Command' }).click();
    await page.getByPlaceholder(/Input command id/).fill('diagnoseLog', { timeout: 3000 });
    await page.getByRole('button', { name: 'Create' }).click();
    await reads(words);
    await page.getByRole('dialog').getByRole('button').first().click();
  });
});
