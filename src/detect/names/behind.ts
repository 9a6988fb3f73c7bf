import { Cue } from './cues.ts';
import { type Evidence, NOTHING, type Whose, whoseOf } from './evidence.ts';
import { hashOf } from './letters.ts';
import { familyOf, gapAt, givenOf, isElse, isGap, lengthOf, type Reader } from './reader.ts';
import { Gap, Kind } from './tokens.ts';
import { hashes, listOf } from './words.ts';

/** `M.D.`, `Ph.D.`, `R.N.` where the words are cut at the dots. */
const DOTTED = /^(?:M\.? ?D\.?|D\.? ?O\.|R\.? ?N\.|Ph\.? ?D\.?|P\.? ?A\.|N\.? ?P\.|D\.? ?D\.? ?S\.|F\.A\.C)/;

/** What stands after the word speaks for a name that ends with it. */
export function after(reader: Reader, at: number): Evidence {
  const { cue, hash, kind, start } = reader.tokens;
  const next = at + 1;
  if (next >= reader.tokens.count) return isNumbered(reader, at) ? { weight: 1.5, whose: 'patient' } : NOTHING;
  const gap = gapAt(reader, next);
  const bits = cue[next] ?? 0;
  const comma = (gap & (Gap.comma | Gap.open)) !== 0;
  if ((gap & ~(Gap.blank | Gap.comma | Gap.open | Gap.dot | Gap.hyphen)) === 0 && kind[next] !== Kind.lower) {
    const sure = (bits & Cue.credential) !== 0 || ((bits & Cue.degree) !== 0 && comma && kind[next] === Kind.upper);
    if ((sure || isDegreeAtEnd(reader, at)) && ((gap & Gap.dot) === 0 || comma)) return { weight: 2, whose: 'provider' };
    if (comma || gap === Gap.blank) {
      const from = start[next] ?? 0;
      if (lengthOf(reader, next) <= 2 && DOTTED.test(reader.text.slice(from, from + 8))) return { weight: 2, whose: 'provider' };
    }
  }
  if ((gap & Gap.comma) !== 0 && hash[next] === AS && CALLED.test(reader.text.slice(start[next], (start[next] ?? 0) + 32)))
    return { weight: 2, whose: 'patient' };
  // Nearly every word ends here.
  if (bits === 0 && (gap & Gap.digit) === 0) return NOTHING;
  if (comma && (gap & ~(Gap.blank | Gap.comma | Gap.open)) === 0) {
    const described = describes(reader, next);
    if (described !== null) return { weight: 1.5, whose: described };
  }
  if ((gap & ~Gap.blank) === Gap.possessive && (bits & Cue.relative) !== 0 && kind[next] === Kind.lower)
    return { weight: 1.5, whose: 'patient' };
  if ((gap & Gap.open) !== 0 && ((bits | (cue[next + 1] ?? 0)) & Cue.label) !== 0) return { weight: 1.5, whose: 'patient' };
  if (comma && (bits & Cue.behind) !== 0 && PLEAS.has(reader.tokens.hash[next] ?? 0)) return { weight: 1, whose: 'unknown' };
  if ((bits & Cue.age) !== 0 && SEXED.test(reader.text.slice(reader.tokens.end[at], (reader.tokens.end[at] ?? 0) + 24)))
    return { weight: 1.5, whose: 'patient' };
  if ((gap & Gap.digit) !== 0 && (isNumbered(reader, at) || isAgedRecord(reader, at))) return { weight: 1.5, whose: 'patient' };
  const baby = (gap & Gap.digit) !== 0 && ((cue[at - 1] ?? 0) & Cue.patient) !== 0;
  if (baby && WEEKS.test(reader.text.slice(reader.tokens.end[at], (reader.tokens.end[at] ?? 0) + 8)))
    return { weight: 1.5, whose: 'patient' };
  if (isAge(reader, next) || (gap === Gap.blank && isInBed(reader, next))) return { weight: 1.5, whose: 'patient' };
  if ((bits & Cue.behind) !== 0 && (gap & ~BESIDE) === 0 && isBirth(reader, next)) return { weight: 1.5, whose: 'patient' };
  if (gap === Gap.blank && (bits & (Cue.does | Cue.signed)) !== 0 && kind[next] === Kind.lower)
    return { weight: PERSONAL.has(hash[next] ?? 0) ? 1 : 0.75, whose: 'unknown' };
  if ((gap & Gap.digit) !== 0 && PHONE.test(reader.text.slice(reader.tokens.end[at], (reader.tokens.end[at] ?? 0) + 18)))
    return { weight: 0.75, whose: 'unknown' };
  if (gap === Gap.blank && hash[next] === TO && TASKS.has(hash[next + 1] ?? 0)) return { weight: 1, whose: 'provider' };
  return NOTHING;
}

