import type { Category, Subject } from '../../../src/core/vocabulary.ts';
import { createRandom } from '../../../src/demo/random.ts';
import { westernEuropean } from './charsets.ts';
import { ageOf } from './fill.ts';
import type { Filling } from './filling.ts';
import type { CorpusFile, Split } from './label.ts';
import { createSheet, encode, labelsOf, plain, utf8 } from './marks.ts';
import type { Scene } from './person.ts';
import { americanScene, sceneOf } from './scene.ts';
import { cleanRemark, remark } from './texts.ts';

interface Column {
  /** Headers of the train split, then of the test split. */
  readonly heads: readonly [train: string, test: string];
  value(cell: Cell): string;
}

interface Cell {
  readonly filling: Filling;
  readonly scene: Scene;
  mark(category: Category, subject: Subject, text: string, optional?: boolean): string;
}

const us = (day: string): string => `${day.slice(4, 6)}/${day.slice(6)}/${day.slice(0, 4)}`;
const iso = (day: string): string => `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}`;

const COLUMNS: readonly Column[] = [
  { heads: ['MRN', 'patient_id'], value: ({ mark, scene }) => mark('mrn', 'patient', scene.patient.mrn) },
  { heads: ['Last Name', 'surname'], value: ({ mark, scene }) => mark('name', 'patient', scene.patient.family) },
  { heads: ['First Name', 'given_name'], value: ({ mark, scene }) => mark('name', 'patient', scene.patient.given) },
  {
    heads: ['DOB', 'birth_date'],
    value: ({ mark, scene, filling }) =>
      mark('date', 'patient', filling.split === 'train' ? us(scene.patient.born) : iso(scene.patient.born)),
  },
  { heads: ['Sex', 'gender'], value: ({ scene }) => scene.patient.sex },
  {
    heads: ['Age', 'age_years'],
    value: ({ scene, mark }) => (ageOf(scene) > 89 ? mark('age', 'patient', String(ageOf(scene))) : String(ageOf(scene))),
  },
  { heads: ['SSN', 'social_security_number'], value: ({ mark, scene }) => mark('ssn', 'patient', scene.patient.ssn) },
  { heads: ['Address', 'street_address'], value: ({ mark, scene }) => mark('street', 'patient', scene.patient.street) },
  { heads: ['City', 'town'], value: ({ mark, scene }) => mark('geo', 'patient', scene.patient.city) },
  { heads: ['Zip', 'postal_code'], value: ({ mark, scene }) => mark('geo', 'patient', scene.patient.zip) },
  { heads: ['Phone', 'telephone'], value: ({ mark, scene }) => mark('phone', 'patient', scene.patient.phone) },
  { heads: ['Email', 'email_address'], value: ({ mark, scene }) => mark('email', 'patient', scene.patient.email) },
  {
    heads: ['Member ID', 'insurance_number'],
    value: ({ mark, scene }) => mark('health-plan', 'patient', scene.patient.healthPlan),
  },
  { heads: ['Admit Date', 'admission'], value: ({ mark, scene }) => mark('date', 'patient', iso(scene.admitted)) },
  {
    heads: ['Provider', 'physician'],
    value: ({ mark, scene }) => mark('name', 'provider', `${scene.doctor.given} ${scene.doctor.family}`),
  },
  { heads: ['Test', 'assay'], value: ({ filling }) => filling.random.pick(['Glucose', 'Potassium', 'Hgb A1c', 'TSH']) },
  { heads: ['Result', 'value'], value: ({ filling }) => (filling.random.next() * 200).toFixed(1) },
  {
    heads: ['Order No', 'order_number'],
    value: ({ mark, filling }) => mark('unique-id', 'patient', String(filling.random.int(10_000_000, 99_999_999)), true),
  },
  { heads: ['Lot', 'lot_number'], value: ({ filling }) => `L${filling.random.int(10_000, 99_999)}` },
  {
    heads: ['Comment', 'remarks'],
    value: ({ filling }) => (filling.random.chance(0.4) ? remark(filling) : cleanRemark(filling)),
  },
];

/** An export as a department keeps it: a header, then a patient a row, in any order of columns. */
export function csvFile(seed: number, index: number, split: Split): CorpusFile {
  const random = createRandom(seed, `csv/${split}/${index}`);
  const sheet = createSheet();
  const separator = random.pick([',', ',', ';', '\t']);
  const columns = COLUMNS.filter(() => random.chance(0.6));
  const chosen = columns.length < 3 ? COLUMNS.slice(0, 5) : columns;
  const head = chosen.map(({ heads }) => heads[split === 'train' ? 0 : 1]).join(separator);
  const rows = Array.from({ length: random.int(2, 8) }, () => {
    const scene = random.chance(0.7) ? americanScene(random, split) : sceneOf(random, split, []);
    const filling: Filling = { random, split, sheet, scene, known: new Set() };
    const cell: Cell = {
      filling,
      scene,
      mark: (category, subject, text, optional) => sheet.mark(text, { category, subject, kind: 'structured', optional }),
    };
    return chosen.map((column) => quoted(column.value(cell), separator)).join(separator);
  });
  const eol = random.pick(['\n', '\r\n']);
  const bom = random.chance(0.2);
  const { bytes, placed } = encode(
    `${bom ? '\uFEFF' : ''}${[head, ...rows].join(eol)}${eol}`,
    bom || random.chance(0.7) ? utf8 : westernEuropean,
  );
  const name = `csv-${index}.csv`;
  return {
    name,
    format: 'csv',
    style: `csv-${separator === '\t' ? 'tab' : separator === ';' ? 'semicolon' : 'comma'}`,
    bytes,
    labels: labelsOf(name, sheet, placed),
  };
}

/** RFC 4180 quoting, marks kept. */
function quoted(marked: string, separator: string): string {
  const text = plain(marked);
  return text.includes(separator) || text.includes('"') || text.includes('\n') ? `"${marked.replaceAll('"', '""')}"` : marked;
}
