import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Parsed } from '../../../src/core/format.ts';
import { detect } from '../../../src/detect/scan.ts';
import { dicomXml } from '../../../src/formats/dicom/native-xml.ts';
import { parseBody } from '../../../src/formats/registry.ts';
import { shippedRules } from '../../support/rules.ts';

const parse = (text: string): Parsed[] => parseBody({ bytes: Buffer.from(text), elided: [] });
const attribute = (tag: string, vr: string, keyword: string, inside: string, more = ''): string =>
  `<DicomAttribute tag="${tag}" vr="${vr}" keyword="${keyword}"${more}>\n  ${inside}\n</DicomAttribute>\n`;
const values = (...each: string[]): string =>
  each.map((value, index) => `<Value number="${index + 1}">${value}</Value>`).join('\n');
const named = (inside: string): string => `<PersonName number="1"><Alphabetic>${inside}</Alphabetic></PersonName>`;
const model = (...inside: string[]): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<NativeDicomModel xmlns="http://dicom.nema.org/PS3.19/models/NativeDICOM" xml:space="preserve">\n${inside.join('')}</NativeDicomModel>\n`;

const STUDY = model(
  attribute('00080005', 'CS', 'SpecificCharacterSet', values('ISO_IR 192')),
  attribute('00080016', 'UI', 'SOPClassUID', values('1.2.840.10008.5.1.4.1.1.2')),
  attribute('00080020', 'DA', 'StudyDate', values('20240119')),
  attribute(
    '00080090',
    'PN',
    'ReferringPhysicianName',
    named('<FamilyName>HUNT</FamilyName><GivenName>JAMES</GivenName><NamePrefix>Dr</NamePrefix>'),
  ),
  attribute('00081030', 'LO', 'StudyDescription', values('CT ABDOMEN, O&apos;KAFOR')),
  attribute('00100010', 'PN', 'PatientName', named("<FamilyName>O'KAFOR</FamilyName><GivenName>CHIDI</GivenName>")),
  attribute('00100020', 'LO', 'PatientID', values('78412233')),
  attribute('00100030', 'DA', 'PatientBirthDate', values('19610215')),
  attribute(
    '00400275',
    'SQ',
    'RequestAttributesSequence',
    `<Item number="1">${attribute('00400007', 'LO', 'ScheduledProcedureStepDescription', values("sent for Chidi O'Kafor"))}</Item><Item number="2">${attribute('00400007', 'LO', 'ScheduledProcedureStepDescription', values('second', 'third'))}</Item>`,
  ),
  attribute('7FE00010', 'OW', 'PixelData', '<BulkData uri="https://pacs.example/bulk/7841223.bin"/>'),
  attribute('00291010', 'LO', '', values('x'), ' privateCreator="MAKER 1"'),
);

/** The same in the model of JSON. */
const IN_JSON = {
  '00080005': { vr: 'CS', Value: ['ISO_IR 192'] },
  '00080016': { vr: 'UI', Value: ['1.2.840.10008.5.1.4.1.1.2'] },
  '00080020': { vr: 'DA', Value: ['20240119'] },
  '00080090': { vr: 'PN', Value: [{ Alphabetic: 'HUNT^JAMES^^Dr' }] },
  '00081030': { vr: 'LO', Value: ["CT ABDOMEN, O'KAFOR"] },
  '00100010': { vr: 'PN', Value: [{ Alphabetic: "O'KAFOR^CHIDI" }] },
  '00100020': { vr: 'LO', Value: ['78412233'] },
  '00100030': { vr: 'DA', Value: ['19610215'] },
  '00400275': {
    vr: 'SQ',
    Value: [
      { '00400007': { vr: 'LO', Value: ["sent for Chidi O'Kafor"] } },
      { '00400007': { vr: 'LO', Value: ['second', 'third'] } },
    ],
  },
  '7FE00010': { vr: 'OW', Value: ['https://pacs.example/bulk/7841223.bin'] },
  '00291010': { vr: 'LO', privateCreator: 'MAKER 1', Value: ['x'] },
};

const leavesOf = (parsed: Parsed | undefined): string[] =>
  Array.from({ length: parsed?.leaves.count ?? 0 }, (_, leaf) => `${parsed?.leaves.path(leaf)} ${parsed?.leaves.text(leaf)}`);

describe('a data set in the native model', () => {
  it('says what it says in JSON, at the same places, of the same person', () => {
    const [native, ...others] = parse(STUDY);
    const [json] = parse(JSON.stringify([IN_JSON]));
    expect(others).toEqual([]);
    expect([native?.format, native?.type]).toEqual(['dicom', json?.type]);
    expect(leavesOf(native)).toEqual(leavesOf(json));
    expect(native?.identity.values.map(({ kind, parts }) => [kind, ...parts])).toEqual(
      json?.identity.values.map(({ kind, parts }) => [kind, ...parts]),
    );
    expect(native?.routing).toEqual(json?.routing);
  });

  it('has findings at the bytes that say them, references resolved', () => {
    const body = Buffer.from(STUDY);
    const [native] = parse(STUDY);
    if (native === undefined) throw new Error('nothing was read');
    const { leaves } = native;
    const found = detect(native, shippedRules()).matches.map(({ leaf, from, to }) => {
      const span = leaves.spanOf(leaf, from, to);
      return [
        leaves.path(leaf),
        leaves.text(leaf).slice(from, to),
        span === null ? null : body.toString('utf8', span.start, span.end),
      ];
    });
    expect(found).toEqual(
      expect.arrayContaining([
        ['(0010,0010)', "O'KAFOR^CHIDI", "O'KAFOR</FamilyName><GivenName>CHIDI"],
        ['(0010,0020)', '78412233', '78412233'],
        ['(0010,0030)', '19610215', '19610215'],
        ['(0008,1030)', "O'KAFOR", 'O&apos;KAFOR'],
        ['(7FE0,0010)', 'https://pacs.example/bulk/7841223.bin', 'https://pacs.example/bulk/7841223.bin'],
        ['(0040,0275).(0040,0007)', "Chidi O'Kafor", "Chidi O'Kafor"],
      ]),
    );
  });

  it.each([
    ['a comment', STUDY.replace('<Value number="1">7841', '<!-- Okafor --><Value number="1">7841')],
    ['an element of its own', STUDY.replace('<Value number="1">78412233</Value>', '<Name>78412233</Name>')],
    ['an attribute of its own', STUDY.replace('keyword="PatientID"', 'keyword="PatientID" note="Okafor"')],
    ['words between elements', STUDY.replace('<Value number="1">7841', 'Okafor <Value number="1">7841')],
    ['values out of order', STUDY.replace('<Value number="1">7841', '<Value number="2">7841')],
    ['no end', STUDY.slice(0, -30)],
    ['an element that another closes', STUDY.replace('</PersonName>', '</Item>')],
  ])('is read as XML that nobody types where it has %s', (_what, text) => {
    const parsed = parse(text);
    expect(parsed.map(({ format }) => format)).toContain('xml');
    expect(parsed.reduce((sum, { coverage }) => sum + coverage.examined, 0)).toBe(Buffer.byteLength(text));
  });

  it('is no other XML', () => {
    for (const text of ['<NativeDicomModels/>', '<a><NativeDicomModel/></a>', 'x <NativeDicomModel>'])
      expect([text, dicomXml.sniff(Buffer.from(text))]).toEqual([text, 0]);
  });

  it('gives any value back, from its bytes', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'aZ9 ^"\\&<>\'äğ😀\t'), minLength: 1, maxLength: 40 }), (value) => {
        const written = value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
        const text = model(attribute('00100010', 'LO', 'x', values(written)));
        const [parsed] = parse(text);
        const leaf = 0;
        expect(parsed?.leaves.text(leaf)).toBe(value.replaceAll('\t', ' '));
        const span = parsed?.leaves.spanOf(leaf, 0, value.length);
        expect(Buffer.from(text).toString('utf8', span?.start, span?.end)).toBe(written);
      }),
    );
  });
});
