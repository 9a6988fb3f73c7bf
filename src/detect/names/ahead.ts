import { isNicknameOf } from './called.ts';
import { Cue } from './cues.ts';
import { ENDED, type Evidence, NOTHING, SIGNATURE, type Whose, whoseOf } from './evidence.ts';
import { hashOf } from './letters.ts';
import { Lex } from './lexicon.ts';
import { beginsSentence } from './line.ts';
import {
  degreeOwner,
  gapToName,
  isAnd,
  isBornAs,
  isCustody,
  isDegreeOf,
  isFarewell,
  isFirmHalf,
  isFollowUp,
  isInLaw,
  isInTitle,
  isListed,
  isLivingWith,
  isOfWhom,
  isOwnerApart,
  isPani,
  isPreferred,
  isReferring,
  isSaid,
  isSpouseOf,
  isTwinLetter,
  isUnit,
  ownerOf,
} from './phrases.ts';
import { gapAt, isElse, isGap, isNameable, isPure, lengthOf, lexOf, type Reader } from './reader.ts';
import { titled } from './titles.ts';
import { Gap, Kind } from './tokens.ts';
import { listOf } from './words.ts';

/** Words of a cue that are passed over: `daughter is named`, `signed by the attending`. */
const HOPS = 4;

/** Titles that are short, and short for nothing: `a near miss. Dot blot repeated`. */
const IN_FULL: ReadonlySet<number> = new Set(['miss', 'sir', 'herr', 'frau', 'fru', 'pan', 'pani', 'heer', 'bay'].map(hashOf));
/** Cues that are short for something, and have a dot for it. */
const SHORT: ReadonlySet<number> = new Set(
  listOf(
    'pt pts pat attn cc bcc re nok poa fob mob hcp gp np pa rn md ref gez fdo sig cna lpn int ext resp req tech enf zr ssk reg med dist cord geb',
  ).map(hashOf),
);

const BETWEEN = Gap.blank | Gap.wide | Gap.colon | Gap.open | Gap.quote | Gap.hyphen;

/** Whether what is between a cue and a name lets the one speak for the other. */
function connects(cue: number, gap: number, length: number, hash: number): boolean {
  let allowed = BETWEEN;
  if ((cue & (Cue.relative | Cue.role | Cue.patient | Cue.opening | Cue.closing | Cue.label)) !== 0) allowed |= Gap.comma;
  // A dot ends a sentence, unless the cue is short for something: `not seen. Lance was opened` is no `attn. Lance`.
  if (((cue & (Cue.title | Cue.doctor)) !== 0 && length <= 4 && !IN_FULL.has(hash)) || SHORT.has(hash) || length === 1)
    allowed |= Gap.dot;
  // `w/`, `d/w`; `spouse/Delroy`
  if (length === 1 || (cue & Cue.relative) !== 0) allowed |= Gap.slash;
  // `Name (last, first): …`
  if ((gap & Gap.colon) !== 0) allowed |= Gap.close;
  if ((gap & (Gap.colon | Gap.comma)) !== 0 && (cue & (Cue.label | Cue.closing | Cue.opening | Cue.talk | Cue.role)) !== 0)
    allowed |= Gap.newline;
  if ((cue & Cue.closing) !== 0) allowed |= Gap.newline | Gap.other;
  if ((cue & (Cue.title | Cue.doctor)) !== 0 && (gap & ~(Gap.dot | Gap.blank)) === Gap.newline) allowed |= Gap.newline;
  return (gap & ~allowed) === 0;
}

/** What the walk back from a name has seen so far. */
interface Walk {
  colon: boolean;
  /** The word "name" or "named" stands between. */
  named: boolean;
  /** Whose name a label says it is. */
  whose: Whose | null;
  /** The label asks for a part of a name and for nothing else. */
  part: boolean;
}

/** What the line before says of this one's first word: more where the line may be nothing but a name. */
function ledBy(reader: Reader): Evidence {
  const { lead, text, tokens } = reader;
  if (lead === ENDED) return isSignature(reader) ? { weight: 1, whose: 'unknown' } : NOTHING;
  if ((gapAt(reader, 0) & ~(Gap.blank | Gap.wide | Gap.quote)) !== 0) return signedOff(reader);
  const alone = tokens.count <= 3 && /^[,.]?\s*$/.test(text.slice(tokens.end[tokens.count - 1]));
  return alone && lead.weight >= 1.5 && lead.weight < 2.5 ? { weight: 2.5, whose: lead.whose } : lead;
}

