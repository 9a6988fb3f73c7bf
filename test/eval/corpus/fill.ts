import type { Category, Subject } from '../../../src/core/vocabulary.ts';
import { monthName, randomDay, writeDate } from './dates.ts';
import { TRAIN_TOKENS } from './fill-train.ts';
import type { Filling, Writer } from './filling.ts';
import type { Kind, Meaning } from './label.ts';
import { dea, digits, udi } from './numbers.ts';
import type { Scene } from './person.ts';

/** Replaces `{token}` by marked values. Throws RangeError for a token that is not known. */
export function fill(template: string, filling: Filling): string {
  const writer = createWriter(filling);
  return template.replace(/\{([A-Za-z0-9]+)\}/g, (_, token: string) => {
    const write = TOKENS[token] ?? (filling.split === 'train' ? TRAIN_TOKENS[token] : undefined);
    if (write === undefined) throw new RangeError(`a template asks for {${token}}, which nothing fills`);
    return write(writer);
  });
}

function createWriter(filling: Filling): Writer {
  const { sheet, scene, random, split } = filling;
  const meaning = (category: Category, subject: Subject, kind: Kind, optional = false): Meaning => ({
    category,
    subject,
    kind: filling.kind ?? kind,
    ...(optional ? { optional } : {}),
  });
  return {
    ...filling,
    patient: scene.patient,
    own: (category, text) => sheet.mark(text, meaning(category, 'patient', filling.known.has(category) ? 'echo' : 'text')),
    other: (category, subject, text, optional) => sheet.mark(text, meaning(category, subject, 'text', optional)),
    day: (day) => writeDate(random, split, scene.language, scene.region, day),
  };
}

const upper = (text: string): string => text.toLocaleUpperCase('en');
const ordinal = (day: number): string =>
  `${day}${day === 1 || day === 21 ? 'st' : day === 2 || day === 22 ? 'nd' : day === 3 || day === 23 ? 'rd' : 'th'}`;

function spoken(language: string, day: string): string {
  return `${monthName(language, day.slice(4, 6)).toLowerCase()} ${ordinal(Number(day.slice(6)))} ${day.slice(0, 4)}`;
}

/** Full years at the visit. */
export function ageOf({ patient, seen }: Scene): number {
  return Math.floor((Number(seen) - Number(patient.born)) / 10_000);
}

function ageText(writer: Writer, age: number, suffix: string): string {
  return (age > 89 ? writer.other('age', 'patient', String(age)) : String(age)) + suffix;
}

const over89 = ({ random }: Writer): number => random.int(90, 103);
const title = ({ patient, random }: Writer): string => (patient.sex === 'M' ? 'Mr.' : random.pick(['Mrs.', 'Ms.']));
const nick = ({ patient }: Writer): string => (patient.nickname === '' ? patient.given : patient.nickname);
const middle = ({ patient }: Writer): string => (patient.middle === '' ? '' : ` ${patient.middle}.`);
const relWord = ({ scene }: Writer): string => scene.relation[1];
const staff = (writer: Writer, text: string): string => writer.other('name', 'provider', text);
const relative = (writer: Writer, text: string): string => writer.other('name', 'relative', text);

