// Runs the tests that need a Postgres server, and starts one for them.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { postgresPrograms, startPostgres } from './postgres.js';

if (!postgresPrograms()) {
  console.log('SKIPPED engine tests: Postgres is not installed (Debian: apt-get install postgresql)');
  process.exit(0);
}
const server = await startPostgres();
const run = spawn(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', '--config', 'vitest.engines.config.ts'], {
  stdio: 'inherit',
  env: { ...process.env, TEST_DATABASE_URL: server.url },
});
const [code] = (await once(run, 'exit')) as [number | null];
await server.stop();
process.exitCode = code ?? 1;
