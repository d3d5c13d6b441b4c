import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { html } from '../adapters/web/html.js';
import type { Answer } from '../src/answer/answer.js';
import { deskGallery } from '../src/desk/gallery.js';
import { type GalleryEntry, gallery } from '../src/questions/gallery.js';
import { builtKnowledge } from '../test/built-knowledge.js';
import type { Drawing } from './gallery/drawn.js';
import { raw } from './gallery/html.js';
import { drawSlack } from './gallery/slack.js';
import { drawTeams } from './gallery/teams.js';
import { hostConfigs } from './gallery/teams-themes.js';
import { drawWeb } from './gallery/web.js';

/**
 * `npm run gallery`: writes every answer as Slack, Teams and the local page show it, side by side in one file that needs no
 * network. Prints the largest answer of each door.
 */
const root = join(import.meta.dirname, '..');
const doors = { Slack: drawSlack, Teams: drawTeams, Page: drawWeb } as const;
type Door = keyof typeof doors;

export interface ShownAnswer {
  name: string;
  drawn: Record<Door, Drawing>;
}

/** Returns every answer, stored as the desk stores it, so that it has its buttons. */
export function allShown(): ShownAnswer[] {
  const knowledge = builtKnowledge();
  return [...gallery(knowledge), ...deskGallery(knowledge)].map(({ name, answer }: GalleryEntry) => {
    const storedAnswer = withCase(answer);
    return {
      name,
      drawn: { Slack: drawSlack(storedAnswer), Teams: drawTeams(storedAnswer), Page: drawWeb(storedAnswer) },
    };
  });
}

/** Returns the answer with a case id as long as those of the desk. */
function withCase(answer: Answer): Answer {
  const id = 'Zm9yIHRoZSBnYWxs';
  return { ...answer, case: id, actions: answer.actions.map((action) => ({ ...action, case: id })) };
}

/** Returns the largest answer of each door. */
export function largest(all: readonly ShownAnswer[]): Record<Door, { name: string; size: string }> {
  const of = (door: Door) => {
    const most = all.reduce((a, b) => (b.drawn[door].figure > a.drawn[door].figure ? b : a));
    return { name: most.name, size: most.drawn[door].size };
  };
  return { Slack: of('Slack'), Teams: of('Teams'), Page: of('Page') };
}

/** Returns the whole gallery as one HTML file. */
export function galleryPage(all: readonly ShownAnswer[]): string {
  const file = (path: string) => readFileSync(join(root, path), 'utf8');
  const library = (path: string) => readFileSync(createRequire(import.meta.url).resolve(path), 'utf8');
  // Inside a script element only the end tag could end it early.
  const script = (text: string) => raw(text.replaceAll('</script', '<\\/script'));
  // A column is as narrow as a phone although the window is not, so the page's rules ask the column.
  const pageCss = `${file('adapters/web/page/page.css')}${file('adapters/web/page/trace.css')}`.replaceAll(
    '@media (max-width: 32rem)',
    '@container (max-width: 32rem)',
  );
  const styles = {
    slack: library('slack-blocks-to-jsx/dist/style.css'),
    teams: library('adaptivecards/dist/adaptivecards.css'),
    page: pageCss.replaceAll(':root', ':host'),
  };
  const top = largest(all);
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:">
<title>Every answer of Frebot</title><style>${raw(file('scripts/gallery/gallery.css'))}</style></head>
<body><header><h1>Every answer of Frebot</h1>
<p>${all.length} answers as Slack, Teams and the local page show them. Largest: ${Object.entries(top).map(
    ([door, { name, size }]) => html`<span>${door}: <a href="#${name}">${name}</a>, ${size}. </span>`,
  )}</p>
<p><label><input type="checkbox" id="phone"> As wide as a phone</label> <label>Theme of Teams <select id="theme"><option value="light">light</option><option value="dark">dark</option><option value="contrast">high contrast</option></select></label></p>
<nav>${all.map(({ name }) => html`<a href="#${name}">${name}</a> `)}</nav></header>
<main>${all.map(
    ({ name, drawn }) =>
      html`<section id="${name}"><h2><a href="#${name}">${name}</a></h2><div class="doors">${Object.entries(drawn).map(
        ([door, { markup, size }]) =>
          html`<figure data-door="${door.toLowerCase()}"><figcaption><b>${door}</b> ${size}</figcaption><div class="column"><template>${markup}</template></div></figure>`,
      )}</div></section>`,
  )}</main>
<script type="application/json" id="styles">${script(JSON.stringify(styles))}</script>
<script type="application/json" id="host">${raw(JSON.stringify(hostConfigs))}</script>
<script>${script(library('adaptivecards/dist/adaptivecards.min.js'))}</script>
<script>${script(file('scripts/gallery/gallery.js'))}</script>
</body></html>`.markup;
}

if (process.argv[1] === import.meta.filename) {
  const all = allShown();
  const folder = join(root, 'build/gallery');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'index.html'), galleryPage(all));
  console.log(`build/gallery/index.html: ${all.length} answers`);
  for (const [door, { name, size }] of Object.entries(largest(all)))
    console.log(`largest at ${door}: ${name}, ${size}`);
}
