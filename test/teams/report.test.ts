import { afterEach, describe, expect, it } from 'vitest';
import { ReportCards } from '../../adapters/teams/outbound/report.js';
import type { TeamsSettings } from '../../adapters/teams/settings.js';
import { shortAnswer } from '../fakes/teams/desk.js';
import { serveUploadSession } from '../fakes/teams/graph.js';
import {
  appId,
  buttonInvoke,
  channelActivity,
  consentInvoke,
  fileOffer,
  groupActivity,
  mention,
  personalActivity,
  type SentActivity,
  tenantId,
} from '../fakes/teams/index.js';
import { frebLog } from '../scenarios/logs.js';
import { cardElements, cardFaults, cardText, elementsWithoutFallback } from './cards.js';
import { cardOf, serveSharePoint, TeamsRun } from './driver.js';

let run: TeamsRun;
afterEach(async () => {
  await run.stop();
});

const publicUrl = 'https://frebot.example.org';
const start = async (settings: Partial<TeamsSettings> = {}) => {
  run = await TeamsRun.start({ settings });
};
const button = (sent: SentActivity | undefined) =>
  cardElements(cardOf(sent as SentActivity)).find((e) => e.title === 'Report');

/** Drops the flagship log into a 1:1 chat, or pastes it elsewhere; resolves with the answer. */
async function diagnosed(where: 'personal' | 'channel' | 'group' = 'personal'): Promise<SentActivity> {
  const log = { name: 'fr000032.xml', bytes: frebLog() };
  const pasted = mention(new TextDecoder().decode(log.bytes));
  const { serviceUrl } = run.teams;
  const activity =
    where === 'personal'
      ? personalActivity(serviceUrl, fileOffer(log.name, serveSharePoint([log])(log.name)))
      : where === 'channel'
        ? channelActivity(serviceUrl, pasted)
        : groupActivity(serviceUrl, pasted);
  expect((await run.teams.deliver(activity)).status).toBe(200);
  const [sent] = await run.teams.connector.waitForMessages(1);
  expect(cardText(cardOf(sent as SentActivity))).toContain('0x80070542');
  return sent as SentActivity;
}

async function press(): Promise<{ value: string }> {
  const pressed = button(run.teams.messages[0]);
  const response = await run.teams.deliver(
    personalActivity(run.teams.serviceUrl, buttonInvoke(String(pressed?.verb), pressed?.data as object)),
  );
  return (await response.json()) as { value: string };
}

