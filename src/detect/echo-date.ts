import { fold } from '../core/canonical.ts';
import { all, type Echo, lazy, type Needle, NO_PART } from './needle.ts';

/** Names of the months, and what they are cut to, in the languages of the registries that hospitals here meet; folded. */
const MONTHS = [
  'january january janvier januar januari enero gennaio stycznia styczen janeiro',
  'february februar fevrier februari febrero febbraio lutego luty fevereiro feber',
  'march marz maerz mars maart marzo marca marzec marco',
  'april april avril abril aprile kwietnia kwiecien',
  'may mai mei mayo maggio maja maj maio',
  'june juni juin junio giugno czerwca czerwiec junho',
  'july juli juillet julio luglio lipca lipiec julho',
  'august august aout augustus agosto sierpnia sierpien augusti',
  'september septembre septiembre settembre wrzesnia wrzesien setembro',
  'october oktober octobre octubre ottobre pazdziernika pazdziernik outubro',
  'november novembre noviembre listopada listopad novembro',
  'december dezember decembre diciembre dicembre grudnia grudzien dezembro desember',
].map((names) => [...new Set(names.split(' ').map(fold))]);

/** What every numeric form of a day has; others name the month. */
const NUMERIC = /\d{8}|\d[-/. ]\d{1,2}[-/. ]\d|\d\. \d{1,2}\. \d/;
/** What makes six digits a day. */
const BORN = 'D\\.?O\\.?B\\.?|BIRTH(?:DATE| DATE|DAY)?|BORN|GEB(?:\\.|OREN)?|NEE?|NAC(?:IDO|IDA)?|NATO|NATA|UR\\.';
const SIX = /(?<!\d)\d{6}(?!\d)/;

/** A month by name: whole, or cut to three or four letters. */
function monthPattern(names: readonly string[]): string {
  const cut = new Set(names.flatMap((name) => (name.length > 3 ? [name.slice(0, 3), name.slice(0, 4)] : [])));
  const spelled = [...names, ...cut].sort((one, other) => other.length - one.length);
  return `(?:${[...new Set(spelled)].join('|')})(?!\\p{L})\\.?`;
}

/** Some twenty written forms of a day; `value` is `YYYYMMDD`. */
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
    anchors: [year, `/${yy}`, `-${yy}`, `.${yy}`, `'${yy}`, mm + dd + yy, dd + mm + yy, yy + mm + dd],
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
