import { afterEach, expect, it } from 'vitest';
import { frebLog } from '../scenarios/logs.js';
import { mention, SlackRun, transports } from './driver.js';

let run: SlackRun | undefined;
afterEach(async () => {
  await run?.stop();
  run = undefined;
});

it.each(transports)('a question deleted in Slack takes its stored answer with it, over %s', async (transport) => {
  run = await SlackRun.start({ transport });
  const { slack, desk } = run;
  const ts = await slack.say('C0OPS', mention('why?'), { files: [{ name: 'fr000032.xml', bytes: frebLog() }] });
  const answer = await slack.answer('C0OPS', ts);
  const id = /\\?"case\\?":\\?"([\w-]+)/.exec(JSON.stringify(answer.blocks))?.[1] ?? '';
  expect(await desk.storedAnswer(id, 'T0FREBOT')).toMatchObject({ id });
  await slack.deliverEvent({
    type: 'message',
    subtype: 'message_deleted',
    hidden: true,
    channel: 'C0OPS',
    channel_type: 'channel',
    ts: '1790000000.000100',
    event_ts: '1790000000.000100',
    deleted_ts: ts,
    previous_message: { type: 'message', user: 'U0ANNA', ts, text: 'why?' },
  });
  await expect.poll(() => desk.storedAnswer(id, 'T0FREBOT')).toBeUndefined();
  expect(await run.store.caseOf(`slack:T0FREBOT:C0OPS:${ts}`)).toBeUndefined();
});
