import { BYTE_CLASSES } from '../formats/classes.ts';
import { type Cursor, isBackReference, takeAtom, takeOpening, takeQuantifier } from './pattern-syntax.ts';

/** What can be told of every text that a pattern matches, without running it. */
export interface Width {
  /** UTF-16 units of the shortest match. */
  readonly least: number;
  /** Of the longest; infinite where there is none. */
  readonly most: number;
  /** Whether a match begins where the leaf begins, and ends where it ends. */
  readonly start: boolean;
  readonly end: boolean;
  /** Bits of CharClass that a match may hold; characters outside ASCII are left out. */
  readonly classes: number;
  /** ASCII digits that every match holds. */
  readonly digits: number;
  /** ASCII digits that stand from its beginning on, wherever it ends: what a look-ahead asks for may lie behind it. */
  readonly ahead: number;
  /**
   * Capitals and digits of ASCII (where case does not count letters and digits), one after the other, that every match holds somewhere, begins with and
   * ends with.
   */
  readonly run: number;
  readonly lead: number;
  readonly trail: number;
  /** Whether a match holds nothing else. */
  readonly pure: boolean;
}

/**
 * The widths of a regular expression (JavaScript with flag `u`, or RE2): sums over sequences, extremes over alternatives. Null where it holds what
 * this reader does not know (flags in groups): then nothing is claimed. `source` has to compile.
 */
export function widthOf(source: string, ignoreCase: boolean): Width | null {
  return widthBy({ source, at: 0, flags: ignoreCase ? 'iu' : 'u', counts: false });
}

/** What every text has that a pattern matches in. */
export interface Least {
  /** ASCII digits. */
  readonly digits: number;
  /** Capitals and digits of ASCII, one after the other; of a pattern for which case does not count 0. */
  readonly capitals: number;
  /** The same of letters and digits; of a pattern for which case counts 0. */
  readonly letters: number;
}

/** What every text has that a regular expression of JavaScript matches in; for each start of a thread, where trying characters would be too dear. */
export function leastOf(source: string, ignoreCase: boolean): Least {
  const width = widthBy({ source, at: 0, flags: ignoreCase ? 'iu' : 'u', counts: true });
  if (width === null) return { digits: 0, capitals: 0, letters: 0 };
  return { digits: digitsOf(width), capitals: ignoreCase ? 0 : width.run, letters: ignoreCase ? width.run : 0 };
}

function digitsOf({ digits, ahead }: Width): number {
  return Math.max(digits, ahead);
}

function widthBy(reader: Reader): Width | null {
  const found = readAlternatives(reader);
  return found === null || reader.at < reader.source.length ? null : found;
}

interface Reader extends Cursor {
  readonly flags: string;
  /** Only digits are counted: no character is tried. */
  readonly counts: boolean;
}

/** Takes no characters: what stands before it and behind it stands side by side. */
const NOTHING: Width = {
  least: 0,
  most: 0,
  start: false,
  end: false,
  classes: 0,
  digits: 0,
  ahead: 0,
  run: 0,
  lead: 0,
  trail: 0,
  pure: true,
};

function readAlternatives(reader: Reader): Width | null {
  let all: Width | null = null;
  for (;;) {
    const one = readSequence(reader);
    if (one === null) return null;
    all = all === null ? one : either(all, one);
    if (reader.source[reader.at] !== '|') return all;
    reader.at++;
  }
}

function either(first: Width, second: Width): Width {
  return {
    least: Math.min(first.least, second.least),
    most: Math.max(first.most, second.most),
    start: first.start && second.start,
    end: first.end && second.end,
    classes: first.classes | second.classes,
    digits: Math.min(first.digits, second.digits),
    ahead: Math.min(digitsOf(first), digitsOf(second)),
    run: Math.min(first.run, second.run),
    lead: Math.min(first.lead, second.lead),
    trail: Math.min(first.trail, second.trail),
    pure: first.pure && second.pure,
  };
}

