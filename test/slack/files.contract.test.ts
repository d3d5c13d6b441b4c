import { afterEach, expect, it } from 'vitest';
import { fetchSlackFile, type SlackFileRef, sortFiles } from '../../adapters/slack/files.js';
import { type FakeMessage, installedScopes, readable, team } from '../fakes/slack/index.js';
import { zipOf } from '../intake/zips.js';
import { frebLog } from '../scenarios/logs.js';
import { mention, SlackRun } from './driver.js';

let run: SlackRun;
afterEach(async () => {
  await run.stop();
  run.slack.verify();
});

const log = { name: 'fr000032.xml', bytes: frebLog() };
const stub = (id: string) => ({ id, file_access: 'check_file_info', mode: 'file_access', created: 0 });
const answerTo = async (ts: string, channel = 'C0OPS') => readable((await run.slack.answer(channel, ts)).blocks);

it('an upload without a mention is answered when it is a log, and gets no answer otherwise', async () => {
  run = await SlackRun.start();
  const other = await run.slack.say('C0OPS', 'minutes of today', {
    files: [{ name: 'minutes.xml', bytes: '<minutes/>' }],
  });
  const ts = await run.slack.say('C0OPS', '', { files: [log] });
  expect(await answerTo(ts)).toContain('0x80070542');
  expect(run.slack.answers('C0OPS', other)).toEqual([]);
  expect(run.slack.state.messages.find((m) => m.ts === other)?.reactions).toEqual([]);
});

it('a mention with a log gets one answer, although both of its events are delivered three times', async () => {
  run = await SlackRun.start();
  for (const first of ['app_mention', 'message'] as const) {
    const ts = await run.slack.say('C0OPS', mention('what is this?'), { files: [log], first, times: 3 });
    expect(await answerTo(ts)).toContain('0x80070542');
    await new Promise((settled) => setTimeout(settled, 200));
    expect(run.slack.answers('C0OPS', ts)).toHaveLength(1);
    expect(run.slack.state.messages.find((m) => m.ts === ts)?.reactions).toEqual(['eyes']);
  }
});

it('several files in one message get one answer', async () => {
  run = await SlackRun.start();
  const ts = await run.slack.say('D0ANNA', '', {
    files: [log, { name: 'fr000033.xml', bytes: frebLog({ url: 'http://web03:80/other' }) }],
  });
  const answer = await answerTo(ts, 'D0ANNA');
  expect(answer).toContain('2');
  await new Promise((settled) => setTimeout(settled, 200));
  expect(run.slack.answers('D0ANNA', ts)).toHaveLength(1);
});

it('a Slack Connect stub is looked up before it is fetched', async () => {
  run = await SlackRun.start();
  run.slack.state.files.set('F0STUB', { id: 'F0STUB', ...log });
  const ts = await run.slack.say('C0OPS', mention(), { files: [{ ...log, shown: stub('F0STUB') }] });
  expect(await answerTo(ts)).toContain('0x80070542');
});

it.each([
  ['slack-connect', { error: 'access_denied' }, 'another organization'],
  ['slack-file-deleted', { error: 'file_deleted' }, 'has been deleted'],
  ['slack-file-hidden', { error: 'file_not_found' }, 'a conversation that I'],
])('a Slack Connect stub that files.info cannot complete gets a sentence: %s', async (_code, info, words) => {
  run = await SlackRun.start();
  run.slack.state.files.set('F0STUB', { id: 'F0STUB', name: 'x.xml', bytes: new Uint8Array(), info });
  const ts = await run.slack.say('C0OPS', mention(), { files: [{ ...log, shown: stub('F0STUB') }] });
  expect(await answerTo(ts)).toContain(words);
});

it.each([
  [
    'external',
    { id: 'F1', name: 'fr000001.xml', mode: 'external', is_external: true, url_private: 'https://drive.example/x' },
    'link to another service',
  ],
  ['tombstone', { id: 'F1', mode: 'tombstone' }, 'deleted'],
  ['hidden_by_limit', { id: 'F1', mode: 'hidden_by_limit' }, 'limits of this workspace'],
])('a file of mode %s gets a sentence and is not fetched', async (_mode, shown, words) => {
  run = await SlackRun.start();
  const ts = await run.slack.say('C0OPS', mention('look'), { files: [{ ...log, shown }] });
  expect(await answerTo(ts)).toContain(words);
});

it('the answer names the scope files:read when it is missing, and not the sign-in page', async () => {
  run = await SlackRun.start({ scopes: installedScopes.filter((scope) => scope !== 'files:read') });
  const ts = await run.slack.say('C0OPS', mention(), { files: [log] });
  expect(await answerTo(ts)).toContain('files:read');
});

