/**
 * How many messages a second one Frebot answers in time, how fast it says yes under load, and whether its memory grows.
 * Every message brings a FREB log of 250 KB through the fake Slack or the fake Teams; loopback only; it stops by itself.
 * `npm run load -- [--minutes 2] [--engine embedded|postgres] [--rate N]`
 * Minutes are shared by the engines; without `--engine` both are measured, Postgres when Debian's can be started.
 * Ends with 1 when a message was not answered, or with something else than what its log says.
 */
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { boundMs, type Figures, load } from './load/run.js';
import { postgresPrograms } from './postgres.js';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '2' },
    engine: { type: 'string' },
    rate: { type: 'string' },
  },
});
const say = (line: string) => console.error(line);
const asked = (['embedded', 'postgres'] as const).filter((name) => !values.engine || values.engine === name);
const engines = asked.filter((name) => name === 'embedded' || postgresPrograms());
if (engines.length < asked.length) say('SKIPPED postgres: it is not installed (Debian: apt-get install postgresql)');

const all: Figures[] = [];
for (const engine of engines) {
  const minutes = Number(values.minutes) / engines.length;
  all.push(await load({ engine, minutes, ...(values.rate && { rate: Number(values.rate) }), say }));
}
console.log(JSON.stringify(all, null, 2));
for (const { engine, sustained, held, memory, unanswered, wrong } of all) {
  const found = values.rate ? '' : `${sustained} messages/s with p95 under ${boundMs / 1000} s; `;
  console.log(
    `${engine}, ${cpus().length} cores: ${found}held ${held.rate}/s for ${held.seconds} s: ack p50 ${held.ackP50} ms, p99 ${held.ackP99} ms; ` +
      `memory ${memory.start} MB at the start, ${memory.end} MB at the end, ${memory.growthPerMinute} MB a minute; ` +
      `${unanswered} unanswered, ${wrong} wrong`,
  );
}
process.exitCode = engines.length === 0 || all.some(({ unanswered, wrong }) => unanswered + wrong > 0) ? 1 : 0;
