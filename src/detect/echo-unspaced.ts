import type { Echo, Needle } from './needle.ts';

// Chinese and Japanese put no space between words, so a name in them has no edges: what stands before and after it are letters as well.

const UNSPACED = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー々]+$/u;
const LETTER = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー々]/u;
/** Between family and given name, if anything: `山田 太郎`, `王·小明`. */
const JOINTS = ' ·・,、^';
/** The same where the given name goes before, as abroad: a comma would part two people. */
const APART = ' ^';
const WIDEST = 2;
/** Two characters are a word of something: they count by themselves alone. */
const SURE = 3;
/** A text that is full of one name says it often enough. */
const MOST = 64;

/** Whether a folded name is written without spaces around it. */
export const isUnspaced = (name: string): boolean => UNSPACED.test(name);

/** Family name and given name, folded, one right after the other wherever they stand: `今天王小明来了`; the other way round something is between them: `小明 王`. A family name alone is half of the words there are, and is not sought. */
export function unspacedNeedle(family: string, given: string): Needle {
  return {
    // Anchors are searched for in bytes of ASCII.
    anchors: [],
    before: '',
    find: (text) => [...placesOf(family, given, text, JOINTS, 0), ...placesOf(given, family, text, APART, 1)],
    part: (text) => (text.trim() === family ? 'family' : text.trim() === given ? 'given' : null),
  };
}

/** `joints`: what may stand between the two; `least`: how many characters have to. */
function placesOf(family: string, given: string, text: string, joints: string, least: number): Echo[] {
  const found: Echo[] = [];
  for (let from = text.indexOf(family); from >= 0 && found.length < MOST; from = text.indexOf(family, from + 1)) {
    let at = from + family.length;
    while (at - from - family.length < WIDEST && joints.includes(text.charAt(at)) && at < text.length) at++;
    if (!text.startsWith(given, at) || at - from - family.length < least) continue;
    const to = at + given.length;
    const alone = !LETTER.test(text.charAt(from - 1)) && !LETTER.test(text.charAt(to));
    if (alone || family.length + given.length >= SURE) found.push({ from, to, factor: 1 });
  }
  return found;
}
