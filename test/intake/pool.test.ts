import { expect, it } from 'vitest';
import { JobError } from '../../src/intake/job-error.js';
import type { Job } from '../../src/intake/jobs.js';
import { WorkerPool } from '../../src/intake/pool.js';

it('distinguishes a job that failed in its thread from one that was too large for it', async () => {
  const pool = new WorkerPool(1);
  const nonsense = { kind: 'paths', files: undefined } as unknown as Job;
  const failed = await pool.run(nonsense, () => undefined).catch((error: unknown) => error);
  await pool.close();
  expect(failed).toBeInstanceOf(JobError);
  expect((failed as JobError).refusal).toBe('file-failed');
});
