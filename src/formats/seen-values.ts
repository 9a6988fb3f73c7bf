import type { IdentityValue } from '../core/format.ts';

type Value = Pick<IdentityValue, 'kind' | 'parts'>;

/** Values that are compared with each other; more of them go into a set. */
const FEW = 16;

/**
 * Tells whether a value is none of those kept so far, whatever their case. Most messages have a handful of values, no two of which begin alike: they
 * are compared as they are, since a key of each costs more than all of that.
 */
export function createSeen(): (value: Value, kept: readonly Value[]) => boolean {
  let keys: Set<string> | null = null;
  return (value, kept) => {
    if (keys === null && kept.length < FEW) return !kept.some((other) => isSame(value, other));
    keys ??= new Set(kept.map(keyOf));
    const key = keyOf(value);
    if (keys.has(key)) return false;
    keys.add(key);
    return true;
  };
}

function keyOf({ kind, parts }: Value): string {
  return `${kind}\0${parts.join('\0').toUpperCase()}`;
}

function isSame(one: Value, other: Value): boolean {
  if (one.kind !== other.kind || differs(one.parts[0] ?? '', other.parts[0] ?? '')) return false;
  return keyOf(one) === keyOf(other);
}

/** Whether two texts differ in ASCII before anything in them may fold to more than itself. */
function differs(one: string, other: string): boolean {
  const size = Math.min(one.length, other.length);
  for (let index = 0; index < size; index++) {
    const [left, right] = [one.charCodeAt(index), other.charCodeAt(index)];
    if (left === 0 || right === 0 || left > 0x7f || right > 0x7f) return false;
    if (left !== right && (left | 0x20) !== (right | 0x20)) return true;
  }
  return false;
}
