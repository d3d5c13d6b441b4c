import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import type { JobResult } from '../../src/intake/job-result.js';
import { type Job, runJob } from '../../src/intake/jobs.js';
import { frebLog } from '../scenarios/logs.js';
import { zipOf } from './zips.js';

const folder = mkdtempSync(join(tmpdir(), 'frebot-jobs-'));
afterAll(() => rmSync(folder, { recursive: true }));

const log = frebLog();
const run = async (job: Job) => {
  const begun: number[] = [];
  const found: JobResult[] = [];
  await runJob(
    job,
    (one) => found.push(one),
    (index) => begun.push(index),
  );
  const told = found.flatMap((one) =>
    'reading' in one ? [[one.reading.file, one.reading.refusal ?? one.reading.kind]] : [],
  );
  return { begun, told };
};
/** The second entry ended the thread, the first was told before that. */
const again = { except: new Set([0]), died: new Map([[1, 'took-too-long' as const]]) };

it('tells of an entry that ended its thread without reading it again, and reads only what is left', async () => {
  const zip = await zipOf({ 'fr1.xml': log, 'fr2.xml': log, 'fr3.xml': log });
  const path = join(folder, 'a.zip');
  writeFileSync(path, zip);
  const expected = {
    begun: [2],
    told: [
      ['a.zip/fr2.xml', 'took-too-long'],
      ['a.zip/fr3.xml', 'freb-log'],
    ],
  };
  expect(await run({ kind: 'bytes', name: 'a.zip', chunks: [zip], ...again })).toEqual(expected);
  expect(await run({ kind: 'zip', name: 'a.zip', path, part: 0, parts: 1, ...again })).toEqual(expected);
});

it('does the same with the files of a folder', async () => {
  const files = ['fr1.xml', 'fr2.xml', 'fr3.xml'].map((name) => ({ name, path: join(folder, name) }));
  for (const { path } of files) writeFileSync(path, log);
  expect(await run({ kind: 'paths', files, bundle: true, timeline: false, ...again })).toEqual({
    begun: [2],
    told: [
      ['fr2.xml', 'took-too-long'],
      ['fr3.xml', 'freb-log'],
    ],
  });
});
