import { createHash } from 'node:crypto';
import { nameKey } from '../ledger/people/account-name.ts';
import type { AttemptSubject } from '../ledger/people/store.ts';
import { parseAddress } from '../policy/address.ts';

const MINUTE = 60_000;

/** From a delay on, twice as long each time, up to a quarter of an hour: nobody is locked out for good by somebody else's guesses. */
const GROWING = [0.5, 1, 2, 4, 8, 15].map((minutes) => minutes * MINUTE);

/**
 * SP 800-63B-4 §3.2.2 ends an authenticator after a hundred failures in a row, which here take a day. We go on at a guess each quarter of an hour
 * instead (docs/adr/0037): of passwords of fifteen characters that is nothing, and the other would let anybody lock out the officer.
 */
const OF_NAME = [...new Array<number>(4).fill(0), ...GROWING];

/** Many people may share an address. */
const OF_ADDRESS = [...new Array<number>(49).fill(0), ...GROWING];

/**
 * Whom an attempt is counted for: the address first, then the name, whether or not anybody has it. Names are kept as a digest, since people
 * type passwords into the wrong field.
 */
export function attemptOf(name: string, address: string | null): readonly AttemptSubject[] {
  const byName = { subject: nameSubject(name), delays: OF_NAME };
  return address === null ? [byName] : [{ subject: `address:${networkOf(address)}`, delays: OF_ADDRESS }, byName];
}

/** What is counted for a name; a new password takes it back. */
export function nameSubject(name: string): string {
  return `name:${createHash('sha256').update(nameKey(name)).digest('hex')}`;
}

/** An IPv4 address; of IPv6 the /64, which one subscriber has. */
function networkOf(address: string): string {
  const parsed = parseAddress(address);
  if (parsed === null) return 'unknown';
  if (parsed.kind() === 'ipv4') return parsed.toString();
  return parsed.toNormalizedString().split(':').slice(0, 4).join(':');
}
