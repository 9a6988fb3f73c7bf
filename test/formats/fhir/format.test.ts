import { describe, expect, it } from 'vitest';
import type { Parsed } from '../../../src/core/format.ts';
import { parseBody } from '../../../src/formats/registry.ts';
import { checkCover, leafAt, parse, textAt, typeAt, utf8, values } from '../support.ts';

const resource = (text: string): Parsed => {
  const [first] = parse(utf8(text));
  if (first?.format !== 'fhir') throw new Error('no FHIR');
  return first;
};
const of = (value: unknown): Parsed => resource(JSON.stringify(value));

/** The bytes that a part of a leaf's text points at. */
function bytesAt(body: Uint8Array, parsed: Parsed, path: string, part: string): string {
  const leaf = leafAt(parsed, path);
  const from = parsed.leaves.text(leaf).indexOf(part);
  const span = from < 0 ? null : parsed.leaves.spanOf(leaf, from, from + part.length);
  return span === null ? '' : Buffer.from(body.subarray(span.start, span.end)).toString();
}

describe('paths', () => {
  it('are those of FHIRPath, from 0, in a Bundle and in what is contained', () => {
    const parsed = of({
      resourceType: 'Bundle',
      entry: [
        {
          resource: {
            resourceType: 'Patient',
            name: [{ family: 'Roe' }, { given: ['Ann', 'Bea'] }],
            _birthDate: { extension: [{ valueString: 'x' }] },
          },
        },
        { resource: { resourceType: 'Observation', contained: [{ resourceType: 'Device', id: 'd' }] } },
      ],
    });
    expect(values(parsed)).toEqual([
      'Bundle.entry[0].resource.name[0].family=Roe',
      'Bundle.entry[0].resource.name[1].given[0]=Ann',
      'Bundle.entry[0].resource.name[1].given[1]=Bea',
      'Bundle.entry[0].resource.birthDate.extension[0].valueString=x',
      'Bundle.entry[1].resource.contained[0].id=d',
    ]);
    const address = (path: string): unknown => parsed.leaves.addressOf(leafAt(parsed, path));
    expect(address('Bundle.entry[0].resource.name[1].given[1]')).toMatchObject({
      path: 'Patient.name.given',
      group: 'Patient',
      typePath: 'HumanName.given',
    });
    expect(address('Bundle.entry[1].resource.contained[0].id')).toMatchObject({ path: 'Device.id', group: 'Device' });
  });

  it('are the same whatever the order of the names', () => {
    const parsed = resource('{"name":[{"given":["Ann"]}],"resourceType":"Patient"}');
    expect(parsed.type).toBe('Patient');
    expect(typeAt(parsed, 'Patient.name[0].given[0]')).toBe('HumanName.given');
  });

  it('hold no name that could be somebody’s: that is a value', () => {
    const parsed = of({ resourceType: 'Basic', 'Ann Roe': { '536-22-8147': 'x' }, janeroe1962: 1 });
    expect(values(parsed)).toEqual(['Basic.?=Ann Roe', 'Basic.?.?=536-22-8147', 'Basic.?.?=x', 'Basic.?=janeroe1962']);
  });
});

