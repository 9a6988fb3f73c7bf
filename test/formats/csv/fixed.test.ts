import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fixedOf } from '../../../src/formats/csv/fixed.ts';
import { csv } from '../../../src/formats/csv/format.ts';
import { checkCover, latin1, parse, typeAt, utf8, values } from '../support.ts';

const RULED = [
  'NORTHGATE BILLING',
  'AGED TRIAL BALANCE BY GUARANTOR          run 12/01/2023 07:15',
  '',
  'Account   Guarantor             Patient           DOS       0-30',
  '========  ====================  ================  ========  ========',
  '66120418  Rutledge, Shawna      Rutledge, Kayden  09/12/23  0.00',
  '66118830  Dietz, Marilou        same              04/19/23',
  '                                TOTAL                       2,095.00',
  '2 accounts, run by the night shift of the office',
];

const JOINED = [
  'PATNAM                 MEDREC  BIRTHDT  SX STREET           CITY       ST ZIP',
  'MCALLISTER,DOYLE R     0044182 04121939 M  RR 2 BOX 118     PIKEVILLE  KY 41501',
  'COMBS,VERNA            0017736 09301930 F  44 CHLOE CRK     PIKEVILLE  KY 41501',
  'RAMASWAMY,NITHYA       0118203 02281990 F  310 HAMBLEY BLVD PIKEVILLE  KY 41501',
  'SLONE,BABY BOY         0118211 01182022 M  77 SLONE FRK     PIPPA      KY 41844',
];

const APART = [
  'MRN      Name            DOB         Phone',
  '4471823  Müller, Zoë     12/04/1961  555-0142',
  '4471824  Lopez, Juan     03/09/1977  555-0111',
  '4471825  Kim, Sun        11/11/1980  555-0133',
];

const text = (lines: readonly string[], newline = '\n'): string => lines.map((line) => line + newline).join('');

describe('a printed table', () => {
  it.each([
    ['a line beneath its header', RULED, 5],
    ['a header whose names stand apart', APART, 4],
    ['a header of many names one blank apart', JOINED, 8],
  ])('is known by %s', (_, lines, columns) => {
    const bytes = utf8(text(lines));
    expect(fixedOf(Buffer.from(bytes))?.starts).toHaveLength(columns);
    expect(csv.sniff(bytes)).toBe(0.5);
    expect(parse(bytes).map(({ format }) => format)).toEqual(['csv']);
  });

  it.each([
    [
      'a note with a list in it',
      [
        'Seen today with his wife, well.',
        '',
        'Drug      Dose    Route   Freq',
        'Lasix     40 mg   po      daily',
        'Plan: home, review in a week.',
        'Wife asks about driving.',
        'Letter to the GP.',
        'Bloods next week.',
        'Dictated, not read.',
      ],
    ],
    [
      'a log whose lines say one thing',
      [
        '17:22 tina marsh bd 4/4/88 sinus, wants call',
        '18:05 mr ng for wife may, 34 wks',
        '19:40 pharmacy re metoprolol',
        '20:10 grace last name? says pt of dr levi and is in panic',
        '21:00 no msg',
      ],
    ],
    [
      'prose with wide gaps',
      ['The  patient  said  that', 'she  would  come  again', 'but  nobody  was  there', 'to  see  her  then  at all'],
    ],
    ['nothing', []],
  ])('is not seen in %s', (_, lines) => {
    expect(fixedOf(Buffer.from(utf8(text(lines))))).toBeNull();
  });

  it('has a cell for each column, and one for each line that is none of its rows', () => {
    const [parsed] = parse(utf8(text(RULED, '\r\n')));
    if (parsed === undefined) throw new Error('nothing was read');
    const said = values(parsed);
    expect(said).toContain('csv[6]-2=Rutledge, Shawna');
    expect(said).toContain('csv[6]-3=Rutledge, Kayden');
    expect(said).toContain('csv[2]-1=AGED TRIAL BALANCE BY GUARANTOR          run 12/01/2023 07:15');
    expect(said).toContain('csv[9]-1=2 accounts, run by the night shift of the office');
    expect(typeAt(parsed, 'csv[6]-2')).toContain('guarantor');
    expect(typeAt(parsed, 'csv[9]-1')).toBe('');
  });

  it('is read in one pass, however long', () => {
    const rows = Array.from({ length: 100_000 }, (_, row) => `${4_000_000 + row}  Lopez, Juan     03/09/1977  555-0111`);
    const [parsed] = parse(utf8(text([...APART, ...rows])));
    expect(parsed?.leaves.count).toBe(4 * (APART.length + rows.length));
  });

  it('counts characters, whatever bytes they are of', () => {
    for (const bytes of [utf8(text(APART)), latin1(text(APART))]) {
      const [parsed] = parse(bytes);
      if (parsed === undefined) throw new Error('nothing was read');
      expect(values(parsed)).toEqual(
        expect.arrayContaining(['csv[2]-2=Müller, Zoë', 'csv[2]-3=12/04/1961', 'csv[2]-4=555-0142']),
      );
      checkCover(bytes, [parsed]);
    }
  });

  it('loses no character, wherever its lines are cut', () => {
    const cell = fc.string({ unit: 'grapheme', maxLength: 30 }).map((said) => said.replace(/[\u0000-\u001f]/g, ' '));
    fc.assert(
      fc.property(fc.array(cell, { maxLength: 6 }), (extra) => {
        const bytes = utf8(text([...APART, ...extra]));
        const parts = parse(bytes);
        checkCover(bytes, parts);
        const read = parts.flatMap((part) => values(part).map((each) => each.slice(each.indexOf('=') + 1))).join('');
        for (const said of extra) for (const letter of said.replace(/\s/g, '')) expect(read).toContain(letter);
      }),
      { numRuns: 60 },
    );
  });
});
