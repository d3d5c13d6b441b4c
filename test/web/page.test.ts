import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { renderAnswer } from '../../adapters/web/render.js';
import { gallery } from '../../src/questions/gallery.js';
import { fleetFiles, four } from '../generator/fleets.js';
import { findVagueQuestion } from '../questions/vague.js';
import { flagship, scenarios } from '../scenarios/flagship.js';
import type { ScenarioFile } from '../scenarios/types.js';
import { knowledge, testDesk } from '../terminal/driver.js';
import { type ServedPage, servePage } from './serve-page.js';

const shop = { name: 'Shop', identity: 'SpecificUser', account: 'CONTOSO\\svc_web', outcome: 'fails' as const };

let served: ServedPage;
let origin: string;
let close: () => Promise<void>;

beforeEach(async () => {
  const core = testDesk();
  close = core.close;
  served = await servePage(core.desk);
  origin = served.origin;
});
afterEach(async () => {
  await served.stop();
  await close();
});

interface Shown {
  html: string;
  case?: string;
}

/** What a person reads: the fragment without its tags. */
const words = (html: string) =>
  html
    .replace(/<[^>]*>/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ');

async function drop(files: ScenarioFile[], thread: string): Promise<Shown> {
  const form = new FormData();
  form.append('thread', thread);
  for (const { name, bytes } of files) form.append('file', new Blob([new Uint8Array(bytes)]), name);
  const response = await fetch(`${origin}/api/diagnose`, { method: 'POST', body: form });
  expect(response.status).toBe(200);
  return (await response.json()) as Shown;
}

async function post(path: string, body: object): Promise<Shown> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(origin + path, { method: 'POST', headers, body: JSON.stringify(body) });
  expect(response.status).toBe(200);
  return (await response.json()) as Shown;
}

describe.each(scenarios)('the scenario $name', ({ turns }) => {
  it('reads as it should on the page', async () => {
    for (const [index, turn] of turns.entries()) {
      // The page overhears no one.
      if (turn.silent || turn.presses) continue;
      const shown = turn.drops
        ? await drop(turn.drops, 't1')
        : await post('/api/ask', { text: turn.says, thread: 't1' });
      const text = words(shown.html);
      for (const word of turn.shows ?? []) expect(text, `turn ${index + 1}`).toContain(word);
      for (const word of turn.hides ?? []) expect(text, `turn ${index + 1}`).not.toContain(word);
      expect(shown.html).not.toMatch(/<(script|img|at|at>)/i);
    }
  });
});

it('the flagship answer as the page shows it', async () => {
  const shown: string[] = [];
  for (const turn of flagship.turns) shown.push((await drop(turn.drops ?? [], 't2')).html);
  const html = shown
    .join('\n')
    .replace(/data-case="[^"]+"/g, 'data-case="…"')
    .replace(/></g, '>\n<');
  await expect(`${html}\n`).toMatchFileSnapshot('../goldens/web/flagship.html');
});

it('a button of an answer opens its part, and the answer can be saved as a file with its own script only', async () => {
  const { case: kept = '' } = await drop(flagship.turns[0]?.drops ?? [], 't3');
  const pressed = await post('/api/press', { action: 'defaults', case: kept });
  expect(words(pressed.html)).toMatch(/SERVICE/);
  const report = await (await fetch(`${origin}/report/${kept}`)).text();
  expect(report).toContain('0x80070542');
  expect(report.match(/<script/g)).toHaveLength(1);
  expect(report).toMatch(/script-src 'sha256-[\w+/=]{44}'/);
  expect((await fetch(`${origin}/report/unknown`)).status).toBe(404);
});

it('offers the table of a fleet as a file for a spreadsheet, with every pool in it', async () => {
  const fleet = { policy: { SeImpersonatePrivilege: four }, servers: { WEB01: [shop, { ...shop, name: 'Desk' }] } };
  const files = fleetFiles(fleet).map(({ name, text }) => ({ name, bytes: Buffer.from(text) }));
  const { html } = await drop(files, 'fleet');
  const link = /<a href="data:text\/csv;charset=utf-8;base64,([\w+/=]+)" download="frebot-pools\.csv">/.exec(html);
  const rows = Buffer.from(link![1]!, 'base64').toString('utf8').split('\r\n');
  expect(rows[0]).toMatch(/^\ufeffserver,iis,pool,/);
  expect(rows.slice(1, 3).map((row) => row.split(',')[2])).toEqual(['Shop', 'Desk']);
});

it.each([
  ['the closest entries', findVagueQuestion(knowledge)],
  ['the nearest codes', 'explain 0x80071234'],
  ['the commands', 'help'],
])('%s are offered as buttons that open them', async (_what, text) => {
  const shown = await post('/api/ask', { text, thread: `offers-${text}`.slice(0, 20).replace(/\W/g, '-') });
  const actions = [...shown.html.matchAll(/data-action="([^"]+)"/g)].map(([, action]) => action as string);
  const offered = actions.filter((action) => /^(choice-\d|defaults|fix|capture)$/.test(action));
  expect(offered.length).toBeGreaterThanOrEqual(2);
  for (const action of offered) {
    const opened = await post('/api/press', { action, case: shown.case });
    expect(words(opened.html)).not.toMatch(/no longer have/);
    expect(words(opened.html).length).toBeGreaterThan(40);
  }
});

it('serves the built page, and nothing of its sources', async () => {
  for (const path of ['', 'page.js', 'page.css', 'trace.css', 'logs.css', 'icon.svg']) {
    expect((await fetch(`${origin}/${path}`)).status, path).toBe(200);
  }
  for (const path of ['page.ts', 'tsconfig.json', 'trace/trace-viewer.ts', 'logs/log-explorer.ts']) {
    expect((await fetch(`${origin}/${path}`)).status, path).toBe(404);
  }
});

it('says in a sentence what an upload lacks', async () => {
  const form = new FormData();
  form.append('thread', 't4');
  const response = await fetch(`${origin}/api/diagnose`, { method: 'POST', body: form });
  expect(words(((await response.json()) as Shown).html)).toMatch(/file/i);
});

describe('the renderer', () => {
  it.each(gallery(knowledge))('leaves nothing of "$name" out', ({ answer }) => {
    const text = words(renderAnswer(answer).markup);
    for (const part of answer.parts) if (part.heading) expect(text).toContain(part.heading.replace(/\s+/g, ' '));
    for (const { label } of answer.actions) expect(text).toContain(label);
    for (const { title } of answer.sources) expect(text).toContain(title);
  });

  it('offers to copy each text for the owner of the policy, with a button that the keyboard reaches', () => {
    const { answer } = gallery(knowledge).find(({ name }) => name === 'right-confirmed-gpo')!;
    const { markup } = renderAnswer(answer);
    for (const { id } of answer.parts.filter(({ copy }) => copy)) {
      const part = markup.slice(markup.indexOf(`data-part="${id}"`));
      expect(part.slice(0, part.indexOf('</section>')), id).toMatch(/<button type="button" class="copy" data-copy>/);
    }
    expect(answer.parts.filter(({ copy }) => copy)).toHaveLength(3);
  });

  it('links only to https', () => {
    const answer = {
      title: [{ link: 'click', href: 'javascript:alert(1)' }],
      summary: 's',
      parts: [],
      actions: [],
      sources: [{ title: 'x', url: 'data:text/html,x' }],
    };
    expect(renderAnswer(answer).markup).not.toContain('href');
  });
});
