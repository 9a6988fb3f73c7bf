import { expect, it } from 'vitest';
import { element, writeDataSet, writeDicom } from '../../../src/demo/dicom/write.ts';
import { peekDicom } from '../../../src/formats/dicom/peek.ts';
import { DEFLATED_LITTLE, EXPLICIT_BIG, EXPLICIT_LITTLE, IMPLICIT_LITTLE } from '../../../src/formats/dicom/transfer-syntax.ts';
import { latin1 } from '../support.ts';

const IDS = [element('(0008,0016)', 'UI', '1.2.840.10008.5.1.4.1.1.7'), element('(0008,0018)', 'UI', '1.2.3')];
const MORE = [...IDS, element('(0010,0010)', 'PN', 'DOE^JANE'), element('(0010,0020)', 'LO', '1')];

it.each([EXPLICIT_LITTLE, IMPLICIT_LITTLE, EXPLICIT_BIG, DEFLATED_LITTLE])('says what an object in %s is', (transferSyntax) => {
  const known = { sopClass: '1.2.840.10008.5.1.4.1.1.7', sopInstance: '1.2.3' };
  expect(peekDicom(writeDicom({ transferSyntax, elements: MORE }))).toEqual({ ...known, transferSyntax });
  if (transferSyntax === DEFLATED_LITTLE) return;
  expect(peekDicom(writeDataSet(MORE, transferSyntax))).toEqual({ ...known, transferSyntax: '' });
});

it('falls back on file meta information', () => {
  const bytes = writeDicom({ elements: IDS });
  const header = writeDicom({ elements: [] });
  const without = Buffer.concat([
    bytes.subarray(0, bytes.length - writeDataSet(IDS, EXPLICIT_LITTLE).length),
    writeDataSet(MORE.slice(2), EXPLICIT_LITTLE),
  ]);
  expect(peekDicom(without)).toMatchObject({ sopClass: '1.2.840.10008.5.1.4.1.1.7', sopInstance: '1.2.3' });
  expect(peekDicom(header)).toEqual({ sopClass: '', sopInstance: '', transferSyntax: EXPLICIT_LITTLE });
});

it('reads no further than the SOP Instance UID and 64 KiB', () => {
  const late = element('(0008,0005)', 'UT', 'x'.repeat(70_000));
  expect(peekDicom(writeDicom({ elements: [late, ...IDS] }))).toMatchObject({ sopInstance: '1.2.3' });
  const bytes = writeDicom({ elements: [...MORE, element('(7FE0,0010)', 'OW', new Uint8Array(100_000))] });
  expect(peekDicom(bytes.subarray(0, bytes.length - 90_000))).toEqual(peekDicom(bytes));
});

it.each([
  ['HL7', latin1('MSH|^~\\&|A|B\r')],
  ['JSON', latin1('{"resourceType":"Patient"}')],
  ['nothing', new Uint8Array(0)],
  ['one element', writeDataSet(IDS.slice(0, 1), EXPLICIT_LITTLE).subarray(0, 20)],
])('takes %s for no object', (_, bytes) => {
  expect(peekDicom(bytes)).toBeNull();
});
