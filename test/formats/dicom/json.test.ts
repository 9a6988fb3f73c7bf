import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Parsed } from '../../../src/core/format.ts';
import { type DicomElement, element, writeDicom } from '../../../src/demo/dicom/write.ts';
import { detect } from '../../../src/detect/scan.ts';
import { dicomJson } from '../../../src/formats/dicom/json.ts';
import { EXPLICIT_LITTLE } from '../../../src/formats/dicom/transfer-syntax.ts';
import { parseBody } from '../../../src/formats/registry.ts';
import { shippedRules } from '../../support/rules.ts';

const bytesOf = (text: string): Buffer => Buffer.from(text, 'utf8');
const parse = (of: unknown): Parsed[] =>
  parseBody({ bytes: bytesOf(typeof of === 'string' ? of : JSON.stringify(of)), elided: [] });

const value = (vr: string, ...values: unknown[]) => ({ vr, Value: values });
const pn = (...names: string[]) => value('PN', ...names.map((Alphabetic) => ({ Alphabetic })));

/** What QIDO-RS answers of a study (PS3.18 §F.2.1.1). */
const STUDY = {
  '00080005': value('CS', 'ISO_IR 192'),
  '00080016': value('UI', '1.2.840.10008.5.1.4.1.1.2'),
  '00080020': value('DA', '20240119'),
  '00080090': pn('HUNT^JAMES^^Dr'),
  '00081030': value('LO', 'CT ABDOMEN, OKAFOR'),
  '00100010': pn('OKAFOR^CHIDI'),
  '00100020': value('LO', '78412233'),
  '00100030': value('DA', '19610215'),
  '00400275': value(
    'SQ',
    { '00400007': value('LO', 'sent for Chidi Okafor') },
    { '00400007': value('LO', 'second'), '00401001': value('SH', 'R-118') },
  ),
};

/** The same as an object. */
const ELEMENTS: readonly DicomElement[] = [
  element('(0008,0005)', 'CS', 'ISO_IR 192'),
  element('(0008,0016)', 'UI', '1.2.840.10008.5.1.4.1.1.2'),
  element('(0008,0020)', 'DA', '20240119'),
  element('(0008,0090)', 'PN', 'HUNT^JAMES^^Dr'),
  element('(0008,1030)', 'LO', 'CT ABDOMEN, OKAFOR'),
  element('(0010,0010)', 'PN', 'OKAFOR^CHIDI'),
  element('(0010,0020)', 'LO', '78412233'),
  element('(0010,0030)', 'DA', '19610215'),
  element('(0040,0275)', 'SQ', [
    [element('(0040,0007)', 'LO', 'sent for Chidi Okafor')],
    [element('(0040,0007)', 'LO', 'second'), element('(0040,1001)', 'SH', 'R-118')],
  ]),
];

function told(parsed: Parsed | undefined): string[] {
  if (parsed === undefined) return [];
  const { leaves } = parsed;
  return detect(parsed, shippedRules()).matches.map(({ leaf, rule, subject, from, to }) =>
    [leaves.path(leaf), rule, subject, leaves.text(leaf).slice(from, to)].join(' '),
  );
}