/** A line that is a given name and nothing else: one that is a word too says no more than that. */
function isSignature(reader: Reader): boolean {
  const { text, tokens } = reader;
  return tokens.count === 1 && text.length <= SIGNATURE && isPure(reader, 0) && /^\p{L}+\s*$/u.test(text);
}

/** What stands before the word speaks for a name that begins with it. `depth`: names of a list that were walked back over to it. */
export function before(reader: Reader, at: number, depth = 0): Evidence {
  if (at === 0) return ledBy(reader);
  if (isTwinLetter(reader, at - 1)) return { weight: 1.5, whose: whoseOf(reader.tokens.cue[at - 2] ?? 0) };
  if (isNicknameOf(reader, at)) return { weight: 2, whose: 'patient' };
  const walk: Walk = { colon: false, named: false, whose: null, part: false };
  for (let word = at - 1; word >= 0 && at - word <= HOPS; word--) {
    const found = cueAt(reader, word, at, walk, depth);
    if (found === 'none') break;
    if (found !== 'further') return found;
  }
  return walk.whose === null ? NOTHING : { weight: walk.part ? 2.5 : 2, whose: walk.whose };
}

/** What the word `word` says of the name at `at`; `further` where the words before it may, `none` where they can't. */
function cueAt(reader: Reader, word: number, at: number, walk: Walk, depth: number): Evidence | 'further' | 'none' {
  const bits = reader.tokens.cue[word] ?? 0;
  const near = word === at - 1;
  const gap = near ? gapToName(reader, at) : gapAt(reader, word + 1);
  if (near && (gap & Gap.comma) !== 0 && isListed(reader, at)) return listEvidence(reader, word, depth);
  if (near && (bits & Cue.joint) !== 0) {
    const joined = joinedBy(reader, word, gap, depth);
    if (joined !== null) return joined;
  }
  if (near && isOwnerApart(reader, word)) return { weight: 1.5, whose: 'relative' };
  if (bits === 0 || isElse(reader, word) || !connects(bits, gap, lengthOf(reader, word), reader.tokens.hash[word] ?? 0))
    return 'none';
  // `26 Fr. Snellen`, `within 10 d. Pierce`: a unit, not a title.
  // `GC-MS. Wells 4.5`: half of a word is no title.
  if (near && (isUnit(reader, word) || (lengthOf(reader, word) <= 2 && isHalf(reader, word, bits)))) return 'none';
  // `updated by PT. Caplan …`: a physiotherapist, and a sentence ends.
  if (near && (bits & Cue.patient) !== 0 && (gap & Gap.dot) !== 0 && follows(reader, word, Cue.by | Cue.talk)) return 'none';
  // `Fisherman's Friend, Fybogel`: a part of what a thing is called.
  if (near && (gap & Gap.comma) !== 0 && isInTitle(reader, word)) return 'none';
  // `Smith & Nephew Renasys`: half of a firm.
  if (near && (bits & Cue.relative) !== 0 && isFirmHalf(reader, word)) return 'none';
  // `given the Vanderbilt`: people have no article.
  if (near && ARTICLES.has(reader.tokens.hash[word] ?? 0)) return 'none';
  if (near && (gap & Gap.wide) !== 0 && isUnfilled(reader, word, at)) return 'none';
  walk.colon ||= (gap & Gap.colon) !== 0;
  if (near && (bits & (Cue.title | Cue.doctor)) !== 0) return titled(reader, word, at);
  if ((bits & Cue.label) !== 0) return labelled(reader, word, at, walk);
  if (near && reader.tokens.hash[word] === NAMED && gap === Gap.blank) return { weight: 2, whose: 'unknown' };
  if (near && isReferring(reader, word)) return { weight: 1.5, whose: 'patient' };
  const person = (bits & (Cue.relative | Cue.role | Cue.patient)) !== 0;
  if (person && (near || walk.named || walk.colon || (bits & Cue.role) === 0)) {
    const strong = walk.colon || walk.named || (gap & Gap.open) !== 0;
    return { weight: strong ? 2 : 1.5, whose: ownerOf(reader, word) };
  }
  return (near ? nearCue(reader, word, gap) : null) ?? farCue(reader, word, walk);
}

