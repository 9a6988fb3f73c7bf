import { describe, expect, it } from 'vitest';
import { faultsOf } from '../../src/detect/lint.ts';
import { packSchema, type Rule } from '../../src/detect/pack.ts';

const RULE = {
  id: 'x.code',
  title: 'A code',
  category: 'mrn',
  severity: 'high',
  confidence: 0.8,
  scope: { text: true },
  pattern: 'X\\d{5}',
  samples: { match: ['X12345'], noMatch: ['12345'] },
};

/** A rule that is sound but for what is given; `undefined` takes a key away. */
function faults(over: Readonly<Record<string, unknown>>): string[] {
  const pack = packSchema.parse({
    name: 'site',
    version: '1.0.0',
    title: 'Rules of a site',
    status: 'stable',
    references: ['policy 7'],
    rules: [{ ...RULE, ...over }],
  });
  return faultsOf(pack).map(({ path, message }) => `${path.join('.')}: ${message}`);
}

const place = { pattern: undefined };
const owner = (subject: Rule['subject'], over: object): object => ({ subject, ...over });

describe('a rule of which something can never hold', () => {
  it.each<[string, Readonly<Record<string, unknown>>, string[]]>([
    [
      'a place that it takes away',
      { ...place, scope: { paths: ['PID-3.1', 'PID-4'], except: ['PID-3'] } },
      ['scope.paths.0: "PID-3.1" is never looked at: "except" takes "PID-3" away; remove one of the two'],
    ],
    [
      'a segment of which nothing is left',
      { ...place, scope: { paths: ['PID-*'], except: ['PID-*'] } },
      ['scope.paths.0: "PID-*" is never looked at: "except" takes "PID-*" away; remove one of the two'],
    ],
    [
      'segments of which nothing is left',
      { ...place, scope: { types: ['CX.1'], segments: ['PID', 'MRG'], except: ['MRG-*'] } },
      ['scope.segments.1: "MRG" is never looked at: "except" takes all of it away; remove one of the two'],
    ],
    [
      'a data type that it takes away',
      { ...place, scope: { types: ['XPN.1'], except: ['XPN'] } },
      ['scope.types.0: "XPN.1" is never looked at: "except" takes "XPN" away; remove one of the two'],
    ],
    [
      'an element of a repeating group',
      { ...place, scope: { tags: ['(0010,0010)', '(5004,3000)'], except: ['(50xx,3000)'] } },
      ['scope.tags.1: "(5004,3000)" is never looked at: "except" takes "(50xx,3000)" away; remove one of the two'],
    ],
    [
      'a private element',
      { ...place, scope: { tags: ['(0029,1044)'], except: ['(odd,xxxx)'] } },
      ['scope.tags.0: "(0029,1044)" is never looked at: "except" takes "(odd,xxxx)" away; remove one of the two'],
    ],
    [
      'a path of a resource',
      { ...place, scope: { fhir: ['Patient.name.family', '*.telecom'], except: ['Patient.name'] } },
      ['scope.fhir.0: "Patient.name.family" is never looked at: "except" takes "Patient.name" away; remove one of the two'],
    ],
    [
      'a column that it forbids',
      { ...place, scope: { columns: ['patient name', 'mrn'], notColumns: ['name'] } },
      ['scope.columns.0: "patient name" holds "name", which "notColumns" forbids; remove one of the two'],
    ],
    ['lengths that no leaf has', { minLength: 9, maxLength: 8 }, ['minLength: no leaf has 9 characters or more and 8 or fewer']],
    [
      'a pattern longer than the leaf',
      { maxLength: 5 },
      ['maxLength: the pattern takes 6 characters or more, and no leaf of 5 holds them; raise "maxLength"'],
    ],
    [
      'a leaf longer than the pattern that is all of it',
      { pattern: '^(?:X\\d{5}|Y\\d{2,4})$', minLength: 7 },
      ['minLength: the pattern is the whole leaf and takes 6 characters at most; lower "minLength" to that'],
    ],
    [
      'a character that the pattern has no place for',
      { pattern: '^X\\d{5}$', needs: ['digit', 'hyphen'] },
      ['needs.1: the pattern is the whole leaf and has no place for "hyphen"; remove it'],
    ],
    [
      'conditions of which one forbids what the other asks for',
      {
        ...place,
        scope: { types: ['CX.1'] },
        when: [
          { at: '.5', in: ['MR', 'PI'] },
          { at: '.5', notIn: ['mr', 'pi'] },
        ],
      },
      ['when.0: the conditions on ".5" exclude each other: no message meets all of them; make one of them, or two rules'],
    ],
    [
      'conditions that ask for two values of one field',
      {
        ...place,
        scope: { paths: ['NK1-2'] },
        when: [
          { at: 'NK1-3', in: ['EMR'] },
          { at: 'NK1-3', in: ['SEL'] },
        ],
      },
      ['when.0: the conditions on "NK1-3" exclude each other: no message meets all of them; make one of them, or two rules'],
    ],
    [
      'an owner after one that holds everywhere',
      { ...place, scope: { types: ['XPN.1'] }, subjectBy: [owner('patient', {}), owner('relative', { paths: ['NK1-2'] })] },
      ['subjectBy.1: never decides: entry 1 holds wherever it would; put it before that, or remove it'],
    ],
    [
      'an owner after one that holds there',
      {
        ...place,
        scope: { types: ['XPN.1'] },
        subjectBy: [
          owner('relative', { paths: ['NK1-*'] }),
          owner('employer', { paths: ['NK1-2'], when: { at: 'NK1-3', in: ['EMR'] } }),
        ],
      },
      ['subjectBy.1: never decides: entry 1 holds wherever it would; put it before that, or remove it'],
    ],
  ])('%s', (_what, over, expected) => {
    expect(faults(over)).toEqual(expected);
  });
});

