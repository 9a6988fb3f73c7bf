import type { Random } from '../../../src/demo/random.ts';
import type { Split } from './label.ts';

/** Months as notes write them, by language. */
const MONTHS: Readonly<Record<string, readonly string[]>> = {
  en: ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'],
  de: ['Januar', 'Februar', 'März', 'April', 'Mai', 'Juni', 'Juli', 'August', 'September', 'Oktober', 'November', 'Dezember'],
  fr: ['janvier', 'février', 'mars', 'avril', 'mai', 'juin', 'juillet', 'août', 'septembre', 'octobre', 'novembre', 'décembre'],
  es: [
    'enero',
    'febrero',
    'marzo',
    'abril',
    'mayo',
    'junio',
    'julio',
    'agosto',
    'septiembre',
    'octubre',
    'noviembre',
    'diciembre',
  ],
  nl: [
    'januari',
    'februari',
    'maart',
    'april',
    'mei',
    'juni',
    'juli',
    'augustus',
    'september',
    'oktober',
    'november',
    'december',
  ],
  pl: [
    'stycznia',
    'lutego',
    'marca',
    'kwietnia',
    'maja',
    'czerwca',
    'lipca',
    'sierpnia',
    'września',
    'października',
    'listopada',
    'grudnia',
  ],
  sv: ['januari', 'februari', 'mars', 'april', 'maj', 'juni', 'juli', 'augusti', 'september', 'oktober', 'november', 'december'],
  it: [
    'gennaio',
    'febbraio',
    'marzo',
    'aprile',
    'maggio',
    'giugno',
    'luglio',
    'agosto',
    'settembre',
    'ottobre',
    'novembre',
    'dicembre',
  ],
  pt: [
    'janeiro',
    'fevereiro',
    'março',
    'abril',
    'maio',
    'junho',
    'julho',
    'agosto',
    'setembro',
    'outubro',
    'novembro',
    'dezembro',
  ],
  da: ['januar', 'februar', 'marts', 'april', 'maj', 'juni', 'juli', 'august', 'september', 'oktober', 'november', 'december'],
};

type Form = (year: string, month: string, day: string, name: string) => string;

const bare = (padded: string): string => String(Number(padded));
const ordinal = (day: string): string => {
  const number = Number(day);
  const last = number % 10;
  const suffix = number > 3 && number < 21 ? 'th' : last === 1 ? 'st' : last === 2 ? 'nd' : last === 3 ? 'rd' : 'th';
  return `${number}${suffix}`;
};
const titled = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

/** How an American note writes a day. */
const AMERICAN: readonly Form[] = [
  (y, m, d) => `${m}/${d}/${y}`,
  (y, m, d) => `${bare(m)}/${bare(d)}/${y}`,
  (y, m, d) => `${m}/${d}/${y.slice(2)}`,
  (y, m, d) => `${m}-${d}-${y}`,
  (y, m, d) => `${y}-${m}-${d}`,
  (y, _, d, name) => `${name} ${bare(d)}, ${y}`,
  (y, _, d, name) => `${name.slice(0, 3)} ${bare(d)}, ${y}`,
  (y, _, d, name) => `${d}-${name.slice(0, 3).toUpperCase()}-${y}`,
  (y, _, d, name) => `${bare(d)} ${name} ${y}`,
  (y, _, d, name) => `${name} ${ordinal(d)}, ${y}`,
  (y, _, d, name) => `${d} ${name.slice(0, 3)} ${y}`,
  (y, m, d) => `${y}/${m}/${d}`,
];
/** The test split writes these besides. */
const AMERICAN_TEST: readonly Form[] = [
  (y, _, d, name) => `${name.slice(0, 3).toUpperCase()} ${d} ${y}`,
  (y, _, d, name) => `the ${ordinal(d)} of ${name}, ${y}`,
  (y, _, d, name) => `${d}${name.slice(0, 3).toUpperCase()}${y}`,
  (y, m, d) => `${bare(m)}-${bare(d)}-${y.slice(2)}`,
  (y, _, d, name) => `${name.slice(0, 3)}. ${bare(d)} ${y}`,
  (y, m, d) => `${m}.${d}.${y}`,
];

/** How the rest of the world does. */
const EUROPEAN: readonly Form[] = [
  (y, m, d) => `${d}.${m}.${y}`,
  (y, m, d) => `${bare(d)}.${bare(m)}.${y}`,
  (y, m, d) => `${d}/${m}/${y}`,
  (y, m, d) => `${y}-${m}-${d}`,
  (y, _, d, name) => `${bare(d)} ${name} ${y}`,
  (y, m, d) => `${d}-${m}-${y}`,
];
const EUROPEAN_TEST: readonly Form[] = [
  (y, m, d) => `${d}.${m}.${y.slice(2)}`,
  (y, _, d, name) => `${bare(d)}. ${titled(name)} ${y}`,
  (y, m, d) => `${d} / ${m} / ${y}`,
];

/**
 * A day (`YYYYMMDD`) as a note of the language writes it. Throws RangeError for a language without months.
 */
export function writeDate(random: Random, split: Split, language: string, region: string, day: string): string {
  const american = region === 'US';
  const common = american ? AMERICAN : EUROPEAN;
  const own = american ? AMERICAN_TEST : EUROPEAN_TEST;
  const form = split === 'test' && random.chance(0.35) ? random.pick(own) : random.pick(common);
  const month = day.slice(4, 6);
  return form(day.slice(0, 4), month, day.slice(6, 8), monthName(language, month));
}

/** Whether dates can be written in a language. */
export const hasMonths = (language: string): boolean => language in MONTHS;

export function monthName(language: string, month: string): string {
  const name = MONTHS[language]?.[Number(month) - 1];
  if (name === undefined) throw new RangeError(`no month ${month} in ${language}`);
  return name;
}

/** `YYYYMMDD` between two years, both included. */
export function randomDay(random: Random, from: number, to: number): string {
  const month = String(random.int(1, 12)).padStart(2, '0');
  return `${random.int(from, to)}${month}${String(random.int(1, 28)).padStart(2, '0')}`;
}

/** `HHMMSS` */
export function randomTime(random: Random): string {
  const two = (to: number): string => String(random.int(0, to)).padStart(2, '0');
  return `${two(23)}${two(59)}${two(59)}`;
}
