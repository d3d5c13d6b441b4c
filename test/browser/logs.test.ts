import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import express from 'express';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { webDoor } from '../../adapters/web/index.js';
import { impersonation, pageException, slowPage, success } from '../generator/index.js';
import { testDesk } from '../terminal/driver.js';

// Many logs as a person uses them, in Chromium, under the policy that the page is served with.
const root = resolve(import.meta.dirname, '../..');
const shots = resolve(root, 'screenshots');
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'";
const core = testDesk();
const complaints: string[] = [];
let server: Server;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  const app = express();
  app.use((_req, res, next) => {
    res.set('Content-Security-Policy', policy);
    next();
  });
  app.use(webDoor({ desk: core.desk, root, now: () => new Date('2026-06-08T20:00:00Z') }));
  server = createServer(app).listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  });
  page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
afterAll(async () => {
  await browser?.close();
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
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
