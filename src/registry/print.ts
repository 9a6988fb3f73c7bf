import { IDENTIFIER_KINDS, type IdentifierKind } from '../lineage/identifier.ts';

/**
 * A fingerprint of a keyed token: its first 64 bits, as two halves. Of ten million identifiers, one look-up in 1.8 million million meets another's by
 * chance (10^7 / 2^64): never, for a hospital.
 */
export interface Print {
  readonly high: number;
  readonly low: number;
}

/** Characters of base64url that hold 64 bits. */
export const PRINT_LENGTH = 11;

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const SIX_BITS = new Uint8Array(128);
for (let value = 0; value < ALPHABET.length; value++) SIX_BITS[ALPHABET.charCodeAt(value)] = value;

/** What the ledger calls a fingerprint: the first characters of a token's digest, without its key's id. */
export function printText(token: string): string {
  const dot = token.lastIndexOf('.') + 1;
  return token.slice(dot, dot + PRINT_LENGTH);
}

/** Fingerprint of a token (`kid.base64url`), or of what `printText` made of one. */
export function printOf(token: string): Print {
  const at = token.lastIndexOf('.') + 1;
  const six = (index: number): number => SIX_BITS[token.charCodeAt(at + index) & 127] ?? 0;
  const split = six(5);
  const high = (six(0) << 26) | (six(1) << 20) | (six(2) << 14) | (six(3) << 8) | (six(4) << 2) | (split >>> 4);
  const low = ((split & 15) << 28) | (six(6) << 22) | (six(7) << 16) | (six(8) << 10) | (six(9) << 4) | (six(10) >>> 2);
  // Nothing at all is what an empty place of the table holds.
  return high === 0 && low === 0 ? { high, low: 1 } : { high, low };
}

/** Named sets of patients that a policy may speak of. */
export const COHORTS = ['vip', 'employee', 'test'] as const;
export type Cohort = (typeof COHORTS)[number];

/** What is known of an identifier, in one byte: its kind (0: none) in the lower half, and to which sets it belongs in the upper. */
export const PATIENT = 16;
const COHORT_BITS: Readonly<Record<Cohort, number>> = { vip: 32, employee: 64, test: 128 };
export const SETS = 0xf0;
export const KIND = 0x0f;

export function kindNumber(kind: IdentifierKind): number {
  return IDENTIFIER_KINDS.indexOf(kind) + 1;
}

/** Null where the byte says none. */
export function kindOf(meta: number): IdentifierKind | null {
  return IDENTIFIER_KINDS[(meta & KIND) - 1] ?? null;
}

export function cohortBit(cohort: Cohort): number {
  return COHORT_BITS[cohort];
}

/** Names of the cohorts that a byte says. */
export function cohortsOf(meta: number): Cohort[] {
  return COHORTS.filter((cohort) => (meta & COHORT_BITS[cohort]) !== 0);
}
