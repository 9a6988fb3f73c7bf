import type { Category } from '../../../src/core/vocabulary.ts';
import { randomDay } from './dates.ts';
import { partsOf, proseDay, shortMonth, solemnMonth, spokenDay, undated } from './dates-train.ts';
import type { Writer } from './filling.ts';
import { codiceFiscale, cpr, kvnr } from './national-train.ts';
import { digits, fillPattern } from './numbers.ts';

/** What only sentences of the train split ask for: values in the many shapes that archives have, beside those of fill.ts. */

const upper = (text: string): string => text.toLocaleUpperCase('en');
const lower = (text: string): string => text.toLocaleLowerCase('en');
const initial = (text: string): string => upper(text.slice(0, 1));
const relative = (w: Writer, text: string): string => w.other('name', 'relative', text);
const staff = (w: Writer, text: string): string => w.other('name', 'provider', text);
const patterned = ({ random }: Writer, patterns: string): string => fillPattern(random, random.pick(patterns.split('|')));
/** A telephone of the country that most notes are written in, or of any other. */
const phoneOf = (w: Writer): string => patterned(w, w.scene.language === 'en' && w.random.chance(0.6) ? PHONES_US : PHONES);
const anyName = (w: Writer, names: string): string => w.random.pick(names.split('|'));

const PET_NAMES = 'Bud|Chip|Mimi|Nana|Junior|Sunny|Betty|Tommy|Kiki|Lulu|Gigi|Teddy|Cookie|Buddy|Annie|Tex|Dee Dee';
const MONONYMS = 'Suharti|Sudarmo|Thida|Gyatso|Wahyuni|Rahmatullah|Khin|Ponnusamy|Zabihullah|Norbu';
const MAIDENS = 'Wexler|Strand|Pellegrino|Oyelaran|Lachance|Duffy|Quintero|Hollis|Sandoval|Brandl';
const OTHERS =
  'Deborah Sayles|Mamadou Kone|Priscilla Onyango|Tomas Brezina|Gwen Tolliver|Ibrahim Sesay|Lourdes Ocampo|Sofie Rask|Earnest Tubbs|Noor Rahimi|Anh Thu Bui|Marek Zajac|Caitlin McGlone|Rosalind Achterberg|Vusi Dlamini|Elif Demirci';
const ROLES =
  'stepfather|ex-wife|ex-husband|niece|nephew|grandson|granddaughter|mother-in-law|brother-in-law|foster mother|partner|fiance|aunt|cousin|godmother|half-sister|great-aunt|common-law spouse|legal guardian|health care proxy';
const SCHOOLS =
  'Pine Ridge Elementary|Lincoln Middle School|Harbor Day Nursery|Eastfield Comprehensive|Fairmont Head Start|Gymnasium am Stadtpark|Cedar Valley High School';
const NIGHT_STAFF =
  'Bukola Fashola|Siobhan Keane|Dieter Falk|Marisol Trejo|Jun Hasegawa|Padma Raghunathan|Colm Dunleavy|Ileana Popescu|Ruud Kuipers|Tamsin Bayliss';

const PHONES_US =
  '(2##) 555-01## x####|2##-555-01## ext. ###|2##-555-01##, extension ##|2##/555-01##|(2##)555-01##|1 (2##) 555-01##|1.2##.555.01##|+1 (2##) 555-01##|001 2## 555 01##|2## 555 01##';
