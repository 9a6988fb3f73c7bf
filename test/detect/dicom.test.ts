import { describe, expect, it } from 'vitest';
import type { Parsed } from '../../src/core/format.ts';
import type { Severity, Subject } from '../../src/core/vocabulary.ts';
import { type DicomElement, element, writeDicom } from '../../src/demo/dicom/write.ts';
import { explainMatch } from '../../src/detect/explain.ts';
import { DEFAULT_BUDGET, detect } from '../../src/detect/scan.ts';
import { DEFLATED_LITTLE, EXPLICIT_BIG, EXPLICIT_LITTLE, IMPLICIT_LITTLE } from '../../src/formats/dicom/transfer-syntax.ts';
import { parseBody } from '../../src/formats/registry.ts';
import { shippedRules } from '../support/rules.ts';

const CT = '1.2.840.10008.5.1.4.1.1.2';

function parse(elements: readonly DicomElement[], transferSyntax = EXPLICIT_LITTLE): Parsed {
  const bytes = writeDicom({
    transferSyntax,
    elements: [
      element('(0008,0005)', 'CS', 'ISO_IR 192'),
      element('(0008,0016)', 'UI', CT),
      element('(0008,0018)', 'UI', '2.25.4711000815'),
      ...elements,
    ],
  });
  const [parsed] = parseBody({ bytes, elided: [] });
  if (parsed === undefined) throw new Error('nothing was parsed');
  expect(parsed.format).toBe('dicom');
  return parsed;
}

type Row = [path: string, rule: string, subject: Subject, text: string];

function rows(parsed: Parsed, deidentified?: boolean): Row[] {
  const detection =
    deidentified === undefined ? detect(parsed, shippedRules()) : detect(parsed, shippedRules(), DEFAULT_BUDGET, deidentified);
  return detection.matches.map(
    ({ leaf, rule, subject, from, to }): Row => [
      parsed.leaves.path(leaf),
      rule,
      subject,
      parsed.leaves.text(leaf).slice(from, to),
    ],
  );
}

const severities = (parsed: Parsed): Severity[] => detect(parsed, shippedRules()).matches.map(({ severity }) => severity);

const PATIENT = [
  element('(0010,0010)', 'PN', 'OKAFOR^CHIDI'),
  element('(0010,0020)', 'LO', '78412233'),
  element('(0010,0030)', 'DA', '19610215'),
];

/** What a scanner sends of an ordinary examination. */
const ORDINARY = [
  element('(0008,0020)', 'DA', '20240119'),
  element('(0008,0030)', 'TM', '072730'),
  element('(0008,0060)', 'CS', 'CT'),
  element('(0008,0070)', 'LO', 'NORTHLAKE IMAGING WORKS'),
  element('(0008,0090)', 'PN', 'HUNT^JAMES^^Dr'),
  element('(0008,1030)', 'LO', 'CT ABDOMEN W CONTRAST'),
  element('(0008,103E)', 'LO', 'THORAX 5.0 B31f AXIAL'),
  ...PATIENT,
  element('(0010,0040)', 'CS', 'F'),
  element('(0010,1010)', 'AS', '064Y'),
  element('(0018,1000)', 'LO', 'SM64-00817'),
  element('(0020,000D)', 'UI', '1.2.840.113619.2.55.20240119072730.1'),
];

/** The same after the Basic Profile: emptied, replaced, with new UIDs. */
const CLEAN = [
  element('(0008,0020)', 'DA', ''),
  element('(0008,0060)', 'CS', 'CT'),
  element('(0008,1030)', 'LO', 'CT ABDOMEN W CONTRAST'),
  element('(0010,0010)', 'PN', 'SUBJ-0042'),
  element('(0010,0020)', 'LO', 'SUBJ-0042'),
  element('(0010,0040)', 'CS', 'F'),
  element('(0012,0062)', 'CS', 'YES'),
  element('(0020,000D)', 'UI', '2.25.329800735698586629295641978511506172918'),
];
const PRIVATE = element('(0029,0010)', 'LO', 'NORTHLAKE PRIVATE');

const EXPECTED: Row[] = [
  ['(0008,0020)', 'dicom-ps3.15.study-date', 'patient', '20240119'],
  ['(0008,0090)', 'dicom-ps3.15.referring-physician-name', 'provider', 'HUNT^JAMES^^Dr'],
  ['(0010,0010)', 'dicom-ps3.15.patient-name', 'patient', 'OKAFOR^CHIDI'],
  ['(0010,0020)', 'dicom-ps3.15.patient-id', 'patient', '78412233'],
  ['(0010,0030)', 'dicom-ps3.15.patient-birth-date', 'patient', '19610215'],
  ['(0018,1000)', 'dicom-ps3.15.device-serial-number', 'equipment', 'SM64-00817'],
];

