import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { element, writeDicom } from '../../src/demo/dicom/write.ts';
import { compilePacks } from '../../src/detect/compile.ts';
import { loadPacks } from '../../src/detect/load.ts';
import type { Pack } from '../../src/detect/pack.ts';
import { detect } from '../../src/detect/scan.ts';
import { parseBody } from '../../src/formats/registry.ts';
import { shippedRules } from '../support/rules.ts';

/** A pack of one rule, and of a table. The samples are the test: a pack that loads has proven them. */
function load(rule: string, match: string, noMatch: string, more = ''): Pack[] {
  const text = `name: site
version: 1.0.0
title: Rules of a site
status: stable
references: [policy 7]
${more}rules:
  - id: site.rule
    title: A rule
    category: geo
    subject: facility
    severity: low
    confidence: 0.9
    ${rule}
    samples:
      match: [${match}]
      noMatch: [${noMatch}]
`;
  return loadPacks([{ file: 'site.yaml', text }]);
}

describe('where a rule looks in DICOM', () => {
  it.each<[string, string, string, string]>([
    [
      'a tag at any depth',
      "scope: {tags: ['(0008,0100)']}",
      "{dicom: {'(0008,0100)': SH WARD}, finds: [WARD]}, {dicom: {'(0040,0440)': [{'(0008,0100)': SH WARD}]}, finds: [WARD]}",
      "{dicom: {'(0008,0102)': SH WARD}}, {hl7: 'ZPI|1|WARD'}",
    ],
    [
      'a repeating group',
      "scope: {tags: ['(60xx,4000)']}",
      "{dicom: {'(6000,4000)': LT WARD}, finds: [WARD]}, {dicom: {'(601E,4000)': LT WARD}, finds: [WARD]}",
      "{dicom: {'(6000,1500)': LO WARD}}",
    ],
    [
      'a value representation',
      'scope: {vrs: [AE]}',
      "{dicom: {'(0008,0054)': AE WARD}, finds: [WARD]}",
      "{dicom: {'(0008,1010)': SH WARD}}",
    ],
    [
      'tags of a value representation',
      "scope: {tags: ['(odd,10xx)'], vrs: [LO]}",
      "{dicom: {'(0029,0010)': LO OWNER, '(0029,1044)': LO WARD}, finds: [WARD]}",
      "{dicom: {'(0029,0010)': LO OWNER, '(0029,1044)': CS WARD}}, {dicom: {'(0008,1010)': LO WARD}}",
    ],
    [
      'text of certain tags',
      "scope: {tags: ['(0010,xxxx)'], text: true}\n    pattern: 'WARD \\d+'",
      "{dicom: {'(0010,4000)': LT on WARD 7}, finds: [WARD 7]}",
      "{dicom: {'(0010,0010)': PN WARD 7}}, {dicom: {'(0008,1030)': LO WARD 7}}, 'on WARD 7'",
    ],
    [
      'text of both formats',
      "scope: {text: true}\n    pattern: 'WARD \\d+'",
      "'on WARD 7', {dicom: {'(0008,1030)': LO WARD 7}, finds: [WARD 7]}",
      "{dicom: {'(0008,0070)': LO WARD 7}}",
    ],
    [
      'text but for tags',
      "scope: {text: true, except: ['(odd,xxxx)', NTE-3]}\n    pattern: 'WARD \\d+'",
      "'on WARD 7', {dicom: {'(0008,1030)': LO WARD 7}, finds: [WARD 7]}",
      "{dicom: {'(0029,0010)': LO OWNER, '(0029,1001)': LO WARD 7}}, {hl7: 'NTE|1||WARD 7'}",
    ],
    [
      'a place of each format',
      "scope: {paths: [PV1-3], tags: ['(0038,0300)']}",
      "{hl7: 'PV1|1|I|WARD', finds: [WARD]}, {dicom: {'(0038,0300)': LO WARD}, finds: [WARD]}",
      "{hl7: 'PV1|1|I'}, {dicom: {'(0038,0400)': LO WARD}}",
    ],
    [
      'no type of HL7 that DICOM has too',
      'scope: {types: [DTM], except: [MSH-*]}',
      "{hl7: 'PV1|1|I||||||||||||||||||||||||||||||||||||||||||20240105', finds: ['20240105']}",
      "{dicom: {'(0008,002A)': DT 20240105}}, {dicom: {'(0008,0020)': DA 20240105}}",
    ],
    [
      'an element that another allows',
      "scope: {tags: ['(0008,1010)']}\n    when: [{at: '(0008,0060)', in: [CT]}]",
      "{dicom: {'(0008,0060)': CS CT, '(0008,1010)': SH WARD}, finds: [WARD]}",
      "{dicom: {'(0008,0060)': CS MR, '(0008,1010)': SH WARD}}, {dicom: {'(0008,1010)': SH WARD}}",
    ],
    [
      'an element that one outside the routing forbids',
      "scope: {tags: ['(0008,1010)']}\n    when: [{at: '(0028,0303)', notIn: [MODIFIED]}]",
      "{dicom: {'(0008,1010)': SH WARD}, finds: [WARD]}, {dicom: {'(0008,1010)': SH WARD, '(0028,0303)': CS REMOVED}, finds: [WARD]}",
      "{dicom: {'(0008,1010)': SH WARD, '(0028,0303)': CS MODIFIED}}",
    ],
    [
      'an element that is nothing to the top level when nested',
      "scope: {tags: ['(0008,1010)']}\n    when: [{at: '(0028,0303)', notIn: [MODIFIED]}]",
      "{dicom: {'(0008,1010)': SH WARD, '(0040,0440)': [{'(0028,0303)': CS MODIFIED}]}, finds: [WARD]}",
      "{dicom: {'(0028,0303)': CS MODIFIED, '(0040,0440)': [{'(0008,1010)': SH WARD}]}}",
    ],
    [
      'an element that another of the same item allows',
      "scope: {tags: ['(0040,A160)']}\n    when: [{at: '.(0040,A043).(0008,0100)', in: ['7']}]",
      "{dicom: {'(0040,A043)': [{'(0008,0100)': SH 7}], '(0040,A160)': UT WARD}, finds: [WARD]}, {dicom: {'(0040,A160)': UT WARD, '(0040,A168)': [{'(0008,0100)': SH 8}], '(0040,A043)': [{'(0008,0100)': SH 7}]}, finds: [WARD]}",
      "{dicom: {'(0040,A043)': [{'(0008,0100)': SH 8}], '(0040,A160)': UT WARD}}, {dicom: {'(0040,A043)': [{'(0008,0100)': SH 7}], '(0040,A730)': [{'(0040,A160)': UT WARD}]}}",
    ],
    [
      'an element that another of its own item allows',
      "scope: {tags: ['(0008,0104)']}\n    when: [{at: '.(0008,0102)', in: [NPI]}]",
      "{dicom: {'(0040,1101)': [{'(0008,0102)': SH LOCAL}, {'(0008,0102)': SH NPI, '(0008,0104)': LO WARD}]}, finds: [WARD]}",
      "{dicom: {'(0040,1101)': [{'(0008,0102)': SH NPI}, {'(0008,0102)': SH LOCAL, '(0008,0104)': LO WARD}]}}",
    ],
    [
      'an element that is somebody’s by its tag',
      "scope: {vrs: [AE]}\n    subjectBy: [{tags: ['(0008,0055)'], subject: equipment}]",
      "{dicom: {'(0008,0055)': AE WARD}, subject: equipment}, {dicom: {'(0008,0054)': AE WARD}, subject: facility}",
      "{dicom: {'(0008,1010)': SH WARD}}",
    ],
  ])('%s', (_, rule, match, noMatch) => {
    expect(load(rule, match, noMatch)).toHaveLength(1);
  });

  const TABLE = `attributes:
  - {tag: '(0038,0300)', name: Current Patient Location, action: X, subject: facility, category: geo}
  - {tag: '(0010,2152)', name: Region of Residence, action: X, subject: patient, category: geo, finds: deidentified}
  - {tag: '(0010,2150)', name: Country of Residence, action: X, subject: patient, category: geo, finds: never}
  - {tag: '(0008,0080)', name: Institution Name, action: X, subject: facility, category: name}
`;

  it('what a table lists under its category, where nothing may be left', () => {
    const packs = load(
      'scope: {listed: true}',
      "{dicom: {'(0010,2152)': LO SANGAMON}, subject: patient}, {dicom: {'(0038,0300)': LO WARD}, subject: facility}",
      "{dicom: {'(0010,2150)': LO CANADA}}, {dicom: {'(0008,0080)': LO CLINIC}}",
      `applies: deidentified\n${TABLE}`,
    );
    expect(packs).toHaveLength(1);
  });

  it('finds with the table alone where nobody claims anything, and with the stricter rule where somebody does', () => {
    const table = loadPacks([
      {
        file: 'table.yaml',
        text: `name: table
version: 1.0.0
title: A table
status: stable
references: [x]
${TABLE}rules:
  - {id: table.x, title: xxx, category: url, severity: low, confidence: 1, scope: {tags: ['(0008,1190)']}, samples: {match: [{dicom: {'(0008,1190)': UR x}}], noMatch: [x]}}
`,
      },
    ]);
    const strict = load(
      "scope: {tags: ['(0038,0300)'], listed: true}",
      "{dicom: {'(0038,0300)': LO WARD}}",
      "'x'",
      'applies: deidentified\n',
    );
    const bytes = (removed: string): Uint8Array =>
      writeDicom({
        elements: [
          element('(0008,0016)', 'UI', '1.2.3'),
          element('(0010,2152)', 'LO', 'SANGAMON'),
          element('(0012,0062)', 'CS', removed),
          element('(0038,0300)', 'LO', 'WARD'),
        ],
      });
    const found = (removed: string, packs: readonly Pack[]): string[] =>
      parseBody({ bytes: bytes(removed), elided: [] }).flatMap((parsed) =>
        detect(parsed, compilePacks(packs)).matches.map(({ rule }) => rule),
      );
    expect(found('NO', [...table, ...strict])).toEqual(['table.current-patient-location']);
    expect(found('YES', [...table, ...strict])).toEqual(['site.rule', 'site.rule']);
    // Without a stricter rule the table still holds.
    expect(found('YES', table)).toEqual(['table.current-patient-location']);
  });
});

