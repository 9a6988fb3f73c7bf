import { basename } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Tests that start programs, servers of others or browsers: they wait much, and the longest of them go first. */
const PROGRAMS = ['browser', 'cli', 'demo', 'docs', 'e2e', 'eval', 'queue', 'scripts', 'setup'].map(
  (folder) => `test/${folder}/**/*.test.ts`,
);

/** These change a flag of V8, measure memory, or fill what a process tells apart of places: what a process has one of. */
const ALONE = [
  'test/exports/formats.test.ts',
  'test/formats/hostile.test.ts',
  'test/workers/places.test.ts',
  'test/exports/evidence/stream.test.ts',
];

/** These put a module in the place of another, which only Vite's way to load modules can undo. */
const MOCKED = ['proxy', 'settings', 'password-sign-in'].map((name) => `test/review/${name}.test.ts`);

/**
 * What takes longest, the longest first: begun last, it would go on alone when all others are done. The documents' commands come after what the check of the packs,
 * which runs beside, takes: it keeps its searches, and `rules lint` of the README need not make them again.
 */
const LONGEST = [
  'e2e/kill',
  'e2e/engines',
  'e2e/cluster',
  'e2e/outages',
  'browser/pages',
  'docs/commands',
  'e2e/demo',
  'e2e/faults',
  'e2e/stop',
  'e2e/kms-keyring',
  'e2e/reload',
  'e2e/dimse',
  'e2e/cluster-tls',
].map((name) => `test/${name}.test.ts`);

/** Of the files that share processes: last among them, each would go on alone. */
const LONG_TOGETHER = [
  'sqlite',
  'postgres',
  'migrate',
  'tables',
  'watch',
  'crash',
  'protocol',
  'sslscan',
  'verifier',
  'desk',
  'maintain',
  'restart',
];

/** In this order, since a process ends when the next file in the row is of another project, and what it had loaded with it. */
const PROJECTS = ['programs', 'alone', 'mocked', 'together'];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ project, moduleId }: TestSpecification): number => {
      const place = LONGEST.findIndex((path) => moduleId.endsWith(path));
      if (place >= 0) return place;
      const isLong = project.name === 'together' && LONG_TOGETHER.includes(basename(moduleId, '.test.ts'));
      return LONGEST.length + PROJECTS.indexOf(project.name) - (isLong ? 0.5 : 0);
    };
    return (await super.sort(files)).toSorted((one, other) => rank(one) - rank(other));
  }
}

/** Modules are loaded by Node, as for the agent, and what it compiled is kept: a file that loads the desk takes 4 s of a core where it took 8 by Vite. */
const BY_NODE = { viteModuleRunner: false, nodeLoader: false };

export default defineConfig({
  test: {
    globalSetup: ['test/setup/global.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Three for two cores: the longest files wait for time limits and outages much of the time. With four, others met their own limits.
    pool: 'forks',
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    reporters: ['default', ['json', { outputFile: '.cache/vitest.json' }]],
    projects: [
      { extends: true, test: { name: 'programs', include: PROGRAMS, isolate: false, experimental: BY_NODE } },
      { extends: true, test: { name: 'alone', include: ALONE, experimental: BY_NODE } },
      { extends: true, test: { name: 'mocked', include: MOCKED, isolate: false } },
      // The rest shares processes: to load the same modules for each of 230 files took two minutes of a core.
      {
        extends: true,
        test: {
          name: 'together',
          include: ['test/**/*.test.ts'],
          exclude: [...PROGRAMS, ...ALONE, ...MOCKED],
          isolate: false,
          experimental: BY_NODE,
        },
      },
    ],
  },
});