describe('the report in a 1:1 chat', () => {
  /** Asks for the report; resolves with the card that asks for consent. */
  async function offered() {
    await start();
    const answer = await diagnosed();
    expect(answer.id).toMatch(/^sent-\d+$/);
    const offer = button(answer);
    expect(offer?.data).toEqual({ case: expect.stringMatching(/^[\w-]{16}$/) });
    expect((await press()).value).toContain('OneDrive');
    const [, card] = await run.teams.connector.waitForMessages(2);
    const consent = card?.activity.attachments?.[0] as
      | { contentType: string; name: string; content: { sizeInBytes: number; acceptContext: object } }
      | undefined;
    expect(consent).toMatchObject({
      contentType: 'application/vnd.microsoft.teams.card.file.consent',
      name: 'frebot-report.html',
      content: { acceptContext: offer?.data },
    });
    return { card: card?.id ?? '', content: consent?.content as { sizeInBytes: number; acceptContext: object } };
  }

  it('is offered by a consent card, and uploaded when the person allows it', async () => {
    const { card, content } = await offered();
    const { uploadInfo, arrived } = serveUploadSession();
    const decision = personalActivity(
      run.teams.serviceUrl,
      consentInvoke('accept', card, content.acceptContext, uploadInfo),
    );
    expect((await run.teams.deliver(decision)).status).toBe(200);
    const html = await arrived;
    expect(Buffer.byteLength(html)).toBe(content.sizeInBytes);
    expect(html).toMatch(/^<!doctype html>/);
    expect(html).toContain('0x80070542');
    // It loads nothing: what it needs is in it.
    expect(html).not.toMatch(/<(?:script|img|iframe)[^>]*\ssrc=|<link\s/);
    const [, , file] = run.teams.messages;
    expect(file?.activity.attachments?.[0]).toEqual({
      contentType: 'application/vnd.microsoft.teams.card.file.info',
      contentUrl: uploadInfo.contentUrl,
      name: 'frebot-report.html',
      content: { uniqueId: uploadInfo.uniqueId, fileType: 'html' },
    });
    expect(run.teams.connector.deletedIds).toEqual([card]);
  });

  it('is uploaded once when the decision is delivered twice, also where cards cannot be deleted', async () => {
    const { card, content } = await offered();
    run.teams.connector.canDelete = false;
    const { uploadInfo, arrived } = serveUploadSession();
    const decision = personalActivity(
      run.teams.serviceUrl,
      consentInvoke('accept', card, content.acceptContext, uploadInfo),
    );
    await Promise.all([run.teams.deliver(decision), run.teams.deliver(decision)]);
    await arrived;
    expect(run.teams.messages).toHaveLength(3);
  });

  it('is not made when the person declines, and the card is deleted', async () => {
    const { card, content } = await offered();
    const decision = personalActivity(run.teams.serviceUrl, consentInvoke('decline', card, content.acceptContext));
    expect((await run.teams.deliver(decision)).status).toBe(200);
    expect(run.teams.connector.deletedIds).toEqual([card]);
    expect(run.teams.messages).toHaveLength(2);
  });

  it.each([
    ['fails', () => serveUploadSession(507).uploadInfo],
    ['is to go to a stranger', () => ({ uploadUrl: 'https://sharepoint.com.evil.example/up' })],
    ['is to go to this machine', () => ({ uploadUrl: 'https://127.0.0.1/up' })],
    ['has no address', () => ({})],
  ])('gets one sentence when the upload %s', async (_name, info) => {
    const { card, content } = await offered();
    await run.teams.deliver(
      personalActivity(run.teams.serviceUrl, consentInvoke('accept', card, content.acceptContext, info())),
    );
    const [, , reply] = run.teams.messages;
    expect(cardText(cardOf(reply as SentActivity))).toContain("couldn't save the report to your OneDrive");
  });

  it('is not made of an expired answer or one of another tenant', async () => {
    const { card } = await offered();
    const decision = personalActivity(
      run.teams.serviceUrl,
      consentInvoke(
        'accept',
        card,
        { case: 'AAAAAAAAAAAAAAAA' },
        { uploadUrl: 'https://contoso-my.sharepoint.com/up' },
      ),
    );
    await run.teams.deliver(decision);
    const [, , reply] = run.teams.messages;
    expect(cardText(cardOf(reply as SentActivity))).toContain('no longer have that answer');
  });

  it.each([[{}], [null], [{ action: 'accept' }], [{ action: 7, context: 'x', uploadInfo: [] }]])(
    'odd decisions do no harm: %j',
    async (value) => {
      await start();
      const odd = personalActivity(run.teams.serviceUrl, { type: 'invoke', name: 'fileConsent/invoke', value });
      expect((await run.teams.deliver(odd)).status).toBe(200);
    },
  );

  it('is a link, or missing, in clouds where bots get no files', async () => {
    const settings: TeamsSettings = { appId, tenantId, loopback: false, cloud: 'us-government' };
    const deps = { desk: { storedAnswer: async () => undefined }, upload: async () => undefined, report: () => 'page' };
    const answer = { ...shortAnswer('x'), verdict: 'failure' as const, case: 'AAAAAAAAAAAAAAAA' };
    expect(new ReportCards(settings, deps).makeButton(answer, 'personal')).toBeUndefined();
    const open = new ReportCards({ ...settings, publicUrl }, deps).makeButton(answer, 'personal');
    expect(open).toMatchObject({ type: 'Action.OpenUrl' });
    // An answer about a topic, or one that is not stored, has no report.
    expect(
      new ReportCards({ ...settings, publicUrl }, deps).makeButton({ ...answer, verdict: undefined }, 'channel'),
    ).toBe(undefined);
    expect(
      new ReportCards({ ...settings, publicUrl }, deps).makeButton({ ...answer, case: undefined }, 'channel'),
    ).toBe(undefined);
    await start();
  });
});

