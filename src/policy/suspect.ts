import { canonical, fold } from '../core/canonical.ts';
import type { Parsed } from '../core/format.ts';
import { PERSON_SUBJECTS } from '../core/vocabulary.ts';
import type { Detection } from '../detect/match.ts';
import type { Suspect } from './observe.ts';

const SHORTEST_WORD = 4;
const SHORTEST_NUMBER = 5;

/**
 * Tells names of systems from a person's identifiers that ended up in their place: whatever the message itself says of its
 * people, and whatever a rule found of them in its header. `known` are names that policies use: those are inventory.
 */
export function suspectOf(parsed: Parsed, detection: Detection, known: ReadonlySet<string>): Suspect {
  let words: Set<string> | null = null;
  const numbers: string[] = [];
  const learn = (text: string): void => {
    for (const word of wordsOf(text)) if (word.length >= SHORTEST_WORD) words?.add(word);
    const number = numberOf(text);
    if (number.length >= SHORTEST_NUMBER && /\d/.test(number)) numbers.push(number);
  };
  const learnAll = (): Set<string> => {
    words = new Set();
    for (const { subject, parts } of parsed.identity.values) if (PERSON_SUBJECTS.has(subject)) parts.forEach(learn);
    for (const { subject, leaf, from, to } of detection.matches) {
      if (!PERSON_SUBJECTS.has(subject) || parsed.leaves.addressOf(leaf).group !== 'MSH') continue;
      learn(parsed.leaves.text(leaf).slice(from, to));
    }
    return words;
  };
  return (text) => {
    if (known.has(text)) return false;
    const personal = words ?? learnAll();
    const number = numberOf(text);
    return wordsOf(text).some((word) => personal.has(word)) || numbers.some((each) => number.includes(each));
  };
}

const ASCII = /^[ -~]*$/;

/** As `canonical` and `fold` have it; ASCII, which is nearly everything, without the price of Unicode. */
function wordsOf(text: string): string[] {
  return ASCII.test(text) ? text.toUpperCase().split(/[^A-Z0-9]+/) : fold(text).split(/[^\p{L}\p{N}]+/u);
}

function numberOf(text: string): string {
  return ASCII.test(text) ? text.toUpperCase().replace(/[^A-Z0-9]+/g, '') : canonical('number', text);
}
