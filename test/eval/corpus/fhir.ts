import type { Category, Subject } from '../../../src/core/vocabulary.ts';
import { createRandom, type Random } from '../../../src/demo/random.ts';
import { base64Text, pdf } from './embedded.ts';
import type { Filling } from './filling.ts';
import type { CorpusFile, Split } from './label.ts';
import { createSheet, encode, labelsOf, mapText, numbersIn, utf8 } from './marks.ts';
import { digits } from './numbers.ts';
import type { Person } from './person.ts';
import { americanScene, notesOf, sceneOf } from './scene.ts';
import { cleanRemark, echoRemark, noteText, remark } from './texts.ts';

/** JSON whose strings may be marked. */
type Json = string | number | boolean | readonly Json[] | { readonly [key: string]: Json | undefined };

const IN_PATIENT: ReadonlySet<Category> = new Set(['name', 'date', 'mrn', 'phone', 'street']);

/** Writes JSON and notes the FHIRPath of every mark (indices from 0). `high`: characters outside ASCII as `\u` escapes. */
function writeJson(value: Json, path: string, paths: Map<number, string>, indent: string | null, high: boolean): string {
  const gap = indent === null ? '' : `\n${indent}  `;
  const end = indent === null ? '' : `\n${indent}`;
  const inner = indent === null ? null : `${indent}  `;
  if (typeof value === 'string') {
    for (const number of numbersIn(value)) paths.set(number, path);
    return `"${mapText(value, (text) => escapeJson(text, high))}"`;
  }
  if (typeof value !== 'object') return String(value);
  if (isList(value))
    return `[${value.map((each, index) => gap + writeJson(each, `${path}[${index}]`, paths, inner, high)).join(',')}${end}]`;
  const fields = Object.entries(value).flatMap(([key, each]) => (each === undefined ? [] : [[key, each] as const]));
  return `{${fields.map(([key, each]) => `${gap}"${key}":${indent === null ? '' : ' '}${writeJson(each, path === '' ? key : `${path}.${key}`, paths, inner, high)}`).join(',')}${end}}`;
}

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);

function escapeJson(text: string, high: boolean): string {
  const escaped = JSON.stringify(text).slice(1, -1);
  return high
    ? escaped.replace(/[^\0-\x7f]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
    : escaped;
}

interface Maker {
  readonly random: Random;
  readonly split: Split;
  readonly filling: Filling;
  mark(category: Category, subject: Subject, text: string, optional?: boolean): string;
}

const isoDay = (day: string): string => `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}`;
const instant = (m: Maker, day: string, optional = false): string =>
  m.mark('date', 'patient', `${isoDay(day)}T${String(m.random.int(10, 23))}:${String(m.random.int(10, 59))}:00Z`, optional);

function humanName(m: Maker, { family, given, middle }: Person, subject: Subject): Json {
  const whole = m.random.chance(0.3) ? m.mark('name', subject, `${given} ${family}`) : undefined;
  return {
    use: 'official',
    text: whole,
    family: m.mark('name', subject, family),
    given: [given, middle].filter((each) => each !== '').map((each) => m.mark('name', subject, each)),
  };
}

function telecom(m: Maker, person: Person, subject: Subject): Json {
  const phone = { system: 'phone', use: 'home', value: m.mark('phone', subject, person.phone) };
  return m.random.chance(0.5) ? [phone, { system: 'email', value: m.mark('email', subject, person.email) }] : [phone];
}

function address(m: Maker, person: Person, subject: Subject): Json {
  return {
    line: [m.mark('street', subject, person.street)],
    city: m.mark('geo', subject, person.city),
    state: person.state === '' ? undefined : person.state,
    postalCode: m.mark('geo', subject, person.zip),
  };
}

function patientResource(m: Maker, id: string): Json {
  const { scene } = m.filling;
  const { patient, relative } = scene;
  const ssn = { system: 'http://hl7.org/fhir/sid/us-ssn', value: m.mark('ssn', 'patient', patient.ssn) };
  const mrn = {
    use: 'usual',
    type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'MR' }] },
    system: 'urn:oid:1.2.36.146.595',
    value: m.mark('mrn', 'patient', patient.mrn),
  };
  const contact = {
    relationship: [{ text: 'Next of kin' }],
    name: humanName(m, relative, 'relative'),
    telecom: telecom(m, relative, 'relative'),
  };
  const birthPlace = {
    url: 'http://hl7.org/fhir/StructureDefinition/patient-birthPlace',
    valueAddress: { city: m.mark('geo', 'patient', patient.city) },
  };
  const narrative = `<div xmlns="http://www.w3.org/1999/xhtml"><p>${m.filling.sheet.mark(`${patient.given} ${patient.family}`, { category: 'name', subject: 'patient', kind: 'echo' })}, born ${m.filling.sheet.mark(isoDay(patient.born), { category: 'date', subject: 'patient', kind: 'echo' })}</p></div>`;
  return {
    resourceType: 'Patient',
    id,
    text: m.random.chance(0.5) ? { status: 'generated', div: narrative } : undefined,
    extension: m.random.chance(0.3) ? [birthPlace] : undefined,
    identifier: m.random.chance(0.4) ? [mrn, ssn] : [mrn],
    name: [humanName(m, patient, 'patient')],
    telecom: telecom(m, patient, 'patient'),
    gender: patient.sex === 'M' ? 'male' : 'female',
    birthDate: m.mark('date', 'patient', isoDay(patient.born)),
    address: [address(m, patient, 'patient')],
    photo: m.random.chance(0.1) ? [{ contentType: 'image/jpeg', url: photo(m, patient) }] : undefined,
    contact: m.random.chance(0.4) ? [contact] : undefined,
  };
}