const PHONES =
  '+44 (0)20 7946 0###|0044 20 7946 0###|(020) 7946 0###|07700-900###|+353 1 555 01##|(01) 555 01##|+49 (0)30 / 23125-###|030 / 23 12 5 ###|+43 1 555 01 ##|+41 44 555 01 ##|044 555 01 ##|01.99.00.##.##|+33 (0)1 99 00 ## ##|0033 1 99 00 ## ##|+32 2 555 01 ##|02/555.01.##|+31 (0)20 555 01##|+39 06 555 01##|+34 655-55-##-##|+351 21 555 01##|21 555 01 ##|+45 32 55 01 ##|+47 22 55 01 ##|+46 (0)8-555 01 ##|+358 9 555 01##|+48 22 555-##-##|+420 222 555 ###|+7 (495) 555-##-##|(02) 5550 01##|0491 570 1##|+61 2 5550 01##|+64 9 555 01##|+91 98200 55###|+92 300 555 01##|+81 3-5550-01##|03-5550-01##|+86 10 5550 01##|+82 2-555-01##|+63 917 555 01##|(11) 95550-01##|+55 11 95550-01##|+52 55 5550 01##|55 5550 01##|+27 21 555 01##|+234 802 555 01##|+254 20 555 01##|+20 2 2555 01##|+972-3-555-01##|+90 212 555 01 ##';
const PLATES = 'B-KL ####|LK19 ABX|AB-###-CD|#ABC###|ABC-####|GR 55 DTX|WA ####K|####-BCD|M-XY ###|7-TBV-##';
const LICENCES = 'A### #### ####|S##-###-##-###|##-###-####|D######|MORGA75311#SM9IJ|B######## |K-##-####-##';
const DEVICES =
  'PZK######S|VR2##########|GB#####/##|A###-######|8F######C|W#########|CRT-D ######|HM3-######|4###-##-######|ICM####A##';
const POLICIES = 'W#### #####|GHP-######-01|K##########|U## ### ####|#######-A|4###########|EM#### ###|ZGD########1';
const ACCOUNTS = '30#######|HB-#######|####-####-####|INV/2##/####|CSN 1#######|FIN 9########|K ### ###|V0######-1';
const CORNERS = 'corner of 9th and Alder|Elm St at 14th Ave|17 Bay Tree Ct., Lot 4|Box 212, Star Route 3|Unit 6, 88 Kestrel Mews';

/** A value that several categories may stand for. */
function several(w: Writer, category: Category, also: readonly Category[], text: string): string {
  return w.sheet.mark(text, { category, also, subject: 'patient', kind: w.kind ?? 'text' });
}

/** Given and family name in labels of their own: what a line break or a column has torn apart. */
function torn(w: Writer, between: string): string {
  return `${w.own('name', w.patient.given)}${between}${w.own('name', w.patient.family)}`;
}

/** A day in a common form, or as only prose has it. */
const dayIn = (w: Writer, day: string): string => (w.random.chance(0.4) ? w.day(day) : proseDay(w.random, w.scene.language, day));
const heldOver = (w: Writer, text: string): string => w.other('age', 'patient', text);
const old = ({ random }: Writer): number => random.int(90, 104);
const full = ({ patient }: Writer): string => `${patient.given} ${patient.family}`;
/** The same in every line about somebody. */
function petName({ patient }: Writer): string {
  const names = PET_NAMES.split('|');
  return patient.nickname === '' ? (names[Number(patient.ssn.slice(-2)) % names.length] ?? '') : patient.nickname;
}
const suffixOf = ({ patient, random }: Writer): string =>
  patient.sex === 'F' ? '' : random.pick([' Jr.', ', Jr.', ' III', ' Sr.', ' II', ', Sr', ' jr', ' IV']);
const mail = (w: Writer, at: string, dot: string): string =>
  w.own('email', w.patient.email.replace('@', at).replaceAll('.', dot));

const OLD_WORDS = ['ninety-one', 'ninety-two', 'ninety-three', 'ninety-four', 'ninety-six', 'ninety-nine', 'one hundred and one'];
const OLD_ORDINALS = ['ninety-first', 'ninety-second', 'ninety-fourth', 'ninety-seventh', '95th', '98th', 'hundredth'];