const LINE_ENDS = /^\s*(?:$|[\n;,)|])/;

/** `attn Simone Pelletier NP`: a degree with no comma before it, at the end of a line or a part of it. */
function isDegreeAtEnd({ text, tokens: { cue, end, gap, kind } }: Reader, at: number): boolean {
  const next = at + 1;
  if (((cue[next] ?? 0) & Cue.degree) === 0 || kind[at] !== Kind.capital || kind[next] !== Kind.upper || gap[next] !== Gap.blank)
    return false;
  return LINE_ENDS.test(text.slice(end[next], (end[next] ?? 0) + 3));
}

/** What only people do: a drain is left, a finding is reviewed, and a lesion appears. */
const PERSONAL: ReadonlySet<number> = new Set(
  listOf(`denies denied reports states stated presents complains complained endorses endorsed says said tells told asks asked requests agrees agreed consented declines refuses refused verbalized verbalizes
    understands ambulated arrived arrives came comes lives resides works takes smokes drinks feels felt wants wishes phoned calls accompanied understood acknowledges expressed describes mentions believes thinks
    fell went called attended weighs weighed grew er är attends assists assisting uses aware has was is will concurs concurred
    admits gives gave texts texted phones smiled smiles spoke speaks shouted cried cries laughed insists claims claimed recalls recalled remembers worries worried hopes hoped thanked drives drove visits visited brought brings stays stayed walked slept sleeps ate eats
    likes liked loves misses knows knew prefers struggles`).map(hashOf),
);

const AS = hashOf('as');
/** `Paudie, as he likes to be called` */
const CALLED = /^as (?:he|she|they|s\/he) (?:is|are|likes?|prefers?|wants?|goes)\b/;

/** `his sister's number, Brooke 503-555-0196` */
const PHONE = /^,? ?\(?\d{3}\)?[-. ]\d{3}[-. ]\d{4}(?!\d)/;

/** `baby Oxley 9/52`: an age in weeks, months or days. */
const WEEKS = /^,? \d{1,2}\/(?:52|12|7)(?![\d/])/;

/** `TAUFA, Sione / M / 08.08.1961`: a sex and a day or an age, each in a cell of its own. */
const SEXED = /^ {0,3}[/|,;] {0,3}(?:[MF]|male|female) {0,3}[/|,;] {0,3}\d/i;

/** `TUBBERGEN, LYLE (0099184)`: a number of a record in brackets. */
function isNumbered({ text, tokens: { end } }: Reader, at: number): boolean {
  return NUMBER.test(text.slice(end[at], (end[at] ?? 0) + 24));
}

/** `Tamati Ruwhiu 34 NHI ZKC4419`: an age, and the label of a record with its number. */
function isAgedRecord({ text, tokens: { end } }: Reader, at: number): boolean {
  return AGED_RECORD.test(text.slice(end[at], (end[at] ?? 0) + 24));
}

