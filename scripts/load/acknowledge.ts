import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startPostgres } from '../postgres.js';
import { FrebotProcess } from '../served/process.js';
import { type Step, stepOf } from './figures.js';
import { type SentMessage, Traffic, waitForAnswers } from './traffic.js';

/** Acknowledgements in one situation, in milliseconds. */
type Situation = Step['ack'] & { situation: string };

/** Starts of which the first message is measured, at once and when the start is over. */
const starts = 6;
const startMs = 5_000;
const burst = 60;

/** Measures the acknowledgements of one engine in each situation, from a quiet process to a machine without a free core. */
export async function measureAcknowledgements(engine: 'embedded' | 'postgres'): Promise<Situation[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'frebot-acknowledge-'));
  const server = engine === 'postgres' ? await startPostgres() : undefined;
  const traffic = await Traffic.start();
  const start = () =>
    new FrebotProcess({ ...traffic.platforms.around, dataDir, databaseUrl: server?.url }, () => undefined);
  const send = async (address: string, count: number, everyMs: number): Promise<SentMessage[]> => {
    const sent: SentMessage[] = [];
    for (let n = 0; n < count; n++) {
      sent.push(traffic.send(address));
      if (everyMs > 0) await sleep(everyMs);
    }
    await waitForAnswers(sent, 60_000);
    return sent;
  };
  let frebot = start();
  try {
    let address = await frebot.opened;
    const sendFirst = async (waitMs: number): Promise<SentMessage[]> => {
      const first: SentMessage[] = [];
      for (let n = 0; n < starts; n++) {
        await frebot.kill();
        frebot = start();
        address = await frebot.opened;
        await sleep(waitMs);
        // Traffic goes to Slack and to Teams by turns; the second message finds a warm process.
        first.push(...(await send(address, 1, 0)));
      }
      return first;
    };
    const first = await sendFirst(0);
    const later = await sendFirst(startMs);
    const idle = await send(address, 200, 150);
    const together = await send(address, burst, 0);
    const loads = cpus().map(keepCoreBusy);
    const loaded = await send(address, 100, 200).finally(() => loads.map((load) => load.kill('SIGKILL')));
    return [
      situationOf(`first message in the moment of each of ${starts} starts`, first),
      situationOf(`first message ${startMs / 1000} s after each of ${starts} starts`, later),
      situationOf('idle, 200 messages', idle),
      situationOf(`burst of ${burst} logs`, together),
      situationOf('5 a second, every core busy with another process', loaded),
    ];
  } finally {
    await frebot.kill();
    await traffic.stop();
    await server?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

function situationOf(situation: string, sent: readonly SentMessage[]): Situation {
  return { situation, ...stepOf(0, sent).ack };
}

function keepCoreBusy(): ChildProcess {
  return spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' });
}
