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