/** The address of a picture is a picture's and an address. */
const photo = ({ filling }: Maker, { photo: file }: Person): string =>
  filling.sheet.mark(`https://img.example/${file}`, { category: 'photo', also: ['url'], subject: 'patient', kind: 'structured' });

function observation(m: Maker, note: string): Json {
  const { scene } = m.filling;
  return {
    resourceType: 'Observation',
    id: `obs-${m.random.int(1, 99999)}`,
    status: 'final',
    code: { coding: [{ system: 'http://loinc.org', code: '2345-7', display: 'Glucose' }] },
    subject: {
      reference: 'Patient/p1',
      display: m.random.chance(0.4)
        ? m.filling.sheet.mark(`${scene.patient.family}, ${scene.patient.given}`, {
            category: 'name',
            subject: 'patient',
            kind: 'structured',
          })
        : undefined,
    },
    effectiveDateTime: instant(m, scene.seen),
    issued: instant(m, scene.seen, true),
    performer: [{ display: m.mark('name', 'provider', `Dr. ${scene.doctor.given} ${scene.doctor.family}`) }],
    valueQuantity: { value: m.random.int(60, 300), unit: 'mg/dL' },
    note: note === '' ? undefined : [{ text: note }],
  };
}

function encounter(m: Maker): Json {
  const { scene } = m.filling;
  return {
    resourceType: 'Encounter',
    id: `enc-${m.random.int(1, 99999)}`,
    identifier: [{ system: 'urn:oid:1.2.36.146.595.9', value: m.mark('account', 'patient', digits(m.random, 8), true) }],
    status: 'finished',
    period: { start: instant(m, scene.admitted), end: instant(m, scene.discharged) },
    reasonCode: [{ text: cleanRemark(m.filling) }],
  };
}

function documentReference(m: Maker): Json {
  const { sheet } = m.filling;
  const note = m.random.pick(notesOf(m.split).notes.filter(({ language }) => language === 'en'));
  const inner = noteText(note, m.filling);
  const asPdf = m.random.chance(0.5);
  const data = asPdf
    ? pdf(sheet, inner, ATTACHMENT, m.random.chance(0.5)).toString('base64')
    : base64Text(sheet, inner, ATTACHMENT);
  return {
    resourceType: 'DocumentReference',
    id: `doc-${m.random.int(1, 99999)}`,
    status: 'current',
    date: instant(m, m.filling.scene.seen, true),
    content: [{ attachment: { contentType: asPdf ? 'application/pdf' : 'text/plain', data } }],
  };
}

function coverage(m: Maker): Json {
  const { patient } = m.filling.scene;
  return {
    resourceType: 'Coverage',
    id: 'cov1',
    status: 'active',
    subscriberId: m.mark('health-plan', 'patient', patient.healthPlan),
    beneficiary: { reference: 'Patient/p1' },
  };
}

/** The document is the fourth entry of its Bundle. */
const ATTACHMENT = 'Bundle.entry[3].resource.content[0].attachment.data';

const STYLES = ['patient', 'bundle', 'ndjson', 'contained', 'attachment'] as const;

/** A FHIR body: one resource, a Bundle, or a line for each (bulk export). */
export function fhirFile(seed: number, index: number, split: Split): CorpusFile {
  const random = createRandom(seed, `fhir/${split}/${index}`);
  const sheet = createSheet();
  const scene = random.chance(0.6) ? americanScene(random, split) : sceneOf(random, split, []);
  const filling: Filling = { random, split, sheet, scene, known: IN_PATIENT };
  const m: Maker = {
    random,
    split,
    filling,
    mark: (category, subject, text, optional) => sheet.mark(text, { category, subject, kind: 'structured', optional }),
  };
  const note = random.chance(0.5) ? echoRemark(filling) : random.chance(0.5) ? remark(filling) : cleanRemark(filling);
  const style = random.pick(STYLES);
  const patient = patientResource(m, 'p1');
  const lines: Json[] =
    style === 'patient'
      ? [patient]
      : style === 'ndjson'
        ? [patient, observation(m, note), encounter(m), coverage(m)]
        : style === 'contained'
          ? [
              {
                resourceType: 'DiagnosticReport',
                id: 'dr1',
                contained: [patient],
                status: 'final',
                code: { text: 'CBC' },
                subject: { reference: '#p1' },
                effectiveDateTime: instant(m, scene.seen),
                conclusion: note,
              },
            ]
          : [
              {
                resourceType: 'Bundle',
                type: 'collection',
                entry: [
                  patient,
                  observation(m, note),
                  encounter(m),
                  ...(style === 'attachment' ? [documentReference(m)] : [coverage(m)]),
                ].map((resource) => ({ resource })),
              },
            ];
  const paths = new Map<number, string>();
  const pretty = style !== 'ndjson' && random.chance(0.5);
  const high = random.chance(split === 'test' ? 0.3 : 0.1);
  const text = lines.map((line) => writeJson(line, '', paths, pretty ? '' : null, high)).join('\n');
  const { bytes, placed } = encode(`${text}\n`, utf8);
  for (const [number, path] of paths) paths.set(number, rooted(path, style));
  const name = `fhir-${index}.${style === 'ndjson' ? 'ndjson' : 'json'}`;
  return { name, format: 'fhir', style: `fhir-${style}`, bytes, labels: labelsOf(name, sheet, placed, paths) };
}

/** The path begins with the resource's type; a line of NDJSON or a bare resource is known by what it holds. */
function rooted(path: string, style: (typeof STYLES)[number]): string {
  if (style === 'patient') return `Patient.${path}`;
  if (style === 'contained') return `DiagnosticReport.${path}`;
  return style === 'ndjson' ? '' : `Bundle.${path}`;
}
