import { createMapper, type Mapped, stringRuns } from '../text/mapped.ts';
import { asItIs, type Closes, type InText } from './in-text.ts';

/** Larger ones are documents by themselves. */
const LONGEST = 1_000_000;

const ESCAPED = /\{\s{0,8}(\\{1,3})"/y;
const SPOKEN: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

/**
 * The JSON object (RFC 8259) that begins at `at`, as it is or inside a string of JSON, whose escapes are then resolved; null where its brackets and
 * quotes do not close, or it names nothing.
 */
export function jsonAt(text: string, at: number): InText | null {
  ESCAPED.lastIndex = at;
  const backslashes = ESCAPED.exec(text)?.[1]?.length ?? 0;
  const found = backslashes === 0 ? plainAt(text, at) : escapedAt(text, at, backslashes);
  return found !== null && /"\s{0,8}:/.test(found.said.text) && isJson(found.said.text) ? found : null;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    // Objects of programs look alike; they are read as text alone.
    return false;
  }
}

function plainAt(text: string, at: number): InText | null {
  const closing = createClosing();
  const end = Math.min(text.length, at + LONGEST);
  for (let to = at; to < end; to++) if (closing(text[to] ?? '')) return asItIs(text, at, to + 1);
  return null;
}

/** An object in a string: its quotes have so many backslashes before them, and its own backslashes are doubled. */
function escapedAt(text: string, at: number, backslashes: number): InText | null {
  const closing = createClosing();
  const mapper = createMapper(stringRuns(text));
  const end = Math.min(text.length, at + LONGEST);
  let run = at;
  for (let to = at; to < end; ) {
    const char = text[to] ?? '';
    // A quote as it is ends the string around it.
    if (char === '"') return null;
    const [said, next] = char === '\\' ? unescaped(text, to, backslashes) : [char, to + 1];
    if (next > to + 1) {
      mapper.run(run, to);
      mapper.put(said, to, next);
      run = next;
    }
    to = next;
    let closes = false;
    for (const one of said) closes ||= closing(one);
    if (!closes) continue;
    mapper.run(run, to);
    return { from: at, to, said: mapper.done() satisfies Mapped };
  }
  return null;
}

/** What an escape at `at` stands for one level further out, and where it ends. */
function unescaped(text: string, at: number, backslashes: number): [said: string, end: number] {
  let end = at;
  while (text[end] === '\\') end++;
  const next = text[end] ?? '';
  const size = end - at;
  if (size <= backslashes) return next === '"' && size === backslashes ? ['"', end + 1] : [SPOKEN[next] ?? `\\${next}`, end + 1];
  // A quote inside a string of the object, or an escape of its own.
  return [`\\${next}`, end + 1];
}

/** The same over lines: is told each from where the object begins, and says where in it the object closes, or -1. */
export function jsonLines(): Closes {
  const closing = createClosing();
  return (line, from) => {
    for (let at = from; at < line.length; at++) if (closing(line[at] ?? '')) return at + 1;
    return -1;
  };
}

/** Is told each character from the first bracket on; says whether the object closes with it. */
function createClosing(): (char: string) => boolean {
  let depth = 0;
  let isQuoted = false;
  let isEscaped = false;
  return (char) => {
    if (isQuoted) {
      if (isEscaped) isEscaped = false;
      else if (char === '\\') isEscaped = true;
      else if (char === '"') isQuoted = false;
      return false;
    }
    if (char === '"') isQuoted = true;
    else if (char === '{' || char === '[') depth++;
    else if (char === '}' || char === ']') return --depth === 0;
    return false;
  };
}
