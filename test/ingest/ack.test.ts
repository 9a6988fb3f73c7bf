import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AckHeader, acksFor, createAckComposer, echoControlId, nackFor } from '../../src/ingest/ack.ts';

const NOW = Date.UTC(2026, 10, 24, 16, 51, 13);
const HEADER: AckHeader = {
  controlIdBytes: Buffer.from('MSG0001'),
  fieldSeparator: '|',
  encodingCharacters: '^~\\&',
  acceptAck: '',
  applicationAck: '',
  processingId: 'P',
  version: '2.5.1',
};

const compose = createAckComposer(() => NOW);
const composed = (header: Partial<AckHeader>): string => Buffer.from(compose('AA', { ...HEADER, ...header })).toString('latin1');

/** Segments and fields of a message with default delimiters; independent of what composed it. */
function segments(message: string): string[][] {
  expect(message.endsWith('\r')).toBe(true);
  return message
    .slice(0, -1)
    .split('\r')
    .map((segment) => segment.split('|'));
}

const ESCAPES: Record<string, string> = { F: '|', S: '^', R: '~', E: '\\', T: '&' };

function unescaped(text: string): string {
  return text.replaceAll(/\\(?:([FSRET])|X([0-9A-F]{2}))\\/g, (_, letter: string | undefined, hex: string | undefined) =>
    hex === undefined ? (ESCAPES[letter ?? ''] ?? '') : String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

test('has its own MSH, and nothing of the message but MSH-10, -11 and -12', () => {
  const [msh, msa, ...rest] = segments(composed({ processingId: 'T', version: '2.3' }));
  expect(rest).toEqual([]);
  expect(msh?.toSpliced(9, 1)).toEqual(['MSH', '^~\\&', 'CORDON', '', '', '', '20261124165113+0000', '', 'ACK', 'T', '2.3']);
  expect(msh?.[9]).toMatch(/^[0-9A-Z]{11,20}$/);
  expect(msa).toEqual(['MSA', 'AA', 'MSG0001']);
});

test.each([
  [{ processingId: 'DOE', version: '2.5.1' }, 'P', '2.5.1'],
  [{ processingId: '', version: '' }, 'P', '2.5.1'],
  [{ processingId: 'P', version: '2.536228147' }, 'P', '2.5.1'],
  [{ processingId: 'D', version: '2.8.2' }, 'D', '2.8.2'],
])('repeats MSH-11 and MSH-12 only as values of their tables: %j', (header, processing, version) => {
  const [msh] = segments(composed(header));
  expect(msh?.slice(10)).toEqual([processing, version]);
});

test('every acknowledgment has an id of its own', () => {
  const ids = new Set(Array.from({ length: 500 }, () => segments(composed({}))[0]?.[9]));
  expect(ids.size).toBe(500);
});

describe('MSA-2', () => {
  test.each([
    ['A&B', '|', '^~\\&', 'A&B'],
    ['A^B~C\\T\\D', '|', '^~\\&', 'A^B~C\\T\\D'],
    ['', '|', '^~\\&', ''],
    ['A|B', '#', '^~\\&', 'A\\F\\B'],
    ['A|B^C', '#', '*~\\&', 'A\\F\\B\\S\\C'],
    ['A\\B', '|', '^~/&', 'A\\E\\B'],
    ['A&B', '|', '^~\\', 'A\\T\\B'],
    ['A\x1cB\x0b', '|', '^~\\&', 'A\\X1C\\B\\X0B\\'],
    ['Ä\xff', '|', '^~\\&', 'Ä\xff'],
  ])('%j sent with %s%s', (id, fieldSeparator, encodingCharacters, expected) => {
    const echoed = echoControlId({ ...HEADER, controlIdBytes: Buffer.from(id, 'latin1'), fieldSeparator, encodingCharacters });
    expect(Buffer.from(echoed).toString('latin1')).toBe(expected);
  });

  test('for default delimiters it is MSH-10 byte for byte, whatever the bytes', () => {
    const id = fc
      .uint8Array({ maxLength: 199 })
      .map((bytes) => bytes.map((byte) => (byte < 0x20 || byte === 0x7c ? byte | 0x40 : byte) & 0xff));
    const usual = id.map((bytes) => bytes.map((byte) => (byte === 0x7c ? 0x41 : byte)));
    fc.assert(
      fc.property(usual, (controlIdBytes) => {
        const [, msa] = segments(composed({ controlIdBytes }));
        expect(Buffer.from(msa?.[2] ?? '', 'latin1')).toEqual(Buffer.from(controlIdBytes));
      }),
      { numRuns: 500 },
    );
  });

  test('for any delimiters and bytes the acknowledgment stays two segments that frame, and MSA-2 unescapes to MSH-10', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 199 }), (controlIdBytes) => {
        const ack = composed({ controlIdBytes, fieldSeparator: '#', encodingCharacters: '*!/%' });
        const [msh, msa, ...rest] = segments(ack);
        expect(rest).toEqual([]);
        expect(msh).toHaveLength(12);
        expect(msa).toHaveLength(3);
        expect(ack).not.toMatch(/[\x0b\x1c]/);
        expect(unescaped(msa?.[2] ?? '')).toBe(Buffer.from(controlIdBytes).toString('latin1'));
      }),
      { numRuns: 500 },
    );
  });
});

describe('which acknowledgments are due', () => {
  test.each<[string, string, string[], string | null, string | null]>([
    // MSH-15, MSH-16, after the commit, on AR, on AE
    ['', '', ['AA'], 'AR', 'AE'],
    ['AL', '', ['CA'], 'CR', 'CE'],
    ['AL', 'NE', ['CA'], 'CR', 'CE'],
    ['AL', 'AL', ['CA', 'AA'], 'CR', 'CE'],
    ['SU', 'SU', ['CA', 'AA'], null, null],
    ['SU', 'ER', ['CA'], 'AR', 'AE'],
    ['NE', 'AL', ['AA'], 'AR', 'AE'],
    ['NE', 'NE', [], null, null],
    ['ER', 'NE', [], 'CR', 'CE'],
    ['', 'SU', ['AA'], null, null],
    ['', 'NE', [], null, null],
    ['yes', 'please', ['AA'], 'AR', 'AE'],
  ])('MSH-15 %j, MSH-16 %j', (acceptAck, applicationAck, acks, onAr, onAe) => {
    const header = { ...HEADER, acceptAck, applicationAck };
    expect(acksFor(header)).toEqual(acks);
    expect(nackFor(header, 'AR')).toBe(onAr);
    expect(nackFor(header, 'AE')).toBe(onAe);
  });
});
