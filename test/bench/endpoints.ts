import { spawn } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { transitChecks } from '../../src/checks.ts';
import { loadProfiles } from '../../src/encryption/transit/profiles.ts';
import { createTransitVerifier } from '../../src/encryption/transit/verifier.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { openLedger } from '../../src/ledger/open.ts';
import { loadFlows } from '../../src/policy/load.ts';
import { compileRegister } from '../../src/policy/register.ts';
import { readRuleFiles, TRANSIT_PROFILES } from '../../src/rule-files.ts';
import { createProbes, type ProbeDeps } from '../../workers/probe.ts';
import type { Ratio } from './measure.ts';

const ENDPOINTS = 1000;
/** Seconds that evidence of an endpoint stands. */
const LIFE = 24 * 3600;

/** One round over all of them with the limits that an agent has; how many seconds it took, and MiB of memory at half of it and at the end. */
async function round(ledger: Ledger, checks: Pick<ProbeDeps, 'targets' | 'check' | 'limits'>) {
  const memory: number[] = [];
  let asked = 0;
  const probes = createProbes({
    ...checks,
    async check(target, signal) {
      if (++asked % 50 === 0) memory.push(process.memoryUsage().rss / 2 ** 20);
      return checks.check(target, signal);
    },
    evidence: ledger.evidence,
    clock: Date.now,
    onFailure: (target, reason) => process.stderr.write(`bench: ${target}: ${reason}\n`),
  });
  const start = performance.now();
  await probes.round(new AbortController().signal);
  const seconds = (performance.now() - start) / 1000;
  return { seconds, early: memory[Math.floor(memory.length / 2)] ?? 0, late: memory.at(-1) ?? 0 };
}

/** 1,000 real TLS servers in a process of their own, each named by a policy. */
async function endpoints(ledger: Ledger): Promise<Ratio[]> {
  const child = spawn(process.execPath, [new URL('./endpoint-servers.ts', import.meta.url).pathname, String(ENDPOINTS)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  try {
    const line = await new Promise<string>((settle) => createInterface({ input: child.stdout }).once('line', settle));
    const { ca, ports } = z.object({ ca: z.string(), ports: z.array(z.number()) }).parse(JSON.parse(line));
    const policies = ports.map((port, index) => ({ file: `${index}.yaml`, text: policyFor(index, port) }));
    const verifier = createTransitVerifier({
      profiles: loadProfiles(readRuleFiles(TRANSIT_PROFILES, 'transit profiles')),
      anchors: { certificates: [new X509Certificate(ca)], isOwn: true },
      clock: Date.now,
    });
    const { seconds, early, late } = await round(ledger, transitChecks(compileRegister(loadFlows(policies)), verifier));
    return [
      {
        name: 'endpoints',
        of: 'the life of evidence by one round over 1,000 endpoints',
        ratio: LIFE / seconds,
        bar: 1,
        ours: LIFE,
        theirs: seconds,
        unit: 's',
      },
      {
        name: 'memory',
        of: 'resident memory at half of that round by that at its end',
        ratio: early / late,
        bar: null,
        ours: early,
        theirs: late,
        unit: 'MiB',
      },
    ];
  } finally {
    child.stdin.end();
    child.kill();
  }
}

function policyFor(index: number, port: number): string {
  return `{id: flow-${index}, title: T, owner: o, status: active, match: [{source: S${index}}], expires: 2099-12-31,
  destination: {system: s, entity: ba, endpoint: "127.0.0.1:${port}"}, require: {transit: rfc9325},
  basis: {purpose: treatment, dataset: phi, agreement: {kind: baa}}}`;
}

/** Re-verification of 1,000 endpoints within the life of their evidence, on a ledger in a file, with the limits of an agent. */
export async function benchEndpoints(): Promise<Ratio[]> {
  const folder = mkdtempSync(join(tmpdir(), 'cordon-bench-'));
  const ledger = await openLedger({ path: join(folder, 'ledger.db'), migrate: true });
  try {
    return await endpoints(ledger);
  } finally {
    await ledger.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
