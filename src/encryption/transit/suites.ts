import { SUITE_TABLE } from './suite-table.ts';

export const KEY_EXCHANGES = ['RSA', 'DH', 'DHE', 'ECDH', 'ECDHE', 'PSK', 'SRP', 'TLS13'] as const;
export type KeyExchange = (typeof KEY_EXCHANGES)[number];

/** `none` is an anonymous suite: whoever is in the middle can answer. TLS 1.3 negotiates authentication apart from the suite. */
export const AUTHENTICATIONS = ['RSA', 'DSS', 'ECDSA', 'PSK', 'SRP', 'none', 'TLS13'] as const;
export type Authentication = (typeof AUTHENTICATIONS)[number];

export const BULK_CIPHERS = [
  'NULL',
  'RC4',
  'RC2',
  'DES',
  '3DES',
  'IDEA',
  'SEED',
  'AES',
  'CAMELLIA',
  'ARIA',
  'SM4',
  'CHACHA20',
] as const;
export type BulkCipher = (typeof BULK_CIPHERS)[number];

export const MODES = ['none', 'stream', 'CBC', 'GCM', 'CCM', 'CCM8', 'POLY1305'] as const;
export type Mode = (typeof MODES)[number];

/** What protects integrity: an HMAC over this hash, or the AEAD mode itself. */
export const MACS = ['MD5', 'SHA1', 'SHA256', 'SHA384', 'AEAD'] as const;
export type Mac = (typeof MACS)[number];

export interface CipherSuite {
  /** `0x002f` */
  readonly code: number;
  /** As IANA has it: `TLS_RSA_WITH_AES_128_CBC_SHA`. */
  readonly name: string;
  readonly keyExchange: KeyExchange;
  readonly authentication: Authentication;
  readonly bulk: BulkCipher;
  readonly mode: Mode;
  /** Strength in bits: 112 for 3DES, whose key has 168 (SP 800-57 part 1, table 2); 40 for what was made for export. */
  readonly bits: number;
  readonly mac: Mac;
  /** `RFC 5246 A.5` */
  readonly source: string;
}

/** Strength of ciphers that have but one key size. */
const FIXED_BITS: Partial<Record<BulkCipher, number>> = {
  NULL: 0,
  DES: 56,
  '3DES': 112,
  IDEA: 128,
  SEED: 128,
  SM4: 128,
  CHACHA20: 256,
};

/** Every suite that is offered, by code point. */
export const SUITES: ReadonlyMap<number, CipherSuite> = new Map(
  Object.entries(SUITE_TABLE).flatMap(([source, rows]) =>
    rows.map(([code, name]) => [code, { code, name, source, ...describe(name) }] as const),
  ),
);

/** The IANA name, or `0x1a2b` for one that is not in the table. */
export function suiteName(code: number): string {
  return SUITES.get(code)?.name ?? `0x${code.toString(16).padStart(4, '0')}`;
}

/**
 * Codes of the suites that the version can have: AEAD and the SHA-2 MACs came with TLS 1.2 (RFC 5246 A.5, RFC 5288 section 4), and TLS
 * 1.3 has its own. Broken servers that accept more are not looked for.
 */
export function suitesOf(version: number): number[] {
  return [...SUITES.values()]
    .filter(({ keyExchange, mac }) => {
      if (version >= 0x0304) return keyExchange === 'TLS13';
      if (keyExchange === 'TLS13') return false;
      return version === 0x0303 || mac === 'MD5' || mac === 'SHA1';
    })
    .map(({ code }) => code);
}

type Description = Omit<CipherSuite, 'code' | 'name' | 'source'>;

/** The registry's names are systematic: `TLS_<exchange>_WITH_<cipher>_<hash>`, in TLS 1.3 without the exchange. */
function describe(name: string): Description {
  const [exchange, cipher] = name.slice('TLS_'.length).split('_WITH_');
  if (exchange === undefined || cipher === undefined) {
    return { keyExchange: 'TLS13', authentication: 'TLS13', ...describeCipher(name.slice('TLS_'.length)) };
  }
  // RFC 6655 has PSK_DHE for two suites where all others have DHE_PSK.
  const parts = exchange.replace('_EXPORT', '').replace('PSK_DHE', 'DHE_PSK').split('_');
  const described = { keyExchange: keyExchangeOf(parts), authentication: authenticationOf(parts), ...describeCipher(cipher) };
  return exchange.endsWith('_EXPORT') ? { ...described, bits: 40 } : described;
}

function keyExchangeOf([first = '', second]: readonly string[]): KeyExchange {
  if (first === 'DH' && second === 'anon') return 'DHE';
  if (first === 'ECDH' && second === 'anon') return 'ECDHE';
  return KEY_EXCHANGES.find((known) => known === first) ?? unreadable(first);
}

function authenticationOf(parts: readonly string[]): Authentication {
  const last = parts.at(-1) ?? '';
  if (last === 'anon') return 'none';
  if (parts[0] === 'SRP') return last === 'SHA' ? 'SRP' : (AUTHENTICATIONS.find((known) => known === last) ?? unreadable(last));
  return AUTHENTICATIONS.find((known) => known === last) ?? unreadable(last);
}

function describeCipher(cipher: string): Pick<CipherSuite, 'bulk' | 'mode' | 'bits' | 'mac'> {
  const parts = cipher.split('_');
  const [first = ''] = parts;
  const mode = modeOf(parts);
  const hash = parts.at(-1) ?? '';
  const isAead = mode === 'GCM' || mode === 'CCM' || mode === 'CCM8' || mode === 'POLY1305';
  const mac = isAead ? 'AEAD' : hash === 'SHA' ? 'SHA1' : (MACS.find((known) => known === hash) ?? unreadable(hash));
  const bulk = first === 'DES40' ? 'DES' : (BULK_CIPHERS.find((known) => known === first) ?? unreadable(first));
  return { bulk, mode, bits: bitsOf(bulk, parts), mac };
}

function modeOf(parts: readonly string[]): Mode {
  if (parts[0] === 'NULL') return 'none';
  if (parts[0] === 'RC4') return 'stream';
  if (parts.includes('POLY1305')) return 'POLY1305';
  if (parts.includes('CCM')) return parts.includes('8') ? 'CCM8' : 'CCM';
  return parts.includes('GCM') ? 'GCM' : 'CBC';
}

function bitsOf(bulk: BulkCipher, parts: readonly string[]): number {
  return FIXED_BITS[bulk] ?? Number(parts.find((part) => /^(40|128|256)$/.test(part)) ?? unreadable(parts.join('_')));
}

/** The table is ours: a name that can't be read is an error of this file, found by the first import. */
function unreadable(part: string): never {
  throw new TypeError(`suite-table.ts: "${part}" is no part of a cipher suite's name that is known`);
}
