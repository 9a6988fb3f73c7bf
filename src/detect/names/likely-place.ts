import { followedBy } from './behind.ts';
import { type Candidate, ENOUGH } from './candidate.ts';
import { Cue } from './cues.ts';
import { hashOf } from './letters.ts';
import { Lex, wordRank } from './lexicon.ts';
import { isShouted } from './line.ts';
import { looksLikeWord } from './morphology.ts';
import { gapAt, givenOf, isStranger, isTerm, lengthOf, lexOf, type Reader, wordAt } from './reader.ts';
import { Gap, Kind } from './tokens.ts';
import { hashes } from './words.ts';

// Villages and quarters that no table has: a word of no list, or one that is nothing but a family name, after a word of place.

/** Words of place, and of going there. */
const PLACES = hashes('from in at near nr outside around via towards toward to past lives resides em uit naar');
/** What goes before them where a medicine, a device or a file is taken from one to another. */
const CHANGES = hashes(
  'switched switch changed change converted convert transitioned transition titrated increased decreased responded response allergic allergy allergies due related sensitive resistant according thanks addition prior secondary compared similar back refer referred sent cc copy fax faxed emailed email letter dear',
);
/** Labels of an address too: `Lives: Lajamanu`. */
const LIVES = hashes('lives resides');
/** What places are called after, behind any word. */
const PLACE_ENDS = hashes(
  'lake city grove springs creek falls river hills beach valley point bay island heights junction crossing prairie mesa downs thorpe bentley rapids harbour harbor cove bluff bluffs ridge forest landing rock ferry mills bridge township village',
);
/** Words of a place's name in more than one. */
const MOST = 3;

/** `Wexford Ward`, `Thirlby pump` */
const OTHERS = Cue.thing | Cue.organization | Cue.role;

/** What people do at a place, or are there: whom they work for stands after `at`. */
const WORK = hashes(
  'work works worked working job jobs shift shifts nights employed employee manager mgr boss foreman supervisor shed line plant factory forklift drove drives taught teaches teacher counselor counsellor welder engineer mechanic driver cook chef retired apprentice cleaner clerk cooked cooks cleans cleaned serves served fitter packer picker warehouse',
);
/** The same, and what else is said of a job before whose it is in brackets: `his office (Apapa Tank Farm Services)`. */
const WORKPLACES: ReadonlySet<number> = new Set([
  ...WORK,
  ...hashes(
    'office employer employers lineman miner farmer electrician plumber carpenter roofer nurse porter janitor custodian labourer laborer operator technician waitress waiter bartender cashier secretary trucker sailor fisherman trawler docker depot mill mine quarry yard occupation colleague colleagues coworker coworkers boss hr apprenticeship',
  ),
]);
/** What they do for somebody: `worked for`, and not `carer for` or `driver for`. */
const WORK_FOR = hashes('work works worked working employed drove drives farms contracts contracted');
const [AT, FOR, THE] = ['at', 'for', 'the'].map(hashOf);
/** Words between what somebody does and where. */
const WORK_NEAR = 5;
const MOST_OF_FIRM = 5;

/** The name of a place that begins at `at`, or of whom somebody works for; null where it is none, or an institution's. */
export function likelyPlace(reader: Reader, at: number): Candidate | null {
  const { hash, kind } = reader.tokens;
  if (at === 0 || kind[at] !== Kind.capital) return null;
  const bracketed = gapAt(reader, at) === (Gap.blank | Gap.open) && isNear(reader, at, WORKPLACES);
  if (kind[at - 1] === Kind.upper || (!bracketed && gapAt(reader, at) !== Gap.blank && !LIVES.has(hash[at - 1] ?? 0)))
    return null;
  const prep = hash[at - 1] === THE ? at - 2 : at - 1;
  const firm =
    bracketed || (hash[prep] === AT && isNear(reader, prep, WORK)) || (hash[prep] === FOR && isNear(reader, prep, WORK_FOR));
  if (!firm && (!PLACES.has(hash[at - 1] ?? 0) || CHANGES.has(hash[at - 2] ?? 0))) return null;
  if (isShouted(reader, at)) return null;
  const last = runEnd(reader, at, firm);
  if (bracketed && (last === at || (gapAt(reader, last + 1) & (Gap.close | Gap.comma)) === 0)) return null;
  const ends = last > at && PLACE_ENDS.has(hash[last] ?? 0);
  if (
    isMore(reader, last + 1) ||
    followedBy(reader, last) !== null ||
    !((firm || ends || hasPlaceWord(reader, at, last)) && last > at ? isNoCue(reader, at) : isPlaceWord(reader, at))
  )
    return null;
  const others = firm ? Cue.role | Cue.doctor | Cue.title | Cue.relative : OTHERS;
  for (let word = at + 1; word <= last + 1; word++) if (((reader.tokens.cue[word] ?? 0) & others) !== 0) return null;
  return { first: at, last, score: ENOUGH, whose: 'unknown', likely: firm ? 'likely-employer' : 'likely-place' };
}

