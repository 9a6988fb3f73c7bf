import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressRefusals } from '../../../src/formats/address-book.ts';
import { csv } from '../../../src/formats/csv/format.ts';
import { checkCover, latin1, parse, typeAt, utf8, values } from '../support.ts';

const table = (text: string) => {
  const bytes = utf8(text);
  const parts = parse(bytes);
  checkCover(bytes, parts);
  const [only] = parts;
  if (only?.format !== 'csv' || parts.length > 1)
    throw new Error(`${parts.map(({ format }) => format).join()}, expected one table`);
  return only;
};

describe('a table', () => {
  it.each([
    ['commas', 'mrn,name,dob\n1,2,3\n4,5,6\n'],
    ['tabs, without a last line break', 'mrn\tname\tdob\n1\t2\t3\n4\t5\t6'],
    ['semicolons', 'mrn;name;dob\r\n1;2,5;3\r\n4;5;6\r\n'],
    ['bars', 'mrn|name|dob\n1|2|3\n4|5|6\n'],
    ['quotes around everything', '"mrn","patient name"\n"1","Doe, Jane"\n"2","Roe"\n'],
    ['old line breaks', 'mrn,name,dob\r1,2,3\r4,5,6\r'],
    ['a mark, blank lines and empty cells', '\ufeffmrn,name,dob\n\n1,,\n\n,5,\n'],
    ['names as programs have them', 'patientId,lastName,birthDate\n1,2,3\n4,5,6\n'],
    ['abbreviations that end in a full stop', 'Versicherten-Nr.;Geb.;Aufn.\n1;2;3\n4;5;6\n'],
    ['columns in other languages', 'nom,pr\u00e9nom,date de naissance\n1,2,3\n4,5,6\n'],
    ['columns in other scripts', '患者番号,氏名,生年月日\n1,2,3\n4,5,6\n'],
    ['columns nobody knows, and numbers in each row', 'NDC,BRAND,LOT,EXP,PKG\n1,A,2,3,4\n5,B,6,7,8\n'],
    ['one row beneath columns that say what they are', 'mrn,last_name,first_name,dob\n1,2,3,4\n'],
    ['a cell too many where a delimiter is in a text', 'bed;hr;spo2;rr;event\n1;2;3;4;5\n1;2;3;4;a; b\n1;2;3;4;\n'],
    ['a row that lacks a cell', 'bed;hr;spo2;rr;event\n1;2;3;4;5\n1;2;3;4\n1;2;3;4;\n'],
    ['totals and a remark beneath', 'clm|mbr|lname|dob|zip\n1|2|3|4|5\n6|7|8|9|0\nTRL|2 LINES\nend of the list\n'],
    [
      'a title above commas with no blank behind them',
      '"Practice 44, batch 7"\n""\n"Acc No","Patient","Dep","Cell","Claimed"\n"1","Doe, Jane","00","2","3"\n"4","Roe, R","01","5","6"\n',
    ],
    [
      'a comment above few columns',
      '# Dialysis list week 12\n# printed by kmoss\nmrn,name,dob,days\n1,2,3,4\n5,6,7,8\n9,8,7,6\n',
    ],
    [
      'bars and lines drawn around',
      '+---+----+---+\n| MRN | Name | DOB |\n+---+----+---+\n| 1 | Doe, J | 3 |\n| 2 | Roe, R | 4 |\n+---+----+---+\n',
    ],
    ['a column that asks', 'Employee;DOB;Job;Fit?;Sygesikringsgr.\n1;2;3;Y;1\n4;5;6;N;2\n'],
    [
      'names in words beside ages and sexes',
      '1,UHID/22/1,Smt. Lakshmi Devi,54/F,Ortho\n2,UHID/22/2,Shaik Mastan Vali,31/M,Med\n3,UHID/22/3,Baby of Sravani,2m/F,Paed\n',
    ],
    ['rows of data that nothing names', 'R 12;Corvo;4;7,1;x\nR 13;Lume;5;8,2;y\nR 14;Sal;6;9,3;z\nR 15;Rio;7;1,4;w\n'],
    ['names and days in three columns', '44;DOE^JANE;19620303\n45;ROE^RICHARD;19620304\n46;POE^ANN;19700101\n'],
    ['spaces behind commas, and columns that say so', 'mrn, first name, last name\n1, Jane, Doe\n2, Otto, Roe\n'],
  ])('is known with %s', (_what, text) => {
    expect(csv.sniff(utf8(text))).toBe(0.5);
    expect(table(text).format).toBe('csv');
  });

  it.each([
    ['prose', 'Dear Sir, hello\nyour friend, and mine\nJane, Doe\n'],
    ['prose with as many commas in each line', 'The patient, Jane, came\nShe was, however, well\nHe said, sadly, no\n'],
    ['a note with labels', 'Name: Doe, Jane\nSeen: today, well\nPlan: rest, fluids\n'],
    ['segments of HL7', 'PID|1||44|x\nPV1|1|I||y\nOBX|1||4|z\n'],
    ['a message of HL7', 'MSH|^~\\&|A|B\rPID|1||4\rPV1|1||4\r'],
    ['data without a header', '44712,Doe,1962-03-03\n44713,Roe,1962-03-04\n44714,Poe,1962-03-05\n'],
    ['two rows', 'mrn,name,dob\n1,2,3\n'],
    ['rows of unlike width', 'mrn,name,dob\n1,2,3\n4,5\n6,7,8\n'],
    ['rows of unlike width, however many', 'bed;hr;spo2;rr;event\n1;2;3\n1;2;3;4\n1;2;3;4;5\n'],
    [
      'sentences with as many commas',
      'Well,tall,dark,handsome,rich\nHe came,saw,took,left,slept\nShe came,saw,took,left,slept\n',
    ],
    ['columns of one name', 'name,name,dob\n1,2,3\n4,5,6\n'],
    ['one column', 'mrn\n1\n2\n3\n'],
    ['numbers', '1,2,3\n4,5,6\n7,8,9\n'],
    ['code', 'int a, b;\nint c, d;\nint e, f;\n'],
    ['JSON lines', '{"a":1,"b":2}\n{"a":1,"b":2}\n{"a":1,"b":2}\n'],
    ['nothing', ''],
  ])('is not seen in %s', (_what, text) => {
    expect(csv.sniff(utf8(text))).toBe(0);
  });

  it('has cells as leaves, rows counted with the header, without quotes', () => {
    const parsed = table('mrn,Patient Name,note\r\n1,"Doe, ""J""",\r\n2, Roe ,"two\r\nlines"\r\n');
    expect(values(parsed)).toEqual([
      'csv-1=mrn',
      'csv-2=Patient Name',
      'csv-3=note',
      'csv[2]-1=1',
      'csv[2]-2=Doe, "J"',
      'csv[3]-1=2',
      'csv[3]-2=Roe',
      'csv[3]-3=two\r\nlines',
    ]);
    expect(typeAt(parsed, 'csv[2]-2')).toBe('patient name somebody');
    expect(typeAt(parsed, 'csv-2')).toBe('');
    expect(parsed.leaves.path(4)).not.toContain('name');
  });

  it.each([
    ['HC;Nombre;Apellidos\n1;2;3\n4;5;6\n', 'nombre somebody'],
    ['患者番号;名前;備考\n1;2;3\n4;5;6\n', '名前 somebody'],
    ['Código;Nombre;Dosis\n1;2;3\n4;5;6\n', 'nombre'],
    ['code;full name;dept\n1;2;3\n4;5;6\n', 'full name somebody'],
    ['code;name;role;shift\n1;2;3;4\n4;5;6;7\n', 'name staff'],
    ['code;name;role;mrn\n1;2;3;4\n4;5;6;7\n', 'name somebody'],
    ['code;name;price;role\n1;2;3;4\n4;5;6;7\n', 'name'],
  ])('says whether it is about people: %j', (text, words) => {
    expect(typeAt(table(text), 'csv[2]-2')).toBe(words);
  });

  it.each([
    ['"St. Anna, Discharge register, Form 7",,,,\n"Period: August",,,,\n,,,,\n', 4],
    ['Discharge register\nPrinted by: Ward 4\n\n', 4],
    ['Stand: 14.03.2024,,von: Fr. Roe,,\n', 2],
  ])('has its header beneath titles: %j', (titles, row) => {
    const parsed = table(`${titles}mrn,name,dob,ward,dx\n1,Doe,3,4,5\n2,Roe,4,5,6\n`);
    expect([typeAt(parsed, `csv[${row}]-2`), typeAt(parsed, `csv[${row + 1}]-2`)]).toEqual(['', 'name somebody']);
    expect(typeAt(parsed, 'csv-1')).toBe('');
  });

  it('of fields and values says in each row what the value is', () => {
    const parsed = table('Field;Value\nPatient name;Jane Doe\nMaiden name;Roe\nComment;seen twice\n');
    expect([2, 3, 4].map((row) => typeAt(parsed, `csv[${row}]-2`))).toEqual([
      'patient name somebody',
      'maiden name somebody',
      'comment somebody',
    ]);
    expect(typeAt(parsed, 'csv[2]-1')).toBe('');
  });

  it('of fields and values may begin with the first of them', () => {
    const parsed = table('Patient name,Jane Doe\nMRN,447182\nPhone,5550134\nReligion,none\n');
    expect([1, 2, 3].map((row) => typeAt(parsed, row === 1 ? 'csv-2' : `csv[${row}]-2`))).toEqual([
      'patient name somebody',
      'mrn somebody',
      'phone somebody',
    ]);
  });

  it('of fields and values has few of them: a list of many has columns, and fills no book', () => {
    const before = addressRefusals();
    const rows = Array.from({ length: 40_000 }, (_, row) => `part ${row},${row}\n`).join('');
    const parsed = table(`item,value\n${rows}`);
    expect(addressRefusals()).toBe(before);
    expect(typeAt(parsed, 'csv[300]-2')).toBe('value');
  });

  it('that says what columns mean has columns', () => {
    const parsed = table('column,description\nmrn,record number\ndob,day of birth\nname,family name\n');
    expect(typeAt(parsed, 'csv[2]-2')).toBe('description');
  });

  it('has no header where names of people say what goes with them', () => {
    const parsed = table(
      '4471902\tALDERSON^WREN\t19710630\t24-118-0031\tNA\t141\t2024-04-27 06:12\n' +
        '4471902\tALDERSON^WREN\t19710630\t24-118-0031\tK\t5\t2024-04-27 06:12\n' +
        '4488310\tPIKE^SALMON T\t19450802\t24-118-0044\tINR\t\t2024-04-27 07:40\n',
    );
    const words = [1, 2, 3, 4, 5, 7].map((column) => typeAt(parsed, `csv-${column}`));
    expect(words).toEqual([
      'mrn somebody',
      'patient name somebody',
      'birth date somebody',
      'accession somebody',
      'somebody',
      'date somebody',
    ]);
    expect(csv.sniff(utf8('4471902;Vis M4, Acier;19710630;24;5\n1;Vis, B;3;4;5\n1;x;3;4;5\n'))).toBe(0);
  });

  it('takes a quote that nothing closes for a character, and says so', () => {
    const parsed = table('mrn,name,note\n1,2,3\n1,2,3\n4,"5,6\n7,8,9\n');
    expect(values(parsed).slice(9)).toEqual([
      'csv[4]-1=4',
      'csv[4]-2="5',
      'csv[4]-3=6',
      'csv[5]-1=7',
      'csv[5]-2=8',
      'csv[5]-3=9',
    ]);
    expect(parsed.problems.map(({ code }) => code)).toEqual(['csv.quotes']);
    expect(table('mrn,name,note\n1,2,3\n1,2,3\n4,"Doe" Jane,6\n').leaves.count).toBe(13);
  });

  it('reads character sets', () => {
    const [old] = parse(latin1('mrn,name,dob\n1,M\xfcller,3\n4,5,6\n'));
    expect(old && values(old)[4]).toBe('csv[2]-2=Müller');
    const wide = Uint8Array.from(Buffer.from('\ufeffmrn\tname\tdob\n1\tMüller\t3\n4\t5\t6\n', 'utf16le'));
    const parts = parse(wide);
    checkCover(wide, parts);
    const [sixteen] = parts;
    expect(sixteen && values(sixteen)[4]).toBe('csv[2]-2=Müller');
    const span = sixteen?.leaves.spanOf(4, 1, 2);
    expect(span && Buffer.from(wide).toString('utf16le', span.start, span.end)).toBe('ü');
  });
});