describe('types', () => {
  it.each<[string, unknown, string, string]>([
    ['a name by what it holds', { resourceType: 'Basic', whom: { family: 'Roe' } }, 'Basic.whom.family', 'HumanName.family'],
    [
      'a name in a resource nobody foresaw',
      { resourceType: 'PetOwner', name: { text: 'A' } },
      'PetOwner.name.text',
      'HumanName.text',
    ],
    ['an address', { resourceType: 'Basic', home: { city: 'X' } }, 'Basic.home.city', 'Address.city'],
    [
      'a contact point',
      { resourceType: 'Basic', reach: { system: 'sms', value: '1' } },
      'Basic.reach.value',
      'ContactPoint.value',
    ],
    ['an identifier', { resourceType: 'Basic', key: { system: 'http://x', value: 'a' } }, 'Basic.key.value', 'Identifier.value'],
    ['a quantity', { resourceType: 'Basic', size: { value: 12, unit: 'cm' } }, 'Basic.size.value', 'Quantity.value'],
    [
      'a concept',
      { resourceType: 'Basic', code: { coding: [{ display: 'd' }], text: 't' } },
      'Basic.code.text',
      'CodeableConcept.text',
    ],
    ['a concept of text alone', { resourceType: 'Basic', code: { text: 't' } }, 'Basic.code.text', 'CodeableConcept.text'],
    [
      'a choice',
      { resourceType: 'Basic', extension: [{ url: 'u', valueHumanName: { prefix: ['x'] } }] },
      'Basic.extension[0].valueHumanName.prefix[0]',
      'HumanName.prefix',
    ],
    ['a date of any name', { resourceType: 'Basic', sometime: '2024-01-05' }, 'Basic.sometime', 'dateTime'],
    ['a month', { resourceType: 'Basic', sometime: '2024-01' }, 'Basic.sometime', 'dateTime'],
    ['a text that begins with a date', { resourceType: 'Basic', said: '2024-01-05 she came in' }, 'Basic.said', 'string'],
    ['a text', { resourceType: 'Basic', said: 'x' }, 'Basic.said', 'string'],
    ['markup in a text', { resourceType: 'Basic', said: '<p>a</p>' }, 'Basic.said', 'xhtml'],
    [
      'an attachment',
      { resourceType: 'Basic', content: { contentType: 'a/b', data: 'QUJD' } },
      'Basic.content.data',
      'base64Binary',
    ],
    [
      'whom a url shows',
      { resourceType: 'Basic', by: { reference: 'Practitioner/7', display: 'A' } },
      'Basic.by.display',
      'Reference.Practitioner.display',
    ],
    [
      'whom an absolute url shows',
      { resourceType: 'Basic', by: { reference: 'https://x/fhir/Patient/7/_history/2', display: 'A' } },
      'Basic.by.display',
      'Reference.Patient.display',
    ],
    [
      'whom a contained resource shows',
      { resourceType: 'Basic', contained: [{ resourceType: 'Organization', id: 'o' }], by: { reference: '#o', display: 'A' } },
      'Basic.by.display',
      'Reference.Organization.display',
    ],
    [
      'whom a type shows',
      { resourceType: 'Basic', by: { display: 'A', type: 'Patient' } },
      'Basic.by.display',
      'Reference.Patient.display',
    ],
    [
      'whom an element shows',
      { resourceType: 'Observation', subject: { display: 'A' } },
      'Observation.subject.display',
      'Reference.Patient.display',
    ],
    [
      'what an identifier refers to, by its name',
      { resourceType: 'Claim', provider: { identifier: { system: 'http://x.example', value: '7' }, display: 'A' } },
      'Claim.provider.display',
      'Reference.Practitioner.display',
    ],
    [
      'who performs',
      { resourceType: 'ImagingStudy', series: [{ performer: [{ actor: { display: 'A' } }] }] },
      'ImagingStudy.series[0].performer[0].actor.display',
      'Reference.Practitioner.display',
    ],
    ['whom nothing shows', { resourceType: 'Basic', by: { display: 'A' } }, 'Basic.by.display', 'Reference.Any.display'],
  ])('%s', (_what, value, path, type) => {
    expect(typeAt(of(value), path)).toBe(type);
  });

  it('of a reference are looked up in the Bundle', () => {
    const parsed = of({
      resourceType: 'Bundle',
      entry: [
        { resource: { resourceType: 'Basic', by: { reference: 'urn:uuid:7', display: 'A' } } },
        { fullUrl: 'urn:uuid:7', resource: { resourceType: 'Patient', id: 'x' } },
      ],
    });
    expect(typeAt(parsed, 'Bundle.entry[0].resource.by.display')).toBe('Reference.Patient.display');
  });
});