/** What a word that is asked for by itself says of the name right after it. */
function joinedBy(reader: Reader, word: number, gap: number, depth: number): Evidence | null {
  if (isAnd(reader, word)) return sharedEvidence(reader, word, depth);
  if (isPreferred(reader, word)) return { weight: 3, whose: 'patient' };
  if (isOfWhom(reader, word)) return { weight: 2, whose: 'patient' };
  if (isInLaw(reader, word) && gap === Gap.blank) return { weight: 1.5, whose: 'relative' };
  if (isBornAs(reader, word)) return { weight: 2.5, whose: 'patient' };
  if (isCustody(reader, word) || isSpouseOf(reader, word) || isPani(reader, word)) return { weight: 2, whose: 'relative' };
  if (isFarewell(reader, word)) return { weight: 1.5, whose: 'unknown' };
  return isDegreeOf(reader, word) ? { weight: 3, whose: degreeOwner(reader, word) } : null;
}

/** `Previous surname: ____ Young female`: a line to write on, and nobody did. `Name: __Young__` is written on it. */
function isUnfilled({ text, tokens: { start, end } }: Reader, label: number, at: number): boolean {
  const from = start[at] ?? 0;
  return /_{2} +$/.test(text.slice(end[label], from)) && !text.slice(from, from + LINE_TO_WRITE_ON).includes('__');
}

const LINE_TO_WRITE_ON = 60;

/** `GC-MS`, `GC/MS`: half of a word; `d/w` is one. */
function isHalf(reader: Reader, word: number, bits: number): boolean {
  const gap = gapAt(reader, word);
  return gap === Gap.hyphen || (gap === Gap.slash && (bits & (Cue.title | Cue.doctor)) !== 0);
}

/** `-- Tamsin` and nothing else: how a note is signed. */
const DASH = /^\s*(?:-{1,2}|[\u2013\u2014])\s*$/;

function signedOff({ text, tokens: { start, count } }: Reader): Evidence {
  return count <= 3 && text.length < 40 && DASH.test(text.slice(0, start[0])) ? { weight: 1, whose: 'unknown' } : NOTHING;
}

/** Whether a word with one of these cues stands right before. */
function follows({ tokens: { cue } }: Reader, at: number, cues: number): boolean {
  return at > 0 && ((cue[at - 1] ?? 0) & cues) !== 0;
}

/** The word "name": whose it is stands before it, or nowhere; then the form is about the patient. */
function labelled(reader: Reader, word: number, at: number, walk: Walk): Evidence | 'further' | 'none' {
  const qualified = gapAt(reader, word) === Gap.blank && ((reader.tokens.cue[word - 1] ?? 0) & Cue.link) !== 0;
  // `geb. Wien`: a place.
  const label = reader.tokens.hash[word] ?? 0;
  if (BORN.has(label) && (lexOf(reader, at) & Lex.place) !== 0) return 'none';
  if (SURE_LABELS.has(label) && word === at - 1) {
    walk.whose ??= 'patient';
    walk.colon = true;
    walk.part = true;
  }
  if (qualified || walk.colon || walk.named || (gapAt(reader, word + 1) & Gap.wide) !== 0 || isSaid(reader, word, at))
    walk.whose ??= 'patient';
  // `Name Jane Doe / DOB …`
  const heads = word === at - 1 && reader.tokens.kind[word] !== Kind.lower && beginsSentence(reader, word);
  if (walk.whose === null && heads) return { weight: 1, whose: 'patient' };
  walk.named = true;
  walk.colon ||= walk.whose !== null;
  return 'further';
}

/** Labels that say nothing but that a part of a name follows, with or without a colon. */
const SURE_LABELS: ReadonlySet<number> = new Set(
  listOf(`surname forename forenames lastname firstname middlename nachname vorname vornamen familienname geburtsname prénom cognome apellido apellidos apelido
    nazwisko imię preferred maiden née nee achternaam voornaam roepnaam förnamn efternamn fornavn etternavn efternavn sukunimi etunimi nickname geb nata domu`).map(
    hashOf,
  ),
);

/** Born with a family name, or in a town. */
const BORN: ReadonlySet<number> = new Set(['geb', 'nata'].map(hashOf));

/** Cues that stand right before a name or not at all: greetings, credentials. */
function nearCue(reader: Reader, word: number, gap: number): Evidence | null {
  const bits = reader.tokens.cue[word] ?? 0;
  if ((bits & Cue.opening) !== 0) return { weight: 2, whose: 'unknown' };
  if ((bits & Cue.closing) !== 0)
    return (gap & (Gap.comma | Gap.newline)) !== 0 ? { weight: 1.5, whose: 'unknown' } : { weight: 1, whose: 'unknown' };
  if ((bits & Cue.signed) !== 0 && gap === Gap.blank) return { weight: 1, whose: 'unknown' };
  return (bits & Cue.credential) !== 0 ? { weight: 1.5, whose: 'provider' } : null;
}