describe('an ordinary object', () => {
  it.each([
    ['explicit', EXPLICIT_LITTLE],
    ['implicit', IMPLICIT_LITTLE],
    ['big-endian', EXPLICIT_BIG],
    ['deflated', DEFLATED_LITTLE],
  ])('%s, gives what names its patient in its own places, and no more', (_, transferSyntax) => {
    expect(rows(parse(ORDINARY, transferSyntax))).toEqual(EXPECTED);
  });

  it.each([
    ['an address of the institution', ['1 Harbor Road, Millbrook']],
    ['somebody in the address of the institution', ['1 Harbor Road, Millbrook. Patient Jane Doe, MRN 4471902']],
    ['both by turns', ['1 Harbor Road, Millbrook', '1 Harbor Road, Millbrook. Patient Jane Doe, MRN 4471902']],
  ])('tells the same of %s however often it comes', (_, texts) => {
    const told = texts.map((text) => rows(parse([...ORDINARY, element('(0008,0081)', 'ST', text)])));
    for (let time = 0; time < 4; time++) {
      expect(texts.map((text) => rows(parse([...ORDINARY, element('(0008,0081)', 'ST', text)])))).toEqual(told);
    }
    expect(told.some((each) => each.some(([path, , subject]) => path === '(0008,0081)' && subject === 'facility'))).toBe(true);
    const people = told.flat().filter(([path, , subject]) => path === '(0008,0081)' && subject === 'patient');
    expect(people.map(([, , , text]) => text)).toEqual(
      texts.some((text) => text.includes('Jane')) ? ['Jane Doe', '4471902'] : [],
    );
  });

  it('has blocks of makers whose names read like people’s', () => {
    const creators = ['NORTHLAKE_0009_01', 'Mitchell Archive Project', 'Philips Imaging DD 001'];
    const blocks = creators.map((creator, at) => element(`(0009,001${at})`, 'LO', creator));
    expect(rows(parse([...ORDINARY, ...blocks]))).toEqual(EXPECTED);
  });

  it('is looked at in depth, and by each value', () => {
    const parsed = parse([
      element('(0008,1120)', 'SQ', [[element('(0010,0020)', 'LO', 'HM4012347')], [element('(0010,0010)', 'PN', 'ROE^MARY')]]),
      element('(0010,1000)', 'LO', 'HM1\\HM2'),
    ]);
    expect(rows(parsed)).toEqual([
      ['(0008,1120).(0010,0020)', 'dicom-ps3.15.patient-id', 'patient', 'HM4012347'],
      ['(0008,1120)[2].(0010,0010)', 'dicom-ps3.15.patient-name', 'patient', 'ROE^MARY'],
      ['(0010,1000)', 'dicom-ps3.15.other-patient-ids', 'patient', 'HM1'],
      ['(0010,1000)[2]', 'dicom-ps3.15.other-patient-ids', 'patient', 'HM2'],
    ]);
  });

  it('is no HL7, though types share their names', () => {
    // HL7's DTM, ST and CX rules would find these.
    expect(rows(parse([element('(0018,0015)', 'CS', 'CHEST'), element('(0018,1060)', 'DS', '120')]))).toEqual([]);
    expect(rows(parse([element('(0008,0102)', 'SH', '99LOCAL'), element('(0018,0050)', 'DS', '19610215')]))).toEqual([]);
  });

  it('is read as text where people write', () => {
    const parsed = parse([
      element('(0010,4000)', 'LT', 'call her at 217-555-7788'),
      element('(0008,1030)', 'LO', 'MRN: 78412233 repeat'),
      PRIVATE,
      element('(0029,1001)', 'UN', Buffer.from('SSN 536-22-8147')),
    ]);
    expect(rows(parsed).map(([path, rule, , text]) => [path, rule, text])).toEqual([
      ['(0010,4000)', 'text.phone', '217-555-7788'],
      ['(0008,1030)', 'text.mrn', '78412233'],
      ['(0029,1001)', 'text.ssn', '536-22-8147'],
    ]);
  });
});

