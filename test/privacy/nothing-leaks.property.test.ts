import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMcpServer } from '../../adapters/mcp/index.js';
import { runTerminal } from '../../adapters/terminal/index.js';
import { createDesk, type Desk } from '../../src/desk/desk.js';
import { createIntake } from '../../src/intake/intake.js';
import { createAuditTrail } from '../../src/service/audit.js';
import { systemClock } from '../../src/service/clock.js';
import { createLog } from '../../src/service/log.js';
import { createMetrics, type Metrics } from '../../src/service/metrics.js';
import { type Engine, openEngine } from '../../src/store/engine.js';
import { message } from '../desk/support.js';
import type { FakeMessage, FakeView } from '../fakes/slack/state.js';
import { FakeTeams, fileOffer, personalActivity } from '../fakes/teams/index.js';
import type { ScenarioFile } from '../scenarios/types.js';
import { pressNotIt, SlackRun } from '../slack/driver.js';
import { unpackEmptyEngine } from '../store/empty-engine.js';
import { sampleOf } from '../sweep.js';
import { knowledge, serveSharePoint } from '../teams/driver.js';
import { terminalDeps } from '../terminal/deps.js';
import { servePage } from '../web/serve-page.js';
import { carriers, markedFiles } from './carriers.js';
import { type Form, textForms } from './forms.js';
import { markedEvidence, markedPaste, markedQuestions, markers } from './markers.js';

const folder = mkdtempSync(join(tmpdir(), 'frebot-privacy-'));
const dataDir = join(folder, 'data');
const evidence = markedEvidence();
/** Everything that left the process through a door. */
const sent: Record<string, string> = { slack: '', teams: '', web: '', terminal: '', mcp: '' };
/** Files and rows during the work and after it. */
const storedFiles: Record<string, string> = {};
let logged = '';
let metricsText = '';
let trail = '';

/** Every place where something is written or sent, and patterns that show that it was about this evidence. */
const surfaces: Record<string, { text(): string; shows: RegExp[] }> = {
  ...Object.fromEntries(
    Object.keys(sent).map((door) => [door, { text: () => sent[door] as string, shows: [/0x80070542/, /withheld/] }]),
  ),
  log: { text: () => logged, shows: [/diagnosed/] },
  metrics: { text: () => metricsText, shows: [/frebot_answers_total/] },
  'audit trail': { text: () => trail, shows: [/"door":"slack".*"kinds":"[^"]*freb-log/, /"door":"teams"/] },
  'files of the engine while a question waits': { text: () => storedFiles.waiting as string, shows: [/inbox/] },
  'files of the engine': { text: () => storedFiles.files as string, shows: [/inbox/] },
  'rows and jobs of the engine': {
    text: () => storedFiles.rows as string,
    shows: [/frebot\.case_file[\s\S]*freb-log/, /had Password=…/, /bullmq|job/i],
  },
};

/** Generated markers that went in by a file or a question, with their place. */
const generated: { where: string; form: Form }[] = [];

/** The files of some turns, in drops of a size that a chat carries. */
function drops(...turns: number[]): ScenarioFile[][] {
  return sampleOf(turns, 3).flatMap((turn) => {
    const files = markedFiles(turn).map(({ kind, field, form, bytes }, i) => {
      generated.push({ where: `${kind}, ${field}`, form });
      return { name: `${turn}-${i}.xml`, bytes };
    });
    return [files.slice(0, 50), files.slice(50, 100), files.slice(100)].filter((drop) => drop.length > 0);
  });
}

/** Questions that hold every form of a private value in free text, several in each. */
function markedSentences(): string[] {
  const forms = textForms();
  generated.push(...forms.map((form) => ({ where: 'question', form })));
  const texts = forms.map(({ text }) => text.replace(/[<>]/g, ' '));
  return Array.from({ length: Math.ceil(texts.length / 20) }, (_, i) => texts.slice(i * 20, i * 20 + 20).join(' and '));
}

