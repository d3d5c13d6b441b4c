import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import express from 'express';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mountReports, type ReportDeps } from '../../adapters/api/reports.js';
import { openReports } from '../../src/run/reports.js';
import { createApiToken, findApiToken, parseApiTokens } from '../../src/service/api-tokens.js';
import { sendJson } from '../../src/service/send-json.js';
import { Announcer } from '../../src/watch/announce.js';
import { Journal } from '../../src/watch/journal.js';
import { Outbox } from '../../src/watch/outbox.js';
import type { PostTarget } from '../../src/watch/ports.js';
import { reportTarget } from '../../src/watch/report-target.js';
import { ReportCentre } from '../../src/watch/reports/centre.js';
import { createScrubReport } from '../../src/watch/reports/scrub-report.js';
import { builtKnowledge } from '../built-knowledge.js';
import { readable } from '../fakes/slack/index.js';
import { rightsExport } from '../scenarios/logs.js';
import { SlackRun } from '../slack/driver.js';
import { WatchRun } from './driver.js';

const hour = 3_600_000;
const knowledge = builtKnowledge();
const scrub = createScrubReport(knowledge);
const web03 = createApiToken('web03');
let tokens = parseApiTokens(web03.setting);

/** A central Frebot whose posts stay in its journal. */
class FakeCentre {
  readonly #path: string;
  journal: Journal;
  centre!: ReportCentre;
  url = '';
  form: Partial<ReportDeps> = {};
  readonly refusals: unknown[] = [];
  readonly muted = new Set<string>();
  #server: Server | undefined;

  constructor(path: string) {
    this.#path = path;
    this.journal = new Journal(path);
    this.restart();
  }

