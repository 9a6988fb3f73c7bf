import { RE2JS, RE2JSException } from 're2js';
import { reasonOf } from '../core/errors.ts';

/** Who runs the patterns of a pack: JavaScript those that are shipped and searched for attacks (ReDoS), RE2 those of a site. */
export type Engine = 'javascript' | 're2';

/** One match: what `RegExpExecArray` says of it. */
interface Found {
  readonly index: number;
  readonly 0: string;
  /** Where the group `value` stands, UTF-16 offsets, half-open. */
  readonly indices?: { readonly groups?: { readonly value?: readonly [number, number] } };
}

/** A pattern made ready to run; a `RegExp` is one. */
export interface Pattern {
  /** Where `exec` looks from, and where it stopped; as of a RegExp with flag `g`. */
  lastIndex: number;
  exec(text: string): Found | null;
}

/** What a pattern is asked where only yes or no counts. */
export interface Tester {
  test(text: string): boolean;
}

/**
 * How many characters a JavaScript pattern reads in the time that RE2 takes for one, roughly (docs/adr/0046): what a text costs of a scan's
 * budget.
 */
export const RE2_COST = 16;

/** What RE2 leaves out of the syntax of JavaScript, since no automaton can do it, and what to write instead. */
const LACKS: readonly (readonly [syntax: RegExp, what: string])[] = [
  [
    /\(\?<?[=!]/,
    'RE2 has no look-ahead or look-behind: name the words beside the match in `context`, or what may stand there in `exclude`',
  ],
  [/\\[1-9]|\\k</, 'RE2 has no back-references: a pattern of a site cannot ask for the same text twice'],
  [/\\u/, 'RE2 writes a character by number as \\x{1F600}, not as \\u'],
  [/\\[pP]\{\w+=/, 'RE2 names a script alone: \\p{Latin}, not \\p{Script=Latin}'],
  [/\{\d*,?\d{4,}\}/, 'RE2 counts repetitions to 1000'],
];

/** A pattern for all its matches. Throws where it is none of the engine's, with the way out. */
export function compilePattern(source: string, ignoreCase: boolean, engine: Engine = 'javascript'): Pattern {
  if (engine === 're2') return allOf(compileRe2(source, ignoreCase));
  // `g` to find all, `u` for letters of any script, `d` only where a group's place is asked for.
  return new RegExp(source, `gu${ignoreCase ? 'i' : ''}${source.includes('(?<value>') ? 'd' : ''}`);
}

/** A pattern that is only asked whether it matches somewhere. Throws as `compilePattern` does. */
export function compileTester(source: string, ignoreCase: boolean, engine: Engine = 'javascript'): Tester {
  if (engine === 'javascript') return new RegExp(source, ignoreCase ? 'iu' : 'u');
  const compiled = compileRe2(source, ignoreCase);
  return { test: (text) => compiled.matcher(text).find() };
}

function compileRe2(source: string, ignoreCase: boolean): RE2JS {
  try {
    return RE2JS.compile(source, ignoreCase ? RE2JS.CASE_INSENSITIVE : 0);
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error;
    const lack = LACKS.find(([syntax]) => syntax.test(source));
    throw new SyntaxError(lack === undefined ? reasonOf(error) : `${lack[1]} (${reasonOf(error)})`, { cause: error });
  }
}

/** Offsets of RE2JS are of UTF-16, as those of JavaScript are. */
function allOf(compiled: RE2JS): Pattern {
  const hasValue = 'value' in compiled.namedGroups();
  return {
    lastIndex: 0,
    exec(text) {
      const matcher = compiled.matcher(text);
      if (this.lastIndex > text.length || !matcher.find(this.lastIndex)) {
        this.lastIndex = 0;
        return null;
      }
      const [start, end] = [matcher.start(), matcher.end()];
      this.lastIndex = end;
      const value = hasValue ? ([matcher.start('value'), matcher.end('value')] as const) : null;
      return {
        0: text.slice(start, end),
        index: start,
        // A group that took no part in the match has no place.
        ...(value === null || value[0] < 0 ? {} : { indices: { groups: { value } } }),
      };
    },
  };
}
