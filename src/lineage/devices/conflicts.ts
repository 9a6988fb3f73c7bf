import type { ConflictKind, DeviceAttribute, DeviceAttributeName, DeviceConflict } from './device.ts';

const HOUR = 3_600_000;

/** Which values contradict each other, and whether they do only at the same time. */
const RULES: readonly { readonly kind: ConflictKind; readonly name: DeviceAttributeName; readonly atOnce: boolean }[] = [
  // What a serial or a UDI stands on never changes its model.
  { kind: 'model', name: 'model', atOnce: false },
  // A certificate is renewed and a device moves: two are wrong where both are heard at the same time.
  { kind: 'certificate', name: 'certificate', atOnce: true },
  { kind: 'facility', name: 'facility', atOnce: true },
];

/**
 * What the values of one key contradict, at most one of each kind. Two names of a facility or model from two places of a message are no
 * contradiction: a header and a visit name the same house differently.
 */
export function conflictsIn(attributes: readonly DeviceAttribute[], at: number): readonly DeviceConflict[] {
  const found: DeviceConflict[] = [];
  for (const { kind, name, atOnce } of RULES) {
    const values = attributes.filter((attribute) => attribute.name === name).sort(inOrder);
    const pair = pairOf(values, (one, other) => !atOnce || isAtOnce(one, other));
    if (pair !== null) found.push({ kind, values: pair, at });
  }
  return found;
}

/** The earlier first, so that both engines name the same two. */
function inOrder(one: DeviceAttribute, other: DeviceAttribute): number {
  return one.firstSeen - other.firstSeen || (one.value < other.value ? -1 : 1);
}

function pairOf(
  values: readonly DeviceAttribute[],
  contradict: (one: DeviceAttribute, other: DeviceAttribute) => boolean,
): readonly [string, string] | null {
  for (const [index, one] of values.entries()) {
    for (const other of values.slice(index + 1)) {
      if (one.source !== other.source || fold(one.value) === fold(other.value)) continue;
      if (contradict(one, other)) return [one.value, other.value];
    }
  }
  return null;
}

/** Case and blanks are a matter of who types. */
function fold(value: string): string {
  return value.toUpperCase().replace(/\s+/g, ' ').trim();
}

/** Both in one hour: nothing is moved to another house, or given a certificate of another name, and is back, within it. */
function isAtOnce(one: DeviceAttribute, other: DeviceAttribute): boolean {
  return Math.abs(one.lastSeen - other.lastSeen) < HOUR;
}
