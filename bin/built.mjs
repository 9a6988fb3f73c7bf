#!/usr/bin/env node
// What an image starts, and whole runs of the tests: the program as `npm run build` made it. bin/cordon.mjs runs the sources as they are.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, runEntry } from '../scripts/runtime.mjs';

const PROGRAM = join(ROOT, 'dist', 'cordon.mjs');
if (!existsSync(PROGRAM)) {
  process.stderr.write('cordon: it is not built: run npm run build\n');
  process.exit(2);
}
await runEntry(PROGRAM, process.argv.slice(2));
