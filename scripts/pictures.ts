import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { launchChromium } from '../test/browser/driver.js';
import { fileNotFound, impersonation, pageException, slowPage, success } from '../test/generator/index.js';
import { testDesk } from '../test/terminal/driver.js';
import { servePage } from '../test/web/serve-page.js';

/**
 * `npm run pictures`: draws the pictures of `docs/` from the page as it is now, with logs of the generator and a fixed time.
 * Afterwards `pngquant --ext .png --force --nofs 64 docs/answer.png docs/pictures/*.png` makes them small.
 */

const docs = path.join(import.meta.dirname, '../docs');
const desktop = { viewport: { width: 1280, height: 900 } };
/** Pixels of the answer in the README: down to the commands that make it certain. */
const answerHeight = 672;
const phone = { viewport: { width: 390, height: 844 } };
const folder = mkdtempSync(path.join(tmpdir(), 'frebot-pictures-'));

const { desk, close } = testDesk();
const served = await servePage(desk);
const browser = await launchChromium();
try {
  for (const [file, form] of [
    ['page', desktop],
    ['phone', phone],
  ] as const) {
    await draw(form, async (page) => {
      await dropOne(page);
      await page.screenshot({ path: picture(file) });
    });
  }
  await draw({ viewport: { width: 1280, height: 1400 } }, async (page) => {
    await dropOne(page);
    const { x = 0, y = 0, width = 0 } = (await page.locator('.answer').boundingBox()) ?? {};
    await page.screenshot({ path: path.join(docs, 'answer.png'), clip: { x, y, width, height: answerHeight } });
  });
  await draw({ ...desktop, colorScheme: 'dark' }, async (page) => {
    await dropOne(page);
    await show(page, '.trace-of', 'trace');
  });
  await draw(desktop, async (page) => {
    await drop(page, { 'failing.xml': impersonation().bytes(), 'working.xml': success().bytes() });
    await page.getByRole('button', { name: 'Compare the two' }).click();
    await page.locator('.pair .line.selected').nth(1).waitFor();
    await show(page, '.pair', 'compare');
  });
  await draw(desktop, async (page) => {
    await drop(page, manyLogs());
    await page.locator('.logs tbody tr').first().waitFor();
    await show(page, '.logs', 'group');
  });
  await draw(desktop, async (page) => {
    await dropOne(page);
    const [saved] = await Promise.all([page.waitForEvent('download'), page.getByText('Save as a report').click()]);
    const report = path.join(folder, 'report.html');
    await saved.saveAs(report);
    await page.goto(`file://${report}`);
    await page.locator('.line.selected').waitFor();
    await page.screenshot({ path: picture('report') });
  });
} finally {
  await browser.close();
  await served.stop();
  await close();
  rmSync(folder, { recursive: true });
}

async function draw(form: BrowserContextOptions, use: (page: Page) => Promise<void>): Promise<void> {
  const page = await browser.newPage(form);
  await page.goto(served.origin);
  await use(page);
  await page.close();
}

async function drop(page: Page, files: Record<string, Buffer>): Promise<void> {
  const sent = Object.entries(files).map(([name, buffer]) => ({ name, mimeType: 'text/xml', buffer }));
  await page.setInputFiles('#files', sent);
  await page.locator('.answer').waitFor();
}

async function dropOne(page: Page): Promise<void> {
  await drop(page, { 'fr000032.xml': impersonation().bytes() });
  await page.locator('.line.selected').waitFor();
}

/** Draws the window with an element at its top. */
async function show(page: Page, selector: string, name: string): Promise<void> {
  await page.evaluate(`document.querySelector('${selector}').scrollIntoView({ block: 'start' })`);
  await page.screenshot({ path: picture(name) });
}

/** Returns two days of logs: more failures by night, on two servers and a few pages. */
function manyLogs(): Record<string, Buffer> {
  const kinds = [impersonation, impersonation, pageException, fileNotFound, impersonation, success, slowPage];
  const logs = Array.from({ length: 140 }, (_, i) => {
    const hour = (i * 7) % 48;
    const scene = {
      url: `http://shop.example:80/page${i % 5}.aspx`,
      server: `WEB0${1 + (i % 2)}`,
      start: new Date(Date.UTC(2026, 5, 7, hour < 36 ? hour % 30 : hour, i % 60)).toISOString(),
    };
    const bytes = (kinds[i % kinds.length] as typeof success)(scene).bytes();
    return [`fr${String(i + 1).padStart(6, '0')}.xml`, bytes] as const;
  });
  return Object.fromEntries(logs);
}

function picture(name: string): string {
  return path.join(docs, 'pictures', `${name}.png`);
}
