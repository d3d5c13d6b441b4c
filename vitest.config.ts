import { defineConfig } from 'vitest/config';

// One project: every file here needs neither a browser nor a server, and test/setup.ts forbids the network.
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/browser/**', 'test/engines/**', 'node_modules/**', 'dist/**'],
    setupFiles: ['test/setup.ts'],
    testTimeout: 20_000,
  },
});
