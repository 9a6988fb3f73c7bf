import { describe, expect, it } from 'vitest';
import { element, writeDataSet } from '../../src/demo/dicom/write.ts';
import { sampleFile } from '../../src/detect/dicom-sample.ts';
import { EXPLICIT_LITTLE } from '../../src/formats/dicom/transfer-syntax.ts';

describe('the file of a DICOM sample', () => {
  it('has a preamble, a prefix and a file meta group of the length it says', () => {
    const file = Buffer.from(sampleFile({}));
    expect(file.subarray(0, 128).every((byte) => byte === 0)).toBe(true);
    expect(file.toString('latin1', 128, 132)).toBe('DICM');
    const length = file.readUInt32LE(140);
    expect(file.readUInt16LE(144 + length)).toBe(0x0008);
  });

  it('writes elements as the demo does, in the order of their tags', () => {
    const file = Buffer.from(
      sampleFile({
        '(0040,A730)': [{ '(0040,A160)': 'UT odd' }, { '(0040,A123)': 'PN DOE^JANE' }],
        '(0010,0010)': 'PN DOE^JANE',
        '(0009,1001)': 'UN a  b',
        '(0008,0018)': 'UI 1.2.3',
        '(0008,0020)': 'DA',
      }),
    );
    const expected = writeDataSet(
      [
        element('(0008,0018)', 'UI', '1.2.3'),
        element('(0008,0020)', 'DA', ''),
        element('(0009,1001)', 'UN', Buffer.from('a  b')),
        element('(0010,0010)', 'PN', 'DOE^JANE'),
        element('(0040,A730)', 'SQ', [[element('(0040,A160)', 'UT', 'odd')], [element('(0040,A123)', 'PN', 'DOE^JANE')]]),
      ],
      EXPLICIT_LITTLE,
    );
    expect(file.subarray(file.length - expected.length).toString('hex')).toBe(expected.toString('hex'));
  });
});
