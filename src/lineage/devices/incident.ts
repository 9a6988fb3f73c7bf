import type { Severity } from '../../core/vocabulary.ts';
import type { IncidentCause } from '../../policy/decision.ts';
import type { ConflictKind, DeviceConflict } from './device.ts';

/** Two certificates under one AE title may be two systems of which one is not what it says; the others are wrong in the inventory first. */
const SEVERITY: Readonly<Record<ConflictKind, Severity>> = { certificate: 'high', model: 'medium', facility: 'medium' };

/** The incident of a device that contradicts itself: one for each device and kind. It names equipment and systems alone. */
export function deviceCause(conflict: DeviceConflict & { readonly device: string; readonly flow: string }): IncidentCause {
  const { kind, device, flow, values } = conflict;
  return {
    key: `device.conflict|${kind}|${device}`,
    reason: 'device.conflict',
    flow,
    category: null,
    group: kind,
    severity: SEVERITY[kind],
    matches: [],
    note: `${kind}: "${values[0]}" and "${values[1]}"`,
  };
}

/**
 * The incident of a flow on which more devices are named than are kept: its senders make names up, or the inventory of a whole network comes over one flow. One for
 * each flow.
 */
export function crowdCause(flow: string): IncidentCause {
  return {
    key: `device.conflict|number|${flow}`,
    reason: 'device.conflict',
    flow,
    category: null,
    group: 'number',
    severity: 'medium',
    matches: [],
    note: 'more devices were named than are kept of one flow; those that are new are left out',
  };
}

/** `NORTHLAKE IMAGING WORKS SM64-00817` of the key `serial|NORTHLAKE IMAGING WORKS|SM64-00817`. */
export function knownName(key: string): string {
  return key
    .split('|')
    .slice(1)
    .filter((part) => part !== '')
    .join(' ');
}
