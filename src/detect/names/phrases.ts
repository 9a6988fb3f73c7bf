import { Cue } from './cues.ts';
import { type Whose, whoseOf } from './evidence.ts';
import { hashOf } from './letters.ts';
import { beginsSentence } from './line.ts';
import { gapAt, isGap, isNameable, type Reader } from './reader.ts';
import { Gap, Kind } from './tokens.ts';
import { listOf } from './words.ts';

// Turns of phrase right before a name that no single word tells. `at` or `word` is the word before the name.

const FOR = hashOf('for');

/** A word for a person with a capital that no sentence begins with. */
export function isInTitle(reader: Reader, word: number): boolean {
  const { cue, kind } = reader.tokens;
  const person = ((cue[word] ?? 0) & (Cue.relative | Cue.role | Cue.patient)) !== 0;
  return person && kind[word] === Kind.capital && !beginsSentence(reader, word);
}

/** `Smith & Nephew`, `Marks & Son` */
export function isFirmHalf({ text, tokens: { end, kind, start } }: Reader, word: number): boolean {
  return kind[word] === Kind.capital && word > 0 && text.slice(end[word - 1], start[word]) === ' & ';
}

/** Who has to do with a patient and is no clinician: such a name counts. */
const OUTSIDERS: ReadonlySet<number> = new Set(
  listOf('adjuster volunteer volunteers advocate vendor supplier caterer courier cleaner installer keyholder').map(hashOf),
);

const RESIDENT = hashOf('resident');
/** What a nursing home has beside its resident's name. */
const LODGED = /^[^\n]{0,48}\b(?:RM|ROOM|DOB|MRN|MED REC)\b/i;

/** Whose name a word for a person asks for; `RESIDENT: Young, Grace   RM 114` is no physician. */
export function ownerOf({ text, tokens: { cue, end, gap, hash } }: Reader, word: number): Whose {
  if (OUTSIDERS.has(hash[word] ?? 0)) return 'unknown';
  const lodger = hash[word] === RESIDENT && ((gap[word + 1] ?? 0) & Gap.colon) !== 0;
  if (lodger && LODGED.test(text.slice(end[word], (end[word] ?? 0) + 60))) return 'patient';
  return whoseOf(cue[word] ?? 0);
}

const UNITS: ReadonlySet<number> = new Set(['fr', 'd', 'm', 'ms', 'pa', 'ma', 'l', 'g', 'h', 's', 'sr', 'st'].map(hashOf));

/** A unit right after a figure (`26 Fr. Snellen`), and no title. */
export function isUnit(reader: Reader, word: number): boolean {
  if (!UNITS.has(reader.tokens.hash[word] ?? 0)) return false;
  const from = reader.tokens.start[word] ?? 0;
  return /\d ?$/.test(reader.text.slice(Math.max(0, from - 2), from));
}

/** What stands between a doctor's title and the name: `Dr. med.`, `dott.ssa`. */
const DEGREES: ReadonlySet<number> = new Set(['med', 'ssa', 'dent', 'habil', 'ing'].map(hashOf));

/** Whose name follows such a degree: a doctor's, or whoever the title is of. */
export function degreeOwner({ tokens: { cue, hash } }: Reader, word: number): Whose {
  const head = DEGREES.has(hash[word - 1] ?? 0) ? word - 2 : word - 1;
  return ((cue[head] ?? 0) & Cue.doctor) !== 0 ? 'provider' : 'unknown';
}

/** What stands between any title and the name: `Sig.ra`, `Frau Mag.` */
const ENDINGS: ReadonlySet<number> = new Set(['ra', 'mag', 'dipl', 'ing'].map(hashOf));

/** Whether the word is such a degree right after a title. */
export function isDegreeOf(reader: Reader, word: number): boolean {
  const { cue, hash } = reader.tokens;
  // `Dr. med. habil.`
  const head = DEGREES.has(hash[word - 1] ?? 0) && isGap(reader, word, Gap.blank | Gap.dot) ? word - 2 : word - 1;
  const title = cue[head] ?? 0;
  return (
    ((DEGREES.has(hash[word] ?? 0) && (title & Cue.doctor) !== 0) ||
      (ENDINGS.has(hash[word] ?? 0) && (title & Cue.title) !== 0)) &&
    isGap(reader, word, Gap.blank | Gap.dot) &&
    isGap(reader, word + 1, Gap.blank | Gap.dot)
  );
}

const [REFERRING, UP, FOLLOWUP] = [hashOf('referring'), hashOf('up'), hashOf('followup')];

/** `thank you for referring Ms …`: not the one who refers. */
export function isReferring({ tokens: { hash } }: Reader, at: number): boolean {
  return hash[at] === REFERRING && hash[at - 1] === FOR;
}

