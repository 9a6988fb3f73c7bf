import { type DicomElement, element, writeDicom } from '../../src/demo/dicom/write.ts';

/** What a scanner's header repeats beside what names the patient: tag, VR, value. */
const STANDARD: readonly (readonly [tag: string, vr: string, value: string])[] = [
  ['(0008,0005)', 'CS', 'ISO_IR 100'],
  ['(0008,0008)', 'CS', 'ORIGINAL\\PRIMARY\\AXIAL'],
  ['(0008,0016)', 'UI', '1.2.840.10008.5.1.4.1.1.2'],
  ['(0008,0020)', 'DA', '20261124'],
  ['(0008,0021)', 'DA', '20261124'],
  ['(0008,0022)', 'DA', '20261124'],
  ['(0008,0023)', 'DA', '20261124'],
  ['(0008,0030)', 'TM', '101500'],
  ['(0008,0031)', 'TM', '101512'],
  ['(0008,0032)', 'TM', '101514'],
  ['(0008,0033)', 'TM', '101516'],
  ['(0008,0050)', 'SH', 'A2600017'],
  ['(0008,0060)', 'CS', 'CT'],
  ['(0008,0070)', 'LO', 'NORTHLAKE IMAGING WORKS'],
  ['(0008,0080)', 'LO', 'Northlake Hospital'],
  ['(0008,0081)', 'ST', '1 Harbor Road, Millbrook'],
  ['(0008,0090)', 'PN', 'Abernathy^Ross^J^^MD'],
  ['(0008,1010)', 'SH', 'CT1'],
  ['(0008,1030)', 'LO', 'CT ABDOMEN W CONTRAST'],
  ['(0008,103E)', 'LO', 'AXIAL 5MM SOFT'],
  ['(0008,1040)', 'LO', 'RADIOLOGY'],
  ['(0008,1050)', 'PN', 'Okonkwo^Ada'],
  ['(0008,1070)', 'PN', 'Lindgren^Per'],
  ['(0008,1090)', 'LO', 'SLICEMASTER 64'],
  ['(0010,0010)', 'PN', 'Quillfeather^Marisol^T'],
  ['(0010,0020)', 'LO', 'MR4000017'],
  ['(0010,0030)', 'DA', '19620303'],
  ['(0010,0040)', 'CS', 'F'],
  ['(0010,1010)', 'AS', '064Y'],
  ['(0010,1030)', 'DS', '71.5'],
  ['(0018,0010)', 'LO', 'ISOVUE300/100'],
  ['(0018,0022)', 'CS', 'HELICAL MODE'],
  ['(0018,0050)', 'DS', '5.000000'],
  ['(0018,0060)', 'DS', '120'],
  ['(0018,0090)', 'DS', '500.000000'],
  ['(0018,1000)', 'LO', 'SM64-00817'],
  ['(0018,1020)', 'LO', '4.2.1'],
  ['(0018,1030)', 'LO', 'ABDOMEN ROUTINE'],
  ['(0018,1100)', 'DS', '360.000000'],
  ['(0018,1110)', 'DS', '1099.3100585938'],
  ['(0018,1120)', 'DS', '0.000000'],
  ['(0018,1130)', 'DS', '133.699997'],
  ['(0018,1150)', 'IS', '1601'],
  ['(0018,1151)', 'IS', '170'],
  ['(0018,1160)', 'SH', 'LARGE BODY FILTER'],
  ['(0018,1210)', 'SH', 'STANDARD'],
  ['(0018,5100)', 'CS', 'FFS'],
  ['(0020,000D)', 'UI', '2.25.310012840009127721'],
  ['(0020,000E)', 'UI', '2.25.310012840009127722'],
  ['(0020,0010)', 'SH', '1017'],
  ['(0020,0011)', 'IS', '2'],
  ['(0020,0012)', 'IS', '1'],
  ['(0020,0013)', 'IS', '41'],
  ['(0020,0032)', 'DS', '-171.699997\\-171.899994\\-75.699997'],
  ['(0020,0037)', 'DS', '1.000000\\0.000000\\0.000000\\0.000000\\1.000000\\0.000000'],
  ['(0020,0052)', 'UI', '2.25.310012840009127723'],
  ['(0020,1040)', 'LO', 'SN'],
  ['(0020,1041)', 'DS', '-75.6999969482'],
  ['(0028,0004)', 'CS', 'MONOCHROME2'],
  ['(0028,0030)', 'DS', '0.661468\\0.661468'],
  ['(0028,1050)', 'DS', '40'],
  ['(0028,1051)', 'DS', '400'],
  ['(0028,1052)', 'DS', '-1024'],
  ['(0028,1053)', 'DS', '1'],
  ['(0032,1060)', 'LO', 'CT ABDOMEN W CONTRAST'],
  ['(0040,0244)', 'DA', '20261124'],
  ['(0040,0245)', 'TM', '101500'],
];

const PRIVATE_GROUPS = ['0009', '0019', '0021', '0027', '0043', '0045'];
const PRIVATE_VRS = ['LO', 'DS', 'SL', 'IS', 'SH', 'US', 'UN', 'FL'];

function privateElements(group: string): DicomElement[] {
  const elements = [element(`(${group},0010)`, 'LO', `NORTHLAKE_${group}_01`)];
  for (let number = 1; number <= 32; number++) {
    const vr = PRIVATE_VRS[number % PRIVATE_VRS.length] ?? 'LO';
    const size = vr === 'US' ? 2 : 4;
    const binary = vr === 'SL' || vr === 'US' || vr === 'FL' || vr === 'UN';
    const value = binary ? Buffer.alloc(size, number) : vr === 'DS' || vr === 'IS' ? String(number * 37) : `SET ${number}`;
    elements.push(element(`(${group},10${number.toString(16).padStart(2, '0').toUpperCase()})`, vr, value));
  }
  return elements;
}

/** A CT slice with a header of some 270 elements, as a scanner sends it; its picture is `pixels` bytes. */
export function ct(number: number, pixels = 512): Buffer {
  const elements = [
    ...STANDARD.map(([tag, vr, value]) => element(tag, vr, value)),
    element('(0008,0018)', 'UI', `2.25.31001284000912${100_000 + number}`),
    element('(0008,1140)', 'SQ', [
      [element('(0008,1150)', 'UI', '1.2.840.10008.5.1.4.1.1.2'), element('(0008,1155)', 'UI', '2.25.17')],
    ]),
    ...PRIVATE_GROUPS.flatMap(privateElements),
  ].sort((one, other) => (one.tag < other.tag ? -1 : 1));
  return writeDicom({ elements: [...elements, element('(7FE0,0010)', 'OW', Buffer.alloc(pixels, 0x3c))] });
}