describe('text and spans', () => {
  it('keep a character of more than one byte behind a backslash that is no escape', () => {
    const body = utf8('{"resourceType":"Basic","said":"Jos\\é Róe"}');
    const parsed = resource(Buffer.from(body).toString());
    expect(textAt(parsed, 'Basic.said')).toBe('José Róe');
    expect(bytesAt(body, parsed, 'Basic.said', 'é')).toBe('é');
    expect(bytesAt(body, parsed, 'Basic.said', 'Róe')).toBe('Róe');
  });

  it('resolve escapes, and parts of them point at their bytes', () => {
    const body = utf8(String.raw`{"resourceType":"Basic","said":"caf\u00e9 \ud83d\ude00 a\/b \"q\"\nM\u00FCller"}`);
    const parsed = resource(Buffer.from(body).toString());
    expect(textAt(parsed, 'Basic.said')).toBe('café 😀 a/b "q"\nMüller');
    expect(bytesAt(body, parsed, 'Basic.said', 'é')).toBe(String.raw`\u00e9`);
    expect(bytesAt(body, parsed, 'Basic.said', '😀')).toBe(String.raw`\ud83d\ude00`);
    expect(bytesAt(body, parsed, 'Basic.said', 'a/b')).toBe(String.raw`a\/b`);
    expect(bytesAt(body, parsed, 'Basic.said', 'Müller')).toBe(String.raw`M\u00FCller`);
  });

  it.each([
    [String.raw`\ud800 x`, '\ufffd x'],
    [String.raw`\u12`, 'u12'],
    [String.raw`\q`, 'q'],
  ])('of the bad escape %s are %j', (written, text) => {
    expect(textAt(resource(`{"resourceType":"Basic","said":"${written}"}`), 'Basic.said')).toBe(text);
  });

  it('leave the tags of a narrative out, and keep what its attributes say', () => {
    const text = `<div xmlns="http://www.w3.org/1999/xhtml"><p>J<b>ane</b> M&uuml;ller &#x26; co</p><td>1</td><td>2</td><!-- Roe --><a href="tel:+1">x</a></div>`;
    const body = utf8(JSON.stringify({ resourceType: 'Basic', text: { status: 'generated', div: text } }));
    const [parsed] = parse(body);
    if (parsed === undefined) throw new Error('nothing');
    const read = textAt(parsed, 'Basic.text.div');
    expect(read).toContain('Jane Müller & co');
    expect(read).toContain('Roe');
    expect(read).toContain('\ntel:+1\n');
    expect(read).not.toContain('xmlns');
    expect(read).toMatch(/1\s+2/);
    expect(bytesAt(body, parsed, 'Basic.text.div', 'Jane')).toBe('J<b>ane');
    expect(bytesAt(body, parsed, 'Basic.text.div', 'Müller & co')).toBe('M&uuml;ller &#x26; co');
  });

  it('of a number are its digits; a single one is none', () => {
    expect(values(of({ resourceType: 'Basic', a: 78412233, b: 7, c: -1.5e3, d: true, e: null }))).toEqual([
      'Basic.a=78412233',
      'Basic.c=-1500',
    ]);
  });
});