/** `will follow up with …` */
export function isFollowUp({ tokens: { hash } }: Reader, at: number): boolean {
  return hash[at - 1] === UP || hash[at - 1] === FOLLOWUP;
}

const ANDS: ReadonlySet<number> = new Set(['and', 'und', 'et', 'y', 'en', 'och', 'og', 'oraz'].map(hashOf));

/** An `and` between two names, the first of which may have an age. */
export function isAnd({ tokens }: Reader, at: number): boolean {
  return (
    ANDS.has(tokens.hash[at] ?? 0) &&
    tokens.gap[at + 1] === Gap.blank &&
    (tokens.gap[at] === Gap.blank || isAged(tokens.gap[at] ?? 0))
  );
}

const [GOES, WENT, BY, KNOWN, AS, PREFERRED, NAME, CALLED, PREFERS] = [
  'goes',
  'went',
  'by',
  'known',
  'as',
  'preferred',
  'name',
  'called',
  'prefers',
].map(hashOf);
const LE = hashOf('le');
const TELL: ReadonlySet<number> = new Set(['digan', 'llamen'].map(hashOf));
const BES: ReadonlySet<number> = new Set(['be', 'being', 'is', 'now', 'commonly', 'usually', 'affectionately'].map(hashOf));

/** `goes by Bud`, `known as Dot`, `likes to be called Chip`, `que le digan Nacho`, `Preferred name: Dee`: any word may be what friends call somebody. */
export function isPreferred({ tokens: { hash } }: Reader, at: number): boolean {
  const [word, before] = [hash[at], hash[at - 1]];
  return (
    word === PREFERS ||
    (word === BY && (before === GOES || before === WENT)) ||
    (word === AS && before === KNOWN) ||
    (word === NAME && before === PREFERRED) ||
    (TELL.has(word ?? 0) && before === LE) ||
    (word === CALLED && BES.has(before ?? 0)) ||
    isSaidByAll(hash, at)
  );
}

const SAYS = hashOf('says');
const ALL: ReadonlySet<number> = new Set(['everyone', 'everybody', 'friends', 'mates', 'family'].map(hashOf));
const CALL: ReadonlySet<number> = new Set(['call', 'calls', 'called'].map(hashOf));
const WHOM: ReadonlySet<number> = new Set(['him', 'her', 'me', 'them'].map(hashOf));

/** `everyone says ray`, `friends call her Midge` */
export function isSaidByAll(hash: Uint32Array, at: number): boolean {
  const word = hash[at] ?? 0;
  if (word === SAYS) return ALL.has(hash[at - 1] ?? 0);
  return WHOM.has(word) && CALL.has(hash[at - 1] ?? 0) && ALL.has(hash[at - 2] ?? 0);
}

const OF = hashOf('of');

/** `Parent of Walter`, `infant of B. Long` */
export function isOfWhom(reader: Reader, at: number): boolean {
  const { cue, gap, hash } = reader.tokens;
  // `Sons of Norway`
  if (hash[at] !== OF || isInTitle(reader, at - 1)) return false;
  return (
    hash[at] === OF &&
    gap[at] === Gap.blank &&
    gap[at + 1] === Gap.blank &&
    ((cue[at - 1] ?? 0) & (Cue.relative | Cue.patient)) !== 0
  );
}

/** By the word right before the name: what stands before that word for somebody's husband or wife to follow. */
const SPOUSES: readonly (readonly [word: number, before: ReadonlySet<number>])[] = (
  [
    ['efter', 'änka änkling enke enkemand enkemann'],
    ['med', 'gift'],
    ['mit', 'verheiratet'],
    ['met', 'getrouwd gehuwd'],
    ['avec', 'mariée marié'],
    ['de', 'veuve veuf viuda viudo viúva viúvo'],
    ['di', 'vedova vedovo moglie marito'],
    ['van', 'weduwe weduwnaar'],
  ] as const
).map(([word, before]) => [hashOf(word), new Set(before.split(' ').map(hashOf))]);

/** `änka efter Evert`, `verheiratet mit Anja`: whom somebody is or was married to. */
export function isSpouseOf({ tokens: { gap, hash } }: Reader, at: number): boolean {
  if (gap[at] !== Gap.blank || gap[at + 1] !== Gap.blank) return false;
  return SPOUSES.some(([word, before]) => word === hash[at] && before.has(hash[at - 1] ?? 0));
}

const P = hashOf('p');

/** `matkę, p. Stanisławę`: Mrs, as Polish shortens it, right after a relative. */
export function isPani({ tokens: { cue, gap, hash, kind } }: Reader, at: number): boolean {
  if (hash[at] !== P || kind[at] !== Kind.lower || gap[at + 1] !== (Gap.dot | Gap.blank)) return false;
  return ((cue[at - 1] ?? 0) & Cue.relative) !== 0 && ((gap[at] ?? 0) & ~(Gap.blank | Gap.comma)) === 0;
}

