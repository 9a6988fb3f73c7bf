import { expect, it } from 'vitest';
import { type DicomElement, element, writeDicom } from '../../../src/demo/dicom/write.ts';
import { object } from './support.ts';

const UTF8 = element('(0008,0005)', 'CS', 'ISO_IR 192');

function identity(...elements: DicomElement[]): string[] {
  const parsed = object(writeDicom({ elements: [UTF8, ...elements] }));
  return parsed.identity.values.map(({ kind, category, subject, leaf, parts }) =>
    [kind, category, subject, parsed.leaves.path(leaf), parts.join('|')].join(' '),
  );
}

it('names the patient in all groups of a name, by numbers, date, phone and street', () => {
  expect(
    identity(
      element('(0008,0050)', 'SH', 'ACC1234'),
      element('(0008,0090)', 'PN', 'HOUSE^GREGORY'),
      element('(0010,0010)', 'PN', 'DOE^JANE^Q^^DR=日本^花子=にほん^はなこ'),
      element('(0010,0020)', 'LO', '00012345'),
      element('(0010,0030)', 'DA', '19800214'),
      element('(0010,1000)', 'LO', 'A17\\B28'),
      element('(0010,1001)', 'PN', 'ROE^JANE\\POE, JANE'),
      element('(0010,1002)', 'SQ', [[element('(0010,0020)', 'LO', 'X777')]]),
      element('(0010,1005)', 'PN', 'MAIDEN'),
      element('(0010,1040)', 'LO', '12 Elm Street'),
      element('(0010,1060)', 'PN', 'MOTHER^ANN'),
      element('(0010,2154)', 'SH', '555-0100-234'),
    ),
  ).toEqual([
    'name name patient (0010,0010) DOE|JANE|Q',
    'name name patient (0010,0010) 日本|花子',
    'name name patient (0010,0010) にほん|はなこ',
    'number mrn patient (0010,0020) 00012345',
    'date date patient (0010,0030) 19800214',
    'number mrn patient (0010,1000) A17',
    'number mrn patient (0010,1000)[2] B28',
    'name name patient (0010,1001) ROE|JANE',
    'name name patient (0010,1001)[2] POE|JANE',
    'number mrn patient (0010,1002).(0010,0020) X777',
    'name name patient (0010,1005) MAIDEN',
    'street street patient (0010,1040) 12 Elm Street',
    'name name relative (0010,1060) MOTHER|ANN',
    'phone phone patient (0010,2154) 555-0100-234',
  ]);
});

it('leaves out fillers, what is said twice, and whom items refer to', () => {
  expect(
    identity(
      element('(0010,0010)', 'PN', 'Anonymous'),
      element('(0010,0020)', 'LO', '00000'),
      element('(0010,0030)', 'DA', '19000101'),
      element('(0010,1001)', 'PN', 'DOE^JANE\\Doe^Jane\\^^\\^JANE'),
      element('(0010,1040)', 'LO', 'UNKNOWN'),
      element('(0010,2154)', 'SH', 'NONE'),
      element('(0040,A073)', 'SQ', [[element('(0010,0010)', 'PN', 'OTHER^ONE')]]),
      element('(0010,1002)', 'SQ', [[element('(0010,0010)', 'PN', 'OTHER^TWO')]]),
      element('(0008,1120)', 'SQ', [[element('(0040,A730)', 'SQ', [[element('(0010,0020)', 'LO', 'DEEP1')]])]]),
    ),
  ).toEqual(['name name patient (0010,1001) DOE|JANE', 'name name patient (0010,1001)[4] |JANE']);
});

it('reads dates with dots, as ACR-NEMA wrote them', () => {
  expect(identity(element('(0010,0030)', 'DA', '1980.02.14'))).toEqual(['date date patient (0010,0030) 19800214']);
});

it('names all patients of a directory', () => {
  const records = ['DOE^A', 'ROE^B'].map((name) => [element('(0004,1430)', 'CS', 'PATIENT'), element('(0010,0010)', 'PN', name)]);
  expect(identity(element('(0004,1220)', 'SQ', records, true))).toEqual([
    'name name patient (0004,1220).(0010,0010) DOE|A',
    'name name patient (0004,1220)[2].(0010,0010) ROE|B',
  ]);
});