describe('bodies', () => {
  it.each([
    [
      'UTF-8 with a mark',
      Buffer.concat([Buffer.of(0xef, 0xbb, 0xbf), Buffer.from('{"resourceType":"Patient","birthDate":"1962-03-03"}')]),
    ],
    ['UTF-16, little end first', Buffer.from('\ufeff{"resourceType":"Patient","birthDate":"1962-03-03"}', 'utf16le')],
    ['UTF-16 without a mark', Buffer.from('{"resourceType":"Patient","birthDate":"1962-03-03"}', 'utf16le')],
    ['lines that end in CR LF', Buffer.from('{\r\n"resourceType":"Patient",\r\n"birthDate":"1962-03-03"\r\n}\r\n')],
  ])('in %s are read', (_what, body) => {
    const parts = parse(body);
    checkCover(body, parts);
    expect(parts.map(({ format }) => format)).toEqual(['fhir']);
    const [parsed] = parts;
    if (parsed === undefined) throw new Error('nothing');
    const leaf = leafAt(parsed, 'Patient.birthDate');
    const span = parsed.leaves.spanOf(leaf, 0, 4);
    expect(Buffer.from(body.subarray(span?.start, span?.end)).toString('latin1').replaceAll('\0', '')).toBe('1962');
  });

  const shape = (text: string): string[] => {
    const body = utf8(text);
    const parts = parse(body);
    checkCover(body, parts);
    return parts.map(({ format, type, start, end }) => `${format} ${type} ${start} ${end}`);
  };
  const a = '{"resourceType":"Patient","id":"a1"}';
  const b = '{"resourceType":"Device","id":"b1"}';

  it.each([
    ['one a line', `${a}\n${b}\n`, ['fhir Patient 0 37', 'fhir Device 37 73']],
    ['junk between', `${a}\njunk\n${b}`, ['fhir Patient 0 37', 'raw  37 42', 'fhir Device 42 77']],
    ['junk before', `junk\n${a}\n`, ['raw  0 5', 'fhir Patient 5 42']],
    ['junk at the end of a line', `${a} junk\n${b}`, ['fhir Patient 0 36', 'raw  36 42', 'fhir Device 42 77']],
    [
      'a truncated line',
      `${a}\n{"resourceType":"Basic","x":"yy\n${b}`,
      ['fhir Patient 0 37', 'fhir Basic 37 69', 'fhir Device 69 104'],
    ],
    ['blank lines', `${a}\n\n${b}\n\n`, ['fhir Patient 0 37', 'raw  37 38', 'fhir Device 38 74', 'raw  74 75']],
    ['an array', `[${a},\n${b}]`, ['fhir Patient 0 39', 'fhir Device 39 75']],
    [
      'one after the other over lines',
      `{\n"resourceType":"Patient","id":"a1"}\n{\n"resourceType":"Device","id":"b1"\n}\n`,
      ['fhir Patient 0 38', 'fhir Device 38 76'],
    ],
    ['other JSON among them', `${a}\n{"x":"yy"}\n${b}`, ['fhir Patient 0 37', 'raw  37 48', 'fhir Device 48 83']],
  ])('of several resources: %s', (_what, text, expected) => {
    expect(shape(text)).toEqual(expected);
  });

  it('that go over lines are one document, an entry a line', () => {
    expect(shape(`{"resourceType":"Bundle","entry":[\n{"resource":${a}},\n{"resource":${b}}\n]}`)).toEqual(['fhir Bundle 0 137']);
    expect(shape(`{"resourceType":"Bundle","entry":[\n{"resource":${a}}\n,{"resource":${b}}\n]}`)).toEqual(['fhir Bundle 0 137']);
  });

  it.each([
    ['is cut off in a string', '{"resourceType":"Patient","name":[{"family":"Ro', 'Patient.name[0].family=Ro'],
    ['is cut off after a name', '{"resourceType":"Patient","gender":"x","name"', 'Patient.gender=x'],
    ['lacks commas', '{"resourceType":"Patient" "birthDate":"1962-03-03" "gender":"x"}', 'Patient.birthDate=1962-03-03'],
    ['has a comma too many', '{"resourceType":"Patient","name":[{"family":"Roe",},],}', 'Patient.name[0].family=Roe'],
    [
      'lacks a bracket',
      '{"resourceType":"Patient","name":[{"family":"Roe"},"birthDate":"1962-03-03"}',
      'Patient.name[0].family=Roe',
    ],
    ['has words without quotes', '{"resourceType":"Patient","said":Roe}', 'Patient.said=Roe'],
    ['has a name twice', '{"resourceType":"Patient","said":"aa","said":"bb"}', 'Patient.said=bb'],
    ['says its type with an escape', String.raw`{"resourceT\u0079pe":"Patient","said":"aa"}`, 'Patient.said=aa'],
  ])('that %s are read all the same', (_what, text, expected) => {
    const parts = parse(utf8(text));
    checkCover(utf8(text), parts);
    expect(parts.flatMap(values)).toContain(expected);
  });

  it('nested past the bound end as raw text, with a problem', () => {
    const text = `{"resourceType":"Basic","a":${'{"a":['.repeat(5000)}"536-22-8147"${']}'.repeat(5000)}}`;
    const parts = parse(utf8(text));
    checkCover(utf8(text), parts);
    expect(parts.map(({ format }) => format)).toEqual(['fhir', 'raw']);
    expect(parts[0]?.problems.map(({ code }) => code)).toContain('fhir.depth');
    expect(parts.flatMap(values).some((value) => value.includes('536-22-8147'))).toBe(true);
  });

  it('with a string of 10 MB are read', () => {
    const long = `${'word '.repeat(2_000_000)}\\u0041nn`;
    const parsed = resource(`{"resourceType":"Basic","said":"${long}"}`);
    const leaf = leafAt(parsed, 'Basic.said');
    expect(parsed.leaves.text(leaf)).toHaveLength(10_000_003);
    expect(parsed.leaves.spanOf(leaf, 10_000_000, 10_000_003)).toEqual({ start: 10_000_032, end: 10_000_040 });
  });
});

