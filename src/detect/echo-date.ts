import { fold } from '../core/canonical.ts';
import { all, type Echo, lazy, type Needle, NO_PART } from './needle.ts';

/** Names of the months, and what they are cut to, in the languages of the registries that hospitals here meet; folded. */
const MONTHS = [
  'january january janvier januar januari enero gennaio stycznia styczen janeiro ledna januara sijecnja ianuarie ocak января січня',
  'february februar fevrier februari febrero febbraio lutego luty fevereiro feber unora februara veljace februarie subat февраля лютого',
  'march marz maerz mars maart marzo marca marzec marco marts brezna ozujka martie mart marcius марта березня',
  'april april avril abril aprile kwietnia kwiecien dubna aprila travnja aprilie nisan aprilis апреля квітня',
  'may mai mei mayo maggio maja maj maio kvetna maja svibnja mayis majus мая травня',
  'june juni juin junio giugno czerwca czerwiec junho cervna juna lipnja iunie haziran junius июня червня',
  'july juli juillet julio luglio lipca lipiec julho cervence jula srpnja iulie temmuz julius июля липня',
  'august august aout augustus agosto sierpnia sierpien augusti srpna kolovoza agustos augusztus августа серпня',
  'september septembre septiembre settembre wrzesnia wrzesien setembro zari septembra rujna septembrie eylul szeptember сентября вересня',
  'october oktober octobre octubre ottobre pazdziernika pazdziernik outubro rijna oktobra octombrie ekim октября жовтня',
  'november novembre noviembre listopada listopad novembro listopadu novembra studenoga studenog noiembrie kasim ноября листопада',
  'december dezember decembre diciembre dicembre grudnia grudzien dezembro desember prosince decembra prosinca decembrie aralik декабря грудня',
].map((names) => [...new Set(names.split(' ').map(fold))]);

/** Months by their names, and by the three letters that these are cut to. */
const NUMBERS: ReadonlyMap<string, number> = new Map(
  MONTHS.flatMap((names, month) => names.flatMap((name) => [[name, month + 1] as const, [name.slice(0, 3), month + 1] as const])),
);

/** The number of a month from its folded name, whole or cut to three letters, in two dozen languages; 0 where it is none. */
export function monthNamed(name: string): number {
  return NUMBERS.get(name) ?? NUMBERS.get(name.slice(0, 3)) ?? 0;
}

/** What every numeric form of a day has; others name the month. */
const NUMERIC = /\d{8}|\d ?[-/. –·_] ?\d{1,2} ?[-/. –·_] ?\d|\d\. \d{1,2}\. \d|\d[./ -]+[IVX]{1,4}[./ -]|\d ?[年년]/;
/** What makes six digits a day. */
const BORN = 'D\\.?O\\.?B\\.?|BIRTH(?:DATE| DATE|DAY)?|BORN|GEB(?:\\.|OREN)?|NEE?|NAC(?:IDO|IDA)?|NATO|NATA|UR\\.';
/** Months as Roman numerals: `7.III.1962`. */
const ROMAN = ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X', 'XI', 'XII'];
const SIX = /(?<!\d)\d{6}(?!\d)/;

/** A month by name: whole, or cut to three or four letters. */
function monthPattern(names: readonly string[]): string {
  const cut = new Set(names.flatMap((name) => (name.length > 3 ? [name.slice(0, 3), name.slice(0, 4)] : [])));
  const spelled = [...names, ...cut].sort((one, other) => other.length - one.length);
  return `(?:${[...new Set(spelled)].join('|')})(?!\\p{L})\\.?`;
}

