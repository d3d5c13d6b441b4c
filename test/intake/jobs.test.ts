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
  const started: number[] = [];
  const found: JobResult[] = [];
  await runJob(
    job,
    (one) => found.push(one),
    (index) => started.push(index),
  );
  const reported = found.flatMap((one) =>
    'reading' in one ? [[one.reading.file, one.reading.refusal ?? one.reading.kind]] : [],
  );
  return { started, reported };
};
/** The second entry ended the thread, the first was reported before that. */
const retry = { finished: new Set([0]), failures: new Map([[1, 'took-too-long' as const]]) };

it('reports an entry that ended its thread without reading it again, and reads only the rest', async () => {
  const zip = await zipOf({ 'fr1.xml': log, 'fr2.xml': log, 'fr3.xml': log });
  const path = join(folder, 'a.zip');
  writeFileSync(path, zip);
  const expected = {
    started: [2],
    reported: [
      ['a.zip/fr2.xml', 'took-too-long'],
      ['a.zip/fr3.xml', 'freb-log'],
    ],
  };
  expect(await run({ kind: 'bytes', name: 'a.zip', chunks: [zip], ...retry })).toEqual(expected);
  expect(await run({ kind: 'zip', name: 'a.zip', path, part: 0, parts: 1, ...retry })).toEqual(expected);
});

it('does the same with the files of a folder', async () => {
  const files = ['fr1.xml', 'fr2.xml', 'fr3.xml'].map((name) => ({ name, path: join(folder, name) }));
  for (const { path } of files) writeFileSync(path, log);
  expect(await run({ kind: 'paths', files, bundle: true, timeline: false, ...retry })).toEqual({
    started: [2],
    reported: [
      ['fr2.xml', 'took-too-long'],
      ['fr3.xml', 'freb-log'],
    ],
  });
});
