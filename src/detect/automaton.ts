import { PLAIN, PLAIN_CODES } from './plain.ts';

/**
 * Aho–Corasick over whole words: says in one pass which of a set of keywords stand in a text, whatever their number. Letters are folded
 * to lower case and lose their marks (`numero` is found in `Numéro`); a keyword counts only where no letter or digit touches it, so that `lic` is not found in `public`.
 * One that begins with `*` may end a longer word: `*weg` is found in `Birkenweg`, for languages that write a street as one word.
 */
export interface Automaton {
  /** Begins `hits` anew with the keywords in `text`. Costs one step a character, whatever the number of keywords. */
  mark(text: string, hits: Hits): void;
  readonly words: number;
}

/** Keywords of the text looked at last. */
export interface Hits {
  /** Their numbers, `count` of them, in no order. */
  readonly found: Int32Array;
  count: number;
  /** By keyword: the number of the text that had it last, so that nothing has to be cleared between texts. */
  readonly texts: Uint32Array;
  text: number;
}

/** Scratch for the keywords of a text; one serves all texts, one after the other. */
export function createHits(words: number): Hits {
  return { found: new Int32Array(words), count: 0, texts: new Uint32Array(words), text: 0 };
}

/** Whether the text looked at last has the keyword. */
export function hasWord({ texts, text }: Hits, word: number): boolean {
  return texts[word] === text;
}

function begin(hits: Hits): void {
  hits.count = 0;
  hits.text++;
  if (hits.text <= 0xffffffff) return;
  hits.texts.fill(0);
  hits.text = 1;
}

/** a–z, 0–9, one for every other character that keywords use, zero for the rest. */
const CLASS_OTHER = 0;

function alphabetOf(words: readonly string[]): { size: number; codes: Uint8Array } {
  const codes = new Uint8Array(PLAIN_CODES);
  let size = 1;
  for (const word of words) {
    for (let index = 0; index < word.length; index++) {
      const code = word.charCodeAt(index);
      if (code < 128 && codes[code] === 0) codes[code] = size++;
    }
  }
  for (let upper = 65; upper <= 90; upper++) codes[upper] = codes[upper + 32] ?? CLASS_OTHER;
  for (let code = 128; code < PLAIN_CODES; code++) codes[code] = codes[PLAIN[code] ?? 0] ?? CLASS_OTHER;
  return { size, codes };
}

function isWordCode(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code >= 0xaa;
}

/** Builds the automaton; keywords are ASCII, their order gives them their numbers. */
export function buildAutomaton(keywords: readonly string[]): Automaton {
  const words = keywords.map((word) => word.replace(/^\*/, '').toLowerCase());
  const endings = keywords.map((word) => word.startsWith('*'));
  const { size, codes } = alphabetOf(words);
  const { next, ends } = buildTransitions(words, size, codes);
  return {
    words: words.length,
    mark(text, hits) {
      begin(hits);
      let state = 0;
      for (let index = 0; index < text.length; index++) {
        const code = text.charCodeAt(index);
        state = next[state * size + (code < PLAIN_CODES ? (codes[code] ?? 0) : CLASS_OTHER)] ?? 0;
        const found = ends[state];
        if (found === undefined || (index + 1 < text.length && isWordCode(text.charCodeAt(index + 1)))) continue;
        for (const word of found) {
          if (hits.texts[word] === hits.text) continue;
          const before = index - (words[word]?.length ?? 0);
          if (before >= 0 && endings[word] !== true && isWordCode(text.charCodeAt(before))) continue;
          hits.texts[word] = hits.text;
          hits.found[hits.count++] = word;
        }
      }
    },
  };
}

function buildTransitions(
  words: readonly string[],
  size: number,
  codes: Uint8Array,
): { next: Int32Array; ends: (number[] | undefined)[] } {
  const states = words.reduce((sum, word) => sum + word.length, 1);
  const next = new Int32Array(states * size);
  const ends: (number[] | undefined)[] = new Array(states);
  let count = 1;
  words.forEach((word, number) => {
    let state = 0;
    for (let index = 0; index < word.length; index++) {
      const edge = state * size + (codes[word.charCodeAt(index)] ?? 0);
      if (next[edge] === 0) next[edge] = count++;
      state = next[edge] ?? 0;
    }
    ends[state] = [...(ends[state] ?? []), number];
  });
  linkFailures(next, ends, size);
  return { next, ends };
}

/** Turns the trie into a deterministic automaton: every missing edge goes where the longest proper suffix would go. */
function linkFailures(next: Int32Array, ends: (number[] | undefined)[], size: number): void {
  const fail = new Int32Array(ends.length);
  const queue: number[] = [];
  for (let code = 0; code < size; code++) if (next[code] !== 0) queue.push(next[code] ?? 0);
  for (let head = 0; head < queue.length; head++) {
    const state = queue[head] ?? 0;
    const suffix = fail[state] ?? 0;
    const inherited = ends[suffix];
    if (inherited !== undefined) ends[state] = [...(ends[state] ?? []), ...inherited];
    for (let code = 0; code < size; code++) {
      const edge = state * size + code;
      const target = next[edge] ?? 0;
      const other = next[suffix * size + code] ?? 0;
      if (target === 0) next[edge] = other;
      else {
        fail[target] = other;
        queue.push(target);
      }
    }
  }
}
