import { type ChildProcess, spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../free-port.js';
import { collectComplaints, launchChromium } from './driver.js';

// The page as a person uses it: the real process, Debian's Chromium, a sample log dropped on it.
const root = resolve(import.meta.dirname, '../..');
const shots = join(root, 'screenshots');
const sample = (name: string) => join(root, 'adapters/web/samples', name);

let server: ChildProcess;
let browser: Browser;
let origin: string;
const complaints: string[] = [];

async function open(options: Parameters<Browser['newPage']>[0] = {}): Promise<Page> {
  const page = await browser.newPage(options);
  collectComplaints(page, complaints);
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.goto(origin);
  return page;
}

async function drop(page: Page, ...names: string[]) {
  await page.setInputFiles('#files', names.map(sample));
  return page.locator('.answer').last();
}

beforeAll(async () => {
  mkdirSync(shots, { recursive: true });
  const port = await freePort();
  origin = `http://127.0.0.1:${port}`;
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, FREBOT_PORT: String(port) };
  server = spawn(process.execPath, [join(root, 'dist/src/main.js'), 'serve'], { env, stdio: 'pipe' });
  let output = '';
  server.stderr?.on('data', (chunk) => (output += chunk));
  for (let tries = 0; ; tries++) {
    if (
      await fetch(`${origin}/healthz`).then(
        (r) => r.ok,
        () => false,
      )
    )
      break;
    if (tries > 100) throw new Error(`Frebot did not start: ${output}`);
    await new Promise((done) => setTimeout(done, 100));
  }
  browser = await launchChromium();
});

afterAll(async () => {
  await browser?.close();
  server?.kill('SIGTERM');
});

