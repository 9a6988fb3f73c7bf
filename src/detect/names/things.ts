import { Cue } from './cues.ts';
import { hashOf } from './letters.ts';
import { gapAt, lengthOf, type Reader } from './reader.ts';
import { Gap, Kind } from './tokens.ts';
import { hashes } from './words.ts';

// What stands around a word and says that it is what a thing is called after.

const OFS = hashes('of de di do da du des del von');
/** `Vein of Galen`, `Escala de Rankin`, `Tasca di Morison`: whether the word stands behind a thing and its `of`. */
export function isOfThing(reader: Reader, at: number): boolean {
  const { cue, hash } = reader.tokens;
  if (at < 2 || gapAt(reader, at) !== Gap.blank || !OFS.has(hash[at - 1] ?? 0)) return false;
  return gapAt(reader, at - 1) === Gap.blank && ((cue[at - 2] ?? 0) & Cue.thing) !== 0;
}

const ANDS = hashes('and or und oder et ou y o e');
/** Words of a list that are looked at. */
const MOST = 8;
const IN_LIST = Gap.blank | Gap.comma | Gap.slash | Gap.hyphen | Gap.other;

/** `Terry or Lindsay nails`, `Hohmann, Bennett and Gelpi retractors`: whether a list of names that begins here ends with a thing. */
export function isListOfThings({ tokens: { cue, gap, hash, kind, count } }: Reader, last: number): boolean {
  let joined = false;
  for (let word = last + 1; word < Math.min(count, last + MOST); word++) {
    const between = gap[word] ?? 0;
    if ((between & ~IN_LIST) !== 0) return false;
    const and = ANDS.has(hash[word] ?? 0);
    if (!and && ((cue[word] ?? 0) & Cue.thing) !== 0) return joined && between === Gap.blank;
    if (and || (between & (Gap.comma | Gap.slash)) !== 0) joined = true;
    else if (!joined) return false;
    if (!and && kind[word] !== Kind.capital) return false;
  }
  return false;
}

const ANTI = hashOf('anti');

/** `anti-Lea (Lewis), anti-Lua (Lutheran), Diego, Colton`: whether a list of antibodies is being told. */
export function isAmongAntibodies({ tokens: { gap, hash } }: Reader, first: number): boolean {
  for (let word = first - 1; word > Math.max(0, first - MOST); word--) {
    if (((gap[word + 1] ?? 0) & (Gap.dot | Gap.newline)) !== 0) return false;
    if (hash[word] === ANTI && gap[word + 1] === Gap.hyphen) return true;
  }
  return false;
}

/** Abbreviations that are names too where they are written small. */
const ACRONYMS = hashes('biba clia pcea elisa lis ris mira lisa sara alma cara aldo ana emma nora mara');

export function isAcronym({ tokens: { hash, kind } }: Reader, at: number): boolean {
  return kind[at] === Kind.upper && ACRONYMS.has(hash[at] ?? 0);
}

/** `U=U. Doxy`: a letter that hangs on a sign is nobody's initial. */
export function hangsOnSign(reader: Reader, at: number): boolean {
  return reader.tokens.kind[at] === Kind.initial && gapAt(reader, at) === Gap.colon && lengthOf(reader, at - 1) === 1;
}

/** Tablets, capsules, injections and syrups of Asia: `T. Ecosprin 75`, `Inj. Ceftriaxone`. */
const FORMS = 'TCIS';
const DOSE = /^ \d/;

export function isDose({ text, tokens: { end, kind, start } }: Reader, first: number, last: number): boolean {
  if (last !== first + 1 || kind[first] !== Kind.initial || !FORMS.includes(text.charAt(start[first] ?? 0))) return false;
  return DOSE.test(text.slice(end[last], (end[last] ?? 0) + 2));
}

const STAGE = /^(?:I{1,3}|I?V|VI{0,3})[a-d]$/;

/** `Hinchey Ib`: a stage behind the name of whoever drew it up. */
export function isStage({ text, tokens: { end, start } }: Reader, first: number, last: number): boolean {
  return last === first + 1 && (end[last] ?? 0) - (start[last] ?? 0) <= 5 && STAGE.test(text.slice(start[last], end[last]));
}
