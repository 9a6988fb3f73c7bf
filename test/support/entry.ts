import { resolve } from 'node:path';

/** Whole runs build the program first, as images have it (scripts/test.ts); a file of tests by itself starts the sources as they are. */
const isBuilt = process.env.CORDON_TEST_BUILT === 'yes';
const ROOT = resolve(import.meta.dirname, '../..');

/** What `node` is given to run `cordon`. */
export const ENTRY = resolve(ROOT, isBuilt ? 'bin/built.mjs' : 'bin/cordon.mjs');

/** What that runs. */
export const PROGRAM = resolve(ROOT, isBuilt ? 'dist/cordon.mjs' : 'src/cli/cordon.ts');
