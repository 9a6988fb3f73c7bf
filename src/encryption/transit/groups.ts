/** A group of the IANA registry "TLS Supported Groups" and its strength. */
export interface Group {
  readonly code: number;
  readonly name: string;
  /** Size of the curve's field, or of the prime, in bits. */
  readonly bits: number;
  readonly kind: 'curve' | 'prime' | 'hybrid';
}

/** RFC 8422 section 5.1.1, RFC 7919 section 2, RFC 7027, RFC 8734, RFC 8446 section 4.2.7, and the hybrids with ML-KEM. */
export const GROUPS: readonly Group[] = [
  { code: 29, name: 'x25519', bits: 255, kind: 'curve' },
  { code: 23, name: 'secp256r1', bits: 256, kind: 'curve' },
  { code: 24, name: 'secp384r1', bits: 384, kind: 'curve' },
  { code: 25, name: 'secp521r1', bits: 521, kind: 'curve' },
  { code: 30, name: 'x448', bits: 448, kind: 'curve' },
  { code: 4588, name: 'X25519MLKEM768', bits: 255, kind: 'hybrid' },
  { code: 4587, name: 'SecP256r1MLKEM768', bits: 256, kind: 'hybrid' },
  { code: 4589, name: 'SecP384r1MLKEM1024', bits: 384, kind: 'hybrid' },
  { code: 26, name: 'brainpoolP256r1', bits: 256, kind: 'curve' },
  { code: 27, name: 'brainpoolP384r1', bits: 384, kind: 'curve' },
  { code: 28, name: 'brainpoolP512r1', bits: 512, kind: 'curve' },
  { code: 31, name: 'brainpoolP256r1tls13', bits: 256, kind: 'curve' },
  { code: 32, name: 'brainpoolP384r1tls13', bits: 384, kind: 'curve' },
  { code: 33, name: 'brainpoolP512r1tls13', bits: 512, kind: 'curve' },
  { code: 22, name: 'secp256k1', bits: 256, kind: 'curve' },
  { code: 21, name: 'secp224r1', bits: 224, kind: 'curve' },
  { code: 20, name: 'secp224k1', bits: 224, kind: 'curve' },
  { code: 19, name: 'secp192r1', bits: 192, kind: 'curve' },
  { code: 18, name: 'secp192k1', bits: 192, kind: 'curve' },
  { code: 16, name: 'secp160r1', bits: 160, kind: 'curve' },
  { code: 14, name: 'sect571r1', bits: 571, kind: 'curve' },
  { code: 13, name: 'sect571k1', bits: 571, kind: 'curve' },
  { code: 12, name: 'sect409r1', bits: 409, kind: 'curve' },
  { code: 11, name: 'sect409k1', bits: 409, kind: 'curve' },
  { code: 10, name: 'sect283r1', bits: 283, kind: 'curve' },
  { code: 9, name: 'sect283k1', bits: 283, kind: 'curve' },
  { code: 6, name: 'sect233k1', bits: 233, kind: 'curve' },
  { code: 7, name: 'sect233r1', bits: 233, kind: 'curve' },
  { code: 3, name: 'sect163r2', bits: 163, kind: 'curve' },
  { code: 1, name: 'sect163k1', bits: 163, kind: 'curve' },
  { code: 256, name: 'ffdhe2048', bits: 2048, kind: 'prime' },
  { code: 257, name: 'ffdhe3072', bits: 3072, kind: 'prime' },
  { code: 258, name: 'ffdhe4096', bits: 4096, kind: 'prime' },
  { code: 259, name: 'ffdhe6144', bits: 6144, kind: 'prime' },
  { code: 260, name: 'ffdhe8192', bits: 8192, kind: 'prime' },
];

const BY_CODE: ReadonlyMap<number, Group> = new Map(GROUPS.map((group) => [group.code, group]));

/** The group of a code point; one that is not known has 0 bits, so that nothing is proven by it. */
export function groupOf(code: number): Group {
  return BY_CODE.get(code) ?? { code, name: `group ${code}`, bits: 0, kind: 'curve' };
}

/** Groups that a ClientHello of the version can name: hybrids and the renumbered Brainpool curves are of TLS 1.3 only. */
export function groupsOf(version: number): number[] {
  return GROUPS.filter(({ code, kind }) => {
    if (version >= 0x0304) return code >= 23 && !(code >= 26 && code <= 28);
    return kind !== 'hybrid' && !(code >= 31 && code <= 33);
  }).map(({ code }) => code);
}
