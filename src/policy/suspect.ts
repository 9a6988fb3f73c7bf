import { canonical, fold } from '../core/canonical.ts';
import type { Parsed } from '../core/format.ts';
import { PERSON_SUBJECTS } from '../core/vocabulary.ts';
import type { Detection } from '../detect/match.ts';
import type { Suspect } from './observe.ts';

const SHORTEST_WORD = 4;
const SHORTEST_NUMBER = 5;
const DIGIT = /\d/;

/**
 * Tells names of systems from a person's identifiers that ended up in their place: whatever the message itself says of its
 * people, and whatever a rule found of them in its header. `known` are names that policies use: those are inventory.
 */
export function suspectOf(parsed: Parsed, detection: Detection, known: ReadonlySet<string>): Suspect {
  let personal: Personal | null = null;
  return (text) => {
    if (known.has(text)) return false;
    personal ??= personalOf(parsed, detection);
    const { folded } = personal;
    const { words, number } = nameOf(text);
    // Nearly always the name of a system is nowhere in them and has no digit: nothing is taken apart then.
    if (words.some((word) => folded.includes(word) && wordsOf(folded).includes(word))) return true;
    if (number === '') return false;
    personal.numbers ??= personal.texts.map((each) => canonical('number', each)).filter(isTelling);
    return personal.numbers.some((each) => number.includes(each));
  };
}

/** What a message says of its people. */
interface Personal {
  readonly texts: readonly string[];
  readonly folded: string;
  /** Those that are long enough to be looked for; null until one is. */
  numbers: readonly string[] | null;
}

function personalOf(parsed: Parsed, detection: Detection): Personal {
  const texts = personalTexts(parsed, detection);
  return { texts, folded: fold(texts.join(' ')), numbers: null };
}

/** The name of a system, taken apart. */
interface SystemName {
  readonly words: readonly string[];
  /** Empty where it has no digit. */
  readonly number: string;
}

/** The same few systems speak all day. The memory is the thread's own and is never written anywhere. */
const names = new Map<string, SystemName>();
const REMEMBERED = 4096;
const LONGEST = 128;

function nameOf(text: string): SystemName {
  const before = names.get(text);
  if (before !== undefined) return before;
  const number = canonical('number', text);
  const name = { words: wordsOf(fold(text)), number: DIGIT.test(number) ? number : '' };
  if (text.length <= LONGEST) {
    if (names.size >= REMEMBERED) names.clear();
    names.set(text, name);
  }
  return name;
}

function personalTexts({ identity, leaves }: Parsed, { matches }: Detection): string[] {
  const texts: string[] = [];
  for (const { subject, parts } of identity.values) if (PERSON_SUBJECTS.has(subject)) texts.push(...parts);
  for (const { subject, leaf, from, to } of matches) {
    if (!PERSON_SUBJECTS.has(subject) || leaves.addressOf(leaf).group !== 'MSH') continue;
    texts.push(leaves.text(leaf).slice(from, to));
  }
  return texts;
}

/** Of a folded text. */
function wordsOf(text: string): string[] {
  return text.split(/[^\p{L}\p{N}]+/u).filter((word) => word.length >= SHORTEST_WORD);
}

function isTelling(number: string): boolean {
  return number.length >= SHORTEST_NUMBER && DIGIT.test(number);
}
