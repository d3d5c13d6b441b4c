import { readdirSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { accessLog } from '../generator/evidence/server.js';
import { craftZip } from '../intake/zips.js';
import { frebLog } from '../scenarios/logs.js';
import { ownFolder, type Served, serve } from './served.js';

/** docs/operations.md: work in hand gets 20 s, and a service manager waits 30. */
const limitMs = 30_000;

/** Drops a file on the page. Resolves with the status, or undefined when the connection was closed. */
function drop({ address }: Served, name: string, bytes: Uint8Array): Promise<number | undefined> {
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array(bytes)]), name);
  return fetch(`${address}/api/diagnose`, { method: 'POST', body: form }).then(
    ({ status }) => status,
    () => undefined,
  );
}

/** An upload that is never idle and never ends. @returns resolves when the server closes the connection */
async function trickle({ address }: Served): Promise<{ closed: Promise<void> }> {
  const socket = connect(Number(new URL(address).port), '127.0.0.1');
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  socket.on('error', () => undefined);
  const head = 'Host: localhost\r\nContent-Type: multipart/form-data; boundary=B\r\nContent-Length: 90000000\r\n\r\n';
  const part = '--B\r\nContent-Disposition: form-data; name="file"; filename="a.xml"\r\n\r\n<';
  await new Promise((sent) => socket.write(`POST /api/diagnose HTTP/1.1\r\n${head}${part}`, sent));
  const more = setInterval(() => socket.write('x'), 500);
  void closed.then(() => clearInterval(more));
  return { closed };
}

/** Resolves with the process that reads a large file, as soon as it runs. */
async function readerOf({ child }: Served): Promise<number> {
  for (;;) {
    const pids = readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8').trim().split(' ');
    const reader = pids.find((pid) => pid !== '' && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('child.ts'));
    if (reader) return Number(reader);
    await sleep(5);
  }
}

const threadsOf = ({ child }: Served) => readdirSync(`/proc/${child.pid}/task`).length;

/** Returns a zip that one thread reads for a minute: each entry is too small for a process. */
function zipForAMinute(): Buffer {
  const fields = ['date', 'time', 'cs-method', 'cs-uri-stem', 'cs-username', 'c-ip', 'sc-status', 'sc-win32-status'];
  const line = (i: number) => `2026-06-08 19:53:00 GET /a${i % 97}.aspx CONTOSO\\p${i % 89} 10.1.2.${i % 83} 500 1346`;
  const content = Buffer.from(
    accessLog(
      fields,
      Array.from({ length: 50_000 }, (_, i) => line(i)),
    ),
  );
  return craftZip(Array.from({ length: 150 }, (_, i) => ({ name: `u_ex${i}.log`, content })));
}

it.runIf(process.platform === 'linux')(
  'a stop ends within its limit while a thread reads, a child does not answer, and an upload goes on for ever',
  async () => {
    const frebot = await serve(join(ownFolder(), 'data'));
    await frebot.open();
    const large = drop(frebot, 'large.xml', frebLog({ filler: 6_000_000 }));
    const reader = await readerOf(frebot);
    process.kill(reader, 'SIGSTOP');
    const upload = await trickle(frebot);
    const threads = threadsOf(frebot);
    const zip = drop(frebot, 'many.zip', zipForAMinute());
    // The thread that reads it starts when all of it has come.
    while (threadsOf(frebot) === threads) await sleep(5);

    const startMs = performance.now();
    frebot.child.kill('SIGTERM');
    expect(await frebot.exit).toBe(0);
    expect(performance.now() - startMs).toBeLessThan(limitMs);
    expect(frebot.said.error).toBe('');
    expect([await large, await zip]).toEqual([undefined, undefined]);
    await upload.closed;
    expect(() => process.kill(reader, 0)).toThrow('ESRCH');
  },
);
