import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { fieldsPage } from '../../scripts/generate-hl7-fields.ts';
import { reasonOf } from '../../scripts/hl7-field-reasons.ts';
import { shippedPacks } from '../support/rules.ts';

const page = readFileSync('docs/hl7v2-fields.md', 'utf8');

/** The last cell of a field's row. */
function said(field: string): string {
  const row = page.split('\n').find((line) => line.startsWith(`| ${field} |`)) ?? '';
  return row.split(' | ').at(-1)?.replace(/ \|$/, '') ?? '';
}

test('docs/hl7v2-fields.md is what the packs say (node scripts/generate-hl7-fields.ts writes it)', () => {
  expect(page).toBe(fieldsPage());
});

test('each rule of hl7v2-phi-fields claims some field of the page', () => {
  const types = ['CNN', 'CNS', 'NDL', 'PI', 'PCF', 'QIP', 'RP'];
  const rules = shippedPacks().find(({ name }) => name === 'hl7v2-phi-fields')?.rules ?? [];
  // Types that only OBX-2 or a query can name have no field of their own.
  const placed = rules.filter(({ scope }) => scope?.paths !== undefined || scope?.types?.some((type) => !types.includes(type)));
  expect(placed.map(({ id }) => id).filter((id) => !page.includes(`\`${id}\``))).toEqual([]);
});

test.each([
  ['PID-5', '1, 2, 3, 15: `hipaa.name` patient; 10, 12, 13: `hl7.validity-date` patient'],
  ['PRT-20', '`hipaa.device-id` equipment'],
  ['RXD-19', '`hl7.facility-date` facility'],
  ['EVN-2', '*clock of a system, no date of a person*'],
])('%s', (field, expected) => {
  expect(said(field)).toBe(expected);
});

test('what nobody has decided has no reason', () => {
  expect(reasonOf('PID-3', 'CX', 1)).toBeNull();
  expect(reasonOf('ORC-21', 'XON', 3)).toBe('number of an organization that is nobody’s employer');
});