/** Cues that may stand some words before. */
function farCue(reader: Reader, word: number, walk: Walk): Evidence | 'further' | 'none' {
  const { cue, hash, kind } = reader.tokens;
  const bits = cue[word] ?? 0;
  if ((bits & Cue.by) !== 0 && walk.whose === null) return byWhom(reader, word);
  // `d/w Kuipers`: with a colleague.
  if (hash[word] === W && hash[word - 1] === D && gapAt(reader, word) === Gap.slash) return { weight: 1.5, whose: 'provider' };
  if ((bits & Cue.talk) !== 0 && kind[word] !== Kind.initial && walk.whose === null) {
    if (hash[word - 1] === MARRIED) return { weight: 2, whose: 'relative' };
    if (isLivingWith(reader, word)) return { weight: 1.5, whose: 'relative' };
    const whose = isFollowUp(reader, word) ? 'provider' : 'unknown';
    return { weight: walk.colon ? 2 : SPOKE.has(hash[word - 1] ?? 0) ? 1.5 : 1, whose };
  }
  // "is named", "called": more than a link.
  walk.named ||= hash[word] === NAMED;
  return (bits & Cue.link) === 0 ? 'none' : 'further';
}

const [NAMED, W, D, MARRIED] = ['named', 'w', 'd', 'married'].map(hashOf);
const ARTICLES: ReadonlySet<number> = new Set(['the', 'a', 'an'].map(hashOf));
/** Before `with` and `to`: only people are spoken with. */
const SPOKE: ReadonlySet<number> = new Set(
  ['spoke', 'spoken', 'speak', 'speaking', 'talked', 'talk', 'talking', 'met', 'meeting'].map(hashOf),
);

/** `Sons: Noah, Isaac`: what speaks for the first name of a list speaks, less loudly, for the next. Four are a family. */
function listEvidence(reader: Reader, last: number, depth: number): Evidence | 'none' {
  if (depth >= 4) return 'none';
  const { weight, whose } = before(reader, last, depth + 1);
  const staff = whose === 'provider' && reader.tokens.kind[last - 1] === Kind.initial;
  return weight >= 1 && (whose === 'relative' || staff) ? { weight: Math.min(weight, 1.5), whose } : 'none';
}

/** `Drs. Mahoney and Feldman`: what speaks for the first name speaks for the second. */
function sharedEvidence(reader: Reader, and: number, depth: number): Evidence {
  const { kind } = reader.tokens;
  let first = and - 1;
  if (first < 0 || kind[first] === Kind.lower) return NOTHING;
  while (
    first > 0 &&
    and - first < 4 &&
    kind[first - 1] !== Kind.lower &&
    isGap(reader, first, Gap.blank | Gap.hyphen) &&
    isNameable(reader, first - 1)
  )
    first--;
  if (depth >= 4) return NOTHING;
  const { weight, whose } = before(reader, first, depth + 1);
  return weight >= 1 ? { weight: Math.min(weight, 2), whose } : NOTHING;
}

/** Words between `dictated` and its `by`: another name may stand there (`dictated for Olu Adeyemi by Anne Dupont`). */
const SIGNED_BEFORE = 5;
const FOR = hashOf('for');
/** `Ask for Colm`, `covering for …`. */
const ASKED: ReadonlySet<number> = new Set(['ask', 'asking', 'asked', 'page', 'paging', 'covering', 'cover'].map(hashOf));

function byWhom(reader: Reader, by: number): Evidence {
  const { cue, hash } = reader.tokens;
  for (
    let word = by - 1;
    word >= Math.max(0, by - SIGNED_BEFORE) && (gapAt(reader, word + 1) & (Gap.dot | Gap.newline)) === 0;
    word--
  )
    if (((cue[word] ?? 0) & Cue.signed) !== 0) return { weight: 2, whose: 'provider' };
  if (hash[by] === FOR && ASKED.has(hash[by - 1] ?? 0)) return { weight: 1.5, whose: 'provider' };
  // What is done for somebody is done for anybody.
  return hash[by] === FOR ? NOTHING : { weight: 1, whose: 'provider' };
}