describe('the page', () => {
  it('answers a dropped log with cause, proof and fix', async () => {
    const page = await open();
    const answer = await drop(page, 'impersonation-500.xml');
    await answer.waitFor();
    await page.locator('.line.selected').waitFor();
    const text = await answer.innerText();
    expect(text).toContain('Impersonate a client after authentication');
    expect(text).toContain('0x80070542');
    expect(text).toContain('MODULE_SET_RESPONSE_ERROR_STATUS');
    expect(text).toContain('IIS_IUSRS');
    expect(text).toContain('secedit /export');
    await page.screenshot({ path: join(shots, 'page-impersonation.png'), fullPage: true });
    // The picture of the README: npm run test:browser && cp screenshots/answer.png docs/
    await page.setViewportSize({ width: 820, height: 1600 });
    const box = await answer.boundingBox();
    if (box) await page.screenshot({ path: join(shots, 'answer.png'), clip: { ...box, height: 692 } });
    await page.close();
  });

  it('takes a real drop on the page, two files together', async () => {
    const page = await open();
    // A string, because this code runs in the page and not in Node.
    await page.evaluate(`(async () => {
      const transfer = new DataTransfer();
      for (const name of ['duplicate-config-500.19.xml', 'slow-page.xml'])
        transfer.items.add(new File([await (await fetch('samples/' + name)).blob()], name));
      document.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }));
    })()`);
    const answer = page.locator('.answer').last();
    await answer.waitFor();
    const text = await answer.innerText();
    expect(text).toContain('duplicate-config-500.19.xml');
    expect(text).toContain('slow-page.xml');
    await page.screenshot({ path: join(shots, 'page-two-logs.png'), fullPage: true });
    await page.close();
  });

  it('takes a dropped folder with the folders below it', async () => {
    const page = await open();
    const folder = mkdtempSync(join(tmpdir(), 'frebot-drop-'));
    mkdirSync(join(folder, 'W3SVC1/older'), { recursive: true });
    copyFileSync(sample('slow-page.xml'), join(folder, 'W3SVC1/fr000001.xml'));
    copyFileSync(sample('duplicate-config-500.19.xml'), join(folder, 'W3SVC1/older/fr000002.xml'));
    // A drag from the file manager, which scripts cannot make.
    const browserSide = await page.context().newCDPSession(page);
    const data = { items: [], files: [join(folder, 'W3SVC1')], dragOperationsMask: 1 };
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
      await browserSide.send('Input.dispatchDragEvent', { type, x: 200, y: 200, data });
    }
    const answer = page.locator('.answer').last();
    await answer.waitFor();
    const text = await answer.innerText();
    expect(text).toContain('fr000001.xml');
    expect(text).toContain('fr000002.xml');
    rmSync(folder, { recursive: true });
    await page.close();
  });

  it('answers a question with a typo, by keyboard alone', async () => {
    const page = await open();
    await page.locator('#question').focus();
    await page.keyboard.type('what is SeImpersonatPrivilege?');
    await page.keyboard.press('Enter');
    const answer = page.locator('.answer').last();
    await answer.waitFor();
    expect(await answer.innerText()).toContain('Impersonate a client after authentication');
    await page.screenshot({ path: join(shots, 'page-question.png'), fullPage: true });
    await page.close();
  });

  it('opens a sample with a click, and no case for it', async () => {
    const page = await open();
    await page.locator('[data-sample="impersonation-500.xml"]').click();
    await page.locator('.line.selected').waitFor();
    await page.locator('.answer [data-action="fix"]').click();
    await page.locator('.answer section[data-part="fix-steps"] li').first().waitFor();
    expect(await page.locator('[data-action="fixed"]').count()).toBe(0);
    expect(await page.getByText('Save as a report').count()).toBe(0);
    await page.close();
  });

  it('opens the default values by a button, and answers "This fixed it"', async () => {
    const page = await open();
    await drop(page, 'impersonation-500.xml');
    await page.locator('.line.selected').waitFor();
    await page.locator('.answer .more summary').click();
    await page.locator('.answer [data-action]', { hasText: 'Default values' }).first().click();
    const opened = page.locator('.answer section[data-part="defaults"]');
    await opened.locator('table').waitFor();
    expect(await opened.innerText()).toMatch(/\bSERVICE\b/i);
    await page.locator('.answer [data-action]', { hasText: 'This fixed it' }).click();
    await page.locator('.answer').nth(1).waitFor();
    expect(await page.locator('.answer').nth(1).innerText()).toContain('marked it as fixed');
    await page.close();
  });

  it('says what a wrong file is', async () => {
    const page = await open();
    await page.setInputFiles('#files', {
      name: 'picture.xml',
      mimeType: 'text/xml',
      buffer: Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1'),
    });
    const answer = page.locator('.answer').last();
    await answer.waitFor();
    expect(await answer.innerText()).toMatch(/PNG/);
    await page.close();
  });

  it('shows markup from a question as text', async () => {
    const page = await open();
    await page.locator('#question').fill('<img src=x onerror=alert(1)> <b>0x80070542</b>');
    await page.locator('#question').press('Enter');
    await page.locator('.answer').last().waitFor();
    expect(await page.locator('.answer img, .answer b, .said img, .said b').count()).toBe(0);
    await page.close();
  });

  it('fits a phone', async () => {
    const page = await open({ viewport: { width: 390, height: 844 } });
    await (await drop(page, 'impersonation-500.xml')).waitFor();
    const overflow = await page.evaluate('document.documentElement.scrollWidth - window.innerWidth');
    expect(overflow).toBe(0);
    await page.screenshot({ path: join(shots, 'page-phone.png'), fullPage: true });
    await page.close();
  });

  it('keeps the box and the question in view, and calls questions back', async () => {
    const page = await open({ viewport: { width: 390, height: 844 } });
    await drop(page, 'impersonation-500.xml');
    await page.locator('.line.selected').waitFor();
    for (const place of ['#question', '.said', '.answer h2']) {
      const box = await page.locator(place).boundingBox();
      expect(box && box.y >= 0 && box.y + box.height <= 844, place).toBe(true);
    }
    for (const text of ['what is 0x80070005?', 'what is 500.19?']) {
      await page.locator('#question').fill(text);
      await page.keyboard.press('Enter');
    }
    await page.locator('.answer').nth(2).waitFor();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    expect(await page.locator('#question').inputValue()).toBe('what is 0x80070005?');
    await page.close();
  });

  it('says the title of an answer to a screen reader, and nothing more', async () => {
    const page = await open();
    await (await drop(page, 'impersonation-500.xml')).waitFor();
    const title = await page.locator('.answer h2').innerText();
    await expect.poll(() => page.locator('#heard[role="status"]').textContent()).toBe(title);
    expect(await page.locator('[aria-live]').count()).toBe(0);
    await page.close();
  });

  it('keeps the answers over a reload without what was sent, until "Clear"', async () => {
    const page = await open();
    await (await drop(page, 'impersonation-500.xml')).waitFor();
    await page.locator('.line.selected').waitFor();
    await page.reload();
    expect(await page.locator('.answer').innerText()).toContain('0x80070542');
    expect(await page.locator('.said').innerText()).toBe('1 file');
    await page.getByRole('button', { name: 'Clear' }).click();
    await page.reload();
    expect(await page.locator('.answer').count()).toBe(0);
    await page.close();
  });

  it('copies an answer as Markdown', async () => {
    const page = await open();
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.locator('#question').fill('what is 0x80070542?');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Copy as Markdown' }).click();
    await page.getByRole('button', { name: 'Copied' }).waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toMatch(/^## .*0x80070542/s);
    await page.close();
  });

  it('raises no script error, no blocked resource and no dialog', () => {
    expect(complaints).toEqual([]);
  });
});