const TOKENS: Readonly<Record<string, (writer: Writer) => string>> = {
  name: (w) => w.own('name', `${w.patient.given} ${w.patient.family}`),
  nameM: (w) => w.own('name', `${w.patient.given}${middle(w)} ${w.patient.family}`),
  NAME: (w) => w.own('name', upper(`${w.patient.given} ${w.patient.family}`)),
  lastFirst: (w) => w.own('name', `${w.patient.family}, ${w.patient.given}`),
  LASTFIRST: (w) => w.own('name', upper(`${w.patient.family}, ${w.patient.given}${middle(w).replace('.', '')}`)),
  last: (w) => w.own('name', w.patient.family),
  LAST: (w) => w.own('name', upper(w.patient.family)),
  first: (w) => w.own('name', w.patient.given),
  FIRST: (w) => w.own('name', upper(w.patient.given)),
  nick: (w) => w.own('name', nick(w)),
  rel: (w) => relative(w, `${w.scene.relative.given} ${w.scene.relative.family}`),
  REL: (w) => relative(w, upper(`${w.scene.relative.given} ${w.scene.relative.family}`)),
  relFirst: (w) => relative(w, w.scene.relative.given),
  RELFIRST: (w) => relative(w, upper(w.scene.relative.given)),
  relPhone: (w) => w.other('phone', 'relative', w.scene.relative.phone),
  relword: relWord,
  relword2: (w) => (w.patient.sex === 'M' ? 'husband' : 'wife'),
  RELWORD: (w) => upper(relWord(w)),
  doc: (w) => staff(w, `${w.scene.doctor.given} ${w.scene.doctor.family}`),
  docLast: (w) => staff(w, w.scene.doctor.family),
  DOCLAST: (w) => staff(w, upper(w.scene.doctor.family)),
  docGiven: (w) => staff(w, w.scene.doctor.given),
  docEmail: (w) =>
    w.other(
      'email',
      'provider',
      `${w.scene.doctor.given.slice(0, 1)}${w.scene.doctor.family}@${hospitalHost(w)}`.toLowerCase(),
      true,
    ),
  nurse: (w) => staff(w, `${w.scene.nurse.given} ${w.scene.nurse.family}`),
  NURSE: (w) => staff(w, upper(`${w.scene.nurse.given.slice(0, 1)}. ${w.scene.nurse.family}`)),
  Title: title,
  TITLE: (w) => upper(title(w)),
  TitleDe: (w) => (w.patient.sex === 'M' ? w.random.pick(['Herrn', 'Herr']) : 'Frau'),
  TitleFr: (w) => (w.patient.sex === 'M' ? w.random.pick(['M.', 'Monsieur']) : w.random.pick(['Mme', 'Madame'])),
  TitleNl: (w) => (w.patient.sex === 'M' ? 'Dhr.' : 'Mevr.'),
  sexword: (w) =>
    w.patient.sex === 'M' ? w.random.pick(['man', 'male', 'gentleman']) : w.random.pick(['woman', 'female', 'lady']),
  sexletter: (w) => w.patient.sex,
  PRON: (w) => (w.patient.sex === 'M' ? 'He' : 'She'),
  posspron: (w) => (w.patient.sex === 'M' ? 'his' : 'her'),
  dob: (w) => w.own('date', w.day(w.patient.born)),
  dobRel: (w) => w.other('date', 'relative', w.day(w.scene.relative.born)),
  dobSpoken: (w) => w.own('date', spoken(w.scene.language, w.patient.born)),
  dateSpoken: (w) => w.other('date', 'patient', spoken(w.scene.language, w.scene.seen)),
  date: (w) => w.other('date', 'patient', w.day(randomDay(w.random, 2022, 2026))),
  admitted: (w) => w.other('date', 'patient', w.day(w.scene.admitted)),
  discharged: (w) => w.other('date', 'patient', w.day(w.scene.discharged)),
  dateShort: (w) => w.other('date', 'patient', `${Number(w.scene.seen.slice(4, 6))}/${Number(w.scene.seen.slice(6))}`),
  monthYear: (w) =>
    w.other('date', 'patient', `${monthName(w.scene.language, w.scene.seen.slice(4, 6))} ${w.scene.seen.slice(0, 4)}`),
  ageyo: (w) => ageText(w, ageOf(w.scene), w.random.pick(['-year-old', ' year old', 'yo', ' y/o'])),
  age90yo: (w) => ageText(w, over89(w), w.random.pick(['-year-old', ' year old', ' yo'])),
  age90: (w) => ageText(w, over89(w), ''),
  street: (w) => w.own('street', w.patient.street),
  city: (w) => w.own('geo', w.patient.city),
  zip: (w) => w.own('geo', w.patient.zip),
  cityLine: (w) =>
    `${w.own('geo', w.patient.city)}, ${w.patient.state === '' ? '' : `${w.patient.state} `}${w.own('geo', w.patient.zip)}`,
  phone: (w) => w.own('phone', w.patient.phone),
  fax: (w) => w.other('fax', 'provider', w.patient.fax),
  email: (w) => w.own('email', w.patient.email),
  mrn: (w) => w.own('mrn', w.patient.mrn),
  account: (w) => w.own('account', w.patient.account),
  ssn: (w) => w.own('ssn', w.patient.ssn),
  healthPlan: (w) => w.own('health-plan', w.patient.healthPlan),
  nationalId: (w) => nationalId(w),
  license: (w) => w.other('license', 'patient', w.patient.license),
  plate: (w) => w.other('vehicle', 'patient', w.patient.plate),
  vin: (w) => w.other('vehicle', 'patient', w.patient.vin),
  implant: (w) => w.other('device-id', 'patient', w.patient.implant),
  portal: (w) => w.other('url', 'patient', w.patient.portal),
  ip: (w) => w.other('ip-address', 'patient', w.patient.ip),
  biometric: (w) => w.other('biometric', 'patient', w.patient.biometric),
  photo: (w) => w.other('photo', 'patient', w.patient.photo),
  study: (w) => w.other('unique-id', 'patient', w.patient.study),
  employer: (w) => w.other('name', 'employer', w.scene.employer),
  hospital: (w) => w.other('name', 'facility', w.scene.hospital, true),
  deskEmail: (w) =>
    w.other('email', 'facility', `${w.random.pick(['billing', 'frontdesk', 'records'])}@${hospitalHost(w)}`, true),
  npi: (w) => w.other('unique-id', 'provider', w.scene.doctor.npi, true),
  dea: (w) => w.other('license', 'provider', dea(w.random), true),
  udi: (w) => w.other('device-id', 'patient', udi(w.random)),
  accession: (w) => w.other('unique-id', 'patient', `S${w.random.int(20, 26)}-${digits(w.random, 5)}`, true),
};

function hospitalHost({ scene }: Writer): string {
  return `${scene.hospital.toLowerCase().replace(/[^a-z]+/g, '')}.example`;
}

/** National numbers stand for several HIPAA categories at once; any of them is right. */
function nationalId({ sheet, scene, kind }: Writer): string {
  return sheet.mark(scene.patient.nationalId, {
    category: scene.locale.nationalId === 'ssn' ? 'ssn' : 'unique-id',
    also: ['ssn', 'mrn', 'health-plan', 'unique-id'],
    subject: 'patient',
    kind: kind ?? 'text',
  });
}
