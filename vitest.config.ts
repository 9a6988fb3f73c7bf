import { defineConfig } from 'vitest/config';

/** Tests that start programs, servers of others or browsers, change a flag of V8, or measure memory: what a process has one of. */
const ALONE = [
  ...['browser', 'cli', 'demo', 'docs', 'e2e', 'eval', 'queue', 'scripts', 'setup'].map(
    (folder) => `test/${folder}/**/*.test.ts`,
  ),
  'test/exports/formats.test.ts',
  // These fill what a process tells apart of places.
  'test/formats/hostile.test.ts',
  'test/workers/places.test.ts',
  'test/exports/evidence/stream.test.ts',
];

export default defineConfig({
  test: {
    globalSetup: ['test/setup/global.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Three for two cores: the longest files wait for time limits and outages much of the time. With four, others met their own limits.
    pool: 'forks',
    maxWorkers: 3,
    reporters: ['default', ['json', { outputFile: '.cache/vitest.json' }]],
    projects: [
      { extends: true, test: { name: 'alone', include: ALONE } },
      // The rest shares processes: to load the same modules for each of 230 files took two minutes of a core.
      { extends: true, test: { name: 'together', include: ['test/**/*.test.ts'], exclude: ALONE, isolate: false } },
    ],
  },
});
