import { afterEach, expect, it } from 'vitest';
import type { Message, PostedMessage } from '../../src/desk/ports/message.js';
import { memoryStore } from '../../src/store/memory-store.js';
import { readable } from '../fakes/slack/index.js';
import { frebLog } from '../scenarios/logs.js';
import { longAnswer } from './doubles.js';
import { mention, SlackRun } from './driver.js';

// Rows, buttons and metadata as the first released version wrote them, as literal JSON: a renamed field would no longer be read.
const answerRow =
  '{"id":"a1","thread":"slack:T0FREBOT:C0OPS:100.1","tenant":"T0FREBOT","at":"2026-06-08T20:00:00.000Z","answer":{"title":"Old","summary":"Old.","parts":[{"kind":"text","id":"fix","keep":"fold","text":"The stored fix."}],"actions":[{"id":"fix","label":"Fix","case":"a1","part":"fix"}],"sources":[],"case":"a1"},"message":"slack:T0FREBOT:C0OPS:100.1"}';
const store = () =>
  memoryStore(JSON.stringify({ answers: [['a1', answerRow]], threads: [], cases: [], files: [], spent: [] }));
const button = (id: string, label: string, value: string) =>
  `{"type":"button","action_id":"frebot:${id}","text":{"type":"plain_text","text":"${label}","emoji":false},"value":${JSON.stringify(value)}}`;

let run: SlackRun;
afterEach(async () => {
  await run.stop();
  run.slack.verify();
});

/** Returns a message below which the earlier version put its buttons. */
function messageWithButtons(thread: string) {
  const elements = [
    button('fix:0', 'Fix', '{"case":"a1","parts":["fix"]}'),
    button('fixed:1', 'This fixed it', '{"case":"a1","parts":[]}'),
    button('show-more', 'Show more (1)', '{"case":"a1","parts":[]}'),
    button('more', 'Show more (2)', '{"case":"a1","parts":["fix"]}'),
    button('share', 'Share in channel', '{"case":"a1","parts":[]}'),
  ];
  const blocks = JSON.parse(`[{"type":"actions","elements":[${elements.join(',')}]}]`);
  return { channel: 'C0OPS', ts: '100.2', thread_ts: thread, text: '', blocks, reactions: [] };
}

it.each(['Fix', 'Show more (1)', 'Show more (2)'])('the button "%s" opens its part', async (label) => {
  run = await SlackRun.start({ store: store() });
  const thread = run.slack.post('C0OPS', 'why?').ts;
  expect(await run.slack.press(messageWithButtons(thread), label)).toBe(true);
  const view = await run.slack.until('the opened part', () => run.slack.state.views[0]);
  expect(readable(view.blocks)).toContain('The stored fix.');
});

it('the buttons "This fixed it" and "Share in channel" are answered', async () => {
  run = await SlackRun.start({ store: store() });
  const thread = run.slack.post('C0OPS', 'why?').ts;
  await run.slack.press(messageWithButtons(thread), 'This fixed it');
  await run.slack.answer('C0OPS', thread);
  await run.slack.press(messageWithButtons(thread), 'Share in channel');
  await run.slack.until('the shared answer', () =>
    run.slack.state.messages.find((m) => m.channel === 'C0OPS' && readable(m.blocks).includes('Old')),
  );
});

it('a claimed message is answered in its thread, and its file is fetched', async () => {
  run = await SlackRun.start({ store: store() });
  const { slack, desk } = run;
  const file = slack.keep({ name: 'fr000032.xml', bytes: frebLog() });
  const { ts } = slack.post('C0OPS', mention());
  const row = `{"key":"slack:T0FREBOT:C0OPS:${ts}","door":"slack","tenant":"T0FREBOT","who":"U0ANNA","where":{"team":"T0FREBOT","channel":"C0OPS","thread":"${ts}","ts":"${ts}"},"thread":"slack:T0FREBOT:C0OPS:${ts}","place":"slack:T0FREBOT:C0OPS","text":"","files":[{"id":"${file}","name":"fr000032.xml","url":null,"team":"T0FREBOT","lasting":true}],"addressed":true}`;
  await desk.receive(JSON.parse(row) as Message);
  expect(readable((await slack.answer('C0OPS', ts)).blocks)).toContain('0x80070542');
});

it('a claimed press is answered to the presser alone', async () => {
  run = await SlackRun.start({ store: store() });
  const row =
    '{"key":"slack:T0FREBOT:C0OPS:press:1.1","door":"slack","tenant":"T0FREBOT","who":"U0ANNA","where":{"team":"T0FREBOT","channel":"C0OPS","thread":"100.1","to":"asker","asker":"U0ANNA"},"thread":"slack:T0FREBOT:C0OPS:100.1","place":"slack:T0FREBOT:C0OPS","text":"","files":[],"addressed":true,"press":{"action":"fix","case":"a1","parts":["fix"]}}';
  await run.desk.receive(JSON.parse(row) as Message);
  const reply = await run.slack.until('the reply', () => run.slack.state.messages.find(({ onlyFor }) => onlyFor));
  expect([reply.onlyFor, readable(reply.blocks)]).toEqual(['U0ANNA', expect.stringContaining('The stored fix.')]);
});

it('an answer that is posted in part is completed', async () => {
  run = await SlackRun.start({ store: store() });
  const { slack, slackDoor } = run;
  const { ts } = slack.post('C0OPS', 'why?');
  const where = JSON.parse(`{"team":"T0FREBOT","channel":"C0OPS","thread":"${ts}","ts":"${ts}"}`);
  await slackDoor.door.say(where, longAnswer(), 'key-1');
  const [first, ...others] = slack.answers('C0OPS', ts);
  expect(others.length).toBeGreaterThan(0);
  const metadata = `{"event_type":"frebot_answer","event_payload":{"key":"key-1","part":1,"of":${others.length + 1}}}`;
  expect(first?.metadata).toEqual(JSON.parse(metadata));
  for (const message of others) slack.state.messages.splice(slack.state.messages.indexOf(message), 1);
  run = await run.successor();
  const found = await run.slackDoor.door.find(where, 'key-1');
  const partial = `{"channel":"C0OPS","ts":"${first?.ts}","form":"blocks","parts":[1]}`;
  expect(found).toEqual({ state: 'partial', posted: JSON.parse(partial) });
  await run.slackDoor.door.say(where, longAnswer(), 'key-1', JSON.parse(partial) as PostedMessage);
  expect(run.slack.answers('C0OPS', ts)).toHaveLength(others.length + 1);
});
