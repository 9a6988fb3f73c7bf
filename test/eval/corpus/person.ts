import type { Random } from '../../../src/demo/random.ts';
import type { Locale, Vocabulary } from '../vocabulary/vocabulary.ts';
import { withoutAccents } from './charsets.ts';
import { hasMonths, randomDay } from './dates.ts';
import * as number from './numbers.ts';

/** Everybody of one message. */
export interface Scene {
  readonly locale: Locale;
  readonly language: string;
  readonly region: string;
  readonly patient: Person;
  readonly relative: Person;
  /** HL7 table 0063 and the word for it. */
  readonly relation: readonly [code: string, word: string];
  readonly doctor: Staff;
  readonly nurse: Staff;
  readonly hospital: string;
  readonly employer: string;
  /** `YYYYMMDD` of admission, visit and discharge. */
  readonly admitted: string;
  readonly seen: string;
  readonly discharged: string;
}

export interface Staff {
  readonly given: string;
  readonly family: string;
  readonly npi: string;
}

export interface Person {
  readonly family: string;
  readonly given: string;
  /** One letter or a name; may be empty. */
  readonly middle: string;
  readonly nickname: string;
  readonly sex: 'F' | 'M';
  /** `YYYYMMDD` */
  readonly born: string;
  readonly mrn: string;
  readonly account: string;
  readonly ssn: string;
  readonly nationalId: string;
  readonly healthPlan: string;
  readonly license: string;
  readonly plate: string;
  readonly vin: string;
  readonly phone: string;
  readonly fax: string;
  readonly email: string;
  readonly street: string;
  readonly city: string;
  /** State or county; may be empty. */
  readonly state: string;
  readonly zip: string;
  readonly portal: string;
  readonly ip: string;
  readonly implant: string;
  readonly biometric: string;
  readonly photo: string;
  readonly study: string;
}

const RELATIONS = [
  ['SPO', 'wife'],
  ['SPO', 'husband'],
  ['CHD', 'daughter'],
  ['CHD', 'son'],
  ['SIB', 'sister'],
  ['PAR', 'mother'],
  ['GRD', 'guardian'],
] as const;

/** About a third of real traffic's names are not of the country's language; most locales are American, as the feeds are. */
export function pickLocale(random: Random, vocabulary: Vocabulary): Locale {
  const home = vocabulary.locales[0];
  return home !== undefined && random.chance(0.5) ? home : random.pick(vocabulary.locales);
}

export function createScene(random: Random, vocabulary: Vocabulary, locale = pickLocale(random, vocabulary)): Scene {
  const [code = '', region = ''] = locale.code.split('-');
  const patient = createPerson(random, vocabulary, locale);
  const other = createPerson(random, vocabulary, locale);
  const admitted = randomDay(random, 2023, 2026);
  return {
    locale,
    language: hasMonths(code) ? code : 'en',
    region,
    patient,
    relative: random.chance(0.6) ? { ...other, family: patient.family } : other,
    relation: random.pick(RELATIONS),
    doctor: createStaff(random, vocabulary),
    nurse: createStaff(random, vocabulary),
    hospital: random.pick(vocabulary.hospitals),
    employer: random.pick(vocabulary.employers),
    admitted,
    seen: laterBy(admitted, random.int(0, 5)),
    discharged: laterBy(admitted, random.int(3, 9)),
  };
}

function createStaff(random: Random, vocabulary: Vocabulary): Staff {
  const [given, family] = random.pick(vocabulary.staff);
  return { given, family, npi: number.npi(random) };
}

function laterBy(day: string, days: number): string {
  const date = new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(4, 6)) - 1, Number(day.slice(6)) + days));
  return date.toISOString().slice(0, 10).replaceAll('-', '');
}

