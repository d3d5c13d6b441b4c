import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allShown, galleryPage } from '../../scripts/gallery.js';
import { launchChromium } from './driver.js';

// Every answer as the doors draw it: Slack's blocks, Teams' cards, the page. The test builds the gallery from this code.
const root = resolve(import.meta.dirname, '../..');
const folder = join(root, 'build/gallery');
const shots = join(root, 'screenshots');
const shown = allShown();

let browser: Browser;
const complaints: string[] = [];
const asked: string[] = [];

async function open(width: number): Promise<Page> {
  const page = await browser.newPage({ viewport: { width, height: 900 } });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && complaints.push(message.text()));
  page.on('request', (request) => asked.push(request.url()));
  await page.goto(`file://${folder}/index.html`);
  await page.waitForSelector('body[data-drawn]');
  return page;
}

beforeAll(async () => {
  mkdirSync(folder, { recursive: true });
  mkdirSync(shots, { recursive: true });
  writeFileSync(join(folder, 'index.html'), galleryPage(shown));
  browser = await launchChromium();
});

afterAll(() => browser?.close());

/** Returns what each column shows, and its cards. A string, because this code runs in the page and not in Node. */
const columns = `[...document.querySelectorAll('section')].map((section) => ({
  name: section.id,
  doors: Object.fromEntries([...section.querySelectorAll('figure')].map((figure) => {
    const tree = figure.querySelector('.column').shadowRoot;
    return [figure.dataset.door, {
      words: [...tree.children].map((child) => child.innerText ?? '').join(' ').length,
      cards: tree.querySelectorAll('[data-card]').length,
      drawn: tree.querySelectorAll('.ac-adaptiveCard').length,
    }];
  })),
}))`;

/** Opens everything that is folded, but no menu; runs in the page. */
const unfold = `for (const { shadowRoot: tree } of document.querySelectorAll('.column')) {
  for (const details of tree.querySelectorAll('details')) details.open = true;
  for (const button of tree.querySelectorAll('.card button.ac-pushButton')) if (button.textContent.trim() !== '...') button.click();
}`;

/** Returns elements that are wider than their column and do not scroll; runs in the page. */
const outside = `[...document.querySelectorAll('.column')].flatMap((column) => {
  const edge = column.getBoundingClientRect().right + 0.5;
  const scrolls = (element) => element && (/auto|scroll/.test(getComputedStyle(element).overflowX) || scrolls(element.parentElement));
  return [...column.shadowRoot.querySelectorAll('*')]
    .filter((element) => element.getBoundingClientRect().right > edge && !scrolls(element.parentElement))
    .map((element) => column.closest('section').id + ' ' + column.closest('figure').dataset.door + ': ' + element.textContent.slice(0, 60));
})`;

/**
 * Returns, for each answer with a fix, how far below its first line the fix ends; runs in the page. The fix ends where the
 * next heading begins, and everything before it is above.
 */
const fixEnds = `[...document.querySelectorAll('figure')].flatMap((figure) => {
  const door = figure.dataset.door;
  if (door === 'page') return [];
  const tree = figure.querySelector('.column').shadowRoot;
  const words = [...tree.querySelectorAll('*')].filter((e) => e.children.length === 0 && e.textContent.trim() !== '' && !e.closest('details') && e.getBoundingClientRect().height > 0);
  const at = words.findIndex((e) => e.textContent.trim() === 'Fix');
  const next = words.findIndex((e, index) => index > at && /^(Proof|Why|Evidence|What|To be certain|Still needed|Check)/.test(e.textContent.trim()));
  if (at < 0 || next < 0) return [];
  const top = figure.querySelector('.column').getBoundingClientRect().top;
  return [{ name: figure.closest('section').id, door, end: Math.round(words[next].getBoundingClientRect().top - top) }];
})`;

/** Returns texts of cards that stand out too little from what is behind them (WCAG: 4.5 to 1); runs in the page. */
const faint = `[...document.querySelectorAll('[data-door="teams"] .column')].flatMap((column) => {
  const rgb = (text) => (text.match(/[\\d.]+/g) ?? []).map(Number);
  const light = (colour) => {
    const [r, g, b] = colour.map((one) => one / 255).map((one) => (one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element) => {
    const colour = rgb(getComputedStyle(element).backgroundColor);
    if (colour.length === 3 || colour[3] === 1) return colour.slice(0, 3);
    return element.parentElement ? behind(element.parentElement) : [255, 255, 255];
  };
  return [...column.shadowRoot.querySelectorAll('.card *')]
    .filter((element) => element.children.length === 0 && element.textContent.trim() !== '' && !element.closest('button, a, style'))
    .map((element) => {
      const [a, b] = [light(rgb(getComputedStyle(element).color).slice(0, 3)), light(behind(element))];
      return { text: element.textContent.slice(0, 40), contrast: (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05) };
    })
    .filter(({ contrast }) => contrast < 4.5)
    .map(({ text, contrast }) => column.closest('section').id + ': ' + text + ' ' + contrast.toFixed(1));
})`;

describe('the gallery', () => {
  it('draws every answer at the three doors', async () => {
    const page = await open(1400);
    const drawn = (await page.evaluate(columns)) as {
      name: string;
      doors: Record<string, { words: number; cards: number; drawn: number }>;
    }[];
    expect(drawn.map(({ name }) => name)).toEqual(shown.map(({ name }) => name));
    for (const { name, doors } of drawn) {
      expect(Object.keys(doors), name).toEqual(['slack', 'teams', 'page']);
      for (const [door, { words }] of Object.entries(doors)) expect(words, `${name} at ${door}`).toBeGreaterThan(20);
      expect(doors.teams?.cards, name).toBeGreaterThan(0);
      expect(doors.teams?.drawn, name).toBe(doors.teams?.cards);
    }
    await page.screenshot({ path: join(shots, 'gallery.png') });
    await page.close();
  });

  it('fits a phone, folded and unfolded', async () => {
    const page = await open(390);
    expect(await page.evaluate(outside)).toEqual([]);
    await page.evaluate(unfold);
    expect(await page.evaluate(outside)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth - window.innerWidth')).toBe(0);
    await page.locator('#right-likely').screenshot({ path: join(shots, 'gallery-phone.png') });
    await page.close();
  });

  it('shows title, facts and the whole fix on the first screen of a phone', async () => {
    const page = await open(390);
    const ends = (await page.evaluate(fixEnds)) as { name: string; door: string; end: number }[];
    // A second drop folds the fix that is above, so not every diagnosis shows one.
    expect(ends.length).toBeGreaterThan(20);
    expect(ends.filter(({ end }) => end > 844)).toEqual([]);
    await page.close();
  });

  it.each(['light', 'dark', 'contrast'])('shows every card legibly in the theme %s of Teams', async (theme) => {
    const page = await open(1400);
    await page.locator('#theme').selectOption(theme);
    expect(await page.evaluate(faint)).toEqual([]);
    const teams = page.locator('#right-likely [data-door=teams]');
    await teams.screenshot({ path: join(shots, `gallery-teams-${theme}.png`) });
    await page.close();
  });

  it('raises no script error and requests nothing from the network', () => {
    expect(complaints).toEqual([]);
    expect(asked.filter((url) => !/^(file|data):/.test(url))).toEqual([]);
  });
});
