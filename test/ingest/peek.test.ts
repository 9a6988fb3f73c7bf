import { expect, it } from 'vitest';
import { peekHl7 } from '../../src/formats/hl7v2/peek.ts';
import { peekMessage, readOnce } from '../../src/ingest/peek.ts';

it('reads the header of the same bytes once, and of equal bytes again', () => {
  const read: Uint8Array[] = [];
  const peek = readOnce((bytes) => {
    read.push(bytes);
    return peekHl7(bytes);
  });
  const message = Buffer.from('MSH|^~\\&|LIS|LAB|REG|STATE|20261126||ORU^R01|17|P|2.5.1\r');
  const copy = Buffer.from(message);
  expect(peek(message)).toBe(peek(message));
  expect(peek(copy)).toEqual(peek(message));
  expect(read).toEqual([message, copy]);
});

it('knows a DICOM object by its SOP Instance UID, and anything else by its header', () => {
  const peek = peekMessage((bytes) => (bytes[0] === 0 ? { sopInstance: '1.2.3' } : null), peekHl7);
  expect(peek(Buffer.of(0))).toEqual({ controlIdBytes: Buffer.from('1.2.3'), readable: true });
  const message = Buffer.from('MSH|^~\\&|LIS|LAB|REG|STATE|20261126||ORU^R01|17|P|2.5.1\r');
  expect(Buffer.from(peek(message).controlIdBytes).toString()).toBe('17');
  expect(peek(Buffer.from('junk')).readable).toBe(false);
});
