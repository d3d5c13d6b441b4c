import { defineConfig } from 'vitest/config';

// What needs a Postgres server: scripts/engines.ts starts one on loopback and names it in TEST_DATABASE_URL.
export default defineConfig({
  test: {
    globalSetup: ['test/global-setup.ts'],
    include: ['test/engines/**/*.test.ts'],
    setupFiles: ['test/setup.ts'],
    testTimeout: 180_000,
    fileParallelism: false,
  },
});
