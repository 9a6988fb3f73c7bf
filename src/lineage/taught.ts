import { canonical } from '../core/canonical.ts';
import type { Category } from '../core/vocabulary.ts';
import { IDENTIFIER_KINDS, type IdentifierKind } from './identifier.ts';

/** Shorter numbers are everybody's: a ward, a room, a year. */
const SHORTEST = 5;

/**
 * What kind of identifier a value teaches; null where it is none, or one that systems fill in for what they do not know (`999-99-9999`, `0000000`,
 * `1234567890`, `UNKNOWN UNKNOWN`): what many patients share says nothing of one.
 */
export function taughtKind(category: Category, text: string): IdentifierKind | null {
  const kind = IDENTIFIER_KINDS.find((each) => each === category);
  if (kind === undefined) return null;
  return tells(kind, text) ? kind : null;
}

function tells(kind: IdentifierKind, text: string): boolean {
  if (kind === 'email') return text.includes('@');
  if (kind === 'name') {
    const words = new Set(canonical('name', text).split(' '));
    return words.size > 1 && ![...words].some((word) => FILLERS.has(word));
  }
  const number = canonical('number', text);
  const digits = number.replace(/\D/g, '');
  return (
    number.length >= SHORTEST && new Set(digits).size > 2 && !'01234567890'.includes(digits) && !'9876543210'.includes(digits)
  );
}

/** What registration desks write where nobody knows a name. `TEST` is not among them: it names patients who are none, and cohorts know those. */
const FILLERS: ReadonlySet<string> = new Set(['UNKNOWN', 'UNIDENTIFIED', 'ANONYMOUS', 'NONAME', 'NFN', 'NLN', 'FNU', 'LNU']);
