import { describe, expect, it } from 'vitest';
import type { Attribute } from '../../src/detect/attribute.ts';
import { attributeRule, attributeRuleId } from '../../src/detect/attribute-rule.ts';

const row = (change: Partial<Attribute> = {}): Attribute => ({
  tag: '(0010,0010)',
  name: "Patient's Name",
  action: 'Z',
  subject: 'patient',
  category: 'name',
  finds: 'always',
  ...change,
});

describe('the rule of a row', () => {
  it.each([
    ["Patient's Name", 'x.patient-name'],
    ["Operators' Name", 'x.operators-name'],
    ['Filler Order Number / Imaging Service Request', 'x.filler-order-number-imaging-service-request'],
    ['Address (Trial)', 'x.address-trial'],
    ['X-Ray Source ID', 'x.x-ray-source-id'],
  ])('%s is called %s', (name, id) => {
    expect(attributeRuleId('x', row({ name }))).toBe(id);
  });

  it('claims the element for whom the row says', () => {
    expect(attributeRule('x', row())).toMatchObject({
      id: 'x.patient-name',
      category: 'name',
      subject: 'patient',
      severity: 'high',
      scope: { tags: ['(0010,0010)'] },
      references: ['DICOM PS3.15 Table E.1-1 (0010,0010): Z'],
    });
  });

  it.each(['never', 'deidentified'] as const)('there is none where it finds %s', (finds) => {
    expect(attributeRule('x', row({ finds }))).toBeNull();
  });

  it.each<[Partial<Attribute>, string]>([
    [{ category: 'name', subject: 'provider' }, 'low'],
    [{ category: 'device-id', subject: 'equipment' }, 'low'],
    [{ category: 'date' }, 'low'],
    [{ category: 'date', severity: 'high' }, 'high'],
    [{ category: 'mrn' }, 'high'],
    [{ category: 'geo', subject: 'unknown' }, 'medium'],
  ])('%o weighs %s', (change, severity) => {
    expect(attributeRule('x', row(change))?.severity).toBe(severity);
  });

  it.each<[Attribute['category'], string, boolean]>([
    ['name', '^^^^', true],
    ['name', 'Anonymous^Patient', true],
    ['name', 'DOE^JANE', false],
    ['name', 'PHANTOM^ACR 464', true],
    ['name', 'TEST^SERVICE', true],
    ['name', 'SIMULATOR', true],
    ['name', 'FLOOD^CO57', true],
    ['name', 'TEST^JANE', false],
    ['name', 'FLOOD^JANE', false],
    ['name', 'QA', true],
    ['mrn', 'ANON-7', true],
    ['mrn', '000000', true],
    ['mrn', 'QA', true],
    ['mrn', 'QA44712', false],
    ['mrn', '78412233', false],
    ['unique-id', '1', true],
    ['unique-id', 'CT12', true],
    ['unique-id', 'SMITH', false],
    ['unique-id', 'A9721768', false],
    ['date', '19000101', true],
    ['date', '19610215', false],
    ['age', '093D', true],
    ['age', '093Y', false],
  ])('of %s leaves out %s: %s', (category, value, expected) => {
    const patterns = attributeRule('x', row({ category }))?.exclude?.patterns ?? [];
    expect(patterns.some((source) => new RegExp(source, 'iu').test(value))).toBe(expected);
  });
});
