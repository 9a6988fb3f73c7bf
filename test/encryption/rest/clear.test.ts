import { createCipheriv, randomBytes } from 'node:crypto';
import { brotliCompressSync, deflateRawSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recogniseClear } from '../../../src/encryption/rest/clear.ts';

const HL7 = 'MSH|^~\\&|LIS|SYN|REGISTRY|SYN|20260101||ORU^R01|1|P|2.5.1\rPID|1||999^^^SYN||SYNTHETIC^PATIENT\r';
const dicom = Buffer.concat([Buffer.alloc(128), Buffer.from('DICM\x02\0\0\0UL\x04\0')]);
const zip = (flags: number): Buffer => Buffer.from([0x50, 0x4b, 3, 4, 20, 0, flags, 0, 8, 0, ...Buffer.alloc(30)]);
const prose = 'The synthetic patient was seen in the clinic and went home in good health after a short rest.';
const sealed = (text: string | Buffer): Buffer => {
  const cipher = createCipheriv('aes-256-gcm', randomBytes(32), randomBytes(12));
  return Buffer.concat([cipher.update(text), cipher.final()]);
};

describe('what lies in clear is recognised', () => {
  it.each<[string, Buffer, string]>([
    ['HL7', Buffer.from(HL7), 'HL7'],
    ['HL7 in an MLLP frame', Buffer.from(`\x0b${HL7}\x1c\r`), 'HL7'],
    ['HL7 batch', Buffer.from('FHS|^~\\&|A\rBHS|^~\\&|A\r'), 'HL7'],
    ['HL7 with other delimiters', Buffer.from(HL7.replaceAll('|', '#')), 'HL7'],
    ['DICOM', dicom, 'DICOM'],
    [
      'FHIR as JSON',
      Buffer.from(JSON.stringify({ resourceType: 'Patient', name: [{ family: 'Synthetic', given: ['Some', 'One'] }] })),
      'JSON',
    ],
    [
      'FHIR as XML',
      Buffer.from(`<Patient xmlns="http://hl7.org/fhir"><name><family value="Synthetic"/></name></Patient>`),
      'XML',
    ],
    [
      'XML with a declaration',
      Buffer.from(`<?xml version="1.0"?>\n<ClinicalDocument>${' '.repeat(50)}</ClinicalDocument>`),
      'XML',
    ],
    ['text', Buffer.from(prose), 'text'],
    [
      'text in another script',
      Buffer.from('患者 は 今日 診察 を 受け ました 。 明日 も 来 ます 。 よろしく お願い します 。 以上 です'),
      'text',
    ],
    ['text with a cut character', Buffer.from(`${prose}é`).subarray(0, -1), 'text'],
    ['rows', Buffer.from('id,family,given,born\n'.repeat(8)), 'text'],
    ['gzip', gzipSync(HL7), 'gzip'],
    ['ZIP', zip(0), 'ZIP'],
    ['PDF', Buffer.from('%PDF-1.7\n'), 'PDF'],
    ['SQLite', Buffer.from('SQLite format 3\0\x10\0'), 'SQLite'],
    ['PNG', Buffer.from('\x89PNG\r\n\x1a\n\0\0', 'latin1'), 'PNG'],
    ['JPEG', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0]), 'JPEG'],
  ])('%s', (_name, bytes, format) => {
    expect(recogniseClear(bytes)).toBe(format);
  });
});

describe('what may be encrypted is not called clear', () => {
  it.each<[string, Buffer]>([
    ['nothing', Buffer.alloc(0)],
    ['a few bytes', Buffer.from('ok')],
    ['ciphertext', sealed(HL7.repeat(40))],
    ['ciphertext in base64', Buffer.from(sealed(HL7.repeat(40)).toString('base64').replace(/.{76}/g, '$&\n'))],
    ['ciphertext in hexadecimal', Buffer.from(sealed(HL7.repeat(40)).toString('hex'))],
    ['raw deflate, which is clear, yet tells nothing', deflateRawSync(HL7.repeat(40))],
    ['brotli', brotliCompressSync(HL7.repeat(40))],
    ['an encrypted ZIP', zip(1)],
    ['PGP', Buffer.from(`-----BEGIN PGP MESSAGE-----\n\n${prose}`)],
    ['age', Buffer.from(`age-encryption.org/v1\n-> X25519 abc\n${prose}`)],
    ['a JWE', Buffer.from(JSON.stringify({ protected: 'x'.repeat(60), iv: 'a', ciphertext: 'b', tag: 'c' }))],
    ['an empty disk', Buffer.alloc(4096)],
  ])('%s', (_name, bytes) => {
    expect(recogniseClear(bytes)).toBeNull();
  });

  it('any ciphertext', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 4096 }), (plain) => {
        expect(recogniseClear(sealed(Buffer.from(plain)))).toBeNull();
      }),
      { numRuns: 500 },
    );
  });
});
