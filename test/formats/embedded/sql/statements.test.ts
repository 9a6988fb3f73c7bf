import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detect } from '../../../../src/detect/scan.ts';
import { parseBody } from '../../../../src/formats/registry.ts';
import { shippedRules } from '../../../support/rules.ts';

interface Found {
  readonly category: string;
  readonly text: string;
  readonly path: string;
  readonly bytes: string | null;
}

function findingsIn(text: string): Found[] {
  const body = Buffer.from(text);
  return parseBody({ bytes: body, elided: [] }).flatMap((parsed) =>
    detect(parsed, shippedRules()).matches.map(({ leaf, from, to, category }) => {
      const span = parsed.leaves.spanOf(leaf, from, to);
      return {
        category,
        text: parsed.leaves.text(leaf).slice(from, to),
        path: parsed.leaves.path(leaf),
        bytes: span === null ? null : body.toString('utf8', span.start, span.end),
      };
    }),
  );
}

/** What tables say of it, by category. */
function told(text: string): string[] {
  return findingsIn(text)
    .filter(({ path }) => path.includes('csv'))
    .map(({ category, text: value }) => `${category} ${value}`);
}

const ROWS = "(1,'77410293','Okonkwo','Adaeze','1971-03-09'),\n(2,'77410294','Brandvold','Leif',NULL)";
const BOTH = ['mrn 77410293', 'name Okonkwo', 'name Adaeze', 'date 1971-03-09', 'mrn 77410294', 'name Brandvold', 'name Leif'];
const COLUMNS = '(id, mrn, last_name, first_name, dob)';

