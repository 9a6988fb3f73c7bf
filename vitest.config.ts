import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/setup/global.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Tests start servers, threads and child processes: each file gets a process of its own. Four for two cores: the longest files
    // wait for time limits and outages most of the time.
    pool: 'forks',
    maxWorkers: 4,
    reporters: ['default', ['json', { outputFile: '.cache/vitest.json' }]],
  },
});
