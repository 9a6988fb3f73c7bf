import type { Writable } from 'node:stream';
import type { Clock } from '../core/clock.ts';
import type { Keyring } from '../keyring/keyring.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Locations } from '../policy/location.ts';
import type { Register } from '../policy/register.ts';
import type { Period } from './period.ts';

/** What an export is made of. */
export interface ExportRequest {
  readonly period: Period;
  readonly ledger: Ledger;
  readonly keyring: Keyring;
  /** Policies and places as they are configured: they say who receives, for what, and where it comes to rest. */
  readonly register: Register;
  readonly locations: Locations;
  readonly clock: Clock;
  /** Tokens of the one person whose transfers alone are written (`disclosures`); everybody's where it is left out. */
  readonly patients?: readonly string[];
  /** Who asked for it, and in which role, as the audit log names them. */
  readonly actor: string;
  readonly role: string;
}

export interface Exporter {
  readonly contentType: string;
  /** Writes all of it and ends nothing: `out` is the caller's. The caller puts on the audit log that it was asked for. */
  write(request: ExportRequest, out: Writable): Promise<void>;
}
