import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

// Every file here needs neither a browser nor a server, and test/setup.ts forbids the network.
export default defineConfig({
  resolve: {
    alias: [{ find: /^\.\/reader-files\.js$/, replacement: resolve(import.meta.dirname, 'test/reader-files.ts') }],
  },
  test: {
    globalSetup: ['test/global-setup.ts'],
    setupFiles: ['test/setup.ts'],
    include: ['test/**/*.test.ts'],
    exclude: [
      'test/browser/**',
      'test/engines/**',
      'test/{slack,teams,watch}/{crash,load,figures}.test.ts',
      'test/package/**',
      'node_modules/**',
      'dist/**',
    ],
    // The files of a worker share their modules, the knowledge and the model, which saves most of the start-up of each.
    isolate: false,
    // Garbage is collected less often in a larger young generation: a tenth of the time.
    execArgv: ['--max-semi-space-size=64'],
    // On CI three runs share one busy machine: what fails twice in a row is a failure.
    retry: process.env.CI ? 1 : 0,
    // Generous: a limit ends what hangs, it does not judge how busy the machine is.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    // Half of the time is waiting for timers and sockets: more workers than the two cores a run may count on.
    maxWorkers: 3,
  },
});