it.each([
  [{}, 'although my token may read files', 'add'],
  [{ file_access: 'check_file_info' }, 'another organization', 'files:read'],
  [{ error: 'file_not_found' }, 'not a member of the channel', 'files:read'],
])('a sign-in page in spite of the scope gets its own reason: %o', async (info, words, not) => {
  run = await SlackRun.start();
  run.slack.state.locked = true;
  const ts = await run.slack.say('C0OPS', mention(), { files: [{ ...log, info }] });
  const answer = await answerTo(ts);
  expect(answer).toContain(words);
  expect(answer).not.toContain(`\`${not}`);
  expect(answer).not.toContain('files:read');
});

it('a file deleted between event and download gets a sentence', async () => {
  run = await SlackRun.start();
  const { ts, done } = run.slack.post('D0ANNA', '', { files: [log] });
  run.slack.state.files.clear();
  await done;
  expect(await answerTo(ts, 'D0ANNA')).toContain('deleted');
});

it('an HTML file of the announced size is not taken for a sign-in page', async () => {
  run = await SlackRun.start();
  const html = `<html><body>${'a report like others '.repeat(200)}</body></html>`;
  const ts = await run.slack.say('D0ANNA', '', { files: [{ name: 'gp.html', bytes: html }] });
  const answer = await answerTo(ts, 'D0ANNA');
  expect(answer).toContain('gp.html');
  expect(answer).not.toContain('files:read');
});

it('a zip of logs is opened, a pasted snippet is read like any file', async () => {
  run = await SlackRun.start();
  const zip = await zipOf({ 'W3SVC1/fr000032.xml': log.bytes, 'W3SVC1/freb.xsl': Buffer.from('<xsl/>') });
  const ts = await run.slack.say('C0OPS', '', { files: [{ name: 'logs.zip', bytes: zip }] });
  const answer = await answerTo(ts);
  expect(answer).toContain('0x80070542');
  const snippet = { name: 'Untitled.xml', bytes: log.bytes, mode: 'snippet' as const };
  expect(await answerTo(await run.slack.say('C0OPS', '', { files: [snippet] }))).toContain('0x80070542');
});

it('a file is fetched days later from its new address, and the answer says when it is gone', async () => {
  run = await SlackRun.start();
  const { slack, slackDoor } = run;
  const id = slack.keep(log);
  const [ref] = sortFiles(
    [{ id, name: log.name, url_private: `${slack.url}/files-pri/${team}-F0OLD/a.xml` }],
    team,
  ).files;
  expect(ref?.lasting).toBe(true);
  const { bytes } = await slackDoor.door.fetch(ref as SlackFileRef);
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytes) chunks.push(chunk);
  expect(Buffer.concat(chunks).equals(log.bytes)).toBe(true);
  slack.state.files.delete(id);
  await expect(slackDoor.door.fetch(ref as SlackFileRef)).rejects.toMatchObject({ code: 'slack-file-hidden' });
});

it('the token is sent to slack.com alone', async () => {
  run = await SlackRun.start();
  const asked: { url: string; policy: { hosts: readonly string[]; tokenHosts?: readonly string[] } }[] = [];
  const [ref] = sortFiles(
    [{ id: 'F1', name: 'a', url_private_download: 'https://files.slack.com/a', size: 3 }],
    'T1',
  ).files;
  await fetchSlackFile(ref as SlackFileRef, {
    client: undefined as never,
    token: 'xoxb-1',
    scopes: async () => [],
    download: async (url, policy) => {
      asked.push({ url, policy });
      return (async function* () {})();
    },
  });
  expect(asked[0]?.policy.tokenHosts).toEqual(['slack.com']);
  expect(asked[0]?.policy).toMatchObject({
    token: 'xoxb-1',
    expectedBytes: 3,
    hosts: ['slack.com', 'slack-edge.com', 'slack-files.com'],
  });
});

it('pasted XML in a message is read as it was typed', async () => {
  run = await SlackRun.start();
  const xml = new TextDecoder()
    .decode(log.bytes)
    .replace(/[&<>]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[c] as string);
  // Slack turns addresses into its own links when the message is sent.
  const linked = xml.replace('http://web03:80/secure/secret.html"', '<http://web03:80/secure/secret.html>"');
  const ts = await run.slack.say('D0ANNA', `\`\`\`${linked}\`\`\``);
  expect(await answerTo(ts, 'D0ANNA')).toContain('0x80070542');
});

it('the reaction comes before the answer', async () => {
  run = await SlackRun.start();
  const ts = await run.slack.say('C0OPS', mention('explain 0x80070542'));
  await run.slack.answer('C0OPS', ts);
  const order = run.slack.state.calls
    .map(({ method }) => method)
    .filter((m) => m === 'reactions.add' || m === 'chat.postMessage');
  expect(order).toEqual(['reactions.add', 'chat.postMessage']);
  expect(run.slack.state.messages.find((m): m is FakeMessage => m.ts === ts)?.reactions).toEqual(['eyes']);
});
