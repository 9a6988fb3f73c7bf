import { expect, test } from 'vitest';
import { element, writeDicom } from '../../../src/demo/dicom/write.ts';
import { fileHeader, IMPLEMENTATION_CLASS_UID, IMPLEMENTATION_VERSION } from '../../../src/ingest/dicom/meta.ts';

/** Elements of group 2 as `element VR value`, and where the group says that it ends. */
function read(file: Buffer): { elements: string[]; end: number } {
  expect(file.subarray(0, 132).toString('latin1')).toBe(`${'\0'.repeat(128)}DICM`);
  const elements: string[] = [];
  let at = 132;
  while (at < file.length) {
    const vr = file.subarray(at + 4, at + 6).toString('latin1');
    const long = vr === 'OB';
    const length = long ? file.readUInt32LE(at + 8) : file.readUInt16LE(at + 6);
    const start = at + (long ? 12 : 8);
    expect(length % 2).toBe(0);
    const value = file.subarray(start, start + length);
    const number = file
      .readUInt16LE(at + 2)
      .toString(16)
      .padStart(4, '0');
    elements.push(`${number} ${vr} ${vr === 'UL' || vr === 'OB' ? value.toString('hex') : value.toString('latin1')}`);
    at = start + length;
  }
  return { elements, end: at };
}

test('a file header says what the association said, and who wrote it', () => {
  const header = fileHeader({
    sopClass: '1.2.840.10008.5.1.4.1.1.2',
    sopInstance: '1.2.3',
    transferSyntax: '1.2.840.10008.1.2.1',
  });
  const { elements } = read(header);
  expect(elements).toEqual([
    expect.stringMatching(/^0000 UL/),
    '0001 OB 0001',
    '0002 UI 1.2.840.10008.5.1.4.1.1.2\0',
    '0003 UI 1.2.3\0',
    '0010 UI 1.2.840.10008.1.2.1\0',
    `0012 UI ${IMPLEMENTATION_CLASS_UID}`,
    `0013 SH ${IMPLEMENTATION_VERSION}`,
  ]);
  // (0002,0000) counts what comes after it.
  expect(header.readUInt32LE(140)).toBe(header.length - 144);
});

test('it is what a writer of files makes, but for who wrote it', () => {
  const sopClass = '1.2.840.10008.5.1.4.1.1.7';
  const written = writeDicom({
    elements: [element('(0008,0016)', 'UI', sopClass), element('(0008,0018)', 'UI', '1.2.3.4')],
  });
  const header = fileHeader({ sopClass, sopInstance: '1.2.3.4', transferSyntax: '1.2.840.10008.1.2.1' });
  const same = read(header).elements.slice(1, 5);
  expect(written.toString('latin1')).toContain(header.subarray(144, 144 + 14).toString('latin1'));
  expect(read(written.subarray(0, 144 + written.readUInt32LE(140))).elements.slice(1, 5)).toEqual(same);
});

test('the same object has the same header, and what is too long for a UID is cut', () => {
  const long = { sopClass: '1'.repeat(200), sopInstance: '', transferSyntax: '1.2' };
  expect(fileHeader(long)).toEqual(fileHeader(long));
  expect(read(fileHeader(long)).elements.slice(2, 4)).toEqual([`0002 UI ${'1'.repeat(64)}`, '0003 UI ']);
});
