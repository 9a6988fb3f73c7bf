import { describe, expect, it } from 'vitest';
import { detect } from '../../../src/detect/scan.ts';
import { parseBody } from '../../../src/formats/registry.ts';
import { shippedRules } from '../../support/rules.ts';

interface Told {
  readonly said: string;
  readonly bytes: string | null;
}

/** What sheets of fields tell of a text: category and value, and the bytes that it came from. */
function told(text: string): Told[] {
  const body = Buffer.from(text);
  return parseBody({ bytes: body, elided: [] }).flatMap((parsed) =>
    detect(parsed, shippedRules())
      .matches.filter(({ leaf }) => parsed.leaves.path(leaf).includes('csv'))
      .map(({ leaf, from, to, category }) => {
        const span = parsed.leaves.spanOf(leaf, from, to);
        return {
          said: `${category} ${parsed.leaves.text(leaf).slice(from, to)}`,
          bytes: span === null ? null : body.toString('utf8', span.start, span.end),
        };
      }),
  );
}

const ALL = ['mrn 77410293', 'name Okonkwo', 'name Adaeze', 'date 1971-03-09', 'street 14 Birch Rd', 'geo 02184'];

describe('fields and their values in a text', () => {
  it.each([
    [
      'an object of a program',
      "10:11 WARN saving Patient{mrn=77410293, lastName='Okonkwo', firstName='Adaeze', birthDate=1971-03-09, address=Address{street='14 Birch Rd', zip='02184'}}",
    ],
    [
      'one without quotes',
      '10:11 saved PatientDto(mrn=77410293, lastName=Okonkwo, firstName=Adaeze, birthDate=1971-03-09, street=14 Birch Rd, zip=02184)',
    ],
    [
      'a log of pairs',
      'level=info mrn=77410293 last_name=Okonkwo first_name="Adaeze" dob=1971-03-09 street="14 Birch Rd" zip=02184 dur=3ms',
    ],
    [
      'lines of YAML',
      'p1:\n  id: 4\n  mrn: "77410293"\n  last_name: Okonkwo\n  first_name: Adaeze # sic\n  dob: 1971-03-09\n  address: {street: "14 Birch Rd", zip: \'02184\'}\n',
    ],
    [
      'lines of TOML',
      '# seeds\n[patients.p1]\nmrn = "77410293"\nlast_name = "Okonkwo"\nfirst_name = "Adaeze"\ndob = 1971-03-09\nstreet = "14 Birch Rd"\nzip = "02184"\n',
    ],
    [
      'properties',
      'x\npatient.mrn=77410293\npatient.last_name=Okonkwo\npatient.first_name=Adaeze\npatient.dob=1971-03-09\npatient.street=14 Birch Rd\npatient.zip=02184\n',
    ],
  ])('say whose the values are: %s', (_how, text) => {
    expect(told(text).map(({ said }) => said)).toEqual(ALL);
    for (const { said, bytes } of told(text)) expect(said.endsWith(bytes ?? 'nowhere')).toBe(true);
  });

  it.each([
    [
      'the query of an address',
      'GET https://h.example/p?mrn=77410293&last_name=O%27Hara-M%C3%BCller&dob=1971%2D03%2D09&street=14+Birch+Rd HTTP/1.1',
    ],
    ['a form', 'mrn=77410293&amp;last_name=O%27Hara-M%C3%BCller&amp;dob=1971%2D03%2D09&amp;street=14+Birch+Rd'],
  ])('are read with their escapes, each in its place: %s', (_how, text) => {
    // What the escapes say is read as a text of its own as well, and that has no places.
    const found = told(text).filter(({ bytes }) => bytes !== null);
    expect(found.map(({ said }) => said)).toEqual([
      'mrn 77410293',
      "name O'Hara-Müller",
      'date 1971-03-09',
      'street 14 Birch Rd',
    ]);
    expect(found.map(({ bytes }) => bytes)).toEqual(['77410293', 'O%27Hara-M%C3%BCller', '1971%2D03%2D09', '14+Birch+Rd']);
  });

  it.each([
    ['a note', 'Patient: Adaeze Okonkwo  DOB: 1971-03-09  MRN: 77410293\nSeen by: Dr Hirsch\nPlan: none\n'],
    ['settings', 'db_host = localhost\ndb_user = "svc_portal"\ndb_name = portal\nlog_level: debug\n'],
    ['measurements', 'BP=120/80, HR=70, name="cuff", temp = 36.6; a == b'],
    ['nothing behind them', 'last_name=\nfirst_name:\ndob: ""\n?a=&last_name=&b='],
  ])('are left to the text where they are none: %s', (_how, text) => {
    expect(told(text)).toEqual([]);
  });

  it('cost what their size does', () => {
    // Each would be read to the end of the text, were its length not bounded; the test would not come back.
    for (const text of [
      'last_name=a '.repeat(20_000),
      'last_name="'.repeat(20_000),
      'a=b&'.repeat(60_000),
      'last_name: a\n'.repeat(20_000),
      'last_name=a'.repeat(20_000),
    ])
      expect(parseBody({ bytes: Buffer.from(`x ${text}`), elided: [] })).toHaveLength(1);
  });
});