describe('echoes in an object', () => {
  const elsewhere = (each: DicomElement, transferSyntax?: string): Row[] =>
    rows(parse([...PATIENT, PRIVATE, each], transferSyntax)).slice(3);

  it.each<[string, DicomElement, string]>([
    ['a name as DICOM spells it', element('(0029,1001)', 'LO', 'LBL OKAFOR^CHIDI END'), 'OKAFOR^CHIDI'],
    ['a name as people do', element('(0032,4000)', 'LT', 'Spoke with Chidi Okafor'), 'Chidi Okafor'],
    ['a name in bytes of unknown type', element('(0029,1001)', 'UN', Buffer.from('\0\x01Okafor, Chidi\0\0')), 'Okafor, Chidi'],
    ['a birth date in text', element('(0032,4000)', 'LT', 'born 1961-02-15'), '1961-02-15'],
    ['a birth date in a UID', element('(0088,0140)', 'UI', '1.2.826.0.1.19610215.4'), '19610215'],
    ['a record number in a UID', element('(0088,0140)', 'UI', '1.2.826.0.1.78412233.4'), '78412233'],
    ['a record number in a private element', element('(0029,1001)', 'LO', 'chart 7841-2233'), '7841-2233'],
    ['text after the data set’s end', element('(FFFC,FFFC)', 'OB', Buffer.from('printed for Chidi Okafor')), 'Chidi Okafor'],
  ])('%s', (_, each, text) => {
    for (const transferSyntax of [EXPLICIT_LITTLE, DEFLATED_LITTLE]) {
      const found = elsewhere(each, transferSyntax);
      expect(found.map(([, , subject, value]) => [subject, value])).toEqual([['patient', text]]);
    }
  });

  it.each<[string, DicomElement]>([
    ['a number that is a part of a component', element('(0088,0140)', 'UI', '1.2.826.0.1.178412233.4')],
    ['a staff member of the same family name', element('(0008,1050)', 'PN', 'OKAFOR^GRACE')],
    ['a measured number', element('(0018,9073)', 'FD', Buffer.alloc(8))],
  ])('are not %s', (_, each) => {
    expect(elsewhere(each).filter(([, rule]) => rule.startsWith('echo.'))).toEqual([]);
  });

  it('find the digits of a record number in a UID, without its letters and leading zeros', () => {
    const parsed = parse([element('(0010,0020)', 'LO', 'HM041234'), element('(0020,000E)', 'UI', '1.2.826.41234.4')]);
    const longer = parse([element('(0010,0020)', 'LO', 'HM0412347'), element('(0020,000E)', 'UI', '1.2.826.412347.4')]);
    expect(rows(parsed).slice(1)).toEqual([]);
    expect(rows(longer).slice(1)).toEqual([['(0020,000E)', 'echo.number', 'patient', '412347']]);
    const zeros = parse([element('(0010,0020)', 'LO', 'MR0001062'), element('(0020,000E)', 'UI', '1.2.826.1062.4')]);
    expect(rows(zeros).slice(1)).toEqual([['(0020,000E)', 'echo.number', 'patient', '1062']]);
  });

  it('tell whose a name is that may be anybody’s', () => {
    const content = (name: string): DicomElement => element('(0040,A730)', 'SQ', [[element('(0040,A123)', 'PN', name)]]);
    const path = '(0040,A730).(0040,A123)';
    expect(elsewhere(content('Okafor^Chidi'))).toEqual([[path, 'dicom-ps3.15.person-name', 'patient', 'Okafor^Chidi']]);
    expect(elsewhere(content('HUNT^JAMES'))).toEqual([[path, 'dicom-ps3.15.person-name', 'unknown', 'HUNT^JAMES']]);
  });

  it('name the patient in the place of somebody else', () => {
    expect(elsewhere(element('(0008,0090)', 'PN', 'OKAFOR^CHIDI')).map(([, rule, subject]) => [rule, subject])).toEqual([
      ['dicom-ps3.15.referring-physician-name', 'provider'],
      ['echo.name', 'patient'],
    ]);
  });

  it('are no other value of the same element', () => {
    const parsed = parse([element('(0010,0020)', 'LO', '78412233'), element('(0010,1000)', 'LO', '78412233\\78412233')]);
    expect(rows(parsed).filter(([, rule]) => rule.startsWith('echo.'))).toEqual([]);
  });
});

