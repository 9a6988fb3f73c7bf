import { createSecretKey } from 'node:crypto';
import { token } from '../../src/core/token.ts';
import { kindNumber, PATIENT, printOf } from '../../src/registry/print.ts';
import { createTable, readTable } from '../../src/registry/table.ts';
import { compare, type Ratio } from './measure.ts';

const IDENTITIES = 10_000_000;
/** What a worker may use for them. */
const ALLOWED = 512 * 2 ** 20;

/** Ten million identifiers that come one by one: what a look-up costs beside the HMAC that it begins with, and what they take. */
export function benchRegistry(): Ratio[] {
  const table = createTable();
  const meta = PATIENT | kindNumber('mrn');
  // Twice a step of a full period each way: no two are alike, and they spread as an HMAC does.
  let [high, low] = [0x12345678, 0x9abcdef1];
  for (let entry = 0; entry < IDENTITIES; entry++) {
    high = (Math.imul(high, 1664525) + 1013904223) | 0;
    low = (Math.imul(low, 1103515245) + 12345) | 0;
    table.add({ high: high ^ (low >>> 16), low: low ^ (high >>> 16) }, meta);
  }
  const key = { kid: 'k1', key: createSecretKey(Buffer.alloc(32, 7)) };
  const reader = readTable(table.shared());
  let [ours, theirs, found] = [0, 0, 0];
  const { a, b } = compare(
    () => {
      found += reader.find(printOf(token(key, 'number', `MR${ours++}`)));
    },
    () => {
      found += token(key, 'number', `MR${theirs++}`).length > 0 ? 0 : 1;
    },
  );
  const bytes = table.bytes();
  return [
    {
      name: 'registry',
      of: `HMACs alone ÷ look-ups with their HMAC, ${IDENTITIES} identifiers known (${found} of the look-ups met one by chance)`,
      ratio: a / b,
      bar: null,
      ours: 1e6 / a,
      theirs: 1e6 / b,
      unit: 'µs each',
    },
    {
      name: 'registry-mem',
      of: `512 MiB ÷ shared memory of ${IDENTITIES} identifiers that came one by one`,
      ratio: ALLOWED / bytes,
      bar: 1,
      ours: bytes / 2 ** 20,
      theirs: ALLOWED / 2 ** 20,
      unit: 'MiB',
    },
  ];
}