beforeAll(async () => {
  const log = createLog(
    'debug',
    lines((text) => (logged += text)),
  );
  const metrics = createMetrics(log);
  const audit = createAuditTrail(join(folder, 'audit.ndjson'), systemClock.now, () => undefined);
  const settings = { dataDir, retentionDays: 30 };
  unpackEmptyEngine(join(dataDir, 'pg'));
  const engine = await openEngine(settings, {
    events: metrics,
    clock: systemClock,
    notice: (text) => (logged += text),
  });
  metrics.watch(() => engine.queue());
  const intake = createIntake({ workers: 1 });
  const { store, inbox } = engine;
  const desk = createDesk({ knowledge, intake, store, inbox, events: audit.events(metrics), clock: systemClock });
  try {
    await waitingMessage(engine);
    await chats(desk);
    await page(desk);
    await terminal(desk);
    await agent(desk);
  } finally {
    metricsText = await readMetrics(metrics);
    await desk.stop(2000);
    await engine.close();
    await audit.close();
  }
  trail = readFileSync(join(folder, 'audit.ndjson'), 'utf8');
  storedFiles.files = filesOf(folder);
  storedFiles.rows = await rowsOf(join(dataDir, 'pg'));
  // Hundreds of files go through every door: half a minute of computing, of which a busy machine makes minutes.
}, 600_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A question without an answer yet: its text is stored only sealed. */
async function waitingMessage(engine: Engine): Promise<void> {
  const text = markedQuestions.join('\n');
  // Its door is not open, so that the message stays waiting.
  await engine.inbox.claim(message({ key: 'closed:T9:C9:1', door: 'terminal', thread: 'closed:T9:C9:1', text }));
  storedFiles.waiting = filesOf(folder);
}

async function chats(desk: Desk): Promise<void> {
  const teams = await FakeTeams.start(desk, {});
  desk.addDoor(teams.door.door);
  const run = await SlackRun.start({ desk });
  try {
    const root = await run.slack.say('D0ANNA', '', { files: evidence });
    await run.slack.answer('D0ANNA', root, 1);
    const texts = [markedPaste, ...markedQuestions, 'case', 'privacy'];
    for (const [i, text] of texts.entries()) {
      await run.slack.say('D0ANNA', text, { thread: root });
      await run.slack.answer('D0ANNA', root, i + 2);
    }
    const plain = await run.slack.say('C0OPS', '', { files: evidence.slice(0, 1) });
    const answer = await run.slack.answer('C0OPS', plain, 1);
    const because = `CONTOSO\\${markers.person} had Password=${markers.connection} wrong at ${markers.address}`;
    await pressNotIt(answer, run, 'U0ANNA', because);
    await run.slack.until('thanks', () => run.slack.answers('C0OPS', plain)[1]);
    // Only their asker sees the next two.
    await run.slack.command(`diagnose ${markedPaste}`);
    await run.slack.until('the diagnosis of what was pasted', () =>
      seenByOne(run).find((m) => m.includes('0x80070542')),
    );
    for (const text of markedQuestions) await run.slack.command(text);
    await run.slack.globalShortcut();
    const before = run.slack.state.messages.length;
    await run.slack.submit(run.slack.state.views.at(-1) as FakeView, { files: evidence, question: markedQuestions[0] });
    const isAnswer = ({ channel, metadata }: FakeMessage) => channel === 'D0ANNA' && metadata !== undefined;
    await run.slack.until('the answer to the form', () => run.slack.state.messages.slice(before).find(isAnswer));
    for (const files of drops(0, 1, 2)) {
      const dropped = await run.slack.say('D0ANNA', '', { files });
      await run.slack.answer('D0ANNA', dropped);
    }
    for (const text of markedSentences()) {
      const asked = await run.slack.say('D0ANNA', text);
      await run.slack.answer('D0ANNA', asked);
    }
    const { calls, views } = run.slack.state;
    sent.slack = [JSON.stringify(calls), JSON.stringify(views), ...seenByOne(run)].join('\n');
    logged += JSON.stringify(run.log);

    const { serviceUrl } = teams;
    const inTeams = [evidence, ...drops(3)].map((files) => {
      const address = serveSharePoint(files);
      const offers = files.map(({ name }) => fileOffer(name, address(name)) as { attachments: object[] });
      return { attachments: offers.flatMap((offer) => offer.attachments) };
    });
    for (const more of [...inTeams, ...texts.map((text) => ({ text }))]) {
      const before = teams.messages.length;
      await teams.deliver(personalActivity(serviceUrl, more));
      await teams.connector.waitForMessages(before + 1);
    }
    sent.teams = JSON.stringify(teams.messages);
    logged += JSON.stringify(teams.log);
  } finally {
    await run.slackDoor.stop();
    await run.slack.stop();
    await teams.stop();
  }
}

/** Returns what Slack showed to one person only, by an acknowledgement or a response URL too. */
function seenByOne(run: SlackRun): string[] {
  return run.slack.state.messages.filter(({ onlyFor }) => onlyFor).map((one) => JSON.stringify(one));
}

async function page(desk: Desk): Promise<void> {
  const { origin, stop } = await servePage(desk, { now: systemClock.now });
  const answers: unknown[] = [];
  for (const files of [evidence, ...drops(4, 5, 6)]) {
    const form = new FormData();
    form.append('thread', 't');
    for (const { name, bytes } of files) form.append('file', new Blob([new Uint8Array(bytes)]), name);
    answers.push(await (await fetch(`${origin}/api/diagnose`, { method: 'POST', body: form })).json());
  }
  for (const text of [markedPaste, ...markedQuestions]) {
    const body = JSON.stringify({ text, thread: 't' });
    const headers = { 'content-type': 'application/json' };
    answers.push(await (await fetch(`${origin}/api/ask`, { method: 'POST', headers, body })).json());
  }
  answers.push(await (await fetch(`${origin}/report/${(answers[0] as { case?: string }).case}`)).text());
  sent.web = JSON.stringify(answers);
  await stop();
}

async function terminal(desk: Desk): Promise<void> {
  const { writeFileSync } = await import('node:fs');
  const own = mkdtempSync(join(tmpdir(), 'frebot-marked-'));
  const more = drops(7, 8).flat();
  for (const { name, bytes } of [...evidence, ...more]) writeFileSync(join(own, name), bytes);
  const say = (text: string) => (sent.terminal += text);
  const deps = terminalDeps(desk, { cwd: own, out: say, error: say });
  await runTerminal(['diagnose', ...evidence.map(({ name }) => name)], deps);
  await runTerminal(['diagnose', 'fr000001.xml', '--json'], deps);
  await runTerminal(['diagnose', ...more.map(({ name }) => name), '--all'], deps);
  await runTerminal(['diagnose', ...more.map(({ name }) => name), '--csv'], deps);
  await runTerminal(['diagnose', ...more.map(({ name }) => name), '--json'], deps);
  for (const text of markedQuestions) await runTerminal(['ask', text], deps);
  rmSync(own, { recursive: true });
}

/** Everything that an agent gets: short texts, structured content, and the details. */
async function agent(desk: Desk): Promise<void> {
  const server = createMcpServer({ desk, version: '1', roots: [], cwd: folder });
  const client = new Client({ name: 'test', version: '1' });
  const [near, far] = InMemoryTransport.createLinkedPair();
  await Promise.all([server.connect(far), client.connect(near)]);
  const read = (uri: string) => client.readResource({ uri });
  const told = async (name: string, given: Record<string, unknown>) => {
    const result = await client.callTool({ name, arguments: given });
    const { details } = result.structuredContent as { details: string };
    sent.mcp += JSON.stringify([result, await read(details)]);
    // The holders of the right, which are shown, are in the JSON of the evidence by design.
    if (!JSON.stringify(given).includes('ur.inf')) sent.mcp += JSON.stringify(await read(`${details}/json`));
  };
  const toContents = (files: ScenarioFile[]) => files.map(({ name, bytes }) => ({ name, text: decodeText(bytes) }));
  await told('diagnose', { contents: toContents(evidence) });
  const more = toContents(drops(9).flat());
  for (let at = 0; at < more.length; at += 20) await told('diagnose', { contents: more.slice(at, at + 20) });
  for (const text of [markedPaste, ...markedQuestions]) await told('ask', { question: text.slice(0, 4000) });
  await client.close();
}

/** Returns the text of a file as an agent has read it. */
function decodeText(bytes: Uint8Array): string {
  return new TextDecoder(bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8').decode(bytes);
}

function lines(take: (text: string) => void): Writable {
  return new Writable({
    write(chunk, _encoding, done) {
      take(String(chunk));
      done();
    },
  });
}

async function readMetrics(metrics: Metrics): Promise<string> {
  return (await metrics.text()).text;
}

/** A run of text, of one byte or of two bytes a character. */
const textRun = /(?:[^\0-\x1f]\0?){6,}/g;

/** Returns the text in every file: most of what a database keeps is none. */
function filesOf(dir: string): string {
  const files = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const texts = files.map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'));
  return texts
    .flatMap((text) => text.match(textRun) ?? [])
    .join('\n')
    .replaceAll('\0', '');
}

/** Returns every row of every table, those of the queue too, because long values are compressed in the files. */
async function rowsOf(dir: string): Promise<string> {
  const { PGlite } = await import('@electric-sql/pglite');
  const db = await PGlite.create(dir);
  const { rows: tables } = await db.query<{ name: string }>(
    `select quote_ident(table_schema) || '.' || quote_ident(table_name) as name from information_schema.tables
     where table_schema not in ('pg_catalog', 'information_schema') and table_type = 'BASE TABLE'`,
  );
  const all: string[] = [];
  for (const { name } of tables) {
    const { rows } = await db.query<{ row: string }>(`select t::text as row from ${name} t`);
    all.push(name, ...rows.map(({ row }) => row));
  }
  await db.close();
  return all.join('\n');
}

/** Returns the names of the markers in a text, in any case of letters, also in base 64 or percent-encoded. */
function found(text: string): string[] {
  const lower = text.toLowerCase();
  return Object.entries(markers).flatMap(([name, marker]) => {
    const forms = [marker.toLowerCase(), encodeURIComponent(marker).toLowerCase()];
    const packed = Buffer.from(marker).toString('base64').slice(0, -3);
    return forms.some((form) => lower.includes(form)) || text.includes(packed) ? [name] : [];
  });
}

describe('what must stay in the evidence', () => {
  it('is in the evidence', () => {
    const all = evidence.map(({ bytes }) => {
      const buffer = Buffer.from(bytes);
      return `${buffer.toString('utf8')}${buffer.toString('utf16le')}`;
    });
    expect(found([...all, ...markedQuestions].join('\n'))).toEqual(Object.keys(markers));
  });

  it.each(Object.entries(surfaces))('is not in: %s', (_name, { text, shows }) => {
    // The surface has something about this evidence.
    for (const pattern of shows) expect(text()).toMatch(pattern);
    expect([found(text()), shownOf(text())]).toEqual([[], []]);
  });

  it('went in by every kind of evidence, at least 600 generated values of it', () => {
    expect(new Set(generated.map(({ where }) => where.split(',')[0]))).toEqual(
      new Set([...Object.keys(carriers), 'question']),
    );
    expect(generated.length).toBeGreaterThan(600);
    // Proves that the search finds each of them.
    expect(shownOf(generated.map(({ form }) => form.text).join('\n'))).toHaveLength(generated.length);
  });
});

/** The shape of most secrets, for finding them in one pass: the files of an engine are large. */
const secretWord = /zq[0-9a-z]{4}7kx|q7zk\d{1,5}xw9r2bv5lm8tn3yp6hd1js4/g;

/** Returns the generated markers in a text. */
function shownOf(text: string): string[] {
  const lower = text.toLowerCase();
  const words = new Set(lower.match(secretWord));
  const stands = (secret: string) => {
    const [word] = secret.match(secretWord) ?? [];
    if (word !== undefined && !words.has(word)) return false;
    return word === secret || lower.includes(secret) || lower.includes(encodeURIComponent(secret).toLowerCase());
  };
  const secrets = [...new Set(generated.map(({ form }) => form.secret.toLowerCase()))];
  const shown = new Set(secrets.filter(stands));
  return generated
    .filter(({ form }) => shown.has(form.secret.toLowerCase()))
    .map(({ where, form }) => `${where}: ${form.text}`);
}