describe('the report elsewhere', () => {
  it.each(['channel', 'group'] as const)('there is no button in a %s without a public address', async (where) => {
    await start();
    expect(button(await diagnosed(where))).toBeUndefined();
    const response = await fetch(`${run.teams.address}/reports/AAAAAAAAAAAAAAAA`);
    expect(response.status).toBe(404);
    expect(await response.text()).not.toContain('kept');
  });

  it.each(['channel', 'group'] as const)('the answer in a %s links to it with a public address', async (where) => {
    await start({ publicUrl });
    const sent = await diagnosed(where);
    const { type, url } = button(sent) as { type: string; url: string };
    expect(type).toBe('Action.OpenUrl');
    expect(url).toMatch(/^https:\/\/frebot\.example\.org\/reports\/[\w-]{16}$/);
    expect(cardFaults(cardOf(sent))).toEqual([]);
    expect(elementsWithoutFallback(cardOf(sent))).toEqual([]);

    const page = await fetch(run.teams.address + new URL(url).pathname);
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none';.*sandbox/);
    expect(page.headers.get('cache-control')).toContain('no-store');
    expect(page.headers.get('x-robots-tag')).toContain('noindex');
    expect(await page.text()).toContain('0x80070542');
  });

  it('a card keeps its link when a button is pressed', async () => {
    await start({ publicUrl });
    const card = cardOf(await diagnosed('channel'));
    const fixed = cardElements(card).find((e) => e.title === 'This fixed it');
    const response = await run.teams.deliver(
      channelActivity(run.teams.serviceUrl, buttonInvoke(String(fixed?.verb), fixed?.data as object)),
    );
    const { value } = (await response.json()) as { value: unknown };
    expect(cardElements(value).find((e) => e.title === 'Report')).toEqual(
      cardElements(card).find((e) => e.title === 'Report'),
    );
  });

  it.each([
    ['another id', 'AAAAAAAAAAAAAAAA'],
    ['an id that is none', '..%2f..%2fetc%2fpasswd'],
    ['a list of all', ''],
  ])('%s finds nothing', async (_name, id) => {
    await start({ publicUrl });
    const response = await fetch(`${run.teams.address}/reports/${id}`);
    expect(response.status).toBe(404);
  });

  it('answers of other doors and other tenants are not found, nor forgotten ones', async () => {
    await start({ publicUrl });
    const keep = async (tenant: string, id: string) => {
      const { answer } = await run.desk.command('help', { door: 'teams', thread: `t:${id}`, tenant, who: 'ada' });
      return answer.actions[0]?.case ?? '';
    };
    const own = await keep(tenantId, 'own');
    const local = await keep('local', 'page');
    const other = await keep('b1a2c3d4-0000-4000-8000-5eed00000002', 'other');
    const status = async (id: string) => (await fetch(`${run.teams.address}/reports/${id}`)).status;
    expect([await status(own), await status(local), await status(other)]).toEqual([200, 404, 404]);
    await run.store.forget('t:own');
    expect(await status(own)).toBe(404);
  });

  it('refuses other methods', async () => {
    await start({ publicUrl });
    const response = await fetch(`${run.teams.address}/reports/AAAAAAAAAAAAAAAA`, { method: 'POST' });
    expect(response.status).toBe(404);
  });
});
