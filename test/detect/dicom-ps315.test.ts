import { describe, expect, it } from 'vitest';
import { CATEGORIES, SUBJECTS } from '../../src/core/vocabulary.ts';
import type { Attribute } from '../../src/detect/attribute.ts';
import { shippedPacks } from '../support/rules.ts';

const table: readonly Attribute[] = shippedPacks().find(({ name }) => name === 'dicom-ps3.15')?.attributes ?? [];
const rowOf = (tag: string): Attribute | undefined => table.find((row) => row.tag === tag);

function countBy(value: (row: Attribute) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const row of table) counts[value(row)] = (counts[value(row)] ?? 0) + 1;
  return counts;
}

/** PS3.15 2024e, Table E.1-1. */
describe('the table of dicom-ps3.15', () => {
  it('has every row, four of them of repeating or private groups', () => {
    expect(table).toHaveLength(621);
    expect(table.filter(({ tag }) => /x|odd/.test(tag)).map(({ tag }) => tag)).toEqual([
      '(50xx,xxxx)',
      '(60xx,3000)',
      '(60xx,4000)',
      '(odd,xxxx)',
    ]);
  });

  it('has the actions of the Basic Profile', () => {
    expect(countBy(({ action }) => action)).toEqual({
      X: 384,
      D: 92,
      U: 54,
      Z: 42,
      'X/D': 22,
      'X/Z': 11,
      'X/Z/D': 8,
      'Z/D': 6,
      'X/Z/U*': 2,
    });
  });

  it('has the ten option columns', () => {
    const options = table.flatMap((row) => Object.entries(row.options ?? {}).map(([option]) => option));
    const counts: Record<string, number> = {};
    for (const option of options) counts[option] = (counts[option] ?? 0) + 1;
    expect(counts).toEqual({
      'retain-safe-private': 1,
      'retain-uids': 59,
      'retain-device': 57,
      'retain-institution': 10,
      'retain-patient': 13,
      'retain-full-dates': 165,
      'modify-dates': 165,
      'clean-descriptors': 125,
      'clean-structured-content': 3,
      'clean-graphics': 4,
    });
  });

  it('says of every row what and whose it is', () => {
    for (const { category, subject } of table) {
      expect(CATEGORIES).toContain(category);
      expect(SUBJECTS).toContain(subject);
    }
    expect(table.filter(({ category }) => category === 'unexamined')).toEqual([]);
  });

  it('makes no finding of the presence of a UID, a sequence, a time of day or a private element', () => {
    const quiet = table.filter(({ action, name }) => action === 'U' || /Sequence|\bUID\b|(?<!Date)\bTime$/.test(name));
    expect(quiet.length).toBeGreaterThan(150);
    // (0040,E004) is a DT, whatever its name.
    expect(quiet.filter(({ finds }) => finds !== 'never').map(({ tag }) => tag)).toEqual(['(0040,E004)']);
    expect(rowOf('(odd,xxxx)')?.finds).toBe('never');
  });

  it.each<[string, Attribute['category'], Attribute['subject'], Attribute['finds']]>([
    ['(0010,0010)', 'name', 'patient', 'always'],
    ['(0010,0020)', 'mrn', 'patient', 'always'],
    ['(0010,0030)', 'date', 'patient', 'always'],
    ['(0010,0040)', 'unique-id', 'patient', 'never'],
    ['(0010,1010)', 'age', 'patient', 'always'],
    ['(0010,1060)', 'name', 'relative', 'always'],
    ['(0010,2154)', 'phone', 'patient', 'always'],
    ['(0010,4000)', 'narrative', 'patient', 'deidentified'],
    ['(0008,0020)', 'date', 'patient', 'always'],
    ['(0008,0030)', 'date', 'patient', 'never'],
    ['(0008,0050)', 'unique-id', 'patient', 'always'],
    ['(0008,0080)', 'name', 'facility', 'always'],
    ['(0008,0090)', 'name', 'provider', 'always'],
    ['(0008,1010)', 'device-id', 'equipment', 'always'],
    ['(0008,1030)', 'narrative', 'patient', 'never'],
    ['(0018,1000)', 'device-id', 'equipment', 'always'],
    ['(0018,1200)', 'date', 'equipment', 'always'],
    ['(0020,000D)', 'unique-id', 'unknown', 'never'],
    ['(0040,A123)', 'name', 'unknown', 'always'],
    ['(60xx,4000)', 'narrative', 'patient', 'deidentified'],
  ])('%s is %s of %s, %s', (tag, category, subject, finds) => {
    expect(rowOf(tag)).toMatchObject({ category, subject, finds });
  });
});
