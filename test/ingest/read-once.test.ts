import { expect, it } from 'vitest';
import { peekHl7 } from '../../src/formats/hl7v2/peek.ts';
import { readOnce } from '../../src/ingest/read-once.ts';

it('reads the header of the same bytes once, and of equal bytes again', () => {
  const read: Uint8Array[] = [];
  const peek = readOnce((bytes: Uint8Array) => {
    read.push(bytes);
    return peekHl7(bytes);
  });
  const message = Buffer.from('MSH|^~\\&|LIS|LAB|REG|STATE|20261126||ORU^R01|17|P|2.5.1\r');
  const copy = Buffer.from(message);
  expect(peek(message)).toBe(peek(message));
  expect(peek(copy)).toEqual(peek(message));
  expect(read).toEqual([message, copy]);
});
