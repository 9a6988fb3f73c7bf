import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { isIP } from 'node:net';

/** What a ClientHello offers. Lists are in order of preference. */
export interface HelloOffer {
  /** `0x0300` (SSL 3.0, without extensions) to `0x0304`. */
  readonly version: number;
  readonly suites: readonly number[];
  readonly groups: readonly number[];
  /** DNS name for SNI (RFC 6066 section 3); null, or an address, sends none. */
  readonly serverName: string | null;
  readonly protocols?: readonly string[];
  /** `[0]` is none; DEFLATE is 1 (RFC 3749). TLS 1.3 allows none only. */
  readonly compressions?: readonly number[];
}

const HANDSHAKE = 22;
const CLIENT_HELLO = 1;
/** TLS_EMPTY_RENEGOTIATION_INFO_SCSV (RFC 5746 section 3.3): also servers that choke on extensions understand it. */
const RENEGOTIATION_SCSV = 0x00ff;

/** Extension types (RFC 8446 section 4.2, RFC 7627, RFC 7366, RFC 5746). */
export const EXTENSION = {
  serverName: 0,
  truncatedHmac: 4,
  supportedGroups: 10,
  ecPointFormats: 11,
  signatureAlgorithms: 13,
  alpn: 16,
  encryptThenMac: 22,
  extendedMasterSecret: 23,
  supportedVersions: 43,
  keyShare: 51,
  renegotiationInfo: 65281,
} as const;

/** From the strongest down to MD5 with RSA: what a weak server signs with has to be seen, not refused by us. */
const SIGNATURES = [
  0x0403, 0x0503, 0x0603, 0x0807, 0x0808, 0x0804, 0x0805, 0x0806, 0x0809, 0x080a, 0x080b, 0x0401, 0x0501, 0x0601, 0x0402, 0x0303,
  0x0301, 0x0302, 0x0203, 0x0201, 0x0202, 0x0101,
];

/**
 * One TLS record with a ClientHello (RFC 5246 section 7.4.1.2, RFC 8446 section 4.1.2). It is only ever the first flight: nothing of a
 * session is kept, and the key shares' private halves are thrown away.
 */
export function encodeClientHello(offer: HelloOffer): Buffer {
  const isTls13 = offer.version >= 0x0304;
  const hasExtensions = offer.version > 0x0300;
  const suites = isTls13 ? offer.suites : [...offer.suites, RENEGOTIATION_SCSV];
  const body = Buffer.concat([
    uint16(Math.min(offer.version, 0x0303)),
    randomBytes(32),
    // A session id makes middleboxes take TLS 1.3 for a resumption (RFC 8446 appendix D.4).
    vector8(isTls13 ? randomBytes(32) : Buffer.alloc(0)),
    vector16(Buffer.concat(suites.map(uint16))),
    vector8(Buffer.from(isTls13 ? [0] : (offer.compressions ?? [0]))),
    ...(hasExtensions ? [vector16(Buffer.concat(extensions(offer, isTls13)))] : []),
  ]);
  const message = Buffer.concat([Buffer.from([CLIENT_HELLO]), uint24(body.length), body]);
  // Old servers refuse a record version they do not know, so 3.1 at most (RFC 8446 section 5.1).
  return Buffer.concat([Buffer.from([HANDSHAKE]), uint16(Math.min(offer.version, 0x0301)), vector16(message)]);
}

function extensions(offer: HelloOffer, isTls13: boolean): Buffer[] {
  const { serverName, protocols = [], groups } = offer;
  return [
    ...(serverName === null || isIP(serverName) !== 0 ? [] : [extension(EXTENSION.serverName, serverNameList(serverName))]),
    ...(groups.length === 0 ? [] : [extension(EXTENSION.supportedGroups, vector16(Buffer.concat(groups.map(uint16))))]),
    extension(EXTENSION.ecPointFormats, vector8(Buffer.from([0]))),
    extension(EXTENSION.signatureAlgorithms, vector16(Buffer.concat(SIGNATURES.map(uint16)))),
    ...(protocols.length === 0
      ? []
      : [extension(EXTENSION.alpn, vector16(Buffer.concat(protocols.map((name) => vector8(Buffer.from(name))))))]),
    ...(isTls13
      ? [
          extension(EXTENSION.supportedVersions, vector8(uint16(0x0304))),
          extension(EXTENSION.keyShare, vector16(Buffer.concat(groups.flatMap(keyShare)))),
        ]
      : [
          extension(EXTENSION.truncatedHmac, Buffer.alloc(0)),
          extension(EXTENSION.encryptThenMac, Buffer.alloc(0)),
          extension(EXTENSION.extendedMasterSecret, Buffer.alloc(0)),
        ]),
  ];
}

function serverNameList(name: string): Buffer {
  return vector16(Buffer.concat([Buffer.from([0]), vector16(Buffer.from(name, 'ascii'))]));
}

/** A share for the two groups that nearly every server takes; for any other the server asks in a HelloRetryRequest, and names it so. */
function keyShare(group: number): Buffer[] {
  if (group === 29) {
    const { publicKey } = generateKeyPairSync('x25519');
    return [share(group, publicKey.export({ format: 'der', type: 'spki' }).subarray(-32))];
  }
  if (group === 23) {
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    return [share(group, publicKey.export({ format: 'der', type: 'spki' }).subarray(-65))];
  }
  return [];
}

function share(group: number, key: Buffer): Buffer {
  return Buffer.concat([uint16(group), vector16(key)]);
}

function extension(type: number, body: Buffer): Buffer {
  return Buffer.concat([uint16(type), vector16(body)]);
}

function uint16(value: number): Buffer {
  return Buffer.from([value >> 8, value & 0xff]);
}

function uint24(value: number): Buffer {
  return Buffer.from([value >> 16, (value >> 8) & 0xff, value & 0xff]);
}

function vector8(body: Buffer): Buffer {
  return Buffer.concat([Buffer.from([body.length]), body]);
}

function vector16(body: Buffer): Buffer {
  return Buffer.concat([uint16(body.length), body]);
}