export const TRAIN_TOKENS: Readonly<Record<string, (w: Writer) => string>> = {
  // The patient's name
  initLast: (w) => w.own('name', `${initial(w.patient.given)}. ${w.patient.family}`),
  initsLast: (w) =>
    w.own('name', `${initial(w.patient.given)}.${w.patient.middle === '' ? 'M' : w.patient.middle}. ${w.patient.family}`),
  lastInit: (w) => w.own('name', `${w.patient.family} ${initial(w.patient.given)}`),
  lastCommaInit: (w) => w.own('name', `${w.patient.family}, ${initial(w.patient.given)}.`),
  lastThenFirst: (w) => w.own('name', `${w.patient.family} ${w.patient.given}`),
  LASTFirst: (w) => w.own('name', `${upper(w.patient.family)} ${w.patient.given}`),
  LASTCommaFirst: (w) => w.own('name', `${upper(w.patient.family)}, ${w.patient.given}`),
  lcName: (w) => w.own('name', lower(full(w))),
  lcFirst: (w) => w.own('name', lower(w.patient.given)),
  lcLast: (w) => w.own('name', lower(w.patient.family)),
  lcLastFirst: (w) => w.own('name', lower(`${w.patient.family}, ${w.patient.given}`)),
  nameSfx: (w) => w.own('name', full(w) + suffixOf(w)),
  nameNick: (w) => w.own('name', `${w.patient.given} "${petName(w)}" ${w.patient.family}`),
  nameParen: (w) => w.own('name', `${w.patient.given} (${petName(w)}) ${w.patient.family}`),
  pet: (w) => w.own('name', petName(w)),
  doubled: (w) => w.own('name', `${w.patient.given} ${w.patient.family}-${anyName(w, MAIDENS)}`),
  threeNames: (w) => w.own('name', `${w.patient.given} ${anyName(w, MAIDENS)} ${w.patient.family}`),
  maiden: (w) => w.own('name', anyName(w, MAIDENS)),
  mono: (w) => w.own('name', anyName(w, MONONYMS)),
  MONO: (w) => w.own('name', upper(anyName(w, MONONYMS))),
  initials: (w) => w.own('name', `${initial(w.patient.given)}.${initial(w.patient.family)}.`),
  tornName: (w) => torn(w, '\n'),
  wideName: (w) => torn(w, '     '),
  spacedLAST: (w) => w.own('name', [...upper(w.patient.family)].join(' ')),
  babyLAST: (w) => w.own('name', upper(w.patient.family)),
  pron: (w) => (w.patient.sex === 'M' ? 'he' : 'she'),
  // Others' names
  relRole: (w) => anyName(w, ROLES),
  RELROLE: (w) => upper(anyName(w, ROLES)),
  relLast: (w) => relative(w, w.scene.relative.family),
  relLc: (w) => relative(w, lower(`${w.scene.relative.given} ${w.scene.relative.family}`)),
  relInit: (w) => relative(w, `${initial(w.scene.relative.given)}. ${w.scene.relative.family}`),
  kin: (w) => relative(w, anyName(w, OTHERS)),
  KIN: (w) => relative(w, upper(anyName(w, OTHERS))),
  kinFirst: (w) => relative(w, anyName(w, OTHERS).split(' ')[0] ?? ''),
  housemate: (w) => w.other('name', 'household', anyName(w, OTHERS)),
  // Teachers, officers, lawyers: people differ over them.
  outsider: (w) => w.other('name', 'unknown', anyName(w, OTHERS), true),
  staff: (w) => staff(w, anyName(w, NIGHT_STAFF)),
  STAFF: (w) => staff(w, upper(anyName(w, NIGHT_STAFF))),
  staffFirst: (w) => staff(w, anyName(w, NIGHT_STAFF).split(' ')[0] ?? ''),
  staffLast: (w) => staff(w, anyName(w, NIGHT_STAFF).split(' ').slice(1).join(' ')),
  staffInit: (w) => staff(w, anyName(w, NIGHT_STAFF).replace(/^(.)\S*/u, '$1.')),
  docInit: (w) => staff(w, `${initial(w.scene.doctor.given)}. ${w.scene.doctor.family}`),
  docLc: (w) => staff(w, lower(w.scene.doctor.family)),
  DOC: (w) => staff(w, upper(`${w.scene.doctor.given} ${w.scene.doctor.family}`)),
  school: (w) => w.other('name', 'facility', anyName(w, SCHOOLS), true),
  // Days
  dobProse: (w) => w.own('date', dayIn(w, w.patient.born)),
  dateProse: (w) => w.other('date', 'patient', dayIn(w, w.scene.seen)),
  admProse: (w) => w.other('date', 'patient', dayIn(w, w.scene.admitted)),
  dobWords: (w) => w.own('date', spokenDay(w.patient.born)),
  dateWords: (w) => w.other('date', 'patient', spokenDay(w.scene.seen)),
  DOB: (w) => w.own('date', upper(w.day(w.patient.born))),
  DATE: (w) => w.other('date', 'patient', upper(w.day(w.scene.seen))),
  dayOnly: (w) => w.other('date', 'patient', undated(w.random, w.scene.language, w.scene.seen)),
  moYr: (w) => w.other('date', 'patient', shortMonth(w.random, w.scene.language, w.scene.admitted)),
  moYrLong: (w) => w.other('date', 'patient', solemnMonth(w.random, w.scene.language, w.scene.admitted)),
  mailDate: (w) => {
    const { y, d, short, weekday } = partsOf('en', w.scene.seen);
    return `${w.other('date', 'patient', `${weekday.slice(0, 3)}, ${d} ${short} ${y}`)} 07:14:${w.random.int(10, 59)} -0500`;
  },
  // Ages over 89
  age90words: (w) => heldOver(w, w.random.pick(OLD_WORDS)),
  age90ordinal: (w) => heldOver(w, w.random.pick(OLD_ORDINALS)),
  age90sex: (w) => `${heldOver(w, String(old(w)))}${w.patient.sex}`,
  // Ways to reach somebody
  phoneX: (w) => w.other('phone', 'patient', phoneOf(w)),
  relPhoneX: (w) => w.other('phone', 'relative', phoneOf(w)),
  docPhone: (w) => w.other('phone', 'provider', phoneOf(w)),
  faxX: (w) => w.other('fax', 'provider', phoneOf(w).replace(/,? ?(x|ext\. |extension ).*/, '')),
  patFax: (w) => w.other('fax', 'patient', w.patient.fax),
  emailAt: (w) => mail(w, w.random.pick([' (at) ', '[at]', ' AT ']), '.'),
  emailSpoken: (w) => mail(w, ' at ', ' dot '),
  emailSpaced: (w) => mail(w, ' @ ', '.'),
  emailUp: (w) => w.own('email', upper(w.patient.email)),
  relEmail: (w) =>
    w.other('email', 'relative', `${lower(w.scene.relative.given).replace(/[^a-z]/g, '')}${digits(w.random, 3)}@mail.example`),
  urlId: (w) =>
    w.other(
      'url',
      'patient',
      w.random.pick([
        `www.my-chart.example/p/${w.patient.mrn}`,
        `http://ris.example.org:8080/viewer?patientID=${w.patient.mrn}&mode=2`,
        `https://forms.example.net/r/${lower(w.patient.license)}`,
        `portal.example.org/share/${digits(w.random, 9)}`,
        `https://telehealth.example/room/${w.patient.account}#wait`,
      ]),
    ),
  urlSocial: (w) => w.other('url', 'patient', `facebook.example/${w.patient.email.split('@')[0] ?? ''}`),
  ip6: (w) => w.other('ip-address', 'patient', `2001:db8:85a3::8a2e:${w.random.int(1, 9)}${digits(w.random, 3)}`),
  // Places
  corner: (w) => w.other('street', 'patient', anyName(w, CORNERS)),
  lcStreet: (w) => w.own('street', lower(w.patient.street)),
  STREET: (w) => w.own('street', upper(w.patient.street)),
  CITY: (w) => w.own('geo', upper(w.patient.city)),
  relStreet: (w) => w.other('street', 'relative', w.scene.relative.street),
  relCity: (w) => w.other('geo', 'relative', w.scene.relative.city),
  // Numbers
  chart: (w) => w.own('mrn', w.patient.mrn),
  // A number under a word that does not say whose register it is of.
  refNo: (w) => several(w, 'mrn', ['account', 'unique-id'], w.patient.mrn),
  empNo: (w) => several(w, 'unique-id', ['account', 'mrn'], `${w.random.pick(['E', 'EMP', '00'])}${digits(w.random, 6)}`),
  staffNo: (w) =>
    w.other('license', 'provider', `${w.random.int(28, 46)}${w.random.pick(['-', ''])}${digits(w.random, 6)}`, true),
  ext: (w) =>
    w.other('phone', 'provider', `${w.random.pick(['ext. ', 'x', 'ext '])}${w.random.int(2, 8)}${digits(w.random, 3)}`, true),
  card4: (w) => w.other('account', 'patient', digits(w.random, 4), true),
  issued: (w) => w.other('date', 'unknown', w.day(randomDay(w.random, 2019, 2023)), true),
  tornMrn: (w) => w.own('mrn', w.patient.mrn.replace(/^(...)/, '$1 ')),
  ssnLast4: (w) => w.own('ssn', w.patient.ssn.slice(-4)),
  ssnBare: (w) => w.own('ssn', w.patient.ssn.replaceAll('-', '')),
  ssnSpaced: (w) => w.own('ssn', w.patient.ssn.replaceAll('-', ' ')),
  accountX: (w) => several(w, 'account', ['unique-id', 'mrn'], patterned(w, ACCOUNTS)),
  policy: (w) => w.other('health-plan', 'patient', patterned(w, POLICIES)),
  groupNo: (w) => w.other('health-plan', 'patient', `${w.random.int(10, 99)}${digits(w.random, 4)}`, true),
  claimNo: (w) => w.other('unique-id', 'patient', `${w.random.int(20, 26)}${digits(w.random, 9)}`, true),
  caseNo: (w) => w.other('unique-id', 'patient', `${w.random.pick(['24-', '25-', 'CR-', 'B'])}${digits(w.random, 6)}`, true),
  donorNo: (w) => w.other('unique-id', 'unknown', `${w.random.pick(['AK', 'DX', 'UN'])}${digits(w.random, 5)}`, true),
  passport: (w) => several(w, 'license', ['unique-id'], `${w.random.pick([...'CKXLP'])}${digits(w.random, 8)}`),
  licenceX: (w) => w.other('license', 'patient', patterned(w, LICENCES).trim()),
  plateX: (w) => w.other('vehicle', 'patient', patterned(w, PLATES)),
  deviceX: (w) => w.other('device-id', 'patient', patterned(w, DEVICES)),
  cpr: (w) => several(w, 'unique-id', ['ssn', 'mrn', 'health-plan'], cpr(w.random, w.patient.born)),
  fiscale: (w) => several(w, 'unique-id', ['ssn', 'mrn', 'health-plan', 'license'], codiceFiscale(w.random, w.patient)),
  kvnr: (w) => several(w, 'health-plan', ['unique-id'], kvnr(w.random)),
  TitleIt: (w) => (w.patient.sex === 'M' ? 'Sig.' : 'Sig.ra'),
  TitleEs: (w) => (w.patient.sex === 'M' ? 'D.' : 'Dña.'),
  TitlePt: (w) => (w.patient.sex === 'M' ? 'Sr.' : 'Sra.'),
  TitlePl: (w) => (w.patient.sex === 'M' ? 'Pan' : 'Pani'),
};
