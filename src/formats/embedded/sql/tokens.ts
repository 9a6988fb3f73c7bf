/** A token of SQL (ISO/IEC 9075-2 §5.2, and what MySQL, PostgreSQL and Transact-SQL add): where it stands, and of a literal or name where what it says stands. */
export interface Token {
  readonly kind: 'word' | 'name' | 'string' | 'number' | 'sign';
  /** A word in upper case, a name as it is without its quotes, a sign; empty of literals. */
  readonly text: string;
  readonly from: number;
  readonly to: number;
  /** The inside of quotes, or all of it. */
  readonly inner: { readonly from: number; readonly to: number };
}

const TOKEN =
  /(?<space>\s+|--[^\n]*|\/\*[\s\S]{0,400}?\*\/)|(?<prefix>(?:[NnEeBbXx]|_[a-z0-9]{2,20} ?)?)'|(?<quoted>`[^`\n]{1,128}`|\[[^\][\n]{1,128}\]|"[^"\n]{1,4000}")|(?<word>[\p{L}_@#:$][\p{L}\p{N}_@#$]{0,127})|(?<number>-?\d[\d.]*(?:[eE][+-]?\d+)?)|(?<sign>=>|[^\s'])/uy;

/** The token at or behind an offset; null at the end, and where a string does not close. */
export function tokenAt(text: string, offset: number): Token | null {
  for (let at = offset; at < text.length; ) {
    TOKEN.lastIndex = at;
    const found = TOKEN.exec(text);
    if (found?.groups === undefined) return null;
    const { space, prefix, quoted, word, number, sign = '' } = found.groups;
    const to = at + found[0].length;
    if (space !== undefined) {
      at = to;
      continue;
    }
    if (prefix !== undefined) {
      const end = stringEnd(text, to);
      return end < 0 ? null : { kind: 'string', text: '', from: at, to: end + 1, inner: { from: to, to: end } };
    }
    const whole = { from: at, to };
    if (quoted !== undefined) return { kind: 'name', text: quoted.slice(1, -1), ...whole, inner: { from: at + 1, to: to - 1 } };
    if (word !== undefined) return { kind: 'word', text: word.toUpperCase(), ...whole, inner: whole };
    return { kind: number === undefined ? 'sign' : 'number', text: sign, ...whole, inner: whole };
  }
  return null;
}

const ENDS = /\s{0,8}(?:[,);]|$)/y;

/** Where the quote stands that closes a string; -1 where none does. A quote is doubled, or has a backslash before it in MySQL; elsewhere a backslash is one. */
function stringEnd(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const char = text[at];
    if (char === '\\' && text[at + 1] === "'") {
      ENDS.lastIndex = at + 2;
      if (ENDS.test(text) && text[at - 1] !== '\\') return at + 1;
      at++;
    } else if (char === '\\' && text[at + 1] === '\\') at++;
    else if (char === "'") {
      if (text[at + 1] !== "'") return at;
      at++;
    }
  }
  return -1;
}