/** Some thirty written forms of a day; `value` is `YYYYMMDD`. */
export function dateNeedle(value: string): Needle | null {
  if (value.length !== 8) return null;
  const year = value.slice(0, 4);
  const mm = value.slice(4, 6);
  const dd = value.slice(6);
  const months = MONTHS[Number(mm) - 1];
  if (months === undefined) return null;
  const yy = value.slice(2, 4);
  const pattern = lazy(() => {
    const m = `0?${Number(mm)}`;
    const d = `0?${Number(dd)}`;
    const name = monthPattern(months);
    const nth = `${d}(?:ST|ND|RD|TH|ER|O|A)?\\.?`;
    const s = '[-/. ]';
    const short = `(?:${year}|['\u2019]?${yy})`;
    return [
      `(?<!\\d)${year}${mm}${dd}(?:\\d{4}|\\d{6})?(?!\\d)`,
      `(?<!\\d\\.?)${year}(?<a>${s})${m}\\k<a>${d}(?!\\d)`,
      `(?<!\\d\\.?)${m}(?<b>${s})${d}\\k<b>${year}(?!\\d)`,
      `(?<!\\d\\.?)${d}(?<c>${s})${m}\\k<c>${year}(?!\\d)`,
      `(?<!\\d\\.?)${d}\\.\\s${m}\\.\\s${year}(?!\\d)`,
      `(?<!\\d[./-]?)(?:${year}(?<h> [-/.] |[–·_]|\\. )${m}\\k<h>${d}|(?:${d}(?<i> [-/.] |[–·_])${m}|${m}(?<j> [-/.] |[–·_])${d})(?:\\k<i>|\\k<j>)${year})(?!\\d)`,
      `(?<!\\d[./-]?)${d}[-/. ]{1,2}${ROMAN[Number(mm) - 1]}[-/. ]{1,2}${short}(?!\\d)`,
      `(?<!\\d)${year}[-/. ]?${name}[-/. ]?${d}(?!\\d)`,
      `(?<!\\d)${year} ?[年년] ?${m} ?[月월] ?${d} ?[日号號일]?`,
      `(?<!\\d)${mm}${dd}${year}(?!\\d)`,
      `(?<!\\d)${dd}${mm}${year}(?!\\d)`,
      `(?<!\\d)${nth}(?:\\s+(?:OF|DE))?[\\s-]{0,2}${name},?(?:\\s+(?:DE|DEL))?[\\s-]{0,2}${short}(?!\\d)`,
      `(?<!\\p{L})${name}[\\s-]{0,2}${nth},?[\\s-]{1,2}${year}(?!\\d)`,
      `(?<!\\d[./-]?)(?:${m}(?<e>[-/.])${d}\\k<e>${yy}|${d}(?<f>[-/.])${m}\\k<f>${yy}|${yy}(?<g>[-/])${m}\\k<g>${d})(?![\\d/-]|\\.\\d)`,
      `(?<=(?:${BORN})[\\s:=]{0,4})(?:${mm}${dd}${yy}|${dd}${mm}${yy}|${yy}${mm}${dd})(?!\\d)`,
    ].join('|');
  });
  const monthOnly = lazy(
    () => `(?<![\\p{L}\\d])(?<!\\d[\\s.-]{1,2})${monthPattern(months)},?(?:\\s+(?:OF|DE|DEL))?[\\s-]${year}(?!\\d)`,
  );
  const named = months.map((name) => name.slice(0, 3));
  return {
    anchors: [
      year,
      `/${yy}`,
      `-${yy}`,
      `.${yy}`,
      `'${yy}`,
      mm + dd + yy,
      dd + mm + yy,
      yy + mm + dd,
      `${yy}-${mm}`,
      `${yy}/${mm}`,
    ],
    before: '',
    find(text) {
      const found: Echo[] = [];
      // A year alone is no day, and a pattern costs more to make than the scan of a message.
      const spelled = named.some((name) => text.includes(name));
      if (spelled || NUMERIC.test(text) || SIX.test(text)) all(pattern(), text, 1, found);
      if (spelled && found.length === 0) all(monthOnly(), text, 0.7, found);
      return found;
    },
    part: NO_PART,
  };
}
