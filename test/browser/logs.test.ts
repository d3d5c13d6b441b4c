import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { impersonation, pageException, slowPage, success } from '../generator/index.js';
import { testDesk } from '../terminal/driver.js';
import { type ServedPage, servePage } from '../web/serve-page.js';
import { collectComplaints, launchChromium, setPagePolicy } from './driver.js';

// Many logs as a person uses them, in Chromium, under the policy that the page is served with.
const shots = resolve(import.meta.dirname, '../../screenshots');
const core = testDesk();
const complaints: string[] = [];
let served: ServedPage;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  served = await servePage(core.desk, { before: setPagePolicy });
  browser = await launchChromium();
  page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  collectComplaints(page, complaints);
  await page.goto(served.origin);
});
afterAll(async () => {
  await browser?.close();
  await served.stop();
  await core.close();
});

it('shows all groups, filters them, and opens one group and one log', async () => {
  const made = [impersonation(), pageException(), slowPage({ ms: 4000 }), success()].map((log) => log.bytes());
  const files = Array.from({ length: 40 }, (_, i) => ({
    name: `fr${String(i).padStart(6, '0')}.xml`,
    mimeType: 'text/xml',
    buffer: made[i % 4] as Buffer,
  }));
  await page.setInputFiles('#files', files);
  const logs = page.locator('.logs');
  await logs.waitFor();
  expect(await logs.locator('.count').innerText()).toBe('40 of 40 logs, 4 of 4 groups');
  expect(await page.locator('[data-part="groups"] td').first().innerText()).toBe('10');
  await logs.getByLabel('Outcome').selectOption('slow');
  expect(await logs.locator('.count').innerText()).toBe('10 of 40 logs, 1 of 4 groups');
  await logs.getByRole('button', { name: 'Show all' }).click();
  await logs.locator('table').first().locator('td button').first().click();
  expect(await logs.locator('h4').innerText()).toContain('Logs of "');
  expect(await logs.locator('table').nth(1).locator('tbody tr').count()).toBe(10);
  await logs.getByRole('button', { name: 'Log', exact: true }).click();
  await logs.getByRole('button', { name: 'fr000000.xml' }).click();
  await page.locator('.trace-of h3', { hasText: 'fr000000.xml' }).waitFor();
  await page.locator('.line.selected').waitFor();
  expect(complaints).toEqual([]);
});

it('saves them as CSV and as a report in which they can be filtered', async () => {
  const logs = page.locator('.logs');
  const [csv] = await Promise.all([page.waitForEvent('download'), logs.getByText('Download as CSV').click()]);
  expect(
    readFileSync(await csv.path(), 'utf8')
      .trimEnd()
      .split('\r\n'),
  ).toHaveLength(11);
  const [saved] = await Promise.all([page.waitForEvent('download'), page.getByText('Save as a report').click()]);
  const path = resolve(shots, 'many-report.html');
  await saved.saveAs(path);
  const report = await browser.newPage();
  report.on('pageerror', (error) => complaints.push(String(error)));
  await report.goto(`file://${path}`);
  await report.locator('.logs').getByLabel('Outcome').selectOption('slow');
  expect(await report.locator('.logs .count').innerText()).toBe('10 of 40 logs, 1 of 4 groups');
  expect(await report.locator('.logs td button').count()).toBe(1);
  await report.close();
  expect(complaints).toEqual([]);
});

it('shows the table again after a reload, without the logs themselves', async () => {
  await page.reload();
  const logs = page.locator('.logs');
  expect(await logs.locator('.count').innerText()).toBe('40 of 40 logs, 4 of 4 groups');
  await logs.getByLabel('Outcome').selectOption('slow');
  expect(await logs.locator('.count').innerText()).toBe('10 of 40 logs, 1 of 4 groups');
  expect(await page.getByText('drop the logs again').count()).toBe(1);
  expect(await page.locator('[data-part="all-groups"]').count()).toBe(0);
  expect(complaints).toEqual([]);
});
