// Sets of tests: those that run in Node alone, and those that drive the lab in a browser, for which it is built first.

import { defineConfig } from 'vitest/config';

const BROWSER = 'tests/lab/browser/**/*.test.ts';
const ALONE = ['tests/disk/checkpoints.test.ts', 'tests/engines/assembler.test.ts'];

export default defineConfig({
  test: {
    testTimeout: 20_000,
    maxWorkers: '100%', // the default leaves a core idle, which on a machine with two is half of it
    projects: [
      // Files share what they import, but for those that mock a module or set a flag of V8's.
      {
        extends: true,
        test: {
          ...{ name: 'node', include: ['tests/**/*.test.ts'], exclude: [BROWSER, ...ALONE], isolate: false },
        },
      },
      { extends: true, test: { name: 'alone', include: ALONE } },
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
