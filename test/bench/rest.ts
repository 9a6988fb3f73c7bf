import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { Evidence } from '../../src/core/evidence.ts';
import { REST_TTL_MS } from '../../src/encryption/rest/evidence-row.ts';
import { inTurns } from '../../src/encryption/rest/in-turns.ts';
import { restVerifierOf } from '../../src/encryption/rest/targets.ts';
import { median, type Ratio } from './measure.ts';

const KEYS = 4_000;
const PREFIXES = 3_000;
const FILES = 3_000;
/** As the agent's schedule has it. */
const LANES = 8;
/** Distinct keys and files; the rest are asked for again, as locations share them. */
const DISTINCT = 500;
/** After so many, measured, the heap that V8 has taken stays what it is. */
const WARM_UP = 3_000;

/**
 * The time to live of evidence by the time that it takes to verify 10,000 locations again; and resident memory of the last third by that of
 * the first, after a warm-up. KMS and S3 are doubles in another process.
 */
export async function benchRest(): Promise<Ratio[]> {
  const folder = mkdtempSync(join(tmpdir(), 'cordon-bench-rest-'));
  const doubles = spawn(
    process.execPath,
    [new URL('../doubles/aws-process.ts', import.meta.url).pathname, String(DISTINCT), String(PREFIXES)],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  );
  try {
    const [said] = await once(doubles.stdout, 'data');
    const { kms, s3 } = z.object({ kms: z.string(), s3: z.string() }).parse(JSON.parse(String(said)));
    Object.assign(process.env, {
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'AKIDSYNTHETIC',
      AWS_SECRET_ACCESS_KEY: 'synthetic',
      AWS_ENDPOINT_URL_KMS: kms,
      AWS_ENDPOINT_URL_S3: s3,
    });
    for (let i = 0; i < DISTINCT; i++) writeFileSync(join(folder, `${i}`), 'MSH|^~\\&|LIS|SYN|R|SYN|2026||ORU^R01|1|P|2.5.1\r');
    const targets = mixed(folder);
    await verifyAll(targets.slice(0, WARM_UP));
    const { seconds, resident } = await verifyAll(targets);
    const third = Math.floor(resident.length / 3);
    const [early, late] = [median(resident.slice(0, third)), median(resident.slice(-third))];
    const ttl = REST_TTL_MS / 1000;
    return [
      {
        name: 'rest',
        of: `time to live of evidence / time to verify ${targets.length} locations again`,
        ratio: ttl / seconds,
        bar: 1,
        ours: ttl,
        theirs: seconds,
        unit: 's',
      },
      {
        name: 'rest-memory',
        of: 'resident memory, last third ÷ first third of that run',
        ratio: late / early,
        bar: null,
        ours: late,
        theirs: early,
        unit: 'MiB',
      },
    ];
  } finally {
    doubles.stdin.end();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Kinds alternate, so that each third of the run has all of them. */
function mixed(folder: string): string[] {
  const all = [
    ...Array.from({ length: KEYS }, (_, i) => ({ at: i / KEYS, target: `kms:alias/key-${i % DISTINCT}` })),
    ...Array.from({ length: PREFIXES }, (_, i) => ({ at: i / PREFIXES, target: `s3://bucket-${Math.floor(i / 10)}/${i % 10}/` })),
    ...Array.from({ length: FILES }, (_, i) => ({ at: i / FILES, target: `file:${join(folder, String(i % DISTINCT))}` })),
  ];
  return all.sort((a, b) => a.at - b.at).map(({ target }) => target);
}

/** Throws where something that has to be proven is not: then nothing was measured. */
async function verifyAll(targets: readonly string[]): Promise<{ seconds: number; resident: number[] }> {
  const resident: number[] = [];
  const never = new AbortController().signal;
  const start = performance.now();
  let done = 0;
  await inTurns(targets, LANES, async (target) => {
    const rows = (await (await restVerifierOf(target))?.check(target, never)) ?? [];
    if (!target.startsWith('file:') && !allProven(rows))
      throw new Error(`bench: ${target} is not proven: ${JSON.stringify(rows)}`);
    if (++done % 50 === 0) resident.push(process.memoryUsage().rss / 2 ** 20);
  });
  return { seconds: (performance.now() - start) / 1000, resident };
}

function allProven(rows: readonly Evidence[]): boolean {
  return rows.length > 0 && rows.every(({ outcome }) => outcome === 'proven' || outcome === 'not_applicable');
}
