import { AREA_CODES, FAMILY_NAMES, FEMALE_NAMES, MALE_NAMES, PLACES, STAFF_NAMES, STREETS } from './names.ts';
import { createRandom, type Random } from './random.ts';

/** Every person here is made up; none of it was read from anywhere. */
export interface PersonName {
  readonly family: string;
  readonly given: string;
}

export interface Relative extends PersonName {
  /** HL7 table 0063: `SPO`, `CHD`, `SIB`. */
  readonly relationship: string;
  /** `(312) 555-0142` */
  readonly phone: string;
}

export interface Patient extends PersonName {
  readonly sex: 'F' | 'M';
  /** `YYYYMMDD` */
  readonly birthDate: string;
  /** `HM` and seven digits. */
  readonly mrn: string;
  /** `899-12-3456`: area 800–899, which a validator accepts and which was never issued before 2011. */
  readonly ssn: string;
  readonly account: string;
  readonly healthPlan: string;
  readonly phone: string;
  readonly email: string;
  readonly street: string;
  readonly city: string;
  readonly state: string;
  readonly zip: string;
  readonly relative: Relative;
}

export interface Staff extends PersonName {
  /** Ten digits, as an NPI is; the check digit is not made to fit. */
  readonly number: string;
  readonly title: string;
}

export interface People {
  readonly patients: readonly Patient[];
  readonly staff: readonly Staff[];
}

const PATIENTS = 240;

/** The hospital's switchboard: a facility's number, which nobody must take for a patient's. */
export const SWITCHBOARD = '(312) 555-0100';

/** The demo's patients, each with a relative, and its staff. The same seed gives the same people. */
export function createPeople(seed: number): People {
  const random = createRandom(seed, 'people');
  const taken = new Set<string>();
  return {
    patients: Array.from({ length: PATIENTS }, (_, number) => createPatient(random, number, taken)),
    staff: STAFF_NAMES.map(([title, given, family], number) => ({
      family,
      given,
      title,
      number: `17${String(40_350_101 + number * 7_919_113).slice(0, 8)}`,
    })),
  };
}

function createPatient(random: Random, number: number, taken: Set<string>): Patient {
  const sex = random.chance(0.5) ? 'F' : 'M';
  const upper = random.chance(0.4);
  const name = uniqueName(random, sex === 'F' ? FEMALE_NAMES : MALE_NAMES, upper, taken);
  const [city, state, zip] = random.pick(PLACES);
  return {
    ...name,
    sex,
    birthDate: birthDate(random),
    // Steps coprime to the range keep numbers apart without a table of those taken.
    mrn: `HM${digits(4_000_000 + ((number * 12_347) % 999_983), 7)}`,
    ssn: `${random.int(800, 899)}-${digits(random.int(1, 99), 2)}-${digits(1 + ((number * 3_571) % 9_973), 4)}`,
    account: `AC${digits(70_000_000 + ((number * 86_413) % 9_999_991), 8)}`,
    healthPlan: `WXQ${digits(300_000_000 + ((number * 7_654_321) % 99_999_989), 9)}`,
    phone: phone(random),
    email: `${plain(name.given)}.${plain(name.family)}${number}@mail.example`,
    street: `${random.int(1000, 9899)} ${random.pick(STREETS)}`,
    city,
    state,
    zip,
    relative: {
      family: name.family,
      given: cased(random.pick(random.chance(0.5) ? FEMALE_NAMES : MALE_NAMES), upper),
      relationship: random.pick(['SPO', 'CHD', 'SIB']),
      phone: phone(random),
    },
  };
}

function uniqueName(random: Random, givenNames: readonly string[], upper: boolean, taken: Set<string>): PersonName {
  for (;;) {
    const family = random.pick(FAMILY_NAMES);
    const given = random.pick(givenNames);
    const key = `${family} ${given}`;
    if (taken.has(key)) continue;
    taken.add(key);
    return { family: cased(family, upper), given: cased(given, upper) };
  }
}

function cased(name: string, upper: boolean): string {
  return upper ? name.toUpperCase() : name;
}

function birthDate(random: Random): string {
  return `${random.int(1934, 2012)}${digits(random.int(1, 12), 2)}${digits(random.int(2, 28), 2)}`;
}

/** 555-0100 to 555-0199 are set aside for fiction; the switchboard has the first. */
function phone(random: Random): string {
  return `(${random.pick(AREA_CODES)}) 555-01${digits(random.int(10, 99), 2)}`;
}

function digits(value: number, width: number): string {
  return String(value).padStart(width, '0');
}

function plain(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/[^A-Za-z]/g, '')
    .toLowerCase();
}
