// @ts-check
// X.509 with Node alone: an authority that is made, issues certificates for servers, and is gone. Dependency-free.
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { isIPv4 } from 'node:net';

/** Days; some clients take no more of a server (support.apple.com/en-us/103769). */
const DAYS = 825;
const DAY = 86_400_000;
/** Clocks of machines differ. */
const EARLIER = 3_600_000;

/**
 * One DER element (X.690 section 8.1): tag, length, contents.
 * @param {number} tag
 * @param {...Uint8Array} contents
 */
function der(tag, ...contents) {
  const content = Buffer.concat(contents);
  const { length } = content;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.of(tag, ...size), content]);
}

/** @param {...Uint8Array} contents */
const sequence = (...contents) => der(0x30, ...contents);
/** @param {string} hex */
const oid = (hex) => der(0x06, Buffer.from(hex, 'hex'));
/** @param {Uint8Array} content @param {number} [unused] bits at its end */
const bits = (content, unused = 0) => der(0x03, Buffer.of(unused), content);
const TRUE = der(0x01, Buffer.of(0xff));
const ECDSA_SHA256 = sequence(oid('2a8648ce3d040302'));

/** Extensions (RFC 5280 section 4.2.1). @param {string} id @param {Uint8Array} value */
const critical = (id, value) => sequence(oid(id), TRUE, der(0x04, value));
/** @param {string} id @param {Uint8Array} value */
const extension = (id, value) => sequence(oid(id), der(0x04, value));

/** A distinguished name of one common name. @param {string} name */
const commonName = (name) => sequence(der(0x31, sequence(oid('550403'), der(0x0c, Buffer.from(name)))));

/** UTCTime until 2049, GeneralizedTime from 2050 (RFC 5280 section 4.1.2.5). @param {number} milliseconds */
function time(milliseconds) {
  const text = `${new Date(milliseconds).toISOString().slice(0, 19).replaceAll(/[-:T]/g, '')}Z`;
  return text < '2050' ? der(0x17, Buffer.from(text.slice(2))) : der(0x18, Buffer.from(text));
}

/** A host name or an IPv4 address as a GeneralName. @param {string} name */
const generalName = (name) => (isIPv4(name) ? der(0x87, Buffer.from(name.split('.').map(Number))) : der(0x82, Buffer.from(name)));

/** @param {string} label @param {Uint8Array} bytes */
function pem(label, bytes) {
  const lines =
    Buffer.from(bytes)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}

const newKey = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });
/** @param {import('node:crypto').KeyObject} key */
const spki = (key) => key.export({ type: 'spki', format: 'der' });

/**
 * An authority whose key nobody but this call has: once it is forgotten, nothing more can be issued under `cert`. Each certificate is valid
 * from an hour ago, for 825 days.
 * @param {string} name its common name, which the date follows
 */
export function makeAuthority(name) {
  const from = Date.now() - EARLIER;
  const own = newKey();
  const issuer = commonName(`${name} ${new Date(from).toISOString().slice(0, 10)}`);
  // RFC 5280 section 4.2.1.2, method 1.
  const keyId = createHash('sha1').update(spki(own.publicKey)).digest();

  /** @param {Uint8Array} subject @param {import('node:crypto').KeyObject} key @param {Uint8Array[]} extensions */
  function certificate(subject, key, extensions) {
    const toBeSigned = sequence(
      der(0xa0, der(0x02, Buffer.of(2))),
      der(0x02, Buffer.of(1), randomBytes(15)),
      ECDSA_SHA256,
      issuer,
      sequence(time(from), time(from + DAYS * DAY - 1000)),
      subject,
      spki(key),
      der(0xa3, sequence(...extensions)),
    );
    return pem('CERTIFICATE', sequence(toBeSigned, ECDSA_SHA256, bits(sign('sha256', toBeSigned, own.privateKey))));
  }

  return {
    /** PEM of the authority itself: it signs certificates of servers and no authority below it. */
    cert: certificate(issuer, own.publicKey, [
      critical('551d13', sequence(TRUE, der(0x02, Buffer.of(0)))),
      critical('551d0f', bits(Buffer.of(0x04), 2)),
      extension('551d0e', der(0x04, keyId)),
    ]),
    /**
     * A key, and a certificate for a server that goes by these names, the first of which is its common name. PEM texts.
     * @param {readonly string[]} names host names and IPv4 addresses
     */
    issue(names) {
      const { publicKey, privateKey } = newKey();
      return {
        key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
        cert: certificate(commonName(names[0] ?? ''), publicKey, [
          critical('551d13', sequence()),
          critical('551d0f', bits(Buffer.of(0x80), 7)),
          extension('551d25', sequence(oid('2b06010505070301'))),
          extension('551d11', sequence(...names.map(generalName))),
          extension('551d23', sequence(der(0x80, keyId))),
        ]),
      };
    },
  };
}
