import { EXTENSION } from './client-hello.ts';
import { type Reader, readerOf } from './reader.ts';
import { SUITES } from './suites.ts';

export interface ServerHello {
  /** `0x0304` where supported_versions says so. */
  readonly version: number;
  readonly suite: number;
  readonly compression: number;
  /** Types of the extensions answered. */
  readonly extensions: readonly number[];
  /** TLS 1.3: the group of the key share, or the one that a HelloRetryRequest asks for. */
  readonly group: number | null;
  readonly isRetry: boolean;
  readonly protocol: string | null;
}

/** What ServerKeyExchange tells of the ephemeral key: a named curve, or the size of the prime in bits. */
export interface EphemeralKey {
  readonly group: number | null;
  readonly primeBits: number | null;
}

/** The server's first flight up to where it ends or turns to ciphertext. */
export interface ServerFlight {
  readonly hello: ServerHello;
  /** DER, leaf first. Empty where none was sent in clear (TLS 1.3, anonymous suites). */
  readonly certificates: readonly Buffer[];
  readonly ephemeral: EphemeralKey | null;
  readonly wantsClientCertificate: boolean;
}

export type FlightResult =
  | { readonly kind: 'incomplete' /** Bytes needed in all before it is worth to try again. */; readonly needs: number }
  | { readonly kind: 'flight'; readonly flight: ServerFlight }
  | { readonly kind: 'alert'; readonly level: number; readonly description: number }
  | { readonly kind: 'not-tls' }
  | { readonly kind: 'malformed' };

const ALERT = 21;
const HANDSHAKE = 22;
const HEADER = 5;
/** A record's plaintext is at most 2^14 bytes (RFC 5246 section 6.2.1); a flight of more records than this is no certificate chain. */
const MAX_RECORD = 16_384;
const MAX_RECORDS = 64;
export const MAX_FLIGHT = 256 * 1024;
const MAX_CERTIFICATES = 16;
const NAMED_CURVE = 3;

const MESSAGE = { serverHello: 2, certificate: 11, serverKeyExchange: 12, certificateRequest: 13, serverHelloDone: 14 } as const;

/** SHA-256 of "HelloRetryRequest", which stands where the random would (RFC 8446 section 4.1.3). */
const RETRY_RANDOM = Buffer.from('cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c', 'hex');

/**
 * Reads what a server answered to a ClientHello (RFC 5246 section 7.4, RFC 8446 section 4.1.3). Never throws, whatever the bytes: what is
 * not TLS or does not hold together is a result. `bytes` is everything received so far.
 */
export function readServerFlight(bytes: Buffer): FlightResult {
  const messages: Buffer[] = [];
  let at = 0;
  for (let records = 0; ; records++) {
    if (at > 0) {
      const result = readMessages(Buffer.concat(messages));
      if (result !== null) return result;
    }
    if (records > MAX_RECORDS || at > MAX_FLIGHT) return { kind: 'malformed' };
    if (!looksLikeRecord(bytes, at)) return at === 0 ? { kind: 'not-tls' } : { kind: 'malformed' };
    if (bytes.length - at < HEADER) return { kind: 'incomplete', needs: at + HEADER };
    const type = bytes.readUInt8(at);
    const length = bytes.readUInt16BE(at + 3);
    if (length === 0 || length > MAX_RECORD) return { kind: 'malformed' };
    if (bytes.length - at - HEADER < length) return { kind: 'incomplete', needs: at + HEADER + length };
    const fragment = bytes.subarray(at + HEADER, at + HEADER + length);
    if (type === ALERT) {
      // A warning, as on a server name that is not known (RFC 6066 section 3), may come before the answer.
      const isWarning = fragment[0] === 1 && fragment[1] !== 0;
      if (!isWarning) return { kind: 'alert', level: fragment[0] ?? 2, description: fragment[1] ?? 0 };
    } else messages.push(fragment);
    at += HEADER + length;
  }
}

/** Type alert or handshake and major version 3, as far as the bytes go. */
function looksLikeRecord(bytes: Buffer, at: number): boolean {
  const type = bytes[at] ?? HANDSHAKE;
  const major = bytes[at + 1] ?? 3;
  const minor = bytes[at + 2] ?? 3;
  return (type === HANDSHAKE || type === ALERT) && major === 3 && minor <= 4;
}

