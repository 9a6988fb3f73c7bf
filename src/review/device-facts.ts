import { CATEGORIES, PERSON_SUBJECTS } from '../core/vocabulary.ts';
import { type ConflictKind, type Device, latest } from '../lineage/devices/device.ts';
import { INCIDENT_STATES } from '../policy/decision.ts';
import type { ReviewDeps } from './deps.ts';
import type { DeviceFlowView } from './device-page.ts';
import { type MatrixRow, matrixOf } from './evidence-matrix.ts';

/** Incidents among which those of a device are looked for. */
const LOOKED_AT = 200;
const persons: ReadonlySet<string> = PERSON_SUBJECTS;

/** The incident of each contradiction of a device. It is found by the words of its reason and of what the device is known by. */
export async function deviceIncidents({ incidents }: ReviewDeps, device: Device): Promise<ReadonlyMap<ConflictKind, string>> {
  const found = new Map<ConflictKind, string>();
  if (device.conflicts.length === 0) return found;
  const named = latest(device, 'serial') ?? latest(device, 'ae-title') ?? latest(device, 'eui-64') ?? '';
  const { rows } = await incidents.list({ states: INCIDENT_STATES, q: `device conflict ${named}`, limit: LOOKED_AT });
  const ids = [device.id, ...device.parts.map(({ id }) => id)];
  for (const { kind } of device.conflicts) {
    const own = rows.find(({ key }) => ids.some((id) => key === `device.conflict|${kind}|${id}`));
    if (own !== undefined) found.set(kind, own.id);
  }
  return found;
}

/** The flows of a device, the latest first, with what such messages carry of persons and the encryption of both ends. */
export async function deviceFlows(
  { flows, policies, places, evidence, clock }: ReviewDeps,
  device: Device,
): Promise<readonly DeviceFlowView[]> {
  const names = new Set(device.flows.map(({ flow }) => flow));
  const [observed, described, known] = await Promise.all([flows.list(), places(), evidence.list()]);
  const own = observed.filter(({ key, policy }) => names.has(policy ?? key) || names.has(key));
  const kinds = await flows.kinds([...new Set([...names, ...own.map(({ key }) => key)])]);
  const matrix = matrixOf(policies(), described, known, clock());
  const standing = (rows: readonly MatrixRow[], id: string | null) => rows.find((row) => row.id === id)?.overall ?? 'unknown';
  return [...Map.groupBy(device.flows, ({ flow }) => flow)].map(([flow, seen]): DeviceFlowView => {
    const ways = own.filter(({ key, policy }) => policy === flow || key === flow);
    const types = new Set(seen.map(({ type }) => type));
    const keys = new Set([flow, ...ways.map(({ key }) => key)]);
    const policy = policies().find(({ id }) => id === flow) ?? null;
    const location = policy?.destination.location ?? null;
    const carried = kinds.filter(({ key, type, subject }) => keys.has(key) && types.has(type) && persons.has(subject));
    return {
      flow,
      types: [...types],
      source: ways[0]?.source ?? '',
      destination: ways[0]?.destination ?? '',
      policy: policy?.id ?? null,
      lastSeen: Math.max(...seen.map(({ lastSeen }) => lastSeen)),
      carried: CATEGORIES.filter((category) => carried.some((kind) => kind.category === category)),
      transit: standing(matrix.hops, policy === null ? null : `hop:${policy.id}`),
      rest: standing(matrix.places, location === null ? null : `place:${location}`),
      location,
    };
  });
}
