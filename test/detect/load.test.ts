import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compilePacks, digestOf } from '../../src/detect/compile.ts';
import { faultsOf } from '../../src/detect/lint.ts';
import { loadPacks } from '../../src/detect/load.ts';
import { packId, packJsonSchema, type Sample, standingOf } from '../../src/detect/pack.ts';
import { findInSample, sampleBody, sampleFaults } from '../../src/detect/samples.ts';
import { PACKS, shippedPacks } from '../support/rules.ts';

const segmentsOf = (sample: Sample): string[] => new TextDecoder().decode(sampleBody(sample)).split('\r');

const RULE = `  - id: x.code
    title: A code
    category: mrn
    severity: high
    confidence: 0.9
    scope: {text: true}
    pattern: 'X\\d{5}'
    needs: [digit]
    samples:
      match: ['code X12345']
      noMatch: ['code 12345']
`;
const PACK = `name: site
version: 1.0.0
title: Rules of a site
status: stable
references: [policy 7]
rules:
${RULE}`;

function errorsOf(...texts: string[]): string[] {
  try {
    loadPacks(texts.map((text, index) => ({ file: `p${index + 1}.yaml`, text })));
  } catch (error) {
    expect(error).toMatchObject({ name: 'CordonError', code: 'rules.invalid' });
    return error instanceof Error ? error.message.split('\n') : [];
  }
  return [];
}

