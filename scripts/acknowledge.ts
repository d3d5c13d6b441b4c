/**
 * Measures how fast Slack and Teams are acknowledged, with the databases that an operator runs: idle, in a burst of 60 logs, on
 * a loaded machine, and for the first message after a start. Loopback only; about two minutes for each engine.
 * `npm run acknowledge -- [--engine embedded|postgres]`
 */
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { measureAcknowledgements } from './load/acknowledge.js';
import { postgresPrograms } from './postgres.js';

const { values } = parseArgs({ options: { engine: { type: 'string' } } });
const chosen = (['embedded', 'postgres'] as const).filter((name) => !values.engine || values.engine === name);

console.log(`${cpus().length} cores, load average ${loadavg()[0]?.toFixed(1)} before`);
for (const engine of chosen) {
  if (engine === 'postgres' && !postgresPrograms()) {
    console.log('SKIPPED postgres: it is not installed (Debian: apt-get install postgresql)');
    continue;
  }
  for (const { situation, slack, teams } of await measureAcknowledgements(engine)) {
    const line = [slack, teams].map(({ p50, p95, p99, most }) => `p50 ${p50} p95 ${p95} p99 ${p99} most ${most} ms`);
    console.log(`${engine}, ${situation}: Slack ${line[0]}; Teams ${line[1]}`);
  }
}
