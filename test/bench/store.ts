import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { toolPath } from '../setup/tools.ts';
import { portOf } from '../support/agent.ts';
import { ct } from '../support/ct.ts';
import { freePort } from '../support/free-port.ts';
import { settled } from '../support/ledger.ts';
import { suffix } from './accept.ts';
import { benchEngines, type On } from './engines.ts';
import { median, type Ratio } from './measure.ts';

const OBJECTS = 500;
const ROUNDS = 5;
/** DCMTK leaves Nagle's algorithm on unless told otherwise, which would measure the network's patience. */
const NO_DELAY = { ...process.env, TCP_NODELAY: '1' };

/** Objects per second of one association, from the client's start to its end. */
function store(folder: string, port: number): number {
  const start = performance.now();
  const { status, stderr } = spawnSync(
    toolPath('storescu'),
    ['-aet', 'BENCH', '-aec', 'CORDON', '-xe', '+sd', '127.0.0.1', String(port), folder],
    { env: NO_DELAY, encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`storescu ended with ${status}: ${stderr}`);
  return (OBJECTS / (performance.now() - start)) * 1000;
}

const FLOW = `id: bench-images
title: Bench images
owner: bench@hospital.example
status: active
match: [{ listener: dimse }]
destination: { system: bench, entity: self, location: bench, country: US }
basis: { purpose: treatment, dataset: phi, agreement: { kind: none } }
permit:
  - subjects: [patient, unknown]
expires: 2099-12-31
`;

/** C-STORE with everything durable and scanned, against DCMTK's storescp, which never syncs: same client, one association. */
export async function benchStore(on: On): Promise<Ratio> {
  const folder = mkdtempSync(join(tmpdir(), 'cordon-bench-'));
  const objects = join(folder, 'objects');
  const received = join(folder, 'received');
  const flows = join(folder, 'flows');
  for (const each of [objects, received, flows]) mkdirSync(each);
  for (let number = 0; number < OBJECTS; number++) writeFileSync(join(objects, `${number}.dcm`), ct(number));
  writeFileSync(join(flows, 'bench.yaml'), FLOW);
  const port = await freePort();
  const scp = spawn(toolPath('storescp'), ['-od', received, String(port)], { env: NO_DELAY, stdio: 'ignore' });
  const engines = await benchEngines(on !== 'sqlite');
  const { agent, place, stop } = await engines.start(on, { CORDON_FLOWS: flows });
  try {
    await sleep(500);
    const ours: number[] = [];
    const theirs: number[] = [];
    store(objects, portOf(agent, 'dimse'));
    for (let round = 0; round < ROUNDS; round++) {
      // Another folder of objects each round would be another digest: what comes twice is stored once, so UIDs must differ.
      for (let number = 0; number < OBJECTS; number++) {
        writeFileSync(join(objects, `${number}.dcm`), ct((round + 1) * OBJECTS + number));
      }
      theirs.push(store(objects, port));
      ours.push(store(objects, portOf(agent, 'dimse')));
      await settled(place, 60_000);
    }
    return {
      name: `store${suffix(on)}`,
      of: 'C-STORE, durable ÷ storescp of DCMTK, which never syncs; one association',
      ratio: median(ours) / median(theirs),
      bar: 0.2,
      ours: median(ours),
      theirs: median(theirs),
      unit: 'objects/s',
    };
  } finally {
    scp.kill();
    await stop();
    await engines.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
