import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import axe from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { impersonation, pageException, slowPage, success } from '../generator/index.js';
import { testDesk } from '../terminal/driver.js';
import { type ServedPage, servePage } from '../web/serve-page.js';
import { launchChromium } from './driver.js';

// axe-core on the page and the report, in every form in which a person may see them.
const core = testDesk();
let served: ServedPage;
let browser: Browser;

beforeAll(async () => {
  served = await servePage(core.desk);
  browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
  await served.stop();
  await core.close();
});

/** What axe finds wrong, one line each. */
async function listViolations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(`axe.run({ resultTypes: ['violations'] }).then(({ violations }) => violations.flatMap(
    ({ id, nodes }) => nodes.map(({ target, failureSummary }) => id + ' ' + target + ' ' + failureSummary)))`);
}

const log = (name: string, buffer: Buffer) => ({ name, mimeType: 'text/xml', buffer });
const many = [success(), impersonation(), pageException(), slowPage({ ms: 4000 })].flatMap((made, i) => [
  log(`a${i}.xml`, made.bytes()),
  log(`b${i}.xml`, made.bytes()),
]);

const desktop = { width: 1280, height: 900 };
const phone = { width: 390, height: 844 };
const forms: Record<string, BrowserContextOptions> = {
  desktop: { viewport: desktop },
  'desktop, dark': { viewport: desktop, colorScheme: 'dark' },
  'desktop at 200 %': { viewport: { width: 640, height: 450 }, deviceScaleFactor: 2 },
  'desktop, forced colours': { viewport: desktop, forcedColors: 'active' },
  phone: { viewport: phone },
  'phone, dark': { viewport: phone, colorScheme: 'dark' },
};

it.each(Object.entries(forms))('axe finds nothing: %s', async (_name, options) => {
  const page = await browser.newPage(options);
  const found: Record<string, string[]> = {};
  await page.goto(served.origin);
  found.empty = await listViolations(page);
  await page.setInputFiles('#files', [log('fr000001.xml', impersonation().bytes())]);
  await page.locator('.line.selected').waitFor();
  await page.locator('.answer .more summary').click();
  found.trace = await listViolations(page);
  expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
  await page.getByRole('button', { name: 'Clear' }).click();
  await page.setInputFiles('#files', many);
  await page.locator('.answer').waitFor();
  await page.locator('.logs table').first().waitFor();
  found.groups = await listViolations(page);
  expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
  expect(found).toEqual({ empty: [], trace: [], groups: [] });
  await page.close();
});

it.each(Object.entries(forms))('axe finds nothing in a saved report: %s', async (_name, options) => {
  const folder = mkdtempSync(join(tmpdir(), 'frebot-report-'));
  const found: Record<string, string[]> = {};
  for (const [name, files, shown] of [
    ['trace', [log('fr000001.xml', impersonation().bytes())], '.line.selected'],
    ['groups', many, '.logs table'],
  ] as const) {
    const page = await browser.newPage(options);
    await page.goto(served.origin);
    await page.setInputFiles('#files', files);
    await page.locator(shown).first().waitFor();
    const [saved] = await Promise.all([page.waitForEvent('download'), page.getByText('Save as a report').click()]);
    const report = join(folder, `${name}.html`);
    await saved.saveAs(report);
    await page.goto(`file://${report}`);
    await page.locator(shown).first().waitFor();
    found[name] = await listViolations(page);
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth'), name).toBe(0);
    await page.close();
  }
  rmSync(folder, { recursive: true });
  expect(found).toEqual({ trace: [], groups: [] });
});

it.each([
  ['light colours', { viewport: desktop }, '2px'],
  ['forced colours', { viewport: desktop, forcedColors: 'active' as const }, '3px'],
])('every control shows its focus in %s', async (_name, options, width) => {
  const page = await browser.newPage(options);
  await page.goto(served.origin);
  await page.setInputFiles('#files', [log('fr000001.xml', impersonation().bytes())]);
  await page.locator('.line.selected').waitFor();
  await page.locator('h1').click();
  const bare: string[] = [];
  for (let i = 0; i < 60; i++) {
    await page.keyboard.press('Tab');
    const unseen = await page.evaluate(`(() => {
      const it = document.activeElement;
      if (!it || it === document.body) return '';
      const drawn = it.id === 'files' ? document.querySelector('label.button') : it;
      const { outlineStyle, outlineWidth } = getComputedStyle(drawn);
      return outlineStyle === 'none' || outlineWidth !== '${width}' ? it.outerHTML.slice(0, 80) : '';
    })()`);
    if (unseen) bare.push(String(unseen));
  }
  expect(bare).toEqual([]);
  await page.close();
});
