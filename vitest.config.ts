// Sets of tests: those that run in Node alone, and those that drive the lab in a browser, for which it is built first.

import { defineConfig } from 'vitest/config';

const BROWSER = 'tests/lab/browser/**/*.test.ts';
const MOCKING = 'tests/disk/checkpoints.test.ts';

export default defineConfig({
  test: {
    testTimeout: 20_000,
    maxWorkers: '100%', // the default leaves a core idle, which on a machine with two is half of it
    projects: [
      // Files share what they import, but for one that mocks a module.
      {
        extends: true,
        test: {
          ...{ name: 'node', include: ['tests/**/*.test.ts'], exclude: [BROWSER, MOCKING], isolate: false },
        },
      },
      { extends: true, test: { name: 'mocking', include: [MOCKING] } },
      {
        extends: true,
        test: {
          name: 'browser',
          include: [BROWSER],
          globalSetup: 'tests/lab/browser/setup.ts',
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