describe('detect on DICOM', () => {
  const tags = [
    '(0008,0020)',
    '(0008,1030)',
    '(0010,0010)',
    '(0010,0020)',
    '(0010,0030)',
    '(0012,0062)',
    '(0020,000D)',
    '(0029,1001)',
  ];
  const vrs = ['LO', 'PN', 'UI', 'DA', 'LT', 'UN', 'SH', 'CS', 'AS'];
  const value = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 24 }),
    fc.constantFrom('YES', 'DOE^JANE', '19610215', '1.2.19610215.3', 'MRN: 78412233', '78412233', 'Jane Doe\\19610215', '093Y'),
  );
  const data = fc.array(fc.tuple(fc.constantFrom(...tags), fc.constantFrom(...vrs), value), { maxLength: 12 });

  it('never throws, and its matches stand in the text, in order', () => {
    fc.assert(
      fc.property(data, fc.boolean(), (elements, deidentified) => {
        const bytes = writeDicom({ elements: elements.map(([tag, vr, text]) => element(tag, vr, text)) });
        for (const parsed of parseBody({ bytes, elided: [] })) {
          const { matches } = detect(parsed, shippedRules(), 1e7, deidentified);
          let before = -1;
          for (const { leaf, from, to } of matches) {
            expect(leaf).toBeGreaterThanOrEqual(before);
            before = leaf;
            expect(from).toBeGreaterThanOrEqual(0);
            expect(from).toBeLessThan(to);
            expect(to).toBeLessThanOrEqual(parsed.leaves.text(leaf).length);
          }
        }
      }),
      { numRuns: 200 },
    );
  });
});
