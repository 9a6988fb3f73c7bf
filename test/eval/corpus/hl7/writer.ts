import type { Category, Subject } from '../../../../src/core/vocabulary.ts';
import type { Random } from '../../../../src/demo/random.ts';
import { randomTime } from '../dates.ts';
import type { Kind, Split } from '../label.ts';
import type { Sheet } from '../marks.ts';
import type { Person, Scene, Staff } from '../person.ts';
import type { Dialect } from './dialect.ts';
import { components, subcomponents } from './structure.ts';

/** What segments are written with. */
export interface Writer {
  readonly random: Random;
  readonly split: Split;
  readonly sheet: Sheet;
  readonly scene: Scene;
  readonly dialect: Dialect;
  mark(category: Category, subject: Subject, text: string): string;
  /** An identifier that people differ over. */
  maybe(category: Category, subject: Subject, text: string): string;
  /** A day (`YYYYMMDD`) to the dialect's precision, not marked. */
  time(day: string): string;
}

export function createWriter(
  base: Pick<Writer, 'random' | 'split' | 'sheet' | 'scene' | 'dialect'>,
  kind: Kind = 'structured',
): Writer {
  const { sheet, random, dialect } = base;
  return {
    ...base,
    mark: (category, subject, text) => sheet.mark(text, { category, subject, kind }),
    maybe: (category, subject, text) => sheet.mark(text, { category, subject, kind, optional: true }),
    time(day) {
      const clock = randomTime(random);
      if (dialect.precision === 'day') return day;
      if (dialect.precision === 'minute') return day + clock.slice(0, 4);
      return dialect.precision === 'second' ? day + clock : `${day}${clock}.${String(random.int(0, 999)).padStart(3, '0')}-0500`;
    },
  };
}

const cased = ({ dialect }: Writer, text: string): string => (dialect.upper ? text.toLocaleUpperCase('en') : text);

/** XPN, or PN before 2.3: each part of the name is an identifier of its own. */
export function personName(writer: Writer, { family, given, middle }: Person, subject: Subject, type = 'L'): string {
  const part = (text: string): string => writer.mark('name', subject, cased(writer, text));
  const surname = writer.dialect.nested ? nestedFamily(writer, family, subject) : part(family);
  const suffix = writer.random.chance(0.05) ? 'JR' : '';
  return components(surname, part(given), part(middle), suffix, '', '', writer.dialect.version < '2.3' ? '' : type);
}

/** FN: the whole family name, its prefix, the name itself. */
function nestedFamily(writer: Writer, family: string, subject: Subject): string {
  const mark = (text: string): string => writer.mark('name', subject, cased(writer, text));
  const split = /^(.+ )?(\S+)$/.exec(family);
  const prefix = split?.[1]?.trim() ?? '';
  return prefix === '' ? mark(family) : subcomponents(mark(family), mark(prefix), mark(split?.[2] ?? ''));
}

/** XCN: number and name of a member of staff. */
export function staffName(writer: Writer, { npi, given, family }: Staff): string {
  const part = (text: string): string => writer.mark('name', 'provider', cased(writer, text));
  return components(writer.maybe('unique-id', 'provider', npi), part(family), part(given), '', '', '', 'MD');
}

export function address(writer: Writer, person: Person, subject: Subject): string {
  const { dialect } = writer;
  const [line = '', second = ''] = person.street.split(', ');
  const street = writer.mark('street', subject, cased(writer, line));
  return components(
    dialect.nested ? subcomponents(street) : street,
    writer.mark('street', subject, cased(writer, second)),
    writer.mark('geo', subject, cased(writer, person.city)),
    // A county is smaller than a state (164.514(b)(2)(i)(B)), and stands where a state does: people differ.
    writer.scene.region === 'GB' && person.state !== '' ? writer.maybe('geo', subject, person.state) : person.state,
    writer.mark('geo', subject, person.zip),
    writer.scene.region === 'US' ? 'USA' : '',
    'H',
  );
}

/** XTN, or TN before 2.3. */
export function phone(writer: Writer, number: string, subject: Subject, use = 'PRN', category: Category = 'phone'): string {
  const { dialect } = writer;
  const mark = (text: string): string => writer.mark(category, subject, text);
  if (dialect.version < '2.3' && category === 'phone') return mark(number);
  const equipment = category === 'fax' ? 'FX' : 'PH';
  const numerals = number.replace(/\D/g, '');
  const parts = dialect.phone === 'text' || numerals.length !== 10 ? null : [numerals.slice(0, 3), numerals.slice(3)];
  if (parts === null || dialect.phone === 'both') {
    return components(
      mark(number),
      use,
      equipment,
      '',
      '',
      writer.maybe(category, subject, parts?.[0] ?? ''),
      mark(parts?.[1] ?? ''),
    );
  }
  return components('', use, equipment, '', '1', writer.maybe(category, subject, parts[0] ?? ''), mark(parts[1] ?? ''));
}

export function email(writer: Writer, text: string, subject: Subject): string {
  return components('', 'NET', 'Internet', writer.mark('email', subject, text));
}

/** CX: number, assigning authority, type. */
export function identifier(writer: Writer, marked: string, type: string): string {
  return components(marked, '', '', writer.dialect.facility, type);
}
