import { mkdirSync, writeFileSync } from 'node:fs';
import type { Ratio } from './measure.ts';

/**
 * `npm run bench [NAME…]`: prints ratios and writes them to .cache/bench.json; all without a name. `-pg`: the same on PostgreSQL and
 * Redis.
 */
const BENCHES: Readonly<Record<string, () => Promise<Ratio[]>>> = {
  // Each loads what it needs when its turn comes: what others bring along would be in the heap that its garbage collector goes through.
  scan: async () => [(await import('./scan.ts')).benchScan()],
  text: async () => (await import('./text.ts')).benchText(),
  growth: async () => (await import('./text.ts')).benchGrowth(),
  dicom: async () => [(await import('./dicom.ts')).benchDicom()],
  registry: async () => (await import('./registry.ts')).benchRegistry(),
  accept: async () => (await import('./accept.ts')).benchAccept('sqlite'),
  'accept-pg': async () => (await import('./accept.ts')).benchAccept('postgres+redis'),
  store: async () => [await (await import('./store.ts')).benchStore('sqlite')],
  'store-pg': async () => [await (await import('./store.ts')).benchStore('postgres+redis')],
  queue: async () => (await import('./queue.ts')).benchQueue(),
  rest: async () => (await import('./rest.ts')).benchRest(),
  memory: async () => [await (await import('./accept.ts')).benchMemory('sqlite')],
  'memory-pg': async () => [await (await import('./accept.ts')).benchMemory('postgres+redis')],
  endpoints: async () => (await import('./endpoints.ts')).benchEndpoints(),
  desk: async () => (await import('./desk.ts')).benchDesk('sqlite'),
  'desk-pg': async () => (await import('./desk.ts')).benchDesk('postgres'),
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in BENCHES));
if (unknown.length > 0) {
  process.stderr.write(`bench: no ${unknown.join(', ')} (known: ${Object.keys(BENCHES).join(', ')})\n`);
  process.exit(2);
}

const results: Ratio[] = [];
for (const [name, bench] of Object.entries(BENCHES)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  for (const result of await bench()) {
    results.push(result);
    const bar = result.bar === null ? '' : ` (bar ${result.bar})`;
    process.stdout.write(
      `${result.name.padEnd(11)} ${result.ratio.toFixed(2)}${bar}  ${result.of}\n${' '.repeat(12)}${result.ours.toFixed(1)} against ${result.theirs.toFixed(1)} ${result.unit}\n`,
    );
  }
}
mkdirSync('.cache', { recursive: true });
writeFileSync(
  '.cache/bench.json',
  `${JSON.stringify({ node: process.version, at: new Date().toISOString(), results }, null, 2)}\n`,
);
