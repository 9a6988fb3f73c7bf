import type { Parsed } from '../../core/format.ts';
import type { Provenance } from '../../core/provenance.ts';
import type { Detection } from '../../detect/match.ts';
import type { Suspect } from '../../policy/observe.ts';
import { suspectOf } from '../../policy/suspect.ts';
import { nodeOf } from './connection.ts';
import type { DeviceSighting } from './device.ts';
import { equipmentOf } from './dicom.ts';
import { hl7Devices } from './hl7.ts';
import { valueReader } from './values.ts';

/** So many devices of one body at most: a batch of a day's messages names every bed. */
const MOST = 256;

const NO_NAMES: ReadonlySet<string> = new Set();

/**
 * What a body and its connection say of devices, each device once (docs/adr/0033-devices.md). Pure; holds equipment identifiers and names of
 * systems alone. Parts that no format claimed say nothing.
 */
export function deviceSightings(
  parts: readonly { readonly parsed: Parsed; readonly detection: Detection }[],
  provenance: Provenance,
): readonly DeviceSighting[] {
  const found = new Map<string, DeviceSighting>();
  const add = (sighting: DeviceSighting | null): void => {
    if (sighting !== null && found.size < MOST && !found.has(sighting.key)) found.set(sighting.key, sighting);
  };
  const [lead] = parts;
  if (lead === undefined) return [];
  // Names that policies use count for nothing here: a policy is no reason to keep what is a patient's.
  const suspects = (part: (typeof parts)[number]): Suspect => suspectOf(part.parsed, part.detection, NO_NAMES);
  const first = suspects(lead);
  add(nodeOf(provenance, first));
  for (const part of parts) {
    if (found.size >= MOST) break;
    const { parsed, detection } = part;
    const read = valueReader(parsed, detection, part === lead ? first : suspects(part));
    if (parsed.format === 'hl7v2') for (const sighting of hl7Devices(parsed, read)) add(sighting);
    else if (parsed.format === 'dicom') add(equipmentOf(parsed, read, provenance.association?.calling ?? null));
  }
  return [...found.values()];
}
