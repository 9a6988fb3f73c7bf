import { expect, it } from 'vitest';
import { peekHl7 } from '../../src/formats/hl7v2/peek.ts';
import { peekMessage } from '../../src/ingest/peek.ts';

it('knows a DICOM object by its SOP Instance UID, and anything else by its header', () => {
  const peek = peekMessage((bytes) => (bytes[0] === 0 ? { sopInstance: '1.2.3' } : null), peekHl7);
  expect(peek(Buffer.of(0))).toEqual({ controlIdBytes: Buffer.from('1.2.3'), readable: true });
  const message = Buffer.from('MSH|^~\\&|LIS|LAB|REG|STATE|20261126||ORU^R01|17|P|2.5.1\r');
  expect(Buffer.from(peek(message).controlIdBytes).toString()).toBe('17');
  expect(peek(Buffer.from('junk')).readable).toBe(false);
});
