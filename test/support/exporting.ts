import { createSecretKey, randomBytes } from 'node:crypto';
import type { ExportRequest } from '../../src/exports/exporter.ts';
import type { Keyring } from '../../src/keyring/keyring.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { type Locations, NO_LOCATIONS } from '../../src/policy/location.ts';
import { compileRegister } from '../../src/policy/register.ts';

/** What exports of a desk in a test are made of: its ledger, a keyring in memory, no policy. */
export function exportingOf(
  ledger: Ledger,
  locations: Locations = NO_LOCATIONS,
): Pick<ExportRequest, 'ledger' | 'keyring' | 'register' | 'locations'> {
  return { ledger, keyring: memoryKeyring(), register: compileRegister([]), locations };
}

function memoryKeyring(): Keyring {
  const key = () => createSecretKey(randomBytes(32));
  const tokenKey = { kid: 'k1', key: key() };
  const refuse = () => Promise.reject(new Error('this keyring wraps nothing'));
  return { id: 'test', tokenKey, tokenKeys: new Map([['k1', tokenKey]]), digestKey: key(), wrap: refuse, unwrap: refuse };
}
