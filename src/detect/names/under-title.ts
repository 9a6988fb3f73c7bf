import type { Candidate } from './candidate.ts';
import { Cue } from './cues.ts';
import { whoseOf } from './evidence.ts';
import { hashOf } from './letters.ts';
import { isShouted } from './line.ts';
import { gapAt, isGap, lengthOf, type Reader, wordAt } from './reader.ts';
import { Gap, Kind } from './tokens.ts';
import { hashes, listOf } from './words.ts';

// Names that nothing but a title or a word for a person tells: initials.

/** Titles before which an initial stands for a whole name. */
const TITLES = hashes('mr mrs ms mme mlle sr sra señor señora herr frau herrn fru');

/** Letters with dots that are no person's: by mouth, into a vein, the gut. */
const CLINICAL_LETTERS: ReadonlySet<string> = new Set(
  listOf(
    'po iv im sc npo nbm od os ou ot pt bm gi gu er ed ua dx hx rx tx sx md do rn pa np dob dod aka poa ca bp hr us uk eu tb pe dvt mi cva uti',
  ),
);

/** `Mr T`, `Mme V.`, `Sr O.B.Q.`, `her husband P.J. worked`: initials for a name, from `at` on. */
export function initialsName(reader: Reader, at: number): Candidate | null {
  const { cue, hash, kind } = reader.tokens;
  if (isLabelled(reader, at)) return { first: at, last: at, score: 4, whose: 'patient' };
  if (at === 0 || kind[at] !== Kind.initial) return null;
  const last = lastInitial(reader, at);
  const ahead = cue[at - 1] ?? 0;
  const titled = TITLES.has(hash[at - 1] ?? 0) && kind[at - 1] === Kind.capital && isGap(reader, at, Gap.blank | Gap.dot);
  if (!titled && isBorn(reader, at)) return { first: at, last, score: 4, whose: 'patient' };
  if (!titled && !isSomebody(reader, at, last)) return null;
  const apart = gapAt(reader, last + 1) & (Gap.hyphen | Gap.digit | Gap.slash | Gap.other);
  if (apart !== 0 && last + 1 < reader.tokens.count) return null;
  // `Mr. X` is who nobody is to know.
  if (last === at && 'XYZ'.includes(reader.text.charAt(reader.tokens.start[at] ?? 0))) return null;
  if (last === at && isShouted(reader, at) && reader.tokens.count > 6) return null;
  return { first: at, last, score: 4, whose: titled ? 'unknown' : whoseOf(ahead) };
}

/** The last of the letters that only dots part. */
function lastInitial({ tokens: { count, gap, kind } }: Reader, at: number): number {
  let last = at;
  while (last + 1 < count && last < at + 3 && kind[last + 1] === Kind.initial && gap[last + 1] === Gap.dot) last++;
  return last;
}

const INITIALS = hashOf('initials');

/** `initials AMK`, `Subject initials: BTW` */
function isLabelled(reader: Reader, at: number): boolean {
  const { cue, hash, kind } = reader.tokens;
  if (at === 0 || hash[at - 1] !== INITIALS || kind[at] !== Kind.upper || lengthOf(reader, at) > 3) return false;
  return (cue[at] ?? 0) === 0 && isGap(reader, at, Gap.blank | Gap.colon) && !CLINICAL_LETTERS.has(wordAt(reader, at));
}

const BIRTH = /^\.,? \(?(?:dob|d\.o\.b|born)\b/i;

/** `(K.O., dob 4.6.71)` */
function isBorn(reader: Reader, at: number): boolean {
  const last = lastInitial(reader, at);
  const end = reader.tokens.end[last] ?? 0;
  return last > at && BIRTH.test(reader.text.slice(end, end + 10));
}

const CLIENTS = hashes('client clients');

/** `her husband P.J.`, `Client R.T.`: two letters or more with their dots after a word for a person, and not by what way a drug is given. */
function isSomebody({ text, tokens }: Reader, at: number, last: number): boolean {
  const { cue, end, gap, hash, kind, start } = tokens;
  if (last === at || gap[at] !== Gap.blank || text.charAt(end[last] ?? 0) !== '.') return false;
  const relative = ((cue[at - 1] ?? 0) & Cue.relative) !== 0 && kind[at - 1] === Kind.lower;
  if (!relative && !CLIENTS.has(hash[at - 1] ?? 0)) return false;
  return !CLINICAL_LETTERS.has(text.slice(start[at], end[last]).replaceAll('.', ''));
}