const AGED_RECORD =
  /^,? \(?\d{1,3}(?: ?[yY](?:rs?|\/?o)?)?\)?,? (?:NHI|NHS|MRN|CHI|HN|UR|URN|UHID|DOB|Hosp|ID)(?: ?(?:no|nr|#)\.?)?[ :#]{1,3}[A-Z]{0,4}\d/;

const NUMBER = /^ ?\((?:[A-Z]{1,3}[ #:.-]?)?\d{6,10}\)/;

const TO = hashOf('to');
/** `Hasegawa to review` */
const TASKS: ReadonlySet<number> = new Set(
  listOf('review see visit call follow attend discuss consult arrange chase contact perform confirm decide repeat assess').map(
    hashOf,
  ),
);

/** `(wife)`, `, the attending`, `, her daughter,` */
function describes(reader: Reader, from: number): Whose | null {
  const { cue, count } = reader.tokens;
  for (let word = from; word < Math.min(from + 3, count); word++) {
    const bits = cue[word] ?? 0;
    if ((bits & (Cue.relative | Cue.role | Cue.patient)) !== 0) return isElse(reader, word) ? null : whoseOf(bits);
    if ((bits & Cue.link) === 0) return null;
  }
  return null;
}

/** `Gail 5-yr 1.4 %` is no age, `a 45-year-old` is one. */
function isSpan(reader: Reader, at: number, gap: number): boolean {
  return (gap & Gap.hyphen) !== 0 && gapAt(reader, at + 1) !== Gap.hyphen;
}

/** `392F4P` is no age. */
function isDigitAfter({ text, tokens }: Reader, at: number): boolean {
  const code = text.charCodeAt(tokens.end[at] ?? 0);
  return code >= 0x30 && code <= 0x39;
}

const [IN, BED, ROOM, BAY] = [hashOf('in'), hashOf('bed'), hashOf('room'), hashOf('bay')];

/** `in bed 4` */
function isInBed({ tokens: { hash } }: Reader, from: number): boolean {
  const where = hash[from + 1];
  return hash[from] === IN && (where === BED || where === ROOM || where === BAY);
}

/** What may stand between a name and the label of its bearer's birth. */
const BESIDE = Gap.blank | Gap.comma | Gap.open | Gap.wide | Gap.hyphen | Gap.slash | Gap.other;
const BIRTHS: ReadonlySet<number> = new Set(
  listOf(
    'dob born geb geboren geboortedatum geburtsdatum né née nacido nacida nato nata ur född født nascido nascida mrn ssn nhs',
  ).map(hashOf),
);
const [DATE, OF, BIRTH, D, O, B] = [hashOf('date'), hashOf('of'), hashOf('birth'), hashOf('d'), hashOf('o'), hashOf('b')];

/** `DOB`, `date of birth`, `d.o.b.`, `geb.`: what a form has right after a name. */
function isBirth({ tokens: { hash } }: Reader, from: number): boolean {
  if (BIRTHS.has(hash[from] ?? 0)) return true;
  const [first, second, third] = [hash[from], hash[from + 1], hash[from + 2]];
  return (first === DATE && second === OF && third === BIRTH) || (first === D && second === O && third === B);
}

/** `Leticia, please see below` */
const PLEAS: ReadonlySet<number> = new Set(
  ['please', 'can', 'could', 'thank', 'thanks', 'would', 'will', 'this', 'your', 'you', 'we', 'just', 'here'].map(hashOf),
);

/** `, 45 y/o`, `(45F)`, `is a 45-year-old` */
function isAge(reader: Reader, from: number): boolean {
  const { cue, count } = reader.tokens;
  for (let word = from; word < Math.min(from + 4, count); word++) {
    const bits = cue[word] ?? 0;
    const gap = gapAt(reader, word);
    if ((gap & (Gap.newline | Gap.close)) !== 0) return false;
    if ((gap & Gap.digit) !== 0) return (bits & Cue.age) !== 0 && !isDigitAfter(reader, word) && !isSpan(reader, word, gap);
    if ((bits & (Cue.link | Cue.does)) === 0) return false;
  }
  return false;
}

/** What follows and says that it is no person: `Greeley Medical Center`, `Elm Street`; `Foley catheter`, `Wilson's disease`. */
export function followedBy(reader: Reader, at: number): 'organization' | 'thing' | null {
  const { cue, kind, count } = reader.tokens;
  for (let word = at + 1; word < Math.min(at + 3, count); word++) {
    const gap = gapAt(reader, word);
    // `Owens & Minor`
    if (word === at + 1 && isFirm(reader, word)) return 'organization';
    if ((gap & ~(Gap.blank | Gap.possessive | Gap.hyphen)) !== 0) return null;
    // `his wife Gretel's cell`, `Inger cell 218-555-0125`
    if (word === at + 1 && OWNED.has(reader.tokens.hash[word] ?? 0) && ((gap & Gap.possessive) !== 0 || isPhone(reader, word)))
      return null;
    const bits = cue[word] ?? 0;
    if ((bits & Cue.thing) !== 0) return 'thing';
    if ((bits & Cue.organization) !== 0 && kind[word] !== Kind.lower) return 'organization';
    if (kind[word] !== Kind.capital || givenOf(reader, word) > 1 || familyOf(reader, word) > 1) return null;
  }
  return null;
}

/** What people have and no sign does. */
const OWNED = hashes('cell phone mobile number house home car birthday wedding bedside room bed chart family');

/** Whether a telephone number is all that follows the word. */
function isPhone({ text, tokens: { end } }: Reader, at: number): boolean {
  return NUMBERED.test(text.slice(end[at], (end[at] ?? 0) + 14));
}

const NUMBERED = /^:? ?\(?\+?\d[\d ().-]{6}/;

function isFirm(reader: Reader, next: number): boolean {
  const { end, kind, start } = reader.tokens;
  return kind[next] === Kind.capital && givenOf(reader, next - 1) < 2 && reader.text.slice(end[next - 1], start[next]) === ' & ';
}

/** Rooms, stores and their parts, which houses name after flowers, saints and poets. */
const ROOMS = hashes(
  'room bay suite theatre theater salle saal saals zaal sali sala salen sal estante almacén depósito reparto stanza armoire pavillon pavillón pabellón pavilhão estoque oddział prateleira scaffale corsia unité étage',
);
/** Words that go on in English, and a word that is a common family name: a room only with a capital, or behind what says where. */
const ROOMS_WITH_CAPITAL = hashes('room bay suite theatre theater sal');
const SALA = hashOf('sala');
const WHERE = hashes('in en na de da la della w');

/** `Sim Room Florence` */
export function holdsRoom(reader: Reader, first: number, last: number): boolean {
  for (let word = first; word < last; word++) if (isRoom(reader, word)) return true;
  return false;
}

/** `Room Jasper`, `estante Rosa`, `in Sala Aurora`: whether the word is a room's, by which what follows is what it is called. */
export function isRoom({ tokens: { hash, kind } }: Reader, at: number): boolean {
  const word = hash[at] ?? 0;
  if (!ROOMS.has(word) || (kind[at] === Kind.lower && ROOMS_WITH_CAPITAL.has(word))) return false;
  return word !== SALA || WHERE.has(hash[at - 1] ?? 0);
}

/** `St. Joseph`, `Mount Sinai`, `Fort Worth`, `Room Jasper`. */
export function followsSaint(reader: Reader, at: number): boolean {
  const { cue, kind } = reader.tokens;
  let word = at - 1;
  // `Plaza del Carmen`
  while (word > 0 && kind[word] === Kind.lower && ((cue[word] ?? 0) & Cue.particle) !== 0) word--;
  if (word < 0) return false;
  if (isRoom(reader, word)) return isGap(reader, word + 1, Gap.blank);
  if (((cue[word] ?? 0) & Cue.saint) === 0) return false;
  // A word in full and a dot end a sentence: `from Old Fort. Travis drove`.
  if ((gapAt(reader, word + 1) & Gap.dot) !== 0 && lengthOf(reader, word) > 3) return false;
  return (kind[word] !== Kind.lower || lengthOf(reader, word) > 2) && isGap(reader, word + 1, Gap.blank | Gap.dot);
}
