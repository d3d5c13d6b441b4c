/**
 * Drops files, presses buttons and sends slash commands through a fake Slack and a fake Teams while Frebot is killed (kill -9) at
 * random, and counts what was lost and what was answered twice. Loopback only.
 * `npm run chaos -- [--messages 2000] [--rate 15] [--kill-every 5] [--replicas 0] [--engine-restarts 0]`
 * Replicas 0 is one process on the embedded engine; any other number is that many on a Postgres server that the script starts.
 * Ends with 1 when something acknowledged was lost, or answered twice where Frebot can look its posts up.
 */
import { parseArgs } from 'node:util';
import { chaos } from './chaos/run.js';

const { values } = parseArgs({
  options: {
    messages: { type: 'string', default: '2000' },
    rate: { type: 'string', default: '15' },
    'kill-every': { type: 'string', default: '5' },
    replicas: { type: 'string', default: '0' },
    'engine-restarts': { type: 'string', default: '0' },
  },
});
const figures = await chaos({
  messages: Number(values.messages),
  rate: Number(values.rate),
  killEvery: Number(values['kill-every']),
  replicas: Number(values.replicas),
  engineRestarts: Number(values['engine-restarts']),
  say: (line) => console.error(line),
});
console.log(JSON.stringify(figures, null, 2));
process.exitCode = figures.broken.length > 0 ? 1 : 0;
