import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { FrebLog, impersonation, success } from '../generator/index.js';
import { testDesk } from '../terminal/driver.js';
import { type ServedPage, servePage } from '../web/serve-page.js';
import { collectComplaints, launchChromium, setPagePolicy } from './driver.js';

// The trace as a person uses it, in Chromium, under the policy that the page is served with.
const shots = resolve(import.meta.dirname, '../../screenshots');
const core = testDesk();
const complaints: string[] = [];
let served: ServedPage;
let browser: Browser;

beforeAll(async () => {
  mkdirSync(shots, { recursive: true });
  served = await servePage(core.desk, { before: setPagePolicy });
  browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
  await served.stop();
  await core.close();
});
afterEach(() => expect(complaints.splice(0)).toEqual([]));

async function open(files: Record<string, Buffer>, options: Parameters<Browser['newPage']>[0] = {}): Promise<Page> {
  const page = await browser.newPage(options);
  collectComplaints(page, complaints);
  await page.goto(served.origin);
  const sent = Object.entries(files).map(([name, buffer]) => ({ name, mimeType: 'text/xml', buffer }));
  await page.setInputFiles('#files', sent);
  await page.locator('.answer').waitFor();
  return page;
}

/** A log of this many events, with one decisive event near its end. */
function longLog(events: number): Buffer {
  const log = new FrebLog();
  for (let i = 0; i < events / 2 - 1; i++) {
    log.module(`Module${i % 40}`, i % 2 ? 'BEGIN_REQUEST' : 'AUTHENTICATE_REQUEST');
    if (i % 100 === 0) log.wait(16);
  }
  log.error({ module: 'IIS Web Core', stage: 'AUTHENTICATE_REQUEST', status: 500, code: 0x80070542 });
  return log.bytes();
}

it('shows the decisive event, searches, filters and follows a proof', async () => {
  const page = await open({ 'fr000001.xml': impersonation().bytes() });
  await page.locator('.line.selected .mark', { hasText: 'decisive' }).waitFor();
  expect(await page.locator('.details').innerText()).toContain('ERROR_BAD_IMPERSONATION_LEVEL');
  await page.getByLabel('Warnings and errors').check();
  await page.locator('.count', { hasText: '1 of' }).waitFor();
  await page.getByRole('button', { name: 'Show all' }).click();
  await page.getByLabel('Search', { exact: true }).fill('IsapiFilterModule');
  await page.locator('.count', { hasText: /^\d+ of/ }).waitFor();
  expect(await page.locator('.line .mark').count()).toBe(0);
  await page.locator('.answer .event[role="link"]:visible').first().click();
  await page.locator('.line.selected .mark').waitFor();
  await page.screenshot({ path: join(shots, 'trace.png') });
  await page.close();
});

it('is walked by keyboard alone', async () => {
  const page = await open({ 'fr000001.xml': impersonation().bytes() });
  const tree = page.getByRole('tree');
  await tree.focus();
  await page.keyboard.press('Home');
  const selected = page.locator('.line.selected');
  expect(await selected.getAttribute('aria-level')).toBe('1');
  await page.keyboard.press('ArrowDown');
  const before = await tree.getAttribute('aria-activedescendant');
  await page.keyboard.press('ArrowRight');
  expect(await page.locator(`#${before}`).getAttribute('aria-expanded')).toBe('true');
  await page.keyboard.press('End');
  expect(await tree.getAttribute('aria-activedescendant')).toBe(await selected.getAttribute('id'));
  await page.close();
});

it('draws only what is visible of 20,000 events, on a phone too', async () => {
  const page = await open(
    { 'long.xml': longLog(20_000) },
    { viewport: { width: 390, height: 844 }, colorScheme: 'dark' },
  );
  await page.locator('.line.selected .mark').waitFor();
  await page.getByRole('tree').press('Home');
  const first = page.locator('.line[data-place="0"]');
  await first.waitFor();
  expect(await page.locator('.line').count()).toBeLessThan(80);
  await page.evaluate("document.querySelector('.tree').scrollTop = 100_000");
  await first.waitFor({ state: 'detached' });
  expect(await page.locator('.line').count()).toBeGreaterThan(10);
  expect(await page.evaluate('document.documentElement.scrollWidth - window.innerWidth')).toBe(0);
  await page.screenshot({ path: join(shots, 'trace-phone.png') });
  await page.close();
});

it('says that the decisive event comes after the first 20,000, and offers no way to it', async () => {
  const page = await open({ 'long.xml': longLog(20_100) });
  await page.locator('.details h4', { hasText: 'Event 1:' }).waitFor();
  const notes = (await page.locator('.trace .note').allInnerTexts()).join(' ');
  expect(notes).toContain('This log has 20,099 events. Here are the first 20,000.');
  expect(notes).toContain('The decisive event, no. 20,099, comes after them.');
  expect(await page.getByRole('button', { name: 'Go to the decisive event' }).count()).toBe(0);
  expect(await page.locator('.answer .event[role="link"]').count()).toBe(0);
  await page.close();
});

it('opens the trace of the log that a proof names, among several', async () => {
  const page = await open({ 'good.xml': success().bytes(), 'bad.xml': impersonation().bytes() });
  expect(await page.locator('.trace-of').count()).toBe(0);
  await page.locator('.answer .event[role="link"]:visible').first().press('Enter');
  await page.locator('.trace-of h3', { hasText: 'bad.xml' }).waitFor();
  await page.locator('.line.selected .mark', { hasText: 'decisive' }).waitFor();
  expect(await page.evaluate('document.activeElement.getAttribute("role")')).toBe('tree');
  await page.close();
});

it('marks the selected line in forced colours, too', async () => {
  const page = await open({ 'fr000001.xml': impersonation().bytes() }, { forcedColors: 'active' });
  await page.locator('.line.selected').waitFor();
  const outlineOf = (selector: string) =>
    page.evaluate(`getComputedStyle(document.querySelector('${selector}')).outlineStyle`);
  expect(await outlineOf('.line.selected')).toBe('solid');
  expect(await outlineOf('.line:not(.selected)')).toBe('none');
  await page.close();
});

it('compares two logs at their first difference', async () => {
  const page = await open({ 'good.xml': success().bytes(), 'bad.xml': impersonation().bytes() });
  await page.getByRole('button', { name: 'Compare the two' }).click();
  await page.locator('.pair .line.selected .mark', { hasText: 'first difference' }).nth(1).waitFor();
  const titles = await page.locator('.pair h3').allInnerTexts();
  expect(titles).toEqual(['Trace: bad.xml', 'Trace: good.xml']);
  await page.screenshot({ path: join(shots, 'compare.png') });
  await page.close();
});

it('saves a report whose trace opens from the disk and prints as a static page', async () => {
  const page = await open({ 'fr000001.xml': impersonation().bytes() });
  await page.getByRole('tree').waitFor();
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save as a report' }).click();
  const path = join(shots, 'report.html');
  await (await saved).saveAs(path);
  const report = await browser.newPage();
  collectComplaints(report, complaints);
  await report.goto(`file://${path}`);
  await report.locator('.answer .event[role="link"]:visible').first().click();
  await report.locator('.line.selected .mark', { hasText: 'decisive' }).waitFor();
  await report.emulateMedia({ media: 'print' });
  expect(await report.locator('.static').isVisible()).toBe(true);
  expect(await report.locator('.tree').isVisible()).toBe(false);
  expect((await report.pdf()).length).toBeGreaterThan(10_000);
  await report.close();
  await page.close();
});
