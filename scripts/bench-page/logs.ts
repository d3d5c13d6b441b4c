import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FrebLog } from '../../test/generator/index.js';

/** Final statuses, and the codes of those that failed. */
const outcomes = [
  [500, 0x80070542],
  [404, 0x80070002],
  [500, 0x80004005],
  [200, 0],
];

/** Writes a log of this many events, with one decisive event at its end, and returns its path. */
export function writeLongLog(folder: string, events: number): string {
  const log = new FrebLog();
  for (let i = 0; i < events / 2 - 1; i++) {
    log.module(`Module${i % 40}`, i % 2 ? 'BEGIN_REQUEST' : 'AUTHENTICATE_REQUEST');
    if (i % 100 === 0) log.wait(16);
  }
  log.error({ module: 'IIS Web Core', stage: 'AUTHENTICATE_REQUEST', status: 500, code: 0x80070542 });
  const file = join(folder, `${events} events.xml`);
  writeFileSync(file, log.bytes());
  return file;
}

/** Writes short logs with four outcomes and two hundred addresses into a folder, and returns their paths. */
export function writeLogs(folder: string, count: number): string[] {
  return Array.from({ length: count }, (_, i) => {
    const log = new FrebLog({
      url: `http://shop.example:80/page${(i >> 2) % 200}.aspx`,
      server: `WEB0${i % 7}`,
      start: new Date(Date.UTC(2026, 2, 2, i % 24, i % 60)).toISOString(),
    });
    log
      .module('RequestFilteringModule', 'BEGIN_REQUEST')
      .modules('AUTHENTICATE_REQUEST', 'AnonymousAuthenticationModule');
    const [status, code] = outcomes[i % outcomes.length] as [number, number];
    if (status === 200) log.success('StaticFileModule', 'EXECUTE_REQUEST_HANDLER', status);
    else log.error({ module: 'IIS Web Core', stage: 'AUTHENTICATE_REQUEST', status, code });
    const file = join(folder, `fr${String(i).padStart(6, '0')}.xml`);
    writeFileSync(file, log.bytes());
    return file;
  });
}
