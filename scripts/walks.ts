/**
 * Counts what the three walks of docs/architecture.md cross: files, declared functions and methods of `src` and `adapters` that
 * run between the delivery and the answer, at the first delivery after a start and at the same one again. Store in memory, fakes of the
 * platforms, loopback only; some seconds. `npm run walks`
 */
import { syncBuiltinESMExports } from 'node:module';
import { cpus, loadavg } from 'node:os';
import { serveMessage, serveShare } from '../test/fakes/teams/graph.js';
import { buttonInvoke, channelActivity, fileStubs, mention, team } from '../test/fakes/teams/index.js';
import { frebLog } from '../test/scenarios/logs.js';
import { cardElements } from '../test/teams/cards.js';
import { cardOf, droppedLog, TeamsRun } from '../test/teams/driver.js';
import { TerminalRun } from '../test/terminal/driver.js';
import { countWalk, type WalkCount } from './walks/coverage.js';

/** A log dropped into a channel, from the delivery until its card is posted. */
async function walkLog(): Promise<WalkCount> {
  const run = await TeamsRun.start();
  const activity = channelActivity(run.teams.serviceUrl, { ...mention(''), ...fileStubs(droppedLog.id) });
  serveMessage(`/teams/${team.group}/channels/${encodeURIComponent(team.thread)}/messages/${activity.id}`, [
    droppedLog,
  ]);
  serveShare(droppedLog);
  const count = await countWalk(async () => {
    await run.teams.deliver(activity);
    await run.teams.connector.waitForMessages(1);
  });
  await run.stop();
  return count;
}

/** `frebot ask`, from its arguments until the answer is printed. */
function walkQuestion(): Promise<WalkCount> {
  const run = new TerminalRun();
  return countWalk(() => run.run(['ask', 'who holds SeImpersonatePrivilege by default?']));
}

/** "This fixed it" after a restart, from the press until the card is redrawn. */
async function walkButton(): Promise<WalkCount> {
  const before = await TeamsRun.start();
  await before.teams.deliver(channelActivity(before.teams.serviceUrl, { text: new TextDecoder().decode(frebLog()) }));
  await before.teams.connector.waitForMessages(1);
  const [sent] = before.teams.messages;
  const button = sent && cardElements(cardOf(sent)).find(({ title }) => title === 'This fixed it');
  if (!button) throw new Error('the answer has no button');
  await before.stop();
  const run = await TeamsRun.start({}, before.store);
  const press = buttonInvoke(String(button.verb), button.data as object);
  const count = await countWalk(() => run.teams.deliver(channelActivity(run.teams.serviceUrl, press)));
  await run.stop();
  return count;
}

// nock has replaced the calls of node:https; this is how modules that imported them by name see it.
syncBuiltinESMExports();

const walks = {
  'a log dropped into a Teams channel': walkLog,
  'frebot ask "who holds SeImpersonatePrivilege by default?"': walkQuestion,
  'a button after a restart': walkButton,
};

console.log(`${cpus().length} cores, load average ${loadavg()[0]?.toFixed(1)}; Node ${process.version}`);
for (const [name, walk] of Object.entries(walks)) {
  const [first, again] = [await walk(), await walk()];
  console.log(
    `${name}: ${first.files} files and ${first.functions} functions, then ${again.files} and ${again.functions}`,
  );
}
