import { expect, it } from 'vitest';
import { peekFhir } from '../../src/formats/fhir/peek.ts';
import { peekHl7 } from '../../src/formats/hl7v2/peek.ts';
import { peekMessage } from '../../src/ingest/peek.ts';

it('knows a DICOM object by its SOP Instance UID, and anything else by its header', () => {
  const peek = peekMessage((bytes) => (bytes[0] === 0 ? { sopInstance: '1.2.3' } : null), peekHl7);
  expect(peek(Buffer.of(0))).toEqual({ controlIdBytes: Buffer.from('1.2.3'), readable: true });
  const message = Buffer.from('MSH|^~\\&|LIS|LAB|REG|STATE|20261126||ORU^R01|17|P|2.5.1\r');
  expect(Buffer.from(peek(message).controlIdBytes).toString()).toBe('17');
  expect(peek(Buffer.from('junk')).readable).toBe(false);
});

it.each([
  ['a resource', '{"resourceType":"Patient","id":"p7"}', 'p7', true],
  [
    'a Bundle',
    ' {"id":"b\\u0037","resourceType":"Bundle","entry":[{"resource":{"resourceType":"Patient","id":"p7"}}]}\n',
    'b7',
    true,
  ],
  ['a resource without an id', '{"resourceType":"Bundle","entry":[{"resource":{"id":"p7"}}]}', '', true],
  ['resources a line', '{"resourceType":"Patient","id":"p7"}\n{"resourceType":"Patient","id":"p8"}\n', 'p7', true],
  ['an array', '[{"resourceType":"Patient","id":"p7"}]', 'p7', true],
  ['a resource cut off', '{"resourceType":"Patient","id":"p7","name":[{"family":"Ro', 'p7', false],
  ['a resource that hardly began', '{"resourceType":', '', false],
  ['JSON that is no FHIR', '{"id":"p7"}', '', false],
])('knows FHIR by its id: %s', (_what, text, id, readable) => {
  const peek = peekMessage(() => null, peekHl7, [peekFhir]);
  const found = peek(Buffer.from(text));
  expect([Buffer.from(found.controlIdBytes).toString(), found.readable]).toEqual([id, readable]);
});