/** The flight, as far as whole messages go; null where it goes on. */
function readMessages(bytes: Buffer): FlightResult | null {
  const reader = readerOf(bytes);
  let hello: ServerHello | null = null;
  let certificates: readonly Buffer[] = [];
  let ephemeral: EphemeralKey | null = null;
  let wantsClientCertificate = false;
  while (reader.left > 0) {
    const type = reader.uint8();
    const body = reader.vector(3);
    if (type === null || body === null) return null;
    if (hello === null) {
      hello = type === MESSAGE.serverHello ? readHello(readerOf(body)) : null;
      if (hello === null) return { kind: 'malformed' };
      // From here on TLS 1.3 is ciphertext.
      if (hello.version >= 0x0304) return flightOf({ hello, certificates, ephemeral, wantsClientCertificate });
    } else if (type === MESSAGE.certificate) certificates = readCertificates(body);
    else if (type === MESSAGE.serverKeyExchange) ephemeral = readEphemeral(body, hello.suite);
    else if (type === MESSAGE.certificateRequest) wantsClientCertificate = true;
    else if (type === MESSAGE.serverHelloDone) return flightOf({ hello, certificates, ephemeral, wantsClientCertificate });
  }
  return null;
}

function flightOf(flight: ServerFlight): FlightResult {
  return { kind: 'flight', flight };
}

function readHello(reader: Reader): ServerHello | null {
  const legacyVersion = reader.uint16();
  const random = reader.take(32);
  const session = reader.vector(1);
  const suite = reader.uint16();
  const compression = reader.uint8();
  if (legacyVersion === null || random === null || session === null || suite === null || compression === null) return null;
  const extensions = readExtensions(reader);
  if (extensions === null) return null;
  const selected = extensions.get(EXTENSION.supportedVersions);
  const version = selected?.length === 2 ? selected.readUInt16BE(0) : legacyVersion;
  const share = extensions.get(EXTENSION.keyShare);
  const group = share !== undefined && share.length >= 2 ? share.readUInt16BE(0) : null;
  return {
    version,
    suite,
    compression,
    extensions: [...extensions.keys()],
    group,
    isRetry: random.equals(RETRY_RANDOM),
    protocol: protocolOf(extensions.get(EXTENSION.alpn)),
  };
}

function readExtensions(reader: Reader): Map<number, Buffer> | null {
  const found = new Map<number, Buffer>();
  if (reader.left === 0) return found;
  const block = reader.vector(2);
  if (block === null) return null;
  const inner = readerOf(block);
  while (inner.left > 0) {
    const type = inner.uint16();
    const body = inner.vector(2);
    if (type === null || body === null) return null;
    found.set(type, body);
  }
  return found;
}

function protocolOf(body: Buffer | undefined): string | null {
  if (body === undefined) return null;
  const list = readerOf(body).vector(2);
  const name = list === null ? null : readerOf(list).vector(1);
  return name?.toString('latin1') ?? null;
}

function readCertificates(body: Buffer): Buffer[] {
  const list = readerOf(body).vector(3);
  if (list === null) return [];
  const reader = readerOf(list);
  const certificates: Buffer[] = [];
  while (reader.left > 0 && certificates.length < MAX_CERTIFICATES) {
    const certificate = reader.vector(3);
    if (certificate === null) break;
    certificates.push(certificate);
  }
  return certificates;
}

/** What the message holds depends on the suite: a named curve (RFC 8422 section 5.4) or a prime (RFC 5246 section 7.4.3). */
function readEphemeral(body: Buffer, suite: number): EphemeralKey | null {
  const { keyExchange, authentication } = SUITES.get(suite) ?? {};
  const reader = readerOf(body);
  // A hint to the identity comes first (RFC 4279 section 3, RFC 5489 section 2).
  if (authentication === 'PSK') reader.vector(2);
  if (keyExchange === 'ECDHE') return { group: reader.uint8() === NAMED_CURVE ? reader.uint16() : null, primeBits: null };
  if (keyExchange !== 'DHE') return null;
  const prime = reader.vector(2);
  return prime === null ? null : { group: null, primeBits: bitLength(prime) };
}

function bitLength(bytes: Buffer): number {
  const first = bytes.findIndex((byte) => byte !== 0);
  return first === -1 ? 0 : (bytes.length - first) * 8 - (Math.clz32(bytes[first] ?? 0) - 24);
}
