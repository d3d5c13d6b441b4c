import { defineConfig } from 'vitest/config';

// Real processes that are killed: each start takes seconds, on a busy machine a minute.
export default defineConfig({
  test: {
    globalSetup: ['test/global-setup.ts'],
    include: ['test/*/crash.test.ts'],
    setupFiles: ['test/setup.ts'],
    testTimeout: 300_000,
    hookTimeout: 300_000,
    fileParallelism: false,
  },
});
