import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detect } from '../../src/detect/scan.ts';
import { parseBody } from '../../src/formats/registry.ts';
import { findings, found, message, shippedRules } from '../support/rules.ts';

/** A patient's segment, with another name, birth date, record number, phone or street where the case asks for it. */
function pid({
  name = 'Doe^Jane^Quinn',
  born = '19620307',
  record = '4000123',
  phone = '845-555-0142',
  street = '418 Larkspur Ave',
} = {}) {
  return `PID|1||${record}^^^MAIN^MR||${name}||${born}|F|||${street}^^Millbrook^NY^12545||${phone}`;
}

/** What the search for the patient's own values finds in a text of the message. */
function echoed(patient: string, text: string): string[] {
  return findings(patient, `OBX|1|TX|1^x||${text}`)
    .filter(([rule]) => rule.startsWith('echo.'))
    .map(([, , , value]) => value);
}

describe('forms of a name', () => {
  it.each([
    [
      'Doe^Jane^Quinn',
      [
        'Jane Quinn Doe',
        'DOE, JANE Q',
        'Doe Jane',
        'J. Doe',
        'Doe, J.',
        'janedoe',
        'DoeJane',
        'jdoe',
        'doej',
        'janie doe',
        'jane_doe',
      ],
    ],
    ['Smith-Jones^Elizabeth', ['Liz Smith Jones', 'Elizabeth Smith', 'Jones, Elizabeth', 'Betty Smith-Jones', 'E. Smith-Jones']],
    ['van der Berg^Anna', ['Anna van der Berg', 'Anna Vanderberg', 'Berg, Anna van der', 'Anna Berg']],
    ["O'Brien^Seán", ['Sean OBrien', 'SEAN O BRIEN', "O'Brien, Sean"]],
    ['St. Clair^Jennifer', ['Jennifer St. Clair', 'ST CLAIR, JENNIFER', 'J. St. Clair']],
    ['Müller^Jürgen', ['Jurgen Muller', 'Juergen Mueller', 'MÜLLER, JÜRGEN', 'J. Mueller']],
    ['Mueller^Juergen', ['Jürgen Müller', 'Jurgen Muller']],
    ['Sørensen^Åse', ['Ase Sorensen', 'Aase Soerensen']],
    ['Weiß^Klaus', ['Klaus Weiss', 'WEISS KLAUS']],
    ['Nguyen^Thi Minh', ['Thi Minh Nguyen', 'Minh Nguyen']],
    ['Doe^William', ['Bill Doe', 'Doe, Bill', 'Wm. Doe', 'Willie Doe']],
    ['García^José', ['JOSE GARCIA', 'Pepe García']],
    ['Baker^Ann', ['A. Baker', 'Baker, A.', 'ms. baker', 'Ann "Kiki" Baker', 'Ann (Kiki) Baker']],
  ])('%s', (name, texts) => {
    for (const text of texts) expect(echoed(pid({ name }), `seen: ${text} today`).join('|'), text).not.toBe('');
  });

  it.each([
    ['Doe^Jane', 'does janedoeish work, Janet Doe, a doe'],
    ['Rose^Mark', 'mark rose in value; will mark it'],
    ['Grant^Will', 'will grant access'],
    ['Brown^Frank', 'frank brown sputum'],
    ['Gray^May', 'may repeat in the gray zone'],
    ['Okafor^Chidi', 'Dr. Okafor, Okafor MD, Okafor Memorial'],
    ['Li^An', 'Li and an'],
  ])('%s is not in %s', (name, text) => {
    expect(echoed(pid({ name }), text)).toEqual([]);
  });

  it('is found where a separator that nobody escaped cuts it in two', () => {
    expect(echoed(pid(), 'spoke with DOE^JANE about it')).toEqual(['DOE', 'JANE']);
    expect(echoed(pid(), 'spoke with Jane~Doe')).toEqual(['Jane', 'Doe']);
    expect(echoed(pid(), 'a doe^a jane')).toEqual([]);
  });
});

describe('forms of a birth date', () => {
  it.each([
    '1962-03-07',
    '1962/3/7',
    '1962.03.07',
    '19620307',
    '03/07/1962',
    '3/7/62',
    '07.03.1962',
    '7.3.62',
    '7. 3. 1962',
    '07-MAR-62',
    '07MAR1962',
    '7 Mar 1962',
    '7th of March 1962',
    'March 7th, 1962',
    'Mar 7 1962',
    "7 March '62",
    '7. März 1962',
    '7 mars 1962',
    '7 de marzo de 1962',
    '7 maart 1962',
    '7 marzo 1962',
    '7 marca 1962',
    '7 de março de 1962',
    '03071962',
    '1962-03-07T00:00:00Z',
    'March 1962',
    'DOB: 030762',
    'geb. 070362',
    'DOB 620307',
    '62-03-07',
    '7 / 3 / 1962',
    '1962 - 03 - 07',
    '07–03–1962',
    'scan_1962_03_07.pdf',
    '7.III.1962',
    '7-iii-62',
    '7/III/1962',
    '1962/Mar/07',
    '1962MAR07',
    '7MARCH1962',
    '1962年3月7日',
    '1962. 3. 7.',
    '7. března 1962',
    '7 марта 1962',
    '7 Mart 1962',
  ])('%s', (text) => {
    expect(echoed(pid(), `born ${text}.`)).toHaveLength(1);
  });

  it.each([
    '1962',
    'March',
    '1962-03-08',
    '8 March 1962',
    'lot 030762',
    '1.3.7.1962',
    '119620307',
    'in 62',
    'April 1962',
    '3/7 of 62 cells',
    '7.62',
    '7 / 3 / 62 cells',
    'III.1962',
    '1962MAR08',
  ])('not %s', (text) => {
    expect(echoed(pid(), text)).toEqual([]);
  });
});