describe('loadPacks', () => {
  it('loads a pack and gives defaults', () => {
    const [pack] = loadPacks([{ file: 'p.yaml', text: PACK }]);
    expect(pack?.rules[0]).toMatchObject({ id: 'x.code', subject: 'unknown' });
  });

  it('takes what a maker writes into private elements by its creator, in whatever block and item', () => {
    const creators = "'(0029,0010)': LO OTHER, '(0029,0011)': LO ACME 1.0";
    const item = (value: string): string => `{'(0029,0010)': LO ACME 1.0, '(0029,1001)': LO ${value}}`;
    const match = [
      `{dicom: {${creators}, '(0029,1001)': LO AB99999, '(0029,1101)': LO AB12345}, finds: [AB12345]}`,
      `{dicom: {'(0040,A730)': [${item('AB1')}, ${item('AB54321')}]}, finds: [AB54321]}`,
    ];
    const noMatch = [`{dicom: {${creators}, '(0029,1001)': LO AB12345}}`, "{dicom: {'(0029,1101)': LO AB12345}}"];
    const text = PACK.replace('{text: true}', "{tags: ['(0029,xx01)'], creators: [acme 1.0]}")
      .replace("'code X12345'", match.join(', '))
      .replace("'code 12345'", noMatch.join(', '))
      .replace('X\\d{5}', '[A-Z]{2}\\d{5}');
    expect(errorsOf(text)).toEqual([]);
  });

  it('knows a rule by its own version and status where it has them', () => {
    const [pack] = loadPacks([
      {
        file: 'p.yaml',
        text: PACK.replace('    title: A code', '    version: 2.1.0\n    status: experimental\n    title: A code'),
      },
    ]);
    const [first] = pack?.rules ?? [];
    expect(pack === undefined || first === undefined ? null : standingOf(pack, first)).toEqual({
      version: '2.1.0',
      status: 'experimental',
    });
    expect(errorsOf(PACK.replace('    title: A code', '    status: final\n    title: A code'))[0]).toContain('status');
  });

  it('loads the shipped packs', () => {
    const files = readdirSync(PACKS).filter((file) => file.endsWith('.yaml'));
    expect(shippedPacks().map(({ name }) => `${name}.yaml`)).toEqual(files.sort());
    for (const pack of shippedPacks()) expect(packId(pack)).toMatch(/^[a-z0-9.-]+@\d+\.\d+\.\d+$/);
  });

  it.each([
    ['a bad indentation', PACK.replace('    title: A code', '   title: A code'), [/^p1\.yaml:\d+: is no YAML: /]],
    [
      'an unknown validator',
      PACK.replace('needs: [digit]', 'validate: [sssn]'),
      [/^p1\.yaml:14: rule "x\.code": unknown validator "sssn", did you mean "ssn"\? \(known: age-over-89, /],
    ],
    [
      'an unknown key',
      PACK.replace('    needs:', '    needss:'),
      ['p1.yaml:14: rule "x.code": unknown key "needss"; the keys are in rules/pack.schema.json'],
    ],
    [
      'an unknown key of a pack',
      `${PACK}extra: 1\n`,
      ['p1.yaml:18: pack: unknown key "extra"; the keys are in rules/pack.schema.json'],
    ],
    ['a missing key', PACK.replace('    severity: high\n', ''), [/^p1\.yaml:7: rule "x\.code": severity: is missing$/]],
    [
      'a category of nobody',
      PACK.replace('category: mrn', 'category: mrm'),
      [/^p1\.yaml:9: rule "x\.code": category: is "mrm", not one of name, street/],
    ],
    [
      'a number for text',
      PACK.replace("'X\\d{5}'", '12345'),
      ['p1.yaml:13: rule "x.code": pattern: is 12345, not string; put it in quotes'],
    ],
    ['no samples', PACK.replace(/ {4}samples:[\s\S]*/, ''), [/^p1\.yaml:7: rule "x\.code": samples: is missing$/]],
    [
      'a sample that does not match',
      PACK.replace('code X12345', 'code X1'),
      ['p1.yaml:16: rule "x.code": finds nothing in a sample that must match'],
    ],
    [
      'a sample that must not match',
      PACK.replace("['code 12345']", "['no X1', 'code X12345']"),
      ['p1.yaml:17: rule "x.code": finds "X12345" in a sample that must not match'],
    ],
    [
      'another text than said',
      PACK.replace("'code X12345'", "{hl7: 'NTE|1||X12345', finds: ['12345']}"),
      ['p1.yaml:16: rule "x.code": finds "X12345", not "12345"'],
    ],
    [
      'another subject than said',
      PACK.replace("'code X12345'", "{hl7: 'NTE|1||X12345', subject: patient}"),
      ['p1.yaml:16: rule "x.code": finds "X12345" of subject unknown, not patient'],
    ],
    [
      'an unknown segment',
      PACK.replace('{text: true}', '{paths: [QQQ-1]}'),
      [/^p1\.yaml:12: rule "x\.code": unknown segment "QQQ"/],
    ],
    [
      'a field past the last',
      PACK.replace('{text: true}', '{paths: [PID-77]}'),
      ['p1.yaml:12: rule "x.code": PID has no field 77 (the last is 40)'],
    ],
    [
      'a component past the last',
      PACK.replace('{text: true}', '{paths: [PID-5.99]}'),
      [/^p1\.yaml:12: rule "x\.code": "PID-5\.99": XPN has no component 99 \(the last is \d+\)$/],
    ],
    [
      'an unknown type',
      PACK.replace('{text: true}', '{types: [XQ.1]}'),
      ['p1.yaml:12: rule "x.code": unknown data type "XQ" in "XQ.1"'],
    ],
    [
      'a renamed type',
      PACK.replace('{text: true}', '{types: [PN.1]}'),
      ['p1.yaml:12: rule "x.code": data type "PN" is read as "XPN"; write "XPN"'],
    ],
    [
      'a type as a path',
      PACK.replace('{text: true}', '{paths: [XPN.1]}'),
      ['p1.yaml:12: rule "x.code": "XPN.1" is a data type, it belongs under "types"'],
    ],
    [
      'a creator of no elements',
      PACK.replace('{text: true}', '{text: true, creators: [ACME]}'),
      [/`creators` narrows `tags` or `vrs`: give one of them/],
    ],
    [
      'a scope of nothing',
      PACK.replace('{text: true}', '{segments: [PID]}'),
      [/^p1\.yaml:12: rule "x\.code": scope: names no place/],
    ],
    [
      'no regular expression',
      PACK.replace("'X\\d{5}'", "'X(\\d{5}'"),
      [/^p1\.yaml:13: rule "x\.code": is no regular expression: /],
    ],
    [
      'a flag inside a pattern',
      PACK.replace("pattern: '", "pattern: '(?i:a)|"),
      [/rule "x\.code": a flag inside a pattern \(\(\?i:…\)\) does not hold for sure; write `ignoreCase: true` beside it/],
    ],
    [
      'a pattern that matches nothing',
      PACK.replace("'X\\d{5}'", "'X?'"),
      ['p1.yaml:13: rule "x.code": the pattern matches the empty text; it would match everywhere'],
    ],
    [
      'all of free text',
      PACK.replace("    pattern: 'X\\d{5}'\n    needs: [digit]\n", ''),
      [/^p1\.yaml:12: rule "x\.code": without a pattern every leaf in "text" would be found/],
    ],
    [
      'an echo with a scope',
      PACK.replace("pattern: 'X\\d{5}'", 'echo: name'),
      [/^p1\.yaml:12: rule "x\.code": an echo rule looks everywhere .* remove "scope"$/],
    ],
    [
      'a keyword outside ASCII',
      PACK.replace('needs: [digit]', 'keywords: [größe]'),
      ['p1.yaml:14: rule "x.code": keyword "größe" is not ASCII; write it without diacritics'],
    ],
  ])('tells of %s', (_, text, expected) => {
    const errors = errorsOf(text);
    expect(errors).toHaveLength(expected.length);
    expected.forEach((line, index) => {
      if (line instanceof RegExp) expect(errors[index]).toMatch(line);
      else expect(errors[index]).toBe(line);
    });
  });

  const TABLE = `attributes:
  - {tag: '(0010,0010)', name: Patient's Name, action: Z, subject: patient, category: name}
  - {tag: '(50xx,xxxx)', name: Curve Data, action: X, options: {clean-graphics: C}, subject: patient, category: narrative, finds: never}
`;

  it('makes a rule of each row of a table that finds something', () => {
    const [pack] = loadPacks([{ file: 'p.yaml', text: PACK + TABLE }]);
    expect(pack?.rules.map(({ id }) => id)).toEqual(['x.code', 'site.patient-name']);
    expect(pack?.attributes).toHaveLength(2);
  });

  it.each([
    ['a tag in lower case', TABLE.replace('0010,0010', '00fe,0010'), [/^p1\.yaml:19: attribute 1: tag: not a tag /]],
    [
      'an action of no profile',
      TABLE.replace('action: Z', 'action: Y'),
      [/^p1\.yaml:19: attribute 1: action: is "Y", not one of X, Z,/],
    ],
    [
      'an unknown key of a row',
      TABLE.replace('subject', 'subjects'),
      [/^p1\.yaml:19: .*subject: is missing/, /unknown key "subjects"/],
    ],
    [
      'two rows of one tag',
      TABLE.replace('50xx,xxxx', '0010,0010'),
      ['p1.yaml:20: attribute "(0010,0010)": has a row already, at p1.yaml:19; remove one'],
    ],
    [
      'two rows of one name',
      TABLE.replace('Curve Data', "Patient's Name").replace(', finds: never', ''),
      [/rule "site\.patient-name": there is one/],
    ],
  ])('tells of %s', (_, table, expected) => {
    const errors = errorsOf(PACK + table);
    expect(errors).toHaveLength(expected.length);
    expected.forEach((line, index) => {
      if (line instanceof RegExp) expect(errors[index]).toMatch(line);
      else expect(errors[index]).toBe(line);
    });
  });

  it.each([
    ['a tag of no such form', '{tags: [10-10]}', /scope\.tags\.0: not a tag/],
    ['a value representation of no such name', '{vrs: [XPN]}', /scope\.vrs\.0: is "XPN", not one of/],
    ['a condition on no element', "{text: true}\n    when: [{at: '(12,62)', in: [YES]}]", /when\.0\.at: not a sibling/],
  ])('tells of %s', (_, scope, expected) => {
    expect(errorsOf(PACK.replace('{text: true}', scope)).join('\n')).toMatch(expected);
  });

  it('tells all errors of all files, and ids used twice', () => {
    expect(errorsOf(PACK, PACK.replace('title: A code', 'title: x').replace('mrn', 'nope'))).toHaveLength(2);
    expect(errorsOf(PACK, PACK)).toEqual([
      'p2.yaml:1: pack "site": there is one of this name already, at p1.yaml:1; rename one',
      'p2.yaml:7: rule "x.code": there is one of this id already, at p1.yaml:7; rename one',
    ]);
  });
});

describe('packs', () => {
  it('are described for editors by the schema that is committed', () => {
    const committed: unknown = JSON.parse(readFileSync(new URL('../../rules/pack.schema.json', import.meta.url), 'utf8'));
    // Made by scripts/pack-schema.ts.
    expect(committed).toEqual(JSON.parse(JSON.stringify(packJsonSchema())));
  });

  it('have a digest that says what they say, and not how', () => {
    const [one] = loadPacks([{ file: 'a.yaml', text: PACK }]);
    const [same] = loadPacks([{ file: 'b.yaml', text: `# a comment\n${PACK.replace('{text: true}', '\n      text: true')}` }]);
    const [other] = loadPacks([{ file: 'c.yaml', text: PACK.replace('0.9', '0.8') }]);
    if (one === undefined || same === undefined || other === undefined) throw new Error('not loaded');
    expect(digestOf([one])).toMatch(/^[0-9a-f]{64}$/);
    expect(digestOf([same])).toBe(digestOf([one]));
    expect(digestOf([other])).not.toBe(digestOf([one]));
    expect(digestOf(shippedPacks())).toBe(digestOf([...shippedPacks()].reverse()));
    expect(compilePacks([one])).toMatchObject({ digest: digestOf([one]), packs: ['site@1.0.0'] });
  });

  it('have no faults and no failing samples as shipped', () => {
    for (const pack of shippedPacks()) {
      expect(faultsOf(pack)).toEqual([]);
      expect(sampleFaults(pack, shippedPacks())).toEqual([]);
    }
  });

  it('make a message of a sample, delimiters escaped', () => {
    expect(segmentsOf('a|b^c')[1]).toBe('OBX|1|TX|1^Note||a\\F\\b\\S\\c');
    expect(segmentsOf({ hl7: 'PID|1\nPV1|1' }).slice(1)).toEqual(['PID|1', 'PV1|1']);
    expect(findInSample('SSN 536-22-8147', 'text.ssn', compilePacks(shippedPacks())).map(({ text }) => text)).toEqual([
      '536-22-8147',
    ]);
  });
});
