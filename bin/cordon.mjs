#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, runEntry } from '../scripts/runtime.mjs';

if (!existsSync(join(ROOT, 'node_modules', '.package-lock.json'))) {
  process.stderr.write('cordon: its packages are not installed: run npm ci --ignore-scripts\n');
  process.exit(2);
}
await runEntry(join(ROOT, 'src', 'cli', 'cordon.ts'), process.argv.slice(2));