describe('forms of numbers', () => {
  it.each([
    '4000123',
    '400 0123',
    '400-0123',
    '04000123',
    '0004000123',
    'MR4000123',
    'MRN-4000123',
    '#4000123',
    '400-012-3',
    '4000 12 3',
    '40 001 23',
    '4-00-01-23',
    '40-00-12-3',
    '4 0 0 0 1 2 3',
    '4-0-0-0-1-2-3',
    '4.0.0.0.1.2.3',
    '400–0123',
    '400_0123',
    '1.2.840.113.4000123.5',
    '1.2.840.113.4000123',
    'https://x.example/p?id=4000123&v=1',
    'x%204000123',
    'DOE_4000123.pdf',
    '{"mrn":"4000123"}',
    'id:4000123;',
  ])('record number in %s', (text) => {
    expect(echoed(pid(), `see ${text} ok`).length).toBeGreaterThan(0);
  });

  it.each([
    '14000123',
    '40 0012 34',
    '4-0-0-0-1-2-4',
    '1400 012 3',
    '40001234',
    '4000123.5',
    '3.4000123',
    '4000124',
    'ABCDEFG4000123',
    '9.4000123.1',
  ])('no record number in %s', (text) => {
    expect(echoed(pid(), `see ${text} ok`)).toEqual([]);
  });

  it.each([
    [
      '845-555-0142',
      ['8455550142', '(845) 555-0142', '+1 845 555 0142', '845.555.0142', 'tel:+1-845-555-0142', '555-0142', '8455550142 x12'],
    ],
    ['+49 171 2345678', ['0171 2345678', '0049 171 2345678', '0171/2345678', '+491712345678']],
    ['+33 6 12 34 56 78', ['06 12 34 56 78', '06.12.34.56.78', '+33612345678', '0033 6 12 34 56 78']],
    ['+44 20 7946 0958', ['020 7946 0958', '(020) 7946 0958']],
  ])('phone %s', (phone, texts) => {
    for (const text of texts) expect(echoed(pid({ phone }), `call ${text} now`), text).toHaveLength(1);
  });

  it.each(['555-0143', '5550142', '1845555014', '77-555-0142'])('no phone in %s', (text) => {
    expect(echoed(pid(), `call ${text} now`)).toEqual([]);
  });

  it.each([
    ['418 Larkspur Ave', ['418 Larkspur Avenue', '418 LARKSPUR AV.', '418 Larkspur', 'Larkspur Avenue 418']],
    ['Hauptstraße 12', ['Hauptstr. 12', 'HAUPTSTRASSE 12', 'Haupt-Str. 12']],
    ['Kerkstraat 9', ['Kerkstr. 9', 'Kerkstraat 9']],
  ])('street %s', (street, texts) => {
    for (const text of texts) expect(echoed(pid({ street }), `lives at ${text} now`), text).toHaveLength(1);
  });
});

it.each(['4000123', 'mrn=4000123', 'Jane Doe', '{"name":"DOE, JANE"}', 'born 1962-03-07', 'patient 4000123 x'])(
  'finds %s in base64',
  (value) => {
    const encoded = Buffer.from(value).toString('base64');
    for (const text of [encoded, `see https://x.example/r/${encoded} ok`, `ref ${encoded}.`]) {
      const findings = detect(message(pid(), `ZPI|1|${text}`), shippedRules()).matches.filter(({ rule }) =>
        rule.startsWith('echo.'),
      );
      expect(findings, text).toHaveLength(1);
    }
  },
);

it.each(['PneumoThorax12', 'McDonaldTest99', 'AbCdEfGhIjKl1', 'iPhone15ProMax', 'HbA1cMeasured', 'QuantiFERON4Tube'])(
  'reads no text into %s',
  (word) => {
    expect(parseBody({ bytes: Buffer.from(`MSH|^~\\&|A\rNTE|1||${word}\r`), elided: [] })[0]?.leaves.count).toBe(3);
  },
);

it('finds a form whatever stands around it, and points at its bytes', () => {
  const around = fc.constantFrom('', ' ', '(', ')', ', ', ': ', '"', '; ', '/', ' - ', '[', ']', '\\T\\', '.', ' é ', '\\.br\\');
  const form = fc.constantFrom(
    'Jane Doe',
    'DOE, JANE',
    'Jane Q. Doe',
    '1962-03-07',
    '7 March 1962',
    '03/07/1962',
    '845-555-0142',
    '418 Larkspur Avenue',
  );
  fc.assert(
    fc.property(around, form, around, (before, text, after) => {
      const parsed = message(
        pid(),
        `NTE|1||ab${before === '' ? ' ' : before}${text}${after === '' || after === '/' ? ' ' : after}yz`,
      );
      const echoes = detect(parsed, shippedRules())
        .matches.filter(({ rule }) => rule.startsWith('echo.'))
        .map((match) => found(parsed, match)[3]);
      expect(echoes).toEqual([text]);
    }),
    { numRuns: 300 },
  );
});
