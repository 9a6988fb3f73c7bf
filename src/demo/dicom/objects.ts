import type { Patient, Staff } from '../people.ts';
import type { Random } from '../random.ts';
import { type DicomElement, element } from './write.ts';

/** Storage SOP classes of the demo's modalities (PS3.4 B.5). */
export const CT_IMAGE = '1.2.840.10008.5.1.4.1.1.2';
export const ULTRASOUND_IMAGE = '1.2.840.10008.5.1.4.1.1.6.1';

/** What one object is made of. `at` is milliseconds since the epoch, `number` counts the objects of the feed from 0. */
export interface Scene {
  readonly patient: Patient;
  readonly referring: Staff;
  readonly random: Random;
  readonly at: number;
  readonly number: number;
}

/** A UID of the UUID-derived root (PS3.5 B.2): it says nothing of anybody. */
export function freshUid(random: Random): string {
  return `2.25.${random.int(1_000_000, 9_999_999)}${random.int(100_000_000, 999_999_999)}${random.int(100_000_000, 999_999_999)}`;
}

/** `20261126` of UTC. */
export function dateOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10).replaceAll('-', '');
}

function timeOf(at: number): string {
  return new Date(at).toISOString().slice(11, 19).replaceAll(':', '');
}

/** Age String (PS3.5 §6.2): `064Y`. */
function ageOf(birthDate: string, at: number): string {
  const years = Math.floor((Number(dateOf(at)) - Number(birthDate)) / 10_000);
  return `${String(years).padStart(3, '0')}Y`;
}

const number16 = (value: number): Buffer => {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
};

/** Equipment that made the object: inventory, nobody's secret. */
function equipment(modality: 'CT' | 'US'): DicomElement[] {
  return modality === 'CT'
    ? [
        element('(0008,0070)', 'LO', 'NORTHLAKE IMAGING WORKS'),
        element('(0008,1010)', 'SH', 'CT1'),
        element('(0008,1090)', 'LO', 'SLICEMASTER 64'),
        element('(0018,1000)', 'LO', 'SM64-00817'),
        element('(0018,1020)', 'LO', '4.2.1'),
      ]
    : [
        element('(0008,0070)', 'LO', 'NORTHLAKE SONICS'),
        element('(0008,1010)', 'SH', 'US1'),
        element('(0008,1090)', 'LO', 'ECHOVIEW 9'),
        element('(0018,1000)', 'LO', 'EV9-10442'),
        element('(0018,1020)', 'LO', '9.0.3'),
      ];
}

/** The picture: small, since nobody looks at it. JPEG is encapsulated (PS3.5 A.4), the CT's slice is native. */
export function picture(modality: 'CT' | 'US'): DicomElement[] {
  const [rows, columns, bits] = modality === 'CT' ? [16, 16, 16] : [24, 32, 8];
  const pixels =
    modality === 'CT'
      ? element('(7FE0,0010)', 'OW', Buffer.alloc(rows * columns * 2, 0x3c))
      : element(
          '(7FE0,0010)',
          'OB',
          Buffer.concat([Buffer.of(0xff, 0xd8), Buffer.alloc(300, 0x5a), Buffer.of(0xff, 0xd9)]),
          true,
        );
  return [
    element('(0028,0002)', 'US', number16(1)),
    element('(0028,0004)', 'CS', 'MONOCHROME2'),
    element('(0028,0010)', 'US', number16(rows)),
    element('(0028,0011)', 'US', number16(columns)),
    element('(0028,0100)', 'US', number16(bits)),
    element('(0028,0101)', 'US', number16(bits)),
    element('(0028,0102)', 'US', number16(bits - 1)),
    element('(0028,0103)', 'US', number16(0)),
    pixels,
  ];
}

/** An image as a modality sends it, with everything that names its patient; without the picture, in the order of its tags. */
export function identified(modality: 'CT' | 'US', { patient, referring, random, at, number }: Scene): DicomElement[] {
  return sorted([
    element('(0008,0005)', 'CS', 'ISO_IR 192'),
    element('(0008,0008)', 'CS', modality === 'CT' ? 'ORIGINAL\\PRIMARY\\AXIAL' : 'ORIGINAL\\PRIMARY'),
    element('(0008,0016)', 'UI', modality === 'CT' ? CT_IMAGE : ULTRASOUND_IMAGE),
    element('(0008,0018)', 'UI', freshUid(random)),
    element('(0008,0020)', 'DA', dateOf(at)),
    element('(0008,0030)', 'TM', timeOf(at)),
    element('(0008,0050)', 'SH', `A${2_600_000 + number}`),
    element('(0008,0060)', 'CS', modality),
    element('(0008,0080)', 'LO', 'Northlake Hospital'),
    element('(0008,0090)', 'PN', `${referring.family}^${referring.given}^^Dr`),
    element('(0008,1030)', 'LO', modality === 'CT' ? 'CT ABDOMEN W CONTRAST' : 'US ABDOMEN COMPLETE'),
    element('(0010,0010)', 'PN', `${patient.family}^${patient.given}`),
    element('(0010,0020)', 'LO', patient.mrn),
    element('(0010,0030)', 'DA', patient.birthDate),
    element('(0010,0040)', 'CS', patient.sex),
    element('(0010,1010)', 'AS', ageOf(patient.birthDate, at)),
    element('(0020,000D)', 'UI', freshUid(random)),
    element('(0020,000E)', 'UI', freshUid(random)),
    element('(0020,0010)', 'SH', String(1000 + number)),
    element('(0020,0011)', 'IS', '1'),
    element('(0020,0013)', 'IS', String(number + 1)),
    ...equipment(modality),
  ]);
}

/** The same for research: identifiers emptied or replaced after the Basic Profile (PS3.15 E.1), new UIDs, and it says so. */
export function deidentified({ patient, random, number }: Scene): DicomElement[] {
  const code = `SUBJ-${String(number + 1).padStart(4, '0')}`;
  return sorted([
    element('(0008,0005)', 'CS', 'ISO_IR 192'),
    element('(0008,0008)', 'CS', 'DERIVED\\PRIMARY\\AXIAL'),
    element('(0008,0016)', 'UI', CT_IMAGE),
    element('(0008,0018)', 'UI', freshUid(random)),
    element('(0008,0020)', 'DA', ''),
    element('(0008,0050)', 'SH', ''),
    element('(0008,0060)', 'CS', 'CT'),
    element('(0008,0070)', 'LO', 'NORTHLAKE IMAGING WORKS'),
    element('(0008,1090)', 'LO', 'SLICEMASTER 64'),
    element('(0010,0010)', 'PN', code),
    element('(0010,0020)', 'LO', code),
    element('(0010,0030)', 'DA', ''),
    element('(0010,0040)', 'CS', patient.sex),
    element('(0012,0062)', 'CS', 'YES'),
    element('(0012,0063)', 'LO', 'Basic Application Confidentiality Profile'),
    element('(0020,000D)', 'UI', freshUid(random)),
    element('(0020,000E)', 'UI', freshUid(random)),
    element('(0020,0010)', 'SH', ''),
    element('(0020,0011)', 'IS', '1'),
    element('(0020,0013)', 'IS', String(number + 1)),
  ]);
}

/** Tags ascend in a data set (PS3.5 §7.1). */
export function sorted(elements: readonly DicomElement[]): DicomElement[] {
  return [...elements].sort((one, other) => (one.tag < other.tag ? -1 : 1));
}
