import type { Evidence, Outcome } from '../../core/evidence.ts';
import type { DeviceSighting } from '../../lineage/devices/device.ts';
import type { ObservedFlow } from '../../policy/decision.ts';
import type { Location } from '../../policy/location.ts';
import type { MadePlace } from '../devices/store.ts';
import { scattered } from './random.ts';

/** Devices that stand behind each system that sends. */
const OF_SYSTEM = 20;
/** One message in so many names the equipment that it comes from. */
const NAMED_IN = 4;
const PLACES = 40;
const DAY_MS = 86_400_000;
/** Days from one round of checks to the next; a statement holds for a day longer. */
const ROUND_DAYS = 20;
const MODELS = ['Analyzer 300', 'Monitor B', 'CT 64', 'Pump V', 'MR 1.5', 'Gateway'];
const CHECKS = ['version', 'suites', 'certificate', 'key-exchange', 'renegotiation'];
const PROFILES = ['rfc9325', 'sp800-52r2', 'dicom-b12', 'dicom-b13', 'iti-19'];

/** The made-up equipment that a message names; none for most. */
export function seedDevices(number: number, { source }: ObservedFlow): readonly DeviceSighting[] {
  if (number % NAMED_IN !== 0) return [];
  const device = scattered(number, OF_SYSTEM);
  const serial = `SN-${source}-${device}`;
  const model = MODELS[device % MODELS.length] ?? '';
  return [
    {
      kind: 'equipment',
      key: `serial|${serial}`,
      also: [],
      values: [
        { name: 'serial', value: serial, source: 'OBX-18.3' },
        { name: 'model', value: model, source: 'OBX-18.2' },
        { name: 'department', value: `WARD ${device % 30}`, source: 'PV1-3.1' },
      ],
    },
  ];
}

/** Places that somebody described: databases and buckets, one of them for every few flows. */
export function seedPlaces(at: number): readonly MadePlace[] {
  return Array.from({ length: PLACES }, (_, number): MadePlace => {
    const location: Location = {
      id: `seed-place-${number}`,
      title: `Made-up place ${number}`,
      type: number % 2 === 0 ? 'database' : 'object-store',
      country: 'US',
      owner: 'seed@hospital.example',
      verify: [number % 2 === 0 ? `kms:alias/seed-${number}` : `s3://seed-${number}/`],
      attested: [],
    };
    return { location, by: 'seed', at };
  });
}

/** What checks said of every flow's endpoint, round after round from `from` to `to` (milliseconds), in time order. */
export function* seedEvidence(flows: readonly ObservedFlow[], from: number, to: number): Generator<readonly Evidence[]> {
  for (let at = from, round = 0; at <= to; at += ROUND_DAYS * DAY_MS, round++) {
    yield flows.flatMap((_flow, flow) =>
      CHECKS.flatMap((check, index) =>
        PROFILES.map((profile, place) =>
          statement(`tls:seed-${flow}.example:2576`, check, profile, at, outcomeOf(flow, round + index * place)),
        ),
      ),
    );
  }
}

/** One endpoint in eight changes its mind from time to time. */
function outcomeOf(flow: number, turn: number): Outcome {
  if (flow % 8 !== 0) return flow % 20 === 1 ? 'unknown' : 'proven';
  return scattered(flow * 1000 + turn, 3) === 0 ? 'failed' : 'proven';
}

function statement(target: string, check: string, profile: string, at: number, outcome: Outcome): Evidence {
  return {
    ...{ target, check, profile, section: '1', outcome, how: 'probed', facts: { seed: true } },
    reason: outcome === 'proven' ? null : 'made up: nobody was asked',
    ...{ at, expires: at + (ROUND_DAYS + 1) * DAY_MS },
  };
}
