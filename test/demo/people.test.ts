import { describe, expect, test } from 'vitest';
import { FAMILY_NAMES, FEMALE_NAMES, MALE_NAMES, STAFF_NAMES } from '../../src/demo/names.ts';
import { createPeople, SWITCHBOARD } from '../../src/demo/people.ts';

const { patients, staff } = createPeople(1);

describe('synthetic people', () => {
  test('numbers and names are each one person’s', () => {
    const keys = patients.flatMap(({ mrn, ssn, account, healthPlan, email }) => [mrn, ssn, account, healthPlan, email]);
    expect(new Set(keys).size).toBe(keys.length);
    const names = patients.map(({ family, given }) => `${family}^${given}`.toUpperCase());
    expect(new Set(names).size).toBe(names.length);
  });

  test.each(patients.slice(0, 40))('$mrn has values that validators accept', (patient) => {
    expect(patient.ssn).toMatch(/^8\d\d-(?!00)\d\d-(?!0000)\d{4}$/);
    expect(patient.phone).toMatch(/^\(\d{3}\) 555-01[1-9]\d$/);
    expect(patient.relative.phone).not.toBe(SWITCHBOARD);
    expect(
      Number.isNaN(Date.parse(`${patient.birthDate.slice(0, 4)}-${patient.birthDate.slice(4, 6)}-${patient.birthDate.slice(6)}`)),
    ).toBe(false);
  });

  test('names come in capitals, with diacritics, apostrophes and hyphens', () => {
    const families = patients.map(({ family }) => family);
    for (const form of [/^[A-Z]+$/, /[^\p{ASCII}]/u, /'/, /-/, / /]) expect(families.some((name) => form.test(name))).toBe(true);
  });

  test('staff shares no name with patients, and every name is long enough to be looked for', () => {
    const names = [...FAMILY_NAMES, ...FEMALE_NAMES, ...MALE_NAMES];
    for (const [, given, family] of STAFF_NAMES) {
      expect(names).not.toContain(given);
      expect(names).not.toContain(family);
    }
    expect(names.filter((name) => name.length < 6)).toEqual([]);
    expect(staff.every(({ number }) => /^\d{10}$/.test(number))).toBe(true);
  });
});