/** What a cell may hold; what would not survive being trimmed is none. */
const CELL = fc
  .oneof(
    fc.constantFrom('', 'Doe, Jane', 'say "hi"', 'a\nb', 'é😀', '536-22-8147', '""'),
    fc.string({ unit: 'grapheme', maxLength: 8 }),
  )
  .map((text) => text.replace(/[\u0000-\u001f]/g, '\n').trim());

describe('what stands under a table', () => {
  const RULES = ['clm|mbr|lname|dob|zip', '1|2|Doe|4|5', '6|7|Roe|9|0', 'TRL|2 LINES', 'end of the list'];

  it.each(['\n', '\r\n', '\r'])('is text like any other, whatever ends its lines: %j', (newline) => {
    const parsed = table(RULES.join(newline) + newline);
    expect(typeAt(parsed, 'csv[2]-1')).toContain('clm');
    expect([typeAt(parsed, 'csv[4]-1'), typeAt(parsed, 'csv[4]-2'), typeAt(parsed, 'csv[5]-1')]).toEqual(['', '', '']);
  });

  it('is no row whose cells are empty, nor one with line breaks in quotes', () => {
    const parsed = table('clm|mbr|lname|dob|zip\n1|2|Doe|4|5\n6|7|||\n"8\n8"|9|Roe|1|2\n');
    expect(typeAt(parsed, 'csv[3]-1')).toContain('clm');
    expect(typeAt(parsed, 'csv[4]-1')).toContain('clm');
  });
});

