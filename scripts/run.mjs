// @ts-check
// What the npm scripts start: set-up where needed, then the entry point on Node 24. One process does both, since npm's own pre
// scripts do not run for who has `ignore-scripts` in their npm configuration.
import { resolve } from 'node:path';
import { ROOT, runEntry } from './runtime.mjs';
import { setUp } from './setup.mjs';

const [entry, ...args] = process.argv.slice(2);
if (entry === undefined) {
  process.stderr.write('usage: node scripts/run.mjs ENTRY [ARGUMENT…]\n');
  process.exit(2);
}
await setUp();
await runEntry(resolve(ROOT, entry), args);
