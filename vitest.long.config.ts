import { defineConfig } from 'vitest/config';
import { readerAlias } from './vitest.config.js';

// Real processes that are killed, many messages at once, packages that are made and installed, sweeps through every row: on a
// busy machine each of these takes minutes.
export default defineConfig({
  resolve: { alias: [readerAlias] },
  test: {
    globalSetup: ['test/global-setup.ts'],
    include: [
      'test/{slack,teams,watch}/{crash,load,figures}.test.ts',
      'test/package/*.test.ts',
      'test/**/*.property.test.ts',
      'test/questions/ask.test.ts',
      'test/service/proxy-tls.test.ts',
    ],
    setupFiles: ['test/setup.ts'],
    env: { SWEEPS: 'whole' },
    testTimeout: 300_000,
    hookTimeout: 300_000,
    fileParallelism: false,
  },
});