function readSequence(reader: Reader): Width | null {
  let sum = NOTHING;
  let isFirst = true;
  while (reader.at < reader.source.length && reader.source[reader.at] !== '|' && reader.source[reader.at] !== ')') {
    const atom = readAtom(reader);
    if (atom === null) return null;
    const part = readQuantifier(reader, atom);
    sum = {
      least: sum.least + part.least,
      most: sum.most + part.most,
      start: isFirst ? part.start : sum.start,
      end: part.end,
      classes: sum.classes | part.classes,
      digits: sum.digits + part.digits,
      ahead: Math.max(sum.ahead, sum.digits + part.ahead),
      run: Math.max(sum.run, part.run, sum.trail + part.lead),
      lead: sum.pure ? sum.least + part.lead : sum.lead,
      trail: part.pure ? sum.trail + part.least : part.trail,
      pure: sum.pure && part.pure,
    };
    isFirst = false;
  }
  return sum;
}

function readQuantifier(reader: Reader, atom: Width): Width {
  const { least, most } = takeQuantifier(reader);
  if (least === 1 && most === 1) return atom;
  return {
    least: atom.least * least,
    // 0 times no end is no number.
    most: atom.most === 0 || most === 0 ? 0 : atom.most * most,
    start: atom.start && least > 0,
    end: atom.end && least > 0,
    classes: atom.classes,
    digits: atom.digits * least,
    ahead: least > 0 ? atom.ahead : 0,
    ...runsOf(atom, least),
  };
}

/** Of so many repetitions at least. */
function runsOf({ run, lead, trail, pure, least: size }: Width, least: number): Pick<Width, 'run' | 'lead' | 'trail' | 'pure'> {
  if (pure) return { run: size * least, lead: size * least, trail: size * least, pure };
  if (least === 0) return { run: 0, lead: 0, trail: 0, pure };
  return { run: least === 1 ? run : Math.max(run, trail + lead), lead, trail, pure };
}

function readAtom(reader: Reader): Width | null {
  const head = reader.source[reader.at];
  if (head === '(') return readGroup(reader);
  if (head === '^' || head === '$') {
    reader.at++;
    return { ...NOTHING, start: head === '^', end: head === '$' };
  }
  const text = takeAtom(reader);
  if (text === undefined) return null;
  if (text === '\\b' || text === '\\B') return NOTHING;
  // What a group held before: of any length, and of what it holds.
  if (isBackReference(text)) return { ...NOTHING, most: Number.POSITIVE_INFINITY, classes: ~0, pure: false };
  return characterOf(text, reader);
}

function readGroup(reader: Reader): Width | null {
  const opening = takeOpening(reader);
  if (opening === null) return null;
  const inner = readAlternatives(reader);
  if (inner === null || reader.source[reader.at] !== ')') return null;
  reader.at++;
  // Looking around takes no characters.
  if (opening === '(?=') return { ...NOTHING, ahead: digitsOf(inner) };
  return /[=!]$/.test(opening) ? NOTHING : inner;
}

/** What matches ASCII digits and nothing else. */
const DIGIT = /^(?:\\d|\d|\[(?:\\d|\d-\d|\d)+\])$/;
/** What matches capitals and digits of ASCII and nothing else, where case counts; and where it does not, letters and digits. */
const CAPITAL = /^(?:[A-Z]|\[(?:\\d|[A-Z]-[A-Z]|\d-\d|[A-Z\d])+\])$/;
const LETTER = /^(?:[A-Za-z]|\[(?:\\d|[A-Z]-[A-Z]|[a-z]-[a-z]|\d-\d|[A-Za-z\d])+\])$/;

/** One character: a class, an escape or a letter. Outside of the first plane it is two units. */
function characterOf(text: string, { flags, counts }: Reader): Width | null {
  const digits = DIGIT.test(text) ? 1 : 0;
  const run = digits === 1 || (flags.includes('i') ? LETTER : CAPITAL).test(text) ? 1 : 0;
  const runs = { run, lead: run, trail: run, pure: run === 1 };
  if (counts) return { ...NOTHING, least: 1, most: 2, digits, ...runs };
  let one: RegExp;
  try {
    one = new RegExp(`^${text}$`, text === '.' ? `${flags}s` : flags);
  } catch {
    // RE2 has escapes that JavaScript has not: they may be of any length.
    return null;
  }
  let classes = 0;
  for (let code = 0; code < 0x80; code++) if (one.test(String.fromCharCode(code))) classes |= BYTE_CLASSES[code] ?? 0;
  const single = text !== '.' && (/^(?:\\[dws]|[\0-\x7f])$/.test(text) || /^\\[^pPuxcDWS]$/.test(text));
  return { least: 1, most: single ? 1 : 2, start: false, end: false, classes, digits, ahead: 0, ...runs };
}
