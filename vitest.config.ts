import { defineConfig } from 'vitest/config';

/** Folders whose tests start programs, servers of others, or browsers, or change what a process has one of. */
const ALONE = ['browser', 'cli', 'demo', 'docs', 'e2e', 'eval', 'queue', 'scripts', 'setup'].map(
  (folder) => `test/${folder}/**/*.test.ts`,
);

export default defineConfig({
  test: {
    globalSetup: ['test/setup/global.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Four for two cores: the longest files wait for time limits and outages most of the time.
    pool: 'forks',
    maxWorkers: 4,
    reporters: ['default', ['json', { outputFile: '.cache/vitest.json' }]],
    projects: [
      { extends: true, test: { name: 'alone', include: ALONE } },
      // The rest shares processes: to load the same modules for each of 230 files took two minutes of a core.
      { extends: true, test: { name: 'together', include: ['test/**/*.test.ts'], exclude: ALONE, isolate: false } },
    ],
  },
});