/** `Moira (sister, Shediac)`, `his son (Marine, Camp Lejeune)`: the last words in a bracket behind a relative or a name that was given; null for anything else. */
export function placeOfKin(reader: Reader, at: number): Candidate | null {
  const { gap, kind } = reader.tokens;
  if (kind[at] !== Kind.capital || (gapAt(reader, at) & Gap.comma) === 0 || !isPlaceWord(reader, at) || givenOf(reader, at) > 0)
    return null;
  const last = runEnd(reader, at, false);
  if ((gapAt(reader, last + 1) & Gap.close) === 0) return null;
  for (let word = at - 1; word > 0 && word > at - BRACKET; word--) {
    if (((gap[word] ?? 0) & (Gap.dot | Gap.newline | Gap.close)) !== 0) return null;
    if (((gap[word] ?? 0) & Gap.open) === 0) continue;
    return isKin(reader, word - 1) ? { first: at, last, score: ENOUGH, whose: 'unknown', likely: 'likely-place' } : null;
  }
  return null;
}

/** Words in a bracket before the place. */
const BRACKET = 6;

/** A relative, the name of one, or one right before a name. */
function isKin({ names, tokens: { cue, hash } }: Reader, at: number): boolean {
  return (((cue[at] ?? 0) | (cue[at - 1] ?? 0)) & Cue.relative) !== 0 || names.has(hash[at] ?? 0);
}

function runEnd(reader: Reader, at: number, firm: boolean): number {
  const most = firm ? MOST_OF_FIRM : MOST;
  let last = at;
  while (last + 1 - at < most && isMore(reader, last + 1, firm)) last++;
  return last;
}

function isNoCue(reader: Reader, at: number): boolean {
  return ((reader.tokens.cue[at] ?? 0) & ~(Cue.particle | Cue.saint)) === 0 && !isTerm(reader, at);
}

/** Whether one of the words stands before `at` in its part of the text. */
function isNear({ tokens: { gap, hash } }: Reader, at: number, words: ReadonlySet<number>): boolean {
  for (let word = at; word > 0 && word > at - WORK_NEAR; word--) {
    if (((gap[word] ?? 0) & (Gap.dot | Gap.newline)) !== 0) return false;
    if (words.has(hash[word - 1] ?? 0)) return true;
  }
  return false;
}

/** A stranger, or a word that is only a family name or a place. */
function isPlaceWord(reader: Reader, at: number): boolean {
  const { cue, kind } = reader.tokens;
  if (kind[at] !== Kind.capital || (cue[at] ?? 0) !== 0 || lengthOf(reader, at) < 4 || isTerm(reader, at)) return false;
  if (isStranger(reader, at)) return true;
  const bits = lexOf(reader, at);
  return bits !== 0 && wordRank(bits) === 0 && (bits & Lex.eponym) === 0 && !looksLikeWord(wordAt(reader, at));
}

/** `Las Palomas`, `Lower Pell`: one word of the run that could be a place by itself. */
function hasPlaceWord(reader: Reader, at: number, last: number): boolean {
  for (let word = at; word <= last; word++) if (isPlaceWord(reader, word)) return true;
  return false;
}

/** Whether a further word with a capital belongs to what came before; in a firm's name an ampersand joins two. */
function isMore(reader: Reader, at: number, firm = false): boolean {
  const gap = gapAt(reader, at);
  const { end, kind, start } = reader.tokens;
  if (kind[at] !== Kind.capital) return false;
  return gap === Gap.blank || gap === Gap.hyphen || (firm && reader.text.slice(end[at - 1], start[at]) === ' & ');
}