describe('JSON that is no FHIR', () => {
  it('is raw, a leaf a value, with the words of its names before it', () => {
    const body = utf8(
      String.raw`{"patient":{"lastName":"M\u00fcller","date_of_birth":"1962-03-03","phones":["217-555-0134"],"SSN":536228147}}`,
    );
    const parts = parseBody({ bytes: body, elided: [] });
    checkCover(body, parts);
    const [parsed] = parts;
    if (parsed === undefined) throw new Error('nothing');
    expect(parts).toHaveLength(1);
    expect(values(parsed)).toEqual([
      'raw=patient last Name: Müller',
      'raw=date_of_birth',
      'raw=patient date of birth: 1962-03-03',
      'raw=patient phones: 217-555-0134',
      'raw=SSN',
      'raw=patient SSN: 536228147',
    ]);
    const text = parsed.leaves.text(0);
    const span = parsed.leaves.spanOf(0, text.indexOf('Müller'), text.length);
    expect(Buffer.from(body.subarray(span?.start, span?.end)).toString()).toBe(String.raw`M\u00fcller`);
    expect(parsed.leaves.spanOf(0, 0, 7)).toBeNull();
  });

  it('is read as lines where it is no JSON after all', () => {
    expect(parse(utf8('{"a": what}\nmore')).flatMap(values)).toEqual(['raw={"a": what}', 'raw=more']);
  });
});

describe('identity', () => {
  it('is what patients and their relatives are called, numbered and reached by', () => {
    const parsed = of({
      resourceType: 'Bundle',
      entry: [
        {
          resource: {
            resourceType: 'Patient',
            identifier: [
              { type: { coding: [{ code: 'SS' }] }, value: '536-22-8147' },
              { system: 'http://h', value: '78412233' },
              { value: '0b1e7f2c-1111-2222-3333-444455556666' },
            ],
            name: [{ family: 'Roe', given: ['Ann', 'B'] }, { text: 'Mrs. Anna Berg' }],
            telecom: [
              { system: 'phone', value: 'tel:+1-217-555-0134' },
              { system: 'email', value: 'ann@mail.example' },
            ],
            birthDate: '1962-03-03',
            address: [{ line: ['12 Elm St'] }],
            contact: [{ name: { family: 'Roe', given: ['Otto'] } }],
          },
        },
        { resource: { resourceType: 'Practitioner', name: [{ family: 'Reader' }] } },
      ],
    });
    expect(
      parsed.identity.values.map(({ kind, category, subject, parts }) => `${kind} ${category} ${subject} ${parts.join('^')}`),
    ).toEqual([
      'date date patient 19620303',
      'number ssn patient 536-22-8147',
      'number mrn patient 78412233',
      'name name patient Roe^Ann^B',
      'name name patient Berg^Anna',
      'phone phone patient +1-217-555-0134',
      'email email patient ann@mail.example',
      'street street patient 12 Elm St',
      'name name relative Roe^Otto',
    ]);
  });

  it('tells several patients apart, and whom a reference shows', () => {
    const patient = (id: string, family: string): object => ({
      fullUrl: `https://server.example/fhir/Patient/${id}`,
      resource: { resourceType: 'Patient', id, name: [{ family }], telecom: [{ system: 'phone', value: '217-555-0134' }] },
    });
    const parsed = of({
      resourceType: 'Bundle',
      entry: [
        patient('1', 'Roe'),
        patient('2', 'Berg'),
        { resource: { resourceType: 'Observation', subject: { reference: 'Patient/2', display: 'Anna Berg' } } },
        {
          resource: {
            resourceType: 'Coverage',
            subscriberId: 'XYZ1',
            beneficiary: { reference: 'https://server.example/fhir/Patient/1' },
          },
        },
        { resource: { resourceType: 'Observation', subject: { display: 'Otto Lind' } } },
      ],
    });
    expect(parsed.identity.values.map(({ person, parts }) => `${person} ${parts.join('^')}`)).toEqual([
      '0 Roe',
      '0 217-555-0134',
      '1 Berg',
      '1 217-555-0134',
      '1 Berg^Anna',
      '0 XYZ1',
      '2 Lind^Otto',
    ]);
  });

  it('is also the displayed name of a reference to a patient', () => {
    const parsed = of({ resourceType: 'Observation', subject: { reference: 'Patient/7', display: 'Roe, Ann' } });
    expect(parsed.identity.values.map(({ parts }) => parts)).toEqual([['Roe', 'Ann']]);
  });
});

it('routing is what a message header says', () => {
  const parsed = of({
    resourceType: 'Bundle',
    id: 'b7',
    entry: [
      { resource: { resourceType: 'MessageHeader', source: { endpoint: 'urn:lis' }, destination: [{ endpoint: 'urn:reg' }] } },
    ],
  });
  expect(parsed.routing.fields).toEqual({
    'Bundle.id': 'b7',
    'MessageHeader.source.endpoint': 'urn:lis',
    'MessageHeader.destination.endpoint': 'urn:reg',
  });
});
