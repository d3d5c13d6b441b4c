/**
 * Measures how many messages a second one Frebot answers in time, how fast it acknowledges under load, and whether its memory grows.
 * Every message brings a FREB log of 250 KB through the fake Slack or the fake Teams; loopback only; it ends when the rates are found.
 * `npm run load -- [--minutes 6] [--engine embedded|postgres] [--rate N]`
 * Minutes are shared by the engines; without `--engine` both are measured, Postgres when Debian's can be started.
 * Ends with 1 when a message was not answered, or with something else than what its log says.
 */
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { boundMs, type Figures, load } from './load/run.js';
import { postgresPrograms } from './postgres.js';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '6' },
    engine: { type: 'string' },
    rate: { type: 'string' },
  },
});
const say = (line: string) => console.error(line);
const chosen = (['embedded', 'postgres'] as const).filter((name) => !values.engine || values.engine === name);
const engines = chosen.filter((name) => name === 'embedded' || postgresPrograms());
if (engines.length < chosen.length) say('SKIPPED postgres: it is not installed (Debian: apt-get install postgresql)');

const idle = loadavg()[0]?.toFixed(1);
const all: Figures[] = [];
for (const engine of engines) {
  const minutes = Number(values.minutes) / engines.length;
  all.push(await load({ engine, minutes, ...(values.rate && { rate: Number(values.rate) }), say }));
}
console.log(JSON.stringify(all, null, 2));
console.log(`${cpus().length} cores, load average ${idle} before`);
for (const { engine, sustained, tooMuch, held, memory, unanswered, wrong } of all) {
  const bound = `p95 under ${boundMs / 1000} s`;
  const { slack, teams, slackFileEvent } = held.ack;
  const { collected, growth } = memory;
  console.log(`${engine}
  ${sustained === undefined ? '' : `most messages a second with ${bound}: ${sustained}; too much: ${tooMuch ?? 'not reached'}\n  `}held ${held.rate}/s for ${held.seconds} s: answer p50 ${held.answer.p50} ms, p95 ${held.answer.p95} ms, p99 ${held.answer.p99} ms; computed ${held.parts[0]?.cpuMs} ms a message in the first sixth, ${held.parts[5]?.cpuMs} ms in the last
  yes to Slack p50 ${slack.p50} ms, p99 ${slack.p99} ms; to Teams p50 ${teams.p50} ms, p99 ${teams.p99} ms; Slack's event of a file p99 ${slackFileEvent.p99} ms
  process ${memory.from} MB to ${memory.to} MB, at most ${memory.most} MB; second half ${growth.rss} MB a minute
  held by the program, collected: ${collected.before.heapUsed} MB to ${collected.after.heapUsed} MB; second half ${growth.live ?? 'unknown'} MB a minute
  ${unanswered} unanswered, ${wrong} wrong`);
}
process.exitCode = engines.length === 0 || all.some(({ unanswered, wrong }) => unanswered + wrong > 0) ? 1 : 0;