describe('whatever the table', () => {
  it('gives each cell as it is, and points at it', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(',', ';', '\t', '|'),
        fc.constantFrom('\n', '\r\n'),
        fc.array(fc.tuple(CELL, CELL, CELL), { minLength: 3, maxLength: 8 }),
        (delimiter, newline, rows) => {
          const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
          const text =
            ['mrn', 'name', 'dob'].join(delimiter) +
            newline +
            rows.map((row) => row.map(quoted).join(delimiter) + newline).join('');
          const bytes = utf8(text);
          const parts = parse(bytes);
          checkCover(
            bytes,
            parts.map((part) => ({ ...part, leaves: { ...part.leaves, count: part.leaves.own ?? part.leaves.count } })),
          );
          const [parsed] = parts;
          if (parsed?.format !== 'csv') throw new Error(`read as ${parsed?.format}`);
          const expected = rows.flatMap((row, at) =>
            row.flatMap((cell, column) => (cell === '' ? [] : `csv[${at + 2}]-${column + 1}=${cell}`)),
          );
          expect(values(parsed).slice(3, parsed.leaves.own)).toEqual(expected);
          for (let leaf = 0; leaf < (parsed.leaves.own ?? parsed.leaves.count); leaf++) {
            const value = parsed.leaves.text(leaf);
            const span = parsed.leaves.spanOf(leaf, 0, value.length);
            expect(Buffer.from(bytes.subarray(span?.start, span?.end)).toString().replaceAll('""', '"')).toBe(value);
          }
        },
      ),
      { numRuns: 100 },
    );
  });

  it('never throws, and covers the body', () => {
    const piece = fc.constantFrom(',', '"', '""', '\n', '\r', 'a', ' ', 'é', '\u0000', ';', '\t');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const bytes = utf8(`mrn,name,dob\n1,2,3\n4,5,6\n${pieces.join('')}`);
        checkCover(bytes, parse(bytes));
      }),
      { numRuns: 200 },
    );
    const quotes = utf8(`mrn,name,dob\n1,2,3\n4,5,6\n${'"x,'.repeat(20_000)}`);
    checkCover(quotes, parse(quotes));
  });
});
