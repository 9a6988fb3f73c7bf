import { describe, expect, test } from 'vitest';
import { compilePacks } from '../../src/detect/compile.ts';
import { detect } from '../../src/detect/scan.ts';
import { parseBody } from '../../src/formats/registry.ts';
import { shippedPacks } from '../support/rules.ts';

const ruleset = compilePacks(shippedPacks());

/** What is found of one category, by path and text. */
function found(table: string, category: string): string[] {
  return parseBody({ bytes: Buffer.from(table), elided: [] }).flatMap((parsed) =>
    detect(parsed, ruleset).matches.flatMap(({ category: of, leaf, from, to }) =>
      of === category ? [`${parsed.leaves.path(leaf)} ${parsed.leaves.text(leaf).slice(from, to)}`] : [],
    ),
  );
}

describe('the cells of a column whose header no list has', () => {
  const rows = (column: readonly string[]) =>
    `Wha's it,Ring 'em,Hosp nr\n${column.map((name, at) => `"${name}",,LK004471${at}`).join('\n')}\n`;

  test('are names where one in four is, and what is nobody’s is not', () => {
    const table = rows(['Maria Gonzalez', 'Xzqvor Plimtree', 'Quillon Thrax (mam)', 'Test Patient', 'Ward North', 'WOLNE']);
    expect(found(table, 'name')).toEqual(['csv[2]-1 Maria Gonzalez', 'csv[3]-1 Xzqvor Plimtree', 'csv[4]-1 Quillon Thrax']);
  });

  test('stay what they are where fewer are', () => {
    const things = ['Maria Gonzalez', 'Normal Saline', 'Large Drape', 'Rigid Collar', 'Long Stylet', 'Blue Tubing'];
    expect(found(rows(things), 'name')).toEqual(['csv[2]-1 Maria Gonzalez']);
  });

  test('stay what they are in a table that says nothing of people', () => {
    const table = 'Thing,Shelf,Count,Price,Site\nMaria Gonzalez,A,1,2.50,x\nQuillon Thrax,B,2,3.50,y\nRigid Collar,C,3,4.50,z\n';
    expect(found(table, 'name')).toEqual(['csv[2]-1 Maria Gonzalez']);
  });

  test('are no physicians because one of them is', () => {
    const table = rows(['Dr. Anna Lopez', 'Maria Gonzalez', 'Quillon Thrax']);
    const subjects = parseBody({ bytes: Buffer.from(table), elided: [] }).flatMap((parsed) =>
      detect(parsed, ruleset).matches.flatMap(({ subject, leaf }) => (parsed.leaves.path(leaf) === 'csv[4]-1' ? [subject] : [])),
    );
    expect(subjects).toEqual(['unknown']);
  });

  test('are telephone numbers where those beside them are, without a code within', () => {
    const table =
      'Wha,Ring,Hosp nr\na,087 555 0133,LK0044711\nb,(061) 555 018,LK0044712\nc,0855550190,LK0044713\nd,069 555 44,LK0044714\n';
    expect(found(table, 'phone')).toEqual([
      'csv[2]-2 087 555 0133',
      'csv[3]-2 (061) 555 018',
      'csv[4]-2 0855550190',
      'csv[5]-2 069 555 44',
    ]);
    expect(found(table, 'unique-id')).toEqual([]);
  });
});

describe('a table without a header', () => {
  const row = (id: string, family: string, given: string, born: string) =>
    `${id}|XQ${id}|${family}|${given}|${born}|M|20240301|E11.9`;

  test('names whom it is about where a family and a given name stand side by side, with a sex and days decades apart', () => {
    const table = [
      row('240731182', 'ARCHULETA', 'DIONICIO', '19530214'),
      row('240731183', 'BEGAY', 'SHARON', '19790830'),
      row('240731184', 'QUORRAX', 'TRELLIN', '20110522'),
    ].join('\n');
    expect(found(table, 'name')).toEqual([
      'csv-3 ARCHULETA',
      'csv-4 DIONICIO',
      'csv[2]-3 BEGAY',
      'csv[2]-4 SHARON',
      'csv[3]-3 QUORRAX',
      'csv[3]-4 TRELLIN',
    ]);
    expect(found(table, 'date')).toContain('csv-5 19530214');
  });

  test('says nothing where the days are of one year, or no column has a sex', () => {
    const near = ['20240301', '20240305', '20240309']
      .map((day, at) => row(`24073118${at}`, `CARBON${'XYZ'[at]}`, 'Filter', day))
      .join('\n');
    expect(found(near, 'name')).toEqual([]);
    expect(found(near.replaceAll('|M|', '|kit|'), 'name')).toEqual([]);
  });
});

describe('a column of what expires', () => {
  test('has days of nobody', () => {
    const table = 'PtName,Drug,Exp,Given\nMaria Gonzalez,Dolo,2025-08-31,2024-03-01\nJuan Perez,Telma,2026-01-31,2024-03-02\n';
    expect(found(table, 'date')).toEqual(['csv[2]-4 2024-03-01', 'csv[3]-4 2024-03-02']);
  });
});
