import { qualifies } from './closed.ts';
import type { Evidence } from './evidence.ts';
import { hashOf } from './letters.ts';
import { givenRank, Lex } from './lexicon.ts';
import { isShouted } from './line.ts';
import { familyOf, gapAt, isPure, isStranger, lexOf, type Reader } from './reader.ts';
import { Gap, Kind } from './tokens.ts';
import { hashes } from './words.ts';

// A given name that is a word of everyday too (Joy, Rose, Dawn), alone and with a capital: only where nothing but a person can stand.

/** What only somebody with a voice does. */
const SPEAKS = hashes('denies says said admits states tells told asks asked texted phoned agrees believes thinks smiled cried');
/** Who is called has a telephone. */
const CALLS = hashes('called texted emailed phoned thanked told asked messaged');

/** Points of such a word; 0 where it may mean what it says. */
export function wordNameScore(reader: Reader, at: number, ahead: Evidence, behind: Evidence): number {
  const { cue, hash, kind } = reader.tokens;
  const bits = lexOf(reader, at);
  if (kind[at] !== Kind.capital || (bits & Lex.term) !== 0 || givenRank(bits) < 2 || (cue[at] ?? 0) !== 0) return 0;
  const gap = gapAt(reader, at + 1);
  const known = givenRank(bits) === 3;
  // `Rose (wife)`
  if (known && behind.weight >= 1.5 && behind.whose === 'relative' && (gap & Gap.open) !== 0) return 4;
  // `spouse: Hope`, `mother (May)`: and no sentence that goes on.
  const asked = ahead.weight >= 2 && (ahead.whose === 'relative' || (known && ahead.whose === 'patient'));
  if (asked) return kind[at + 1] === Kind.lower && gap === Gap.blank ? 0 : 4;
  if (!known || gap !== Gap.blank || isShouted(reader, at)) return 0;
  // `Patient Rose denies`
  if (ahead.weight >= 1.5 && ahead.whose === 'patient' && behind.weight >= 1 && gapAt(reader, at) === Gap.blank) return 4;
  if (SPEAKS.has(hash[at + 1] ?? 0) && behind.weight >= 1) return 3.5;
  return CALLS.has(hash[at - 1] ?? 0) && gapAt(reader, at) === Gap.blank && !qualifies(reader, at) ? 3.5 : 0;
}

const POSSESSIVES = hashes('his her their my our');

/** `his SNA, Bernie, is`: a name between commas behind somebody that only the speaker knows what to call. */
export function isApposed(reader: Reader, at: number): boolean {
  const { hash, kind } = reader.tokens;
  if (
    at < 2 ||
    kind[at] !== Kind.capital ||
    gapAt(reader, at) !== (Gap.comma | Gap.blank) ||
    gapAt(reader, at + 1) !== (Gap.comma | Gap.blank)
  )
    return false;
  return (
    POSSESSIVES.has(hash[at - 2] ?? 0) &&
    gapAt(reader, at - 1) === Gap.blank &&
    givenRank(lexOf(reader, at)) >= 2 &&
    isPure(reader, at)
  );
}

const [THE, TO, RELATED] = ['the', 'to', 'related'].map(hashOf);
const FAMILIES = hashes('family families');
/** What a family does, has or comes from. */
const GOES_ON = hashes(
  'of in and is are was were has have had who from at to with asked said wants want came lives live will by for on agrees agree met',
);

/** `related to the Tregaskis family of Redruth`: a family name between `the` and `family`, and not a practice or a history. */
export function isFamilyOf(reader: Reader, at: number): boolean {
  const { hash, kind, count } = reader.tokens;
  if (hash[at - 1] !== THE || !FAMILIES.has(hash[at + 1] ?? 0) || kind[at] !== Kind.capital || kind[at + 1] !== Kind.lower)
    return false;
  if (gapAt(reader, at) !== Gap.blank || gapAt(reader, at + 1) !== Gap.blank) return false;
  const next = at + 2;
  if (next < count && gapAt(reader, next) === Gap.blank && !GOES_ON.has(hash[next] ?? 0)) return false;
  const related = hash[at - 2] === TO && hash[at - 3] === RELATED;
  return (isPure(reader, at) && familyOf(reader, at) >= (related ? 1 : 2)) || (related && isStranger(reader, at));
}
