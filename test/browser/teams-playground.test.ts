import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { frebLog } from '../scenarios/logs.js';

// Frebot as Teams shows it: the real process, Microsoft's local client for Teams apps, Debian's Chromium.
const root = resolve(import.meta.dirname, '../..');
const shots = join(root, 'screenshots');
const playground = join(root, 'node_modules/.bin/agentsplayground');

const processes: ChildProcess[] = [];
let browser: Browser;
let page: Page;
/** Address of the local client, as the activities it sends name it. */
let client = '';
let shot = 0;

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await new Promise((done) => probe.once('listening', done));
  const { port } = probe.address() as { port: number };
  await new Promise((done) => probe.close(done));
  return port;
}

async function up(url: string): Promise<void> {
  for (let tries = 0; tries < 150; tries++) {
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

/** The text of everything said in the open chat. */
const chat = () => page.locator('main, [role=main], body').first();
const composer = () => page.locator('[role=textbox][contenteditable=true]').last();

async function open(name: string): Promise<void> {
  await page.getByRole('treeitem', { name }).first().click();
  await setTimeout(500);
}

async function write(words: string, mention = false): Promise<void> {
  await composer().click();
  if (mention) {
    await page.keyboard.type('@Test');
    await page.getByText('Test Bot', { exact: true }).last().click();
  }
  await page.keyboard.type(words);
  await page.keyboard.press('Enter');
}

/** Delivers an activity through the page's own dialog: its way to hand a bot what it has no button for. */
async function custom(activity: object): Promise<void> {
  await page.getByText('Mock an Activity').click();
  await page.getByRole('menuitem', { name: 'Custom activity' }).click();
  await page.locator('[role=dialog] .monaco-editor .view-lines').click();
  await page.keyboard.press('Control+A');
  await page.keyboard.press('Delete');
  await page.keyboard.insertText(JSON.stringify(activity));
  await page.getByRole('button', { name: 'Send activity' }).click();
}

async function reads(words: string | RegExp): Promise<void> {
  try {
    await chat().getByText(words).last().waitFor({ timeout: 10_000 });
  } finally {
    await page.screenshot({ path: join(shots, `teams-${String(++shot).padStart(2, '0')}.png`) });
  }
}

const personal = (more: object) => ({
  type: 'message',
  id: crypto.randomUUID(),
  channelId: 'msteams',
  from: { id: 'user-id-0', name: 'Alex Wilber', aadObjectId: '00000000-0000-0000-0000-0000000000020' },
  serviceUrl: `${client}_connector`,
  recipient: { id: '00000000-0000-0000-0000-00000000000011', name: 'Test Bot' },
  conversation: { id: 'personal-1', conversationType: 'personal', tenantId: '00000000-0000-0000-0000-0000000000001' },
  ...more,
});

const usable = existsSync('/usr/bin/chromium') && existsSync(playground);

describe.skipIf(!usable)('in the Microsoft 365 Agents Playground', () => {
  beforeAll(async () => {
    mkdirSync(shots, { recursive: true });
    const [bot, port] = [await freePort(), await freePort()];
    client = `http://localhost:${port}/`;
    // It writes a folder of its own into the directory it runs in.
    const cwd = mkdtempSync(join(tmpdir(), 'frebot-playground-'));
    start(join(root, 'dist/src/main.js'), ['serve'], { FREBOT_PORT: String(bot), TEAMS_DEV_WITHOUT_AUTH: 'true' }, cwd);
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
    page = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
    await page.goto(client);
    await composer().waitFor();
    await setTimeout(1000);
  });

  afterAll(async () => {
    await browser?.close();
    for (const child of processes) child.kill();
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

  it('says why a dropped file could not be fetched', async () => {
    const content = { downloadUrl: 'https://files.example.org/fr000032.xml', uniqueId: '1', fileType: 'xml' };
    const contentType = 'application/vnd.microsoft.teams.file.download.info';
    await custom(personal({ attachments: [{ contentType, name: 'fr000032.xml', content }] }));
    await reads(/fr000032\.xml lies at an address/);
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

  it('diagnoses a post from its menu', async () => {
    await open('Personal Chat');
    await page
      .getByRole('button', { name: /Show more information/ })
      .last()
      .click();
    await page.getByRole('menuitem', { name: 'Action Command' }).click();
    await page.getByPlaceholder(/Input command id/).fill('diagnoseLog', { timeout: 3000 });
    await page.getByRole('button', { name: 'Create' }).click();
    await reads(/There is no log in this message|I am reading it/);
  });
});
