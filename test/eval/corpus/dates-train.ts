import type { Random } from '../../../src/demo/random.ts';
import { monthName } from './dates.ts';

/** Days as prose of the train split has them, beside the forms of dates.ts. */

const ROMAN = ['i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix', 'x', 'xi', 'xii'];
const UNITS = ['', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'];
const TEENS = ['thirteen', 'fourteen', 'fifteen', 'sixteen', 'seventeen', 'eighteen', 'nineteen'];
const TENS = ['', '', 'twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];
const ORDINALS =
  'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty-first twenty-second twenty-third twenty-fourth twenty-fifth twenty-sixth twenty-seventh twenty-eighth twenty-ninth thirtieth thirty-first'.split(
    ' ',
  );
const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

export interface Parts {
  readonly y: string;
  readonly yy: string;
  readonly m: number;
  readonly mm: string;
  readonly d: number;
  readonly dd: string;
  readonly month: string;
  readonly short: string;
  readonly weekday: string;
}

/** What a day is made of, in the words of a language; weekdays are English. */
export function partsOf(language: string, day: string): Parts {
  const [y, mm, dd] = [day.slice(0, 4), day.slice(4, 6), day.slice(6, 8)];
  const month = monthName(language, mm);
  const weekday = WEEKDAYS[new Date(Date.UTC(Number(y), Number(mm) - 1, Number(dd))).getUTCDay()] ?? '';
  return { y, yy: y.slice(2), m: Number(mm), mm, d: Number(dd), dd, month, short: month.slice(0, 3), weekday };
}

const roman = (m: number): string => ROMAN[m - 1] ?? '';
const inWords = (d: number): string => ORDINALS[d - 1] ?? '';
const suffixed = (d: number): string => `${d}${d > 3 && d < 21 ? 'th' : (['th', 'st', 'nd', 'rd'][d % 10] ?? 'th')}`;

type Form = (parts: Parts) => string;

const ENGLISH: readonly Form[] = [
  ({ d, month, y }) => `the ${inWords(d)} of ${month} ${y}`,
  ({ d, month, y }) => `${month} ${inWords(d)}, ${y}`,
  ({ d, month, y }) => `${suffixed(d)} ${month} ${y}`,
  ({ d, m, yy }) => `${d}/${roman(m)}/${yy}`,
  ({ d, m, y }) => `${d}.${roman(m).toUpperCase()}.${y}`,
  ({ weekday, month, d, y }) => `${weekday}, ${month} ${d}, ${y}`,
  ({ weekday, d, short, y }) => `${weekday.slice(0, 3)} ${d} ${short} ${y}`,
  ({ dd, short, yy }) => `${dd} ${short.toUpperCase()} ${yy}`,
  ({ y, short, dd }) => `${y}-${short}-${dd}`,
  ({ d, short, yy }) => `${d}-${short}-${yy}`,
  ({ month, d, yy }) => `${month} ${d} '${yy}`,
  ({ m, d, yy }) => `${m}/${d}/'${yy}`,
  ({ month, d, y }) => `${month} the ${suffixed(d)}, ${y}`,
  ({ month, d, y }) => `${month} ${d} of ${y}`,
  ({ y, mm, dd }) => `${y}.${mm}.${dd}`,
];
const FORMS: Readonly<Record<string, readonly Form[]>> = {
  en: ENGLISH,
  de: [
    ({ d, m, yy }) => `${d}.${m}.${yy}`,
    ({ d, short, y }) => `${d}. ${short}. ${y}`,
    ({ dd, mm, y }) => `${dd}. ${mm}. ${y}`,
    ({ d, m, y }) => `${d}.${roman(m).toUpperCase()}.${y}`,
  ],
  fr: [
    ({ d, month, y }) => `${d === 1 ? '1er' : d} ${month} ${y}`,
    ({ d, month, y }) => `${d} ${month.toUpperCase()} ${y}`,
    ({ dd, mm, yy }) => `${dd}/${mm}/${yy}`,
    ({ dd, mm, y }) => `${dd}.${mm}.${y}`,
  ],
  es: [
    ({ d, month, y }) => `${d} de ${month} de ${y}`,
    ({ d, month, y }) => `${d} de ${month} del ${y}`,
    ({ d, m, yy }) => `${d}/${m}/${yy}`,
    ({ d, m, y }) => `${d}-${roman(m).toUpperCase()}-${y}`,
  ],
  it: [
    ({ d, month, y }) => `${d} ${month} ${y}`,
    ({ d, m, y }) => `${d}/${m}/${y}`,
    ({ d, month, y }) => `${d === 1 ? '1°' : d} ${month} ${y}`,
  ],
  pt: [({ d, month, y }) => `${d} de ${month} de ${y}`, ({ d, month, y }) => `${d === 1 ? '1º' : d} de ${month} de ${y}`],
  nl: [({ d, short, y }) => `${d} ${short}. ${y}`, ({ d, m, yy }) => `${d}-${m}-'${yy}`, ({ d, m, yy }) => `${d}-${m}-${yy}`],
  sv: [({ d, month, y }) => `den ${d} ${month} ${y}`, ({ yy, mm, dd }) => `${yy}-${mm}-${dd}`, ({ d, m, y }) => `${d}/${m} ${y}`],
  da: [({ d, month, y }) => `d. ${d}. ${month} ${y}`, ({ d, m, yy }) => `${d}/${m}-${yy}`, ({ d, m, y }) => `${d}/${m} ${y}`],
  pl: [
    ({ d, month, y }) => `${d} ${month} ${y} r.`,
    ({ dd, mm, y }) => `${dd}.${mm}.${y} r.`,
    ({ d, m, y }) => `${d}.${roman(m).toUpperCase()}.${y}`,
  ],
};

/** A whole day. Throws RangeError for a language without months. */
export function proseDay(random: Random, language: string, day: string): string {
  return random.pick(FORMS[language] ?? ENGLISH)(partsOf(language, day));
}

/** A day as it is read out: `march third nineteen sixty-two`. */
export function spokenDay(day: string): string {
  const { month, d, y } = partsOf('en', day);
  return `${month.toLowerCase()} ${inWords(d)} ${yearInWords(Number(y))}`;
}

function yearInWords(year: number): string {
  const rest = year % 100;
  if (year < 2000) return `nineteen ${rest < 10 ? `oh ${under100(rest)}` : under100(rest)}`;
  return rest < 10 ? `two thousand ${under100(rest)}` : `twenty ${under100(rest)}`;
}

function under100(number: number): string {
  if (number < 13) return UNITS[number] ?? '';
  if (number < 20) return TEENS[number - 13] ?? '';
  const tens = TENS[Math.floor(number / 10)] ?? '';
  return number % 10 === 0 ? tens : `${tens}-${UNITS[number % 10] ?? ''}`;
}

/** A day whose year goes without saying. */
export function undated(random: Random, language: string, day: string): string {
  const { d, dd, m, mm, month, short, weekday } = partsOf(language, day);
  if (language !== 'en')
    return language === 'de' ? `${dd}.${mm}.` : language === 'es' || language === 'pt' ? `${d} de ${month}` : `${d} ${month}`;
  return random.pick([
    `${month} ${d}`,
    `${m}/${d}`,
    `${m}/${d}`,
    `${short} ${d}`,
    `${d} ${month}`,
    `the ${suffixed(d)} of ${month}`,
    `${weekday} ${m}/${d}`,
    `${weekday}, ${month} ${d}`,
    `${short} ${suffixed(d)}`,
    `${month} ${inWords(d)}`,
  ]);
}

/** Month and year, short. */
export function shortMonth(random: Random, language: string, day: string): string {
  const { y, yy, m, mm, short } = partsOf(language, day);
  if (language !== 'en') return `${mm}/${y}`;
  return random.pick([
    `${short} '${yy}`,
    `${short}-${yy}`,
    `${m}/${yy}`,
    `${mm}/${y}`,
    `${short}. ${y}`,
    `${short.toUpperCase()} ${y}`,
  ]);
}

/** Month and year, at length. */
export function solemnMonth(random: Random, language: string, day: string): string {
  const { y, month } = partsOf(language, day);
  if (language === 'es' || language === 'pt') return `${month} de ${y}`;
  if (language !== 'en') return `${month} ${y}`;
  return random.pick([`${month} of ${y}`, `${month}, ${y}`, `mid-${month} ${y}`, `late ${month} ${y}`]);
}