describe('a rule that holds somewhere', () => {
  it.each<[string, Readonly<Record<string, unknown>>]>([
    ['a part of a place is taken away', { ...place, scope: { paths: ['PID-3'], except: ['PID-3.2', 'PID-33'] } }],
    ['a type is taken away at a field', { ...place, scope: { types: ['XPN.1'], except: ['PID-5'] } }],
    ['a path of any name', { ...place, scope: { fhir: ['**.name'], except: ['Patient.name', '*.name'] } }],
    ['another private group', { ...place, scope: { tags: ['(odd,xxxx)'], except: ['(0029,1044)'] } }],
    ['a column beside', { ...place, scope: { columns: ['name'], notColumns: ['patient name'] } }],
    ['a pattern in a longer leaf', { minLength: 40, needs: ['hyphen'] }],
    ['a pattern that begins a longer leaf', { pattern: '^X\\d{5}', minLength: 40, needs: ['hyphen'] }],
    ['a pattern that repeats', { pattern: '^(?:X\\d{5} ?)+$', minLength: 40 }],
    [
      'one of several values',
      {
        ...place,
        scope: { types: ['CX.1'] },
        when: [
          { at: '.5', in: ['MR', 'PI'] },
          { at: '.5', notIn: ['MR'] },
        ],
      },
    ],
    [
      'absent twice',
      {
        ...place,
        scope: { types: ['CX.1'] },
        when: [
          { at: '.5', absent: true },
          { at: '.5', notIn: ['MR'] },
        ],
      },
    ],
    [
      'one of several leaves of an object',
      {
        ...place,
        scope: { fhir: ['**.valueString'] },
        when: [
          { at: '.type.coding.code', in: ['A'] },
          { at: '.type.coding.code', in: ['B'] },
        ],
      },
    ],
    [
      'an owner after one that depends',
      {
        ...place,
        scope: { types: ['XPN.1'] },
        subjectBy: [
          owner('employer', { paths: ['NK1-2'], when: { at: 'NK1-3', in: ['EMR'] } }),
          owner('relative', { paths: ['NK1-2'] }),
        ],
      },
    ],
    [
      'an owner of more places than the one before',
      {
        ...place,
        scope: { types: ['XPN.1'] },
        subjectBy: [owner('relative', { paths: ['NK1-2'] }), owner('unknown', { paths: ['NK1-2', 'GT1-3'] })],
      },
    ],
  ])('%s', (_what, over) => {
    expect(faults(over)).toEqual([]);
  });
});

it('knows that the parameters of a query go on in successive fields, and those of other segments do not', () => {
  expect(faults({ ...place, scope: { paths: ['QPD-9.1', 'RDT-40'] } })).toEqual([]);
  expect(faults({ ...place, scope: { paths: ['PID-99'] } })).toEqual(['scope.paths.0: PID has no field 99 (the last is 40)']);
});