describe('a statement of SQL', () => {
  it.each([
    ['with the names of its columns', `INSERT INTO patients ${COLUMNS} VALUES ${ROWS};`],
    [
      'whose names are in quotes',
      `insert ignore into \`db\`.\`patients\` (\`id\`,\`mrn\`,\`last_name\`,\`first_name\`,\`dob\`) values ${ROWS};\n-- done`,
    ],
    [
      'of a table that was defined before',
      `CREATE TABLE IF NOT EXISTS [dbo].[Patients] (\n [id] int NOT NULL,\n mrn varchar(20), last_name varchar(60) DEFAULT 'x, y', first_name text,\n dob date,\n PRIMARY KEY (id)\n);\nINSERT INTO dbo.Patients VALUES ${ROWS};`,
    ],
    [
      'row by row',
      ROWS.split(',\n')
        .map((row) => `INSERT INTO patients ${COLUMNS} VALUES ${row};\n`)
        .join(''),
    ],
    ['in a line of a log', `10:11:12 DEBUG o.h.SQL - INSERT INTO patients ${COLUMNS} VALUES ${ROWS.replace('\n', '')}`],
    [
      'with prefixes and functions',
      `INSERT INTO patients ${COLUMNS} VALUES ${ROWS.replaceAll("'O", "N'O").replace("'1971-03-09'", "to_date('1971-03-09','YYYY-MM-DD')")};`,
    ],
    [
      'as rows of a copy',
      `COPY public.patients ${COLUMNS} FROM stdin;\n1\t77410293\tOkonkwo\tAdaeze\t1971-03-09\n2\t77410294\tBrandvold\tLeif\t\\N\n\\.\n`,
    ],
  ])('tells whose its values are by their columns: %s', (_how, text) => {
    expect(told(`-- dump\n${text}`)).toEqual(BOTH);
  });

  it.each([
    [
      'update',
      "UPDATE patients\n   SET surname = 'O''Hara', phone = '617-555-0148'\n WHERE mrn = 77410293;",
      ["name O'Hara", 'phone 617-555-0148', 'mrn 77410293'],
    ],
    [
      'procedure',
      "EXEC dbo.usp_Add @LastName=N'Brandvold', @DOB='19581130', @MRN = 77410293",
      ['name Brandvold', 'date 19581130', 'mrn 77410293'],
    ],
    [
      'query',
      "SELECT id FROM pat WHERE last_name = 'Brandvold' AND dob = DATE('1958-11-30') AND x = 1",
      ['name Brandvold', 'date 1958-11-30'],
    ],
    ['deletion', 'DELETE FROM pat WHERE "last_name" LIKE \'Brandvold%\';', ['name Brandvold']],
    [
      'single row',
      `INSERT INTO patients ${COLUMNS} VALUES (1, '77410293', 'Okonkwo', 'Adaeze', NULL);`,
      ['mrn 77410293', 'name Okonkwo', 'name Adaeze'],
    ],
  ])('tells whose its values are by what they are set to: %s', (_how, text, values) => {
    expect(told(text)).toEqual(values.map((value) => expect.stringMatching(new RegExp(`^${value}%?$`))));
  });

  it('has values with quotes, backslashes and breaks in them, each in its place', () => {
    const text = `INSERT INTO p (mrn, last_name, note) VALUES ('7741-0293', 'O\\'Hara', 'C:\\\\x said "no", Pt. Leif Brandvold'), ('7741-0294', 'D''Arcy', 'two\nlines');\n`;
    const found = findingsIn(text).filter(({ path }) => path.includes('csv'));
    expect(found.map(({ text: value, bytes }) => [value, bytes])).toEqual(
      expect.arrayContaining([
        ["O'Hara", "O\\'Hara"],
        ["D'Arcy", "D''Arcy"],
        ['7741-0294', '7741-0294'],
        ['Leif Brandvold', 'Leif Brandvold'],
      ]),
    );
  });

  it.each([
    ['prose', 'Please insert into the record that the patient = "Leif", and update the set. Select one from the list.'],
    ['one that does not close', "INSERT INTO p (a, b) VALUES ('x"],
    ['one without values', 'INSERT INTO p (a, b) SELECT a, b FROM q;'],
    ['one of nothing', 'INSERT INTO p () VALUES ();\nCOPY x () FROM stdin;\n\\.\nUPDATE p\nSET;'],
  ])('is left to the text where it tells nothing: %s', (_how, text) => {
    expect(told(text)).toEqual([]);
  });

  it('costs what its size does, however many begin and tell nothing', () => {
    // Each would be read with all lines behind it, were nobody counting; the test would not come back.
    for (const line of [
      'UPDATE a SET ',
      'UPDATE a SET b\n',
      'INSERT INTO p SELECT 1;\n',
      "INSERT INTO p (a) VALUES ('\n",
      '/* SELECT a FROM ',
      'COPY p (a\n',
      'CREATE TABLE p (',
      'CREATE TABLE p (\n',
      'CREATE TABLE p (a int)\n',
    ])
      expect(parseBody({ bytes: Buffer.from(line.repeat(8_000)), elided: [] })).toHaveLength(1);
  });

  it('never throws, and each value that it tells is in the body as it is', () => {
    const word = fc.string({ unit: fc.constantFrom(...'aZé\'"\\,;()\n\t1 N'), maxLength: 12 });
    const literal = word.map((value) => `'${value}'`);
    const row = fc
      .array(fc.oneof(literal, fc.constantFrom('NULL', '1', "f('x')", '')), { maxLength: 4 })
      .map((cells) => `(${cells.join(',')})`);
    fc.assert(
      fc.property(
        fc.constantFrom('INSERT INTO p (mrn, last_name) VALUES ', 'UPDATE p SET a = ', 'COPY p (mrn) FROM stdin;\n'),
        fc.array(row, { maxLength: 4 }),
        (begins, rows) => {
          const body = Buffer.from(`${begins}${rows.join(',')};`);
          for (const parsed of parseBody({ bytes: body, elided: [] })) {
            const { leaves } = parsed;
            for (let leaf = leaves.own ?? leaves.count; leaf < leaves.count; leaf++) {
              const text = leaves.text(leaf);
              if (!/^[aZ1N]+$/.test(text) || !leaves.path(leaf).includes('csv[')) continue;
              const span = leaves.spanOf(leaf, 0, text.length);
              if (span !== null) expect(body.toString('utf8', span.start, span.end)).toBe(text);
            }
          }
        },
      ),
    );
  });
});
