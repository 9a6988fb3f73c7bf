import type { Category } from '../../../src/core/vocabulary.ts';
import { withoutAccents } from './charsets.ts';
import { monthName } from './dates.ts';
import type { Filling } from './filling.ts';
import { ascii, type Person } from './person.ts';

/** The patient's own values written otherwise than their fields write them. Each gives one marked line. */
type Echo = (maker: Maker) => string;
/** The category whose field the message needs. */
type Need = readonly [needs: Category, echo: Echo];

interface Maker extends Filling {
  readonly patient: Person;
  own(category: Category, text: string): string;
}

const initial = (text: string): string => text.slice(0, 1).toLocaleUpperCase('en');
const digitsOf = (text: string): string => text.replace(/\D/g, '');

/** Digits in groups of other sizes and separators than the field has. */
function regrouped({ random }: Maker, text: string): string {
  const size = random.pick([3, 4]);
  const separator = random.pick(['-', ' ', '.']);
  return (text.replace(/[^A-Za-z0-9]/g, '').match(new RegExp(`.{1,${size}}`, 'g')) ?? []).join(separator);
}

function dayForms({ patient, scene }: Maker): readonly string[] {
  const { born } = patient;
  const [y, m, d] = [born.slice(0, 4), born.slice(4, 6), born.slice(6)];
  const name = monthName(scene.language, m);
  const short = name.slice(0, 3);
  const month = String(Number(m));
  const day = String(Number(d));
  const first = scene.region === 'US' ? [m, d] : [d, m];
  return [
    `${y}${m}${d}`,
    `${y}-${m}-${d}`,
    `${first.join('/')}/${y}`,
    `${first.map((part) => String(Number(part))).join('/')}/${y}`,
    `${first.join('-')}-${y}`,
    `${first.join('/')}/${y.slice(2)}`,
    `${d}.${m}.${y}`,
    `${day}.${month}.${y}`,
    `${day} ${name} ${y}`,
    `${name} ${day}, ${y}`,
    `${d}-${short.toUpperCase()}-${y}`,
    `${d}-${short.toUpperCase()}-${y.slice(2)}`,
    `${short} ${day} ${y}`,
    `${y}/${m}/${d}`,
    `${first.join('')}${y}`,
    `${y}${m}${d}120000`,
    `${day} ${short}. ${y}`,
    `${d}${short.toUpperCase()}${y}`,
    `${y}.${m}.${d}`,
    `${name.toUpperCase()} ${day} ${y}`,
  ];
}

const base64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64');

