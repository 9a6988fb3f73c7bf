import { before } from './ahead.ts';
import { after } from './behind.ts';
import { type Candidate, whoseIs } from './candidate.ts';
import { gapAt, type Reader } from './reader.ts';
import { Gap, Kind } from './tokens.ts';
import { hashes } from './words.ts';

// Korean names in Latin letters: a given name of two syllables, of which there are few, joined by a hyphen, beside one of some fifty family names. Each is a word of something by itself:
// Park, Min, Jun, Ma.

/** By the romanizations that passports and people use. */
const SYLLABLES = hashes(
  `a ah ae an bin bo bok bum byeong byung chae chan chang cheol chul chun dae dam do dong eon eui eul eun ga gi gil go gu guk gun gwang gyeong gyo gyu ha hae hak han haneul hee heon ho hong hoon hun hui hwa hwan
  hye hyeok hyeon hyo hyuk hyun hyung i il in ja jae je jee jeong ji jin jong joo joon ju jun jung ka kang ki kook kwan kwang kyeong kyo kyoung kyu kyun kyung man mi min mo moo mun myeong myoung myung na nam ok
  ra rae ran ri rim rin ryul sam san sang seo seok seon seong seul seung sik sil so soo sook su suk sul sun sung tae uk un ung wan wol won woo woong wook u ui ye yeol yeon yeong yeop yi yo yong yoo yoon young yu yul yun`,
);
const FAMILIES = hashes(
  `kim lee yi rhee park pak bak choi choe jung jeong chung kang cho jo yoon yun jang chang lim im rim han oh seo suh shin sin kwon hwang ahn an song yoo yu ryu hong jeon chun ko koh go moon mun yang son sohn bae
  baek paik heo hur huh nam noh roh ha joo ju woo gu koo min kwak gwak cha jin ji eom um won chae cheon bang gong hyun ham byun yeom yeo choo do so seok seol seon ma gil yeon pyo myung ki ban wang geum ok yook in maeng mo`,
);

/** `Hye-jin Park`, `Kim Min-Jun`, `PARK, SOO-JIN`; null where none begins with the word. */
export function koreanName(reader: Reader, at: number): Candidate | null {
  const given = isGiven(reader, at) ? at : isGiven(reader, at + 1) ? at + 1 : -1;
  if (given < 0) return null;
  const family = given === at ? at + 2 : at;
  const [first, last] = given === at ? [at, family] : [at, at + 2];
  const gap = gapAt(reader, given === at ? family : given);
  const joined = gap === Gap.blank || (given > at && gap === (Gap.comma | Gap.blank));
  if (!joined || !isFamily(reader, family)) return null;
  return { first, last, score: 5, whose: whoseIs(before(reader, first), after(reader, last)) };
}

function isFamily({ tokens: { hash, kind, count } }: Reader, at: number): boolean {
  return at < count && FAMILIES.has(hash[at] ?? 0) && (kind[at] === Kind.capital || kind[at] === Kind.upper);
}

/** Two syllables and a hyphen, the first with a capital. */
function isGiven(reader: Reader, at: number): boolean {
  const { hash, kind, count } = reader.tokens;
  if (at + 1 >= count || gapAt(reader, at + 1) !== Gap.hyphen || (kind[at] !== Kind.capital && kind[at] !== Kind.upper))
    return false;
  // In capitals both are: `MIN-JUN`, not `HA-lee`.
  if (kind[at] === Kind.upper && kind[at + 1] !== Kind.upper) return false;
  return SYLLABLES.has(hash[at] ?? 0) && SYLLABLES.has(hash[at + 1] ?? 0) && gapAt(reader, at + 2) !== Gap.hyphen;
}
