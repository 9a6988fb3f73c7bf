/** Called with the byte offset of each occurrence, in ascending order, and the number of the word found. */
export type OnHit = (at: number, word: number) => void;

/** Looks in `bytes[from, to)` for words of ASCII (upper case, three characters or more), whatever the case of the bytes. */
export type Search = (bytes: Uint8Array, from: number, to: number, words: readonly string[], onHit: OnHit) => void;

const STEP = 2;

/**
 * A Wu–Manber search over pairs of bytes: a table says how far a pair lets the window of three bytes move, so that most bytes are
 * looked at half a time and all words are sought together. The table (64 KiB) lives as long as the search and only the entries a
 * call sets are set back, since words change with every message. Not re-entrant.
 */
export function createSearch(): Search {
  const shift = new Uint8Array(65_536).fill(STEP);
  const fold = new Uint8Array(256);
  for (let byte = 0; byte < 256; byte++) fold[byte] = byte >= 0x61 && byte <= 0x7a ? byte - 32 : byte;
  return (bytes, from, to, words, onHit) => {
    const codes = words.map((word) => Uint8Array.from(word, (character) => character.charCodeAt(0)));
    const last = codes.map(([, b = 0, c = 0]) => (b << 8) | c);
    for (const [index, [a = 0, b = 0]] of codes.entries()) {
      shift[(a << 8) | b] = Math.min(shift[(a << 8) | b] ?? STEP, 1);
      shift[last[index] ?? 0] = 0;
    }
    let at = from + 2;
    while (at < to) {
      const pair = ((fold[bytes[at - 1] ?? 0] ?? 0) << 8) | (fold[bytes[at] ?? 0] ?? 0);
      const move = shift[pair] ?? STEP;
      if (move > 0) {
        at += move;
        continue;
      }
      for (let word = 0; word < codes.length; word++) {
        const code = codes[word];
        if (last[word] === pair && code !== undefined && matches(bytes, at - 2, to, code, fold)) onHit(at - 2, word);
      }
      at++;
    }
    for (const [a = 0, b = 0, c = 0] of codes) {
      shift[(a << 8) | b] = STEP;
      shift[(b << 8) | c] = STEP;
    }
  };
}

function matches(bytes: Uint8Array, at: number, to: number, code: Uint8Array, fold: Uint8Array): boolean {
  if (at + code.length > to) return false;
  for (let index = 0; index < code.length; index++) if (fold[bytes[at + index] ?? 0] !== code[index]) return false;
  return true;
}