const ECHOES: readonly Need[] = [
  // Names
  ['name', (m) => `d/w ${m.own('name', `${m.patient.given} ${m.patient.family}`)} today`],
  ['name', (m) => `label ${m.own('name', `${m.patient.family} ${m.patient.given}`)} illegible`],
  ['name', (m) => `${m.own('name', withoutAccents(`${m.patient.given} ${m.patient.family}`))} consented`],
  ['name', (m) => `band reads ${m.own('name', withoutAccents(`${m.patient.family}, ${m.patient.given}`).toUpperCase())}`],
  ['name', (m) => `seen with ${m.own('name', `${initial(m.patient.given)}. ${m.patient.family}`)}`],
  ['name', (m) => `${m.own('name', `${m.patient.family} ${initial(m.patient.given)}`)} - needs redraw`],
  ['name', (m) => `${m.own('name', m.patient.family)}'s sample was late`],
  [
    'name',
    (m) => `aka ${m.own('name', `${m.patient.nickname === '' ? m.patient.given : m.patient.nickname} ${m.patient.family}`)}`,
  ],
  ['name', (m) => `worklist ${m.own('name', `${m.patient.family}^${m.patient.given}`)}`],
  ['name', (m) => `${m.own('name', m.patient.family.replaceAll('-', ' '))} notified`],
  ['name', (m) => `pt initials ${m.own('name', `${initial(m.patient.given)}.${initial(m.patient.family)}.`)} on the bag`],
  [
    'name',
    (m) =>
      `scan saved as ${m.own('name', `${ascii(m.patient.family)}_${ascii(m.patient.given)}`)}_${m.own('date', m.patient.born)}.pdf`,
  ],
  ['name', (m) => `C:\\out\\${m.own('name', `${ascii(m.patient.given)}${ascii(m.patient.family)}`)}\\img1.dcm`],
  // Dates: any of twenty forms
  ...Array.from(
    { length: 5 },
    (): Need => [
      'date',
      (m) =>
        `${m.random.pick(['born', 'DOB', 'birthdate on form', 'verified', 'b.'])} ${m.own('date', m.random.pick(dayForms(m)))}`,
    ],
  ),
  // Numbers
  ['mrn', (m) => `old label ${m.own('mrn', regrouped(m, m.patient.mrn))}`],
  ['mrn', (m) => `tube ${m.own('mrn', m.patient.mrn)} relabeled`],
  ['mrn', (m) => `ref ${m.own('mrn', m.patient.mrn.replace(/[^A-Za-z0-9]/g, '').toLowerCase())}`],
  ['account', (m) => `acct ${m.own('account', regrouped(m, m.patient.account))}`],
  ['health-plan', (m) => `plan ${m.own('health-plan', m.patient.healthPlan.replaceAll('-', ''))}`],
  ['phone', (m) => `call ${m.own('phone', digitsOf(m.patient.phone))}`],
  ['phone', (m) => `cb ${m.own('phone', fillSeparators(m))}`],
  ['street', (m) => `lives ${m.own('street', withoutAccents(m.patient.street).toUpperCase())}`],
  ['email', (m) => `cc ${m.own('email', m.patient.email.toUpperCase())}`],
  // Inside other things
  ['mrn', (m) => `open ${whole(m, 'url', `https://viewer.example/study?mrn=${m.own('mrn', m.patient.mrn)}&v=2`)}`],
  ['mrn', (m) => `GET /records/${m.own('mrn', m.patient.mrn)}/labs 200`],
  ['mrn', (m) => `uid ${optional(m, `1.2.840.99999.4.${m.own('mrn', digitsOf(m.patient.mrn).replace(/^0+/, ''))}.2`)}`],
  ['date', (m) => `uid ${optional(m, `1.2.840.99999.7.${m.own('date', m.patient.born)}.1.3`)}`],
  ['mrn', (m) => `file ${m.own('mrn', m.patient.mrn)}_20.tif queued`],
  ['name', (m) => `token ${base64Marked(m, 'name', `${m.patient.family}^${m.patient.given}`)}`],
  ['mrn', (m) => `key=${base64Marked(m, 'mrn', `patient:${m.patient.mrn}`)}`],
];

/** The same digits as another system prints a telephone number. */
function fillSeparators({ patient, random }: Maker): string {
  const numerals = digitsOf(patient.phone);
  if (numerals.length < 10) return numerals;
  const [area, office, line] = [numerals.slice(-10, -7), numerals.slice(-7, -4), numerals.slice(-4)];
  return random.pick([
    `(${area}) ${office}-${line}`,
    `${area}.${office}.${line}`,
    `${area} ${office} ${line}`,
    `${area}-${office}-${line}`,
  ]);
}

/** A value that holds others: the whole of it counts too. */
function whole({ sheet, kind }: Maker, category: Category, text: string): string {
  return sheet.mark(text, { category, subject: 'patient', kind: kind ?? 'text' });
}

function optional({ sheet, kind }: Maker, text: string): string {
  return sheet.mark(text, { category: 'unique-id', subject: 'patient', kind: kind ?? 'text', optional: true });
}

/** What is in base64 has no bytes: the mark goes to the hidden labels, the text becomes base64. */
function base64Marked(maker: Maker, category: Category, text: string): string {
  maker.sheet.hidden.push({ category, subject: 'patient', kind: 'embedded', path: '', text });
  return base64(text);
}

/** One line in which a value of the patient is repeated. Its field is in the message: `known`. Throws RangeError where nothing is known. */
export function echoLine(filling: Filling): string {
  const maker: Maker = {
    ...filling,
    patient: filling.scene.patient,
    own: (category, text) => filling.sheet.mark(text, { category, subject: 'patient', kind: filling.kind ?? 'echo' }),
  };
  const [, echo] = maker.random.pick(ECHOES.filter(([needs]) => filling.known.has(needs)));
  return echo(maker);
}