function createPerson(random: Random, vocabulary: Vocabulary, locale: Locale): Person {
  const sex = random.chance(0.5) ? 'F' : 'M';
  const given = random.pick(sex === 'F' ? locale.female : locale.male);
  const family = random.pick(locale.families);
  const born = randomDay(random, random.chance(0.1) ? 1926 : 1935, random.chance(0.2) ? 2022 : 2004);
  const [city, state, zip] = random.pick(locale.cities);
  const mrn = createMrn(random);
  const login = `${ascii(given)}.${ascii(family)}`;
  return {
    family,
    given,
    middle: random.chance(0.6) ? random.pick([...'ABCDEFGHJKLMNPRSTW']) : '',
    nickname: vocabulary.nicknames[given] ?? '',
    sex,
    born,
    mrn,
    account: `${random.pick(['', 'V', 'AC', 'E'])}${number.digits(random, random.int(8, 11))}`.replace(/^0/, '7'),
    ssn: number.ssn(random),
    nationalId: nationalId(random, locale, born, sex),
    healthPlan: random.chance(0.4)
      ? number.mbi(random, random.chance(0.5))
      : `${random.pick(['XYZ', 'WQA', 'H', 'BCB'])}${number.digits(random, 9)}`,
    license: `${random.pick([...'ADKMW'])}${number.digits(random, 7)}`,
    plate: `${random.pick(['KDL', 'BRT', 'XAV'])} ${number.digits(random, 4)}`,
    vin: number.vin(random),
    phone: number.fillPattern(random, random.pick(locale.phones)),
    fax: number.fillPattern(random, random.pick(locale.phones)),
    email: `${random.chance(0.5) ? login : `${ascii(given).slice(0, 1)}${ascii(family)}${random.int(50, 99)}`}@${random.pick(vocabulary.mailHosts)}`,
    street: random.pick(locale.streets).replace('#', String(random.int(2, 4999))),
    city,
    state,
    zip,
    portal: `https://portal.${random.pick(vocabulary.mailHosts)}/records/${random.chance(0.5) ? mrn : number.digits(random, 8)}`,
    ip: `${random.pick(['203.0.113', '198.51.100', '10.44.7'])}.${random.int(2, 250)}`,
    implant: `${random.pick(['PJN', 'RV', 'SN-', 'BLC'])}${number.digits(random, 6)}${random.pick(['H', 'S', 'K'])}`,
    biometric: `${random.pick(['FP', 'IRIS', 'VP'])}-${number.digits(random, 6)}`,
    photo: `IMG_${number.digits(random, 4)}.jpg`,
    study: `${random.pick(['ABX', 'HRT', 'ONC'])}-${number.digits(random, 4)}-${number.digits(random, 3)}`,
  };
}

function createMrn(random: Random): string {
  const shape = random.int(0, 5);
  if (shape === 0) return `MR${number.digits(random, 7)}`;
  if (shape === 1) return `E${random.int(1, 9)}${number.digits(random, 9)}`;
  if (shape === 2)
    return `${number.digits(random, 3)}-${number.digits(random, 2)}-${number.digits(random, 3)}`.replace(/^0/, '4');
  return `${random.int(1, 9)}${number.digits(random, random.int(5, 8))}`;
}

function nationalId(random: Random, { nationalId: kind }: Locale, born: string, sex: 'F' | 'M'): string {
  switch (kind) {
    case 'ssn':
      return number.ssn(random);
    case 'nhs':
      return number.nhs(random);
    case 'chi':
      return number.chi(random, born);
    case 'steuer-id':
      return number.steuerId(random);
    case 'insee':
      return number.insee(random, born, sex);
    case 'dni':
      return number.dni(random);
    case 'bsn':
      return number.bsn(random);
    case 'pesel':
      return number.pesel(random, born);
    case 'personnummer':
      return number.personnummer(random, born);
    case 'none':
      return '';
  }
}

/** Letters as a mail address or a file name has them. */
export function ascii(text: string): string {
  return withoutAccents(text)
    .replace(/[^A-Za-z0-9]/g, '')
    .toLowerCase();
}
