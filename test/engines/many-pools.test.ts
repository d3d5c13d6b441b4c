import { expect, it } from 'vitest';
import { createDesk } from '../../src/desk/desk.js';
import { createIntake } from '../../src/intake/intake.js';
import { systemClock } from '../../src/service/clock.js';
import { MemoryInbox } from '../../src/store/memory-inbox.js';
import { memoryStore } from '../../src/store/memory-store.js';
import { builtKnowledge } from '../built-knowledge.js';
import { readable } from '../fakes/slack/index.js';
import { craftZip } from '../intake/zips.js';
import { SlackRun } from '../slack/driver.js';
import { servePage } from '../web/serve-page.js';

/** A configuration that is small as a zip and 40 MB unpacked, which needs much memory for each pool. */
function zipOfManyPools(): Buffer {
  const pools = Array.from({ length: 550_000 }, (_, i) => `<add name="p${i % 1000}" managedRuntimeVersion="v4.0" />\n`);
  const config = `<configuration><system.applicationHost><applicationPools>${pools.join('')}</applicationPools></system.applicationHost></configuration>`;
  return craftZip([{ name: 'applicationHost.config', content: Buffer.from(config) }]);
}

it('a configuration of 550,000 pools is answered on the page and in a chat, and the next question too', async () => {
  const events = { emit: () => undefined };
  const intake = createIntake();
  const inbox = new MemoryInbox(events, systemClock);
  const desk = createDesk({
    knowledge: builtKnowledge(),
    intake,
    store: memoryStore(),
    inbox,
    events,
    clock: systemClock,
  });
  const { origin, stop } = await servePage(desk, { now: systemClock.now });
  const slack = await SlackRun.start({ desk });
  try {
    const zip = zipOfManyPools();
    const form = new FormData();
    form.append('file', new Blob([new Uint8Array(zip)]), 'config.zip');
    const page = await fetch(`${origin}/api/diagnose`, { method: 'POST', body: form });
    expect(await page.text()).toContain('I read the first 5,000 of them');

    const dropped = await slack.slack.say('D0ANNA', '', { files: [{ name: 'config.zip', bytes: zip }] });
    const findAnswer = () =>
      slack.slack.answers('D0ANNA', dropped).find(({ blocks }) => readable(blocks).includes('5,000'));
    await slack.slack.until('the answer', findAnswer);
    const asked = await slack.slack.say('D0ANNA', 'who holds SeImpersonatePrivilege by default?');
    expect(readable((await slack.slack.answer('D0ANNA', asked)).blocks)).toContain('Administrators');
  } finally {
    await slack.slackDoor.stop();
    await slack.slack.stop();
    await desk.stop(1_000);
    await stop();
  }
});
