import type { Patient, PersonName } from '../../src/demo/people.ts';

/** Shorter ones are found anywhere by chance. */
const SHORTEST = 6;

/**
 * Every identifier of the demo's patients and their relatives, in the forms in which systems write them: what must be nowhere in
 * anything that a run leaves behind.
 */
export function plantedValues(patients: readonly Patient[]): string[] {
  const values = new Set<string>();
  for (const patient of patients) {
    const { relative, mrn, ssn, account, healthPlan, email, street } = patient;
    for (const value of [...nameForms(patient), ...nameForms(relative)]) values.add(value);
    for (const value of [...dateForms(patient.birthDate), ...phoneForms(patient.phone), ...phoneForms(relative.phone)])
      values.add(value);
    for (const value of [mrn, ssn, ssn.replaceAll('-', ''), account, healthPlan, email, street, street.toUpperCase()])
      values.add(value);
  }
  return [...values].filter((value) => value.length >= SHORTEST);
}

function nameForms({ family, given }: PersonName): string[] {
  return [family, given].flatMap((name) => [name, name.toUpperCase(), name.toLowerCase(), titled(name)]);
}

function titled(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1).toLowerCase();
}

function dateForms(birthDate: string): string[] {
  const [year, month, day] = [birthDate.slice(0, 4), birthDate.slice(4, 6), birthDate.slice(6)];
  return [birthDate, `${year}-${month}-${day}`, `${month}/${day}/${year}`];
}

/** The area code alone is a place; the whole number is somebody's. */
function phoneForms(phone: string): string[] {
  return [phone, phone.replace(/[^0-9]/g, ''), phone.replace(/\((\d+)\) /, '$1-')];
}
