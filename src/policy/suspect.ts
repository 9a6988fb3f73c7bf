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
  let texts: readonly string[] | null = null;
  let folded = '';
  return (text) => {
    if (known.has(text)) return false;
    if (texts === null) {
      texts = personalTexts(parsed, detection);
      folded = fold(texts.join(' '));
    }
    // Nearly always the name of a system is nowhere in them and has no digit: nothing is taken apart then.
    if (wordsOf(fold(text)).some((word) => folded.includes(word) && wordsOf(folded).includes(word))) return true;
    const number = canonical('number', text);
    return DIGIT.test(number) && texts.some((each) => isNumberIn(number, canonical('number', each)));
  };
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

function isNumberIn(text: string, number: string): boolean {
  return number.length >= SHORTEST_NUMBER && DIGIT.test(number) && text.includes(number);
}
