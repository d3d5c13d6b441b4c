import { defineConfig } from 'vitest/config';

// Real processes that are killed, many messages at once, packages that are made and installed: on a busy machine each of these
// takes minutes.
export default defineConfig({
  test: {
    globalSetup: ['test/global-setup.ts'],
    include: ['test/{slack,teams,watch}/{crash,load,figures}.test.ts', 'test/package/*.test.ts'],
    setupFiles: ['test/setup.ts'],
    testTimeout: 300_000,
    hookTimeout: 300_000,
    fileParallelism: false,
  },
});
