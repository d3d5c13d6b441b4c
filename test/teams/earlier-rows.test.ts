import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Message } from '../../src/desk/ports/message.js';
import { memoryStore } from '../../src/store/memory-store.js';
import { fileAddress, serveMessage, serveShare } from '../fakes/teams/graph.js';
import { buttonInvoke, personalActivity, team } from '../fakes/teams/index.js';
import { cardText } from './cards.js';
import { cardOf, droppedLog as log, serveSharePoint, TeamsRun, unusedMocks } from './driver.js';

// Rows and buttons as the first released version wrote them, as literal JSON: a renamed field would no longer be read.
const tenant = 'b1a2c3d4-0000-4000-8000-5eed00000001';
const answerRow = `{"id":"a1","thread":"teams:${tenant}:a:1personal-chat","tenant":"${tenant}","at":"2026-06-08T20:00:00.000Z","answer":{"title":"Old","summary":"Old.","parts":[{"kind":"text","id":"fix","keep":"fold","text":"The stored fix."}],"actions":[{"id":"fix","label":"Fix","case":"a1","part":"fix"}],"sources":[],"case":"a1"},"message":"teams:${tenant}:a:1personal-chat:1"}`;

let run: TeamsRun;
beforeEach(async () => {
  const rows = { answers: [['a1', answerRow]], threads: [], cases: [], files: [], spent: [] };
  run = await TeamsRun.start({}, memoryStore(JSON.stringify(rows)));
});
afterEach(async () => {
  await run.stop();
});

const lastCard = () => cardText(cardOf(run.teams.messages.at(-1) as (typeof run.teams.messages)[0]));

/** Returns a row of the inbox: a message in a channel, with this file. */
function channelRow(file: string): Message {
  const conversation = `${team.thread};messageid=17`;
  const where = `{"scope":"channel","reference":{"activityId":"17","channelId":"msteams","serviceUrl":"${run.teams.serviceUrl}","conversation":{"tenantId":"${tenant}","conversationType":"channel","isGroup":true,"id":"${conversation}"},"bot":{"id":"28:6f9619ff-8b86-4d01-b42d-00cf4fc964ff","name":"Frebot"},"user":{"id":"29:1bright-person","aadObjectId":"7d1e0c6e-0000-4000-8000-00000000ada1"},"locale":"en-US"}}`;
  return JSON.parse(
    `{"key":"teams:${tenant}:${conversation}:17","door":"teams","tenant":"${tenant}","who":"7d1e0c6e-0000-4000-8000-00000000ada1","where":${where},"thread":"teams:${tenant}:${conversation}","place":"teams:${tenant}:${team.thread}","text":"","files":[${file}],"addressed":true}`,
  ) as Message;
}

it('a button in the card, and in the message of an older client, opens its part', async () => {
  const { serviceUrl } = run.teams;
  const pressed = await run.teams.deliver(
    personalActivity(serviceUrl, buttonInvoke('fix', { case: 'a1', part: 'fix' })),
  );
  expect(cardText(((await pressed.json()) as { value: unknown }).value)).toContain('The stored fix.');
  await run.teams.deliver(
    personalActivity(serviceUrl, { value: JSON.parse('{"case":"a1","part":"fix","verb":"fix"}') }),
  );
  await run.teams.connector.waitForMessages(1);
  expect(lastCard()).toContain('The stored fix.');
});

it('a file of a channel is read through Graph, and answered in its thread', async () => {
  serveMessage(`/teams/${team.group}/channels/${encodeURIComponent(team.thread)}/messages/17`, [log]);
  serveShare(log);
  const file = `{"via":"graph","lasting":true,"name":"file","attachment":"${log.id}","chat":"${team.thread}","message":"17","root":"17","group":null,"team":"${team.thread}","serviceUrl":"${run.teams.serviceUrl}","tenant":"${tenant}"}`;
  await run.desk.receive(channelRow(file));
  const [sent] = await run.teams.connector.waitForMessages(1);
  expect(lastCard()).toContain('0x80070542');
  expect(sent?.conversation).toBe(`${team.thread};messageid=17`);
  expect(unusedMocks()).toEqual([]);
});

it('a shared file and an offered file are fetched', async () => {
  serveShare(log);
  const shared = `{"via":"share","lasting":true,"name":"${log.name}","url":"${fileAddress(log.name)}","tenant":"${tenant}"}`;
  const offered = `{"via":"offer","name":"${log.name}","url":"${serveSharePoint([log])(log.name)}"}`;
  for (const file of [shared, offered]) {
    const chunks: Uint8Array[] = [];
    for await (const chunk of (await run.teams.door.door.fetch(JSON.parse(file))).bytes) chunks.push(chunk);
    expect(Buffer.concat(chunks).equals(log.bytes)).toBe(true);
  }
});