describe('a data set in JSON', () => {
  it('tells what the object tells', () => {
    const [json] = parse([STUDY]);
    const [object] = parseBody({ bytes: writeDicom({ transferSyntax: EXPLICIT_LITTLE, elements: ELEMENTS }), elided: [] });
    expect(json?.format).toBe('dicom');
    expect(json?.type).toBe(object?.type);
    expect(told(json)).toEqual(told(object));
    expect(told(json)).toContain('(0040,0275).(0040,0007) echo.name patient Chidi Okafor');
    expect(json?.identity.values.map(({ kind, parts }) => [kind, ...parts])).toEqual(
      object?.identity.values.map(({ kind, parts }) => [kind, ...parts]),
    );
    expect(json?.routing).toEqual(object?.routing);
  });

  it('has the places of the object, and no leaf for what the model says itself', () => {
    const [json] = parse(STUDY);
    const paths = Array.from({ length: json?.leaves.count ?? 0 }, (_, leaf) => json?.leaves.path(leaf));
    expect(paths).toEqual(
      [
        '(0008,0005)',
        '(0008,0016)',
        '(0008,0020)',
        '(0008,0090)',
        '(0008,1030)',
        '(0010,0010)',
        '(0010,0020)',
        '(0010,0030)',
      ].concat(['(0040,0275).(0040,0007)', '(0040,0275)[2].(0040,0007)', '(0040,0275)[2].(0040,1001)']),
    );
  });

  it('is a message each, whose spans cover the body', () => {
    const text = ` [ ${JSON.stringify(STUDY)}, ${JSON.stringify({ '00100020': value('LO', 'B-2') })} ] \n`;
    const parsed = parse(text);
    expect(parsed.map(({ format, start, end }) => [format, start, end])).toEqual([
      ['dicom', 0, text.indexOf('{"00100020":{"vr":"LO","Value":["B-2"')],
      ['dicom', text.indexOf('{"00100020":{"vr":"LO","Value":["B-2"'), text.length],
    ]);
    expect(parsed.every(({ coverage }) => coverage.examined === coverage.bytes)).toBe(true);
  });

  it('reads a VR that is not said by the dictionary, whatever the order of names', () => {
    const [json] = parse({ '00100010': { Value: [{ Alphabetic: 'DOE^JANE' }] }, '00100030': { Value: ['19620303'], vr: 'DA' } });
    expect(told(json)).toEqual([
      '(0010,0010) dicom-ps3.15.patient-name patient DOE^JANE',
      '(0010,0030) dicom-ps3.15.patient-birth-date patient 19620303',
    ]);
  });

  it('looks into names that are none of the model', () => {
    const [json] = parse({ ...STUDY, 'Patient Jane Doe, MRN 4471902': 'x' });
    expect(told(json).filter((line) => line.startsWith('raw '))).toEqual([
      'raw names.patient patient Jane Doe',
      'raw text.mrn patient 4471902',
    ]);
  });

  it.each([
    ['cut off', JSON.stringify([STUDY]).slice(0, -40)],
    ['followed by something else', `${JSON.stringify([STUDY])} and Jane Doe`],
    ['in lists of lists of numbers', JSON.stringify([STUDY, 5])],
  ])('%s is read as JSON that nobody types, and loses nothing', (_, text) => {
    const parsed = parse(text);
    expect(parsed.map(({ format }) => format)).not.toContain('dicom');
    expect(parsed.flatMap(told).some((line) => line.includes('OKAFOR'))).toBe(true);
    expect(parsed.reduce((sum, { coverage }) => sum + coverage.bytes, 0)).toBe(Buffer.byteLength(text));
  });

  it('is told from other JSON', () => {
    expect(dicomJson.sniff(bytesOf(JSON.stringify([STUDY])))).toBe(0.95);
    expect(dicomJson.sniff(bytesOf('{"resourceType":"Patient","id":"00100010"}'))).toBe(0);
    expect(dicomJson.sniff(bytesOf('{"00100010":"DOE^JANE"}'))).toBe(0);
    expect(dicomJson.sniff(bytesOf('"00100010":{"vr":"PN"'))).toBe(0);
  });

  it('points at the bytes of each value, whatever it holds', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'grapheme', minLength: 2 }), { minLength: 1, maxLength: 4 }),
        fc.boolean(),
        (values, escaped) => {
          const plain = JSON.stringify({
            '00081030': value('LO', ...values),
            '00400275': value('SQ', { '00400007': value('LO', ...values) }),
          });
          const text = escaped
            ? plain.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
            : plain;
          const bytes = bytesOf(text);
          const [json] = parse(text);
          expect(json?.leaves.count).toBe(values.length * 2);
          values.forEach((each, at) => {
            expect(json?.leaves.text(at)).toBe(each);
            const span = json?.leaves.spanOf(at, 0, each.length);
            expect(JSON.parse(`"${bytes.subarray(span?.start ?? 0, span?.end ?? 0).toString('utf8')}"`)).toBe(each);
          });
        },
      ),
    );
  });
});
