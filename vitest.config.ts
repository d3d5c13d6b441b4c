import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

/** Threads and processes of readers run the bundled files. */
export const readerAlias = {
  find: /^\.\/reader-files\.js$/,
  replacement: resolve(import.meta.dirname, 'test/reader-files.ts'),
};

/** Rooms whose tests touch no global state: they share their module graph, which saves most of the start-up of each file. */
const core = ['evidence', 'knowledge', 'diagnosis', 'answer', 'questions', 'architecture', 'intake', 'terminal', 'web'];

// Every file here needs neither a browser nor a server, and test/setup.ts forbids the network.
export default defineConfig({
  resolve: { alias: [readerAlias] },
  test: {
    globalSetup: ['test/global-setup.ts'],
    setupFiles: ['test/setup.ts'],
    // On CI three runs share one busy machine: what fails twice in a row is a failure.
    retry: process.env.CI ? 1 : 0,
    // Generous: a limit ends what hangs, it does not judge how busy the machine is.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    // Half of the time is waiting for timers and sockets: more workers than the two cores a run may count on.
    maxWorkers: 3,
    projects: [
      {
        extends: true,
        test: { name: 'core', include: [`test/{${core.join(',')}}/**/*.test.ts`], pool: 'threads', isolate: false },
      },
      {
        extends: true,
        test: {
          name: 'doors',
          isolate: false,
          include: ['test/**/*.test.ts'],
          exclude: [
            'test/browser/**',
            'test/engines/**',
            'test/{slack,teams,watch}/{crash,load,figures}.test.ts',
            'test/package/**',
            'test/service/proxy-tls.test.ts',
            `test/{${core.join(',')}}/**`,
            'node_modules/**',
            'dist/**',
          ],
        },
      },
    ],
  },
});
