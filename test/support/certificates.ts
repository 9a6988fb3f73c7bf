import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** PEM texts. */
export interface KeyPair {
  readonly key: string;
  readonly cert: string;
}

export interface Authority {
  /** Holds `ca.pem`, for clients that want files. */
  readonly folder: string;
  /** PEM of the authority itself. */
  readonly cert: string;
  /** Issues a certificate for this subject (`/O=Hospital/CN=lis`), for 127.0.0.1 and localhost. */
  issue(subject: string): KeyPair;
  remove(): void;
}

/** One DER element (X.690 section 8.1): tag, length, contents. */
function der(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(contents);
  const { length } = content;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.of(tag, ...size), content]);
}

const sequence = (...contents: readonly Uint8Array[]): Buffer => der(0x30, ...contents);
const oid = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'));
const bits = (content: Uint8Array): Buffer => der(0x03, Buffer.of(0), content);
const TRUE = der(0x01, Buffer.of(0xff));

const ATTRIBUTES: Record<string, string> = { CN: '550403', O: '55040a' };
const ECDSA_SHA256 = sequence(oid('2a8648ce3d040302'));
const BASIC_CONSTRAINTS_CA = sequence(oid('551d13'), TRUE, der(0x04, sequence(TRUE)));
const SUBJECT_ALT_NAME = sequence(
  oid('551d11'),
  der(0x04, sequence(der(0x87, Buffer.of(127, 0, 0, 1)), der(0x82, Buffer.from('localhost')))),
);

/** `/O=Hospital/CN=lis` as a distinguished name. */
function distinguishedName(subject: string): Buffer {
  const parts = subject.slice(1).split('/');
  return sequence(
    ...parts.map((part) => {
      const [type = '', value = ''] = part.split('=');
      return der(0x31, sequence(oid(ATTRIBUTES[type] ?? ''), der(0x0c, Buffer.from(value))));
    }),
  );
}

function utcTime(milliseconds: number): Buffer {
  return der(0x17, Buffer.from(`${new Date(milliseconds).toISOString().slice(2, 19).replaceAll(/[-:T]/g, '')}Z`));
}

function pem(label: string, bytes: Uint8Array): string {
  const lines =
    Buffer.from(bytes)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}

const DAY = 86_400_000;

/** An X.509 v3 certificate (RFC 5280 section 4.1), valid from yesterday to tomorrow. */
function certificate(subject: string, publicKey: KeyObject, issuer: string, issuerKey: KeyObject, extension: Buffer): string {
  const now = Date.now();
  const toBeSigned = sequence(
    der(0xa0, der(0x02, Buffer.of(2))),
    der(0x02, Buffer.of(1), randomBytes(15)),
    ECDSA_SHA256,
    distinguishedName(issuer),
    sequence(utcTime(now - DAY), utcTime(now + DAY)),
    distinguishedName(subject),
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(extension)),
  );
  return pem('CERTIFICATE', sequence(toBeSigned, ECDSA_SHA256, bits(sign('sha256', toBeSigned, issuerKey))));
}

/** A certificate authority made with Node alone, so that the tests need no openssl. */
export function makeAuthority(name = '/CN=Cordon test CA'): Authority {
  const folder = mkdtempSync(join(tmpdir(), 'cordon-ca-'));
  const own = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const cert = certificate(name, own.publicKey, name, own.privateKey, BASIC_CONSTRAINTS_CA);
  writeFileSync(join(folder, 'ca.pem'), cert);
  return {
    folder,
    cert,
    issue(subject) {
      const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      return {
        key: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
        cert: certificate(subject, pair.publicKey, name, own.privateKey, SUBJECT_ALT_NAME),
      };
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
