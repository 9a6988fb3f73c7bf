import type { Position } from './places.ts';

/** `text`: what people write, or what no standard types; `typed`: codes, numbers, times, names in parts; `opaque`: encoded data. */
export type Scope = 'text' | 'typed' | 'opaque';

/** Text types of HL7 v2 (2.5.1 §2.A): string, text, formatted text; and what stands where a dictionary knows no type. */
const TEXT_TYPES = new Set(['', 'TX', 'FT', 'ST', 'VARIES', 'GTS']);

/** Displayed texts of coded entries: 2 and 5 text, 9 original text (§2.A.13). As an observation's value people type into them. */
const CODED = new Set(['CWE', 'CNE', 'CE', 'CF']);

/** Segments that say how a message travels: their strings are names of systems and control ids. */
const ENVELOPE = new Set(['MSH', 'FHS', 'FTS', 'BHS', 'BTS', 'SFT', 'UAC', 'DSC', 'MSA', 'QAK']);

/** How free the text of a leaf at this position is. */
export function textScope(position: Position): Scope {
  const { segment, type, typeNumbers } = position;
  if (type === 'ED') return typeNumbers[0] === 5 ? 'opaque' : 'typed';
  if (ENVELOPE.has(segment)) return 'typed';
  if (TEXT_TYPES.has(type)) return 'text';
  if (CODED.has(type)) {
    const component = typeNumbers[0] ?? 1;
    if (component === 9) return 'text';
    return segment === 'OBX' && position.numbers[0] === 5 && (component === 2 || component === 5) ? 'text' : 'typed';
  }
  return 'typed';
}