const [CARE, TAKE] = ['care', 'take'].map(hashOf);

/** `take care Ray!` */
export function isFarewell({ tokens: { gap, hash } }: Reader, at: number): boolean {
  if (hash[at] !== CARE || hash[at - 1] !== TAKE || gap[at] !== Gap.blank) return false;
  return ((gap[at + 1] ?? 0) & ~(Gap.blank | Gap.comma)) === 0;
}

/** `her brother's place (Ottavio)`: what is somebody's, and who that is in brackets. */
export function isOwnerApart({ tokens: { cue, gap, kind } }: Reader, at: number): boolean {
  if (gap[at + 1] !== (Gap.blank | Gap.open) || kind[at] !== Kind.lower) return false;
  return gap[at] === (Gap.blank | Gap.possessive) && ((cue[at - 1] ?? 0) & Cue.relative) !== 0;
}

/** `wife 'Ana`: what stands before a name, but for the sign that Polynesian and Arabic names begin with. */
export function gapToName(reader: Reader, at: number): number {
  const gap = gapAt(reader, at);
  if (gap !== (Gap.blank | Gap.other)) return gap;
  const from = reader.tokens.start[at] ?? 0;
  return /^ ['\u2018\u2019\u02bb`]$/.test(reader.text.slice(from - 2, from)) ? Gap.blank : gap;
}

const [IN, LAW] = [hashOf('in'), hashOf('law')];

const WITH = hashOf('with');
const LIVES: ReadonlySet<number> = new Set(
  ['lives', 'lived', 'living', 'resides', 'shares', 'sharing', 'stays', 'staying'].map(hashOf),
);
/** Words between `lives` and its `with`. */
const LIVES_BEFORE = 10;

/** `lives in a shared house on Elm St with Sage` */
export function isLivingWith({ tokens: { cue, gap, hash } }: Reader, at: number): boolean {
  if (hash[at] !== WITH || ((cue[at] ?? 0) & Cue.talk) === 0) return false;
  for (let word = at - 1; word >= Math.max(0, at - LIVES_BEFORE); word--) {
    if (((gap[word + 1] ?? 0) & (Gap.dot | Gap.newline)) !== 0) return false;
    if (LIVES.has(hash[word] ?? 0)) return true;
  }
  return false;
}

const [Z, D, O, S] = ['z', 'd', 'o', 's'].map(hashOf);

/** `z d. Pączek`, `O.s. Virtanen`: born with that family name, in Polish and in Finnish. */
export function isBornAs({ tokens: { gap, hash } }: Reader, at: number): boolean {
  const [word, first] = [hash[at], hash[at - 1]];
  return ((word === D && first === Z) || (word === S && first === O)) && gap[at + 1] === (Gap.dot | Gap.blank);
}

const CUSTODY = hashOf('custody');

/** `custody of Jaxon` */
export function isCustody({ tokens: { hash } }: Reader, at: number): boolean {
  return hash[at] === OF && hash[at - 1] === CUSTODY;
}

/** `twin A Elijah`: a letter tells twins apart. */
export function isTwinLetter({ text, tokens: { cue, gap, kind, start } }: Reader, at: number): boolean {
  if (at < 1 || kind[at] !== Kind.initial || gap[at] !== Gap.blank || gap[at + 1] !== Gap.blank) return false;
  return ((cue[at - 1] ?? 0) & (Cue.patient | Cue.relative)) !== 0 && 'ABCD'.includes(text.charAt(start[at] ?? 0));
}

/** `daughter-in-law Meena` */
export function isInLaw({ tokens: { hash, gap } }: Reader, at: number): boolean {
  return hash[at] === LAW && gap[at] === Gap.hyphen && hash[at - 1] === IN;
}

/** Between the names of a list an age may stand: `Malia (12), Keoni`. */
function isAged(gap: number): boolean {
  return (gap & Gap.digit) !== 0 && (gap & ~(Gap.digit | Gap.open | Gap.close | Gap.blank | Gap.comma)) === 0;
}

/** Whether the word stands after another name and a comma. */
export function isListed(reader: Reader, at: number): boolean {
  const gap = gapAt(reader, at);
  if ((gap & Gap.comma) === 0 || (gap & ~(Gap.comma | Gap.blank) && !isAged(gap))) return false;
  return reader.tokens.kind[at - 1] === Kind.capital && isNameable(reader, at - 1) && (reader.tokens.cue[at - 1] ?? 0) === 0;
}

/** `name is`, and nothing else between. */
export function isSaid(reader: Reader, label: number, at: number): boolean {
  return at === label + 2 && ((reader.tokens.cue[label + 1] ?? 0) & Cue.does) !== 0 && gapAt(reader, at) === Gap.blank;
}
