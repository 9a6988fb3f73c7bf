import { mapText, numbersIn } from '../marks.ts';

/**
 * A message before it has delimiters: private-use characters stand for them, so that values may hold any character and the same message
 * can be written in any dialect. Written apart from the parser that it judges.
 */
export const FIELD = '\uF8F0';
export const COMPONENT = '\uF8F1';
export const REPETITION = '\uF8F2';
export const SUBCOMPONENT = '\uF8F3';

/** One segment: name, then its fields, structural characters between them. */
export type Segment = string;

/** A segment from its fields by number; those left out are empty. Throws RangeError for field numbers under 1. */
export function segment(name: string, fields: Readonly<Record<number, string>>): Segment {
  const numbers = Object.keys(fields).map(Number);
  if (numbers.some((number) => number < 1)) throw new RangeError(`${name} has fields from 1 on`);
  const last = Math.max(0, ...numbers);
  return [name, ...Array.from({ length: last }, (_, index) => fields[index + 1] ?? '')].join(FIELD);
}

/** Components, empty ones at the end left out. */
export function components(...parts: readonly string[]): string {
  return parts.join(COMPONENT).replace(/\uF8F1+$/, '');
}

export const repetitions = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join(REPETITION);
export const subcomponents = (...parts: readonly string[]): string => parts.join(SUBCOMPONENT).replace(/\uF8F3+$/, '');

/** MSH-1 and MSH-2 in one: field, component, repetition, escape, subcomponent. */
export interface Delimiters {
  readonly text: string;
}

/** Writes structure and values with a dialect's delimiters (HL7 2.5.1 §2.5.4, §2.7). Text that is not part of a message goes through `literal`. */
export function render(segments: readonly Segment[], { text }: Delimiters, terminator: string): string {
  return segments.map((each) => renderSegment(each, text) + terminator).join('');
}

function renderSegment(segment: Segment, delimiters: string): string {
  const [field = '|', component = '^', repetition = '~', escaping = '\\', subcomponent = '&'] = delimiters;
  const names = new Map([
    [field, 'F'],
    [component, 'S'],
    [repetition, 'R'],
    [escaping, 'E'],
    [subcomponent, 'T'],
  ]);
  const structural = new Map([
    [FIELD, field],
    [COMPONENT, component],
    [REPETITION, repetition],
    [SUBCOMPONENT, subcomponent],
  ]);
  const write = (value: string): string =>
    [...value]
      .map((character) => {
        const name = names.get(character);
        if (name !== undefined) return `${escaping}${name}${escaping}`;
        if (character === BREAK) return `${escaping}.br${escaping}`;
        return structural.get(character) ?? character;
      })
      .join('');
  if (!segment.startsWith(`MSH${FIELD}`)) return mapText(segment, write);
  // The header's own two fields are written as they are.
  const rest = segment.slice(`MSH${FIELD}`.length);
  return `MSH${delimiters}${field}${mapText(rest, write)}`;
}

/** A line break within formatted text. */
export const BREAK = '\uF8F4';

/** Path of every mark, by its number: DESIGN §6.1. The header's fields count from its third. */
export function pathsOf(segments: readonly Segment[]): Map<number, string> {
  const paths = new Map<number, string>();
  const seen = new Map<string, number>();
  for (const segment of segments) {
    const [name = '', ...fields] = segment.split(FIELD);
    if (name === 'MSH') seen.clear();
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    const head = count === 1 ? name : `${name}[${count}]`;
    const first = name === 'MSH' ? 3 : 1;
    fields.forEach((field, index) => {
      for (const [number, place] of placesIn(field)) paths.set(number, `${head}-${index + first}${place}`);
    });
  }
  return paths;
}

function placesIn(field: string): [number: number, place: string][] {
  return field.split(REPETITION).flatMap((repetition, r) => {
    const parts = repetition.split(COMPONENT);
    return parts.flatMap((component, c) => {
      const pieces = component.split(SUBCOMPONENT);
      return pieces.flatMap((piece, s) => {
        const index = r === 0 ? '' : `[${r + 1}]`;
        const at = parts.length > 1 || pieces.length > 1 ? `.${c + 1}` : '';
        const inner = pieces.length > 1 ? `.${s + 1}` : '';
        return numbersIn(piece).map((number): [number, string] => [number, `${index}${at}${inner}`]);
      });
    });
  });
}