describe('an object that says it was de-identified', () => {
  it('is clean where it is', () => {
    expect(rows(parse(CLEAN))).toEqual([]);
  });

  const without = (tag: string): DicomElement[] => CLEAN.filter((each) => each.tag !== tag);

  it.each<[string, DicomElement[], Row[], Severity]>([
    [
      'a patient’s name',
      [...without('(0010,0010)'), element('(0010,0010)', 'PN', 'OKAFOR^CHIDI')],
      [['(0010,0010)', 'deid.name', 'patient', 'OKAFOR^CHIDI']],
      'critical',
    ],
    [
      'a record number',
      [...without('(0010,0020)'), element('(0010,0020)', 'LO', 'HM4012347')],
      [['(0010,0020)', 'deid.mrn', 'patient', 'HM4012347']],
      'critical',
    ],
    [
      'a date of care',
      [...without('(0008,0020)'), element('(0008,0020)', 'DA', '20240119')],
      [['(0008,0020)', 'deid.date', 'patient', '20240119']],
      'high',
    ],
    [
      'a birth date',
      [...CLEAN, element('(0010,0030)', 'DA', '19610215'), element('(0028,0303)', 'CS', 'MODIFIED')],
      [['(0010,0030)', 'deid.birth-date', 'patient', '19610215']],
      'critical',
    ],
    [
      'a name in a private element',
      [...CLEAN, PRIVATE, element('(0029,1001)', 'PN', 'OKAFOR^CHIDI')],
      [['(0029,1001)', 'deid.private-name', 'unknown', 'OKAFOR^CHIDI']],
      'critical',
    ],
    [
      'a name in private text',
      [...CLEAN, PRIVATE, element('(0029,1001)', 'LO', 'Patient name: Okafor, Chidi')],
      [['(0029,1001)', 'names.patient', 'patient', 'Okafor, Chidi']],
      'critical',
    ],
    [
      'a birth date in a UID',
      [...CLEAN, element('(0020,000E)', 'UI', '1.2.826.0.1.3680043.19610215.4')],
      [['(0020,000E)', 'deid.uid-day', 'patient', '19610215']],
      'critical',
    ],
    [
      'a comment',
      [...CLEAN, element('(0010,4000)', 'LT', 'came with her sister from the farm')],
      [['(0010,4000)', 'deid.narrative', 'patient', 'came with her sister from the farm']],
      'high',
    ],
  ])('is not with %s', (_, elements, expected, severity) => {
    const parsed = parse(elements);
    expect(rows(parsed)).toEqual(expected);
    expect(severities(parsed)).toEqual([severity]);
  });

  it('may keep dates that were shifted, and who and what made it', () => {
    const kept = [
      element('(0008,0020)', 'DA', '20240119'),
      element('(0008,0080)', 'LO', 'Northlake Hospital'),
      element('(0018,1000)', 'LO', 'SM64-00817'),
      element('(0028,0303)', 'CS', 'MODIFIED'),
    ];
    expect(rows(parse([...without('(0008,0020)'), ...kept]))).toEqual([
      ['(0008,0080)', 'deid.name', 'facility', 'Northlake Hospital'],
      ['(0018,1000)', 'deid.device', 'equipment', 'SM64-00817'],
    ]);
    expect(severities(parse([...without('(0008,0020)'), ...kept]))).toEqual(['low', 'low']);
  });

  it('is held to it on a flow that promises it, whatever it says itself', () => {
    const silent = [...without('(0012,0062)'), element('(0010,4000)', 'LT', 'came with her sister from the farm')];
    expect(rows(parse(silent)).map(([, rule]) => rule)).toEqual([
      'dicom-ps3.15.patient-name',
      'echo.number',
      'dicom-ps3.15.patient-id',
    ]);
    expect(rows(parse(silent), true).map(([, rule]) => rule)).toEqual(['deid.narrative']);
  });

  it('repeats no value that is its own pseudonym', () => {
    const parsed = parse([...CLEAN, element('(0032,4000)', 'LT', 'SUBJ-0042')]);
    expect(rows(parsed)).toEqual([]);
  });
});

describe('why a rule matched', () => {
  it.each<[DicomElement[], string, string]>([
    [[element('(0010,0010)', 'PN', 'OKAFOR^CHIDI')], 'dicom-ps3.15.patient-name', 'by its place, (0010,0010)'],
    [[PRIVATE, element('(0029,1001)', 'PN', 'OKAFOR^CHIDI')], 'dicom-ps3.15.private-name', 'by a pattern at (odd,xxxx)'],
    [
      [element('(0012,0062)', 'CS', 'YES'), element('(0008,0020)', 'DA', '20240119')],
      'deid.date',
      'by its place, (0008,0020); as (0028,0303) says',
    ],
    [
      [element('(0012,0062)', 'CS', 'YES'), element('(0020,000D)', 'UI', '1.2.826.0.1.3680043.19610215.4')],
      'deid.uid-day',
      'by a pattern at UI; checked by date',
    ],
  ])('is said by tag, group or value representation', (elements, rule, why) => {
    const parsed = parse(elements);
    const match = detect(parsed, shippedRules()).matches.find((each) => each.rule === rule);
    expect(match).toBeDefined();
    if (match !== undefined) expect(explainMatch(parsed, shippedRules(), match)).toBe(why);
  });
});