  /** Opens the journal again, as after a crash. */
  restart(): void {
    this.journal.close();
    this.journal = new Journal(this.#path);
    const now = () => Date.parse('2026-06-08T21:00:00Z');
    const deps = {
      journal: this.journal,
      now,
      targets: [{ name: 'chat' }, { name: 'slack #iis', counts: 'edits' as const }],
      muted: this.muted,
      tracing: () => 'unknown' as const,
    };
    this.centre = new ReportCentre({ ...deps, announcer: new Announcer(deps), watchers: ['web03'], scrub });
  }

  async start(): Promise<this> {
    const app = express();
    mountReports({
      findToken: (authorization) => findApiToken(tokens, authorization),
      brake: async () => true,
      accept: (watcher, body) => this.centre.accept(watcher, body),
      loopback: true,
      now: () => new Date(0),
      refused: (...refusal) => void this.refusals.push(refusal),
      ...this.form,
    })(app);
    this.#server = createServer(app).listen(0, '127.0.0.1');
    await new Promise((done) => this.#server?.once('listening', done));
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    return this;
  }

  async stop(): Promise<void> {
    this.#server?.closeAllConnections();
    await new Promise((done) => (this.#server ? this.#server.close(done) : done(undefined)));
    this.journal.close();
  }

  get posts() {
    return [...this.journal.state.waiting.values()].map(({ post }) => post);
  }
}

let run: WatchRun;
let centre: FakeCentre;
beforeEach(async () => {
  tokens = parseApiTokens(web03.setting);
  run = new WatchRun();
  centre = await new FakeCentre(join(run.root, 'centre.jsonl')).start();
});
afterEach(async () => {
  await centre.stop();
  await run.stop();
});

function report(token = web03.token) {
  return reportTarget(new URL(centre.url), (url, body) => sendJson(url, body, { token, isOwn: true }));
}

const whole = {
  schema: 'frebot.report/1',
  id: '0b8f1c9a-6d43-4f0e-9a0e-6f3f3a3b1c11',
  kind: 'new',
  at: '2026-06-08T20:00:00.000Z',
  answer: { title: 'New', summary: 'New.', parts: [], actions: [], sources: [] },
};

const post = (body: unknown, headers: Record<string, string> = {}, path = '/api/reports') =>
  fetch(`${centre.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${web03.token}`, ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

describe('a watcher and its centre', () => {
  it('answers arrive with the name of the watcher, and no log does', async () => {
    run.form = { targets: [report()] };
    await run.look();
    run.log(1);
    await run.look();
    expect(centre.posts.map(({ kind }) => kind)).toEqual(['first-look', 'new']);
    expect(JSON.stringify(centre.posts[1]?.answer)).toContain('The watcher web03 reports this.');
    expect(JSON.stringify(centre.posts)).not.toMatch(/failedRequest|CONTOSO|\bada\b/);
    expect(centre.posts[1]?.group).toMatchObject({ cause: 'impersonation-right-missing', pool: 'Portal', count: 1 });
  });

  it('a count edits the post in a chat of the centre, and is a line of its own elsewhere', async () => {
    run.form = { targets: [report()] };
    await run.look();
    run.log(1);
    await run.look();
    const [, told] = centre.posts;
    const targetsOf = (kind: string) =>
      [...centre.journal.state.waiting.values()].filter(({ post: one }) => one.kind === kind).map(({ to }) => to);
    run.log(2);
    await run.look(1, 2 * hour);
    expect(targetsOf('new')).toEqual([['chat', 'slack #iis']]);
    expect(targetsOf('again')).toEqual([['chat']]);
    expect(targetsOf('update')).toEqual([['slack #iis']]);
    expect(centre.posts.at(-1)).toMatchObject({ kind: 'update', of: told?.id, watcher: 'web03', group: { count: 2 } });
    expect(JSON.stringify(centre.posts.at(-1)?.answer)).toContain('I have seen it 2 times');
  });

  it('a cause that is muted at the centre is not posted there', async () => {
    centre.muted.add('impersonation-right-missing');
    run.form = { targets: [report()] };
    await run.look();
    run.log(1);
    await run.look();
    expect(centre.posts.map(({ kind }) => kind)).toEqual(['first-look']);
  });

  it('a watcher edits only what it has reported itself', async () => {
    const sent: unknown[] = [];
    const chat: PostTarget = {
      name: 'slack #iis',
      counts: 'edits',
      send: async (one, earlier) => {
        sent.push([one.kind, earlier]);
        return { ts: '1' };
      },
    };
    const { journal } = centre;
    expect(centre.centre.accept('web03', whole)).toBe('taken');
    const update = { ...whole, id: randomUUID(), kind: 'update', of: whole.id };
    expect(centre.centre.accept('web04', update)).toBe('taken');
    expect(centre.centre.accept('web03', { ...update, id: randomUUID() })).toBe('taken');
    await new Outbox(journal, [chat], () => undefined).flush();
    expect(sent).toEqual([
      ['new', undefined],
      ['update', { ts: '1' }],
    ]);
  });

  it('what a watcher reports is posted in a chat of the centre, and edited there', async () => {
    const chat = await SlackRun.start();
    const settings = { to: ['slack:iis-prod'], muted: [], dataDir: join(run.root, 'data'), watchers: ['web03'] };
    const reports = await openReports(
      { ...settings, knowledge, desk: chat.desk },
      () => undefined,
      () => undefined,
    );
    const group = {
      verdict: 'failure',
      cause: 'impersonation-right-missing',
      pool: 'Portal',
      site: '2',
      server: 'WEB03',
    };
    const told = { ...whole, group: { ...group, page: null, count: 1 } };
    expect(reports.accept('web03', told)).toBe('taken');
    const answer = { ...whole.answer, title: 'New, 2 times' };
    const update = { ...told, id: randomUUID(), kind: 'update', of: told.id, answer };
    expect(reports.accept('web03', update)).toBe('taken');
    const post = await chat.slack.until('the edited post', () =>
      chat.slack.state.messages.find(({ edited }) => edited),
    );
    expect(readable(post.blocks)).toContain('New, 2 times');
    expect(readable(post.blocks)).toContain('The watcher web03 reports this.');
    expect(readable(post.blocks)).toContain('Mute this cause');
    expect(chat.slack.state.messages).toHaveLength(1);
    await reports.close();
    await chat.stop();
  });

  it('a centre that is away for a day gets everything once, also when an answer was lost on the way', async () => {
    run.form = { targets: [report()] };
    await run.look();
    await centre.stop();
    for (let i = 1; i <= 24; i++) {
      run.log(i, { pool: `Pool${String.fromCharCode(64 + i)}` });
      await run.look(1, hour);
    }
    expect(run.notes).toHaveLength(1);
    expect(run.notes[0]).toContain("can't be reached");
    const { url } = centre;
    centre = await new FakeCentre(join(run.root, 'centre.jsonl')).start();
    let lost = 0;
    const target = reportTarget(new URL(centre.url), async (place, body) => {
      const status = await sendJson(place, body, { token: web03.token, isOwn: true });
      // The centre took it, and its answer does not arrive.
      if (++lost % 3 === 1) throw new Error('ECONNRESET');
      return status;
    });
    run.restart();
    run.form = { targets: [{ ...target, name: `report ${new URL(url).host}` }] };
    await run.look(200);
    const pools = centre.posts.filter(({ kind }) => kind === 'new').map(({ group }) => group?.pool);
    expect(pools).toHaveLength(24);
    expect(new Set(pools).size).toBe(24);
  });

  it('a wrong or revoked token is one line, and nothing is lost', async () => {
    run.form = { targets: [report('frb_wrong-wrong-wrong')] };
    await run.look(20);
    expect(run.notes).toHaveLength(1);
    expect(run.notes[0]).toContain('refuses the token in FREBOT_REPORT_TOKEN (status 401)');
    expect(centre.refusals.length).toBeGreaterThan(0);
    run.form = { targets: [report()] };
    run.restart();
    await run.look();
    expect(centre.posts).toHaveLength(1);
    tokens = [];
    run.log(1);
    await run.look();
    expect(centre.posts).toHaveLength(1);
  });

  it('a watcher without a sign of life for fifteen minutes is told once, and again when it is back', async () => {
    run.form = { targets: [report()] };
    await run.look();
    const check = (minutes: number) => {
      for (let i = 0; i < minutes; i++) centre.centre.check();
    };
    for (let i = 0; i < 6; i++) {
      check(5);
      await run.look(1, 300_000);
    }
    expect(centre.posts.map(({ kind }) => kind)).toEqual(['first-look']);
    check(20);
    centre.restart();
    check(20);
    expect(centre.posts.map(({ kind }) => kind)).toEqual(['first-look', 'watcher']);
    expect(JSON.stringify(centre.posts[1]?.answer)).toContain('The watcher web03 is silent');
    await run.look(1, 300_000);
    expect(centre.posts.map(({ kind }) => kind)).toEqual(['first-look', 'watcher', 'watcher']);
  });

  it('a report that comes twice is taken once, also after a restart of the centre', async () => {
    expect((await post(whole)).status).toBe(202);
    centre.restart();
    expect((await post(whole)).status).toBe(202);
    expect(centre.posts).toHaveLength(1);
  });

  it.each([
    [401, whole, { authorization: 'Bearer frb_wrong' }],
    [403, whole, { origin: 'https://evil.example' }],
    [403, whole, { 'x-forwarded-proto': 'http' }],
    [415, whole, { 'content-type': 'text/plain' }],
    [413, 'x'.repeat(257 * 1024), {}],
    [400, 'nonsense', {}],
    [400, { ...whole, id: 'me' }, {}],
    [400, { ...whole, kind: 'shout' }, {}],
    [400, { ...whole, extra: 1 }, {}],
    [400, { ...whole, answer: { ...whole.answer, actions: [{ id: 'fixed', label: 'x' }] } }, {}],
    [400, { ...whole, answer: { ...whole.answer, title: [{ link: 'x', href: 'javascript:alert(1)' }] } }, {}],
    [400, { ...whole, answer: { ...whole.answer, parts: [{ kind: 'html', id: 'x', keep: 'always', text: 'x' }] } }, {}],
  ] as [number, unknown, Record<string, string>][])(
    '%d is one sentence, and nothing is kept',
    async (status, body, headers) => {
      const response = await post(body, headers);
      expect(response.status).toBe(status);
      expect(((await response.json()) as { error: string }).error).toMatch(/^[A-Z][^\n]+\.$/);
      expect(centre.posts).toEqual([]);
    },
  );

  it('every string is scrubbed again', async () => {
    const secret = 'Server=db;User Id=sa;Password=hunter2hunter2; mail to ada.lovelace@contoso.example';
    const parts = [{ kind: 'text', id: 'seen', keep: 'always', text: ['see ', { code: secret }] }];
    await post({ ...whole, answer: { ...whole.answer, title: secret, summary: secret, parts } });
    expect(centre.posts).toHaveLength(1);
    expect(JSON.stringify(centre.posts)).not.toMatch(/hunter2|lovelace/);
  });

  it('the sentences of the knowledge stand, and what is private beside them does not', () => {
    for (const { title, brief, fix } of knowledge.causes.values())
      for (const text of [title, ...brief, ...fix.flatMap((step) => [step.command ?? '', step.note ?? ''])])
        if (!text.includes('{')) expect(scrub(`New: ${text}`), text).toBe(`New: ${text}`);
    const mistaken = 'the Kerberos ticket was made for another account';
    expect(scrub([`Likely cause: ${mistaken}, says ada@contoso.example`])).toEqual([
      `Likely cause: ${mistaken}, says …`,
    ]);
  });

  it('what a watcher says passes as it is', async () => {
    const drift = { bytes: rightsExport() };
    run.form = { rights: { server: 'WEB03', read: async () => [{ name: 'rights.inf', ...drift }] } };
    run.log(1, { pool: 'Blog' });
    await run.look();
    run.log(2);
    run.log(3, { pool: 'Shop' });
    await run.look();
    run.log(4);
    await run.look(1, 2 * hour);
    await run.look(1, 8 * hour);
    expect(new Set(run.target.kinds)).toEqual(new Set(['first-look', 'rights', 'new', 'again']));
    for (const said of run.target.posts) {
      expect(scrub(said)).toEqual(said);
      expect((await post({ schema: 'frebot.report/1', ...said })).status, said.kind).toBe(202);
    }
  });
});
