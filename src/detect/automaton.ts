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

/** Classes of characters: of those that no keyword has, what belongs to words and what does not; then one for each that keywords have. */
const CLASS_OTHER = 0;
const CLASS_LETTER = 1;

function alphabetOf(words: readonly string[]): { size: number; codes: Uint8Array } {
  const codes = new Uint8Array(PLAIN_CODES);
  let size = 2;
  for (const word of words) {
    for (let index = 0; index < word.length; index++) {
      const code = word.charCodeAt(index);
      if (code < 128 && codes[code] === 0) codes[code] = size++;
    }
  }
  for (let code = 0; code < 128; code++) if (codes[code] === 0 && isWordCode(code)) codes[code] = CLASS_LETTER;
  for (let upper = 65; upper <= 90; upper++) codes[upper] = codes[upper + 32] ?? CLASS_OTHER;
  for (let code = 128; code < PLAIN_CODES; code++) {
    const plain = codes[PLAIN[code] ?? 0] ?? CLASS_OTHER;
    codes[code] = plain > CLASS_LETTER ? plain : isWordCode(code) ? CLASS_LETTER : CLASS_OTHER;
  }
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
  const { next, ends } = buildTransitions(words, endings, { size, codes });
  return {
    words: words.length,
    mark(text, hits) {
      begin(hits);
      let row = OUTSIDE * size;
      for (let index = 0; index < text.length; index++) {
        const code = text.charCodeAt(index);
        row = next[row + (code < PLAIN_CODES ? (codes[code] ?? 0) : isWordCode(code) ? CLASS_LETTER : CLASS_OTHER)] ?? 0;
        if (row >= 0) continue;
        // A keyword ends here, where the word does.
        row = ~row;
        if (index + 1 < text.length && isWordCode(text.charCodeAt(index + 1))) continue;
        for (const word of ends[row / size] ?? []) {
          if (hits.texts[word] === hits.text) continue;
          hits.texts[word] = hits.text;
          hits.found[hits.count++] = word;
        }
      }
    },
  };
}

/** States before any keyword has begun: between words, where each may begin, and within a word, where only endings may. */
const OUTSIDE = 0;
const WITHIN = 1;

interface Transitions {
  /** By state and class of a character: where the next state's row begins; its complement where a keyword ends in that state. */
  readonly next: Int32Array;
  /** The keywords that end in a state. */
  readonly ends: (number[] | undefined)[];
}

/** A trie of all keywords from OUTSIDE and of the endings from WITHIN, each character of which has one state. */
function buildTransitions(
  words: readonly string[],
  endings: readonly boolean[],
  { size, codes }: { size: number; codes: Uint8Array },
): Transitions {
  const states = words.reduce((sum, word, number) => sum + word.length * (endings[number] === true ? 2 : 1), 2);
  const next = new Int32Array(states * size);
  const ends: (number[] | undefined)[] = new Array(states);
  const byDepth: Step[][] = [];
  let count = 2;
  const plant = (word: string, number: number, root: number): void => {
    let state = root;
    for (let depth = 0; depth < word.length; depth++) {
      const code = word.charCodeAt(depth);
      const edge = state * size + (codes[code] ?? 0);
      if (next[edge] === 0) {
        next[edge] = count;
        const steps = byDepth[depth] ?? [];
        byDepth[depth] = steps;
        steps.push({ from: state, edge, to: count++ });
      }
      state = next[edge] ?? 0;
    }
    ends[state] = [...(ends[state] ?? []), number];
  };
  // Endings first: at equal depth a state falls back to one of theirs.
  words.forEach((word, number) => {
    if (endings[number] === true) plant(word, number, WITHIN);
  });
  words.forEach((word, number) => {
    plant(word, number, OUTSIDE);
  });
  link({ next, ends }, byDepth, size, lettersOf(codes, size));
  return { next: next.map((state) => (ends[state] === undefined ? state * size : ~(state * size))), ends };
}

/** An edge of the trie. */
interface Step {
  readonly from: number;
  readonly edge: number;
  readonly to: number;
}

/** Whether a class of characters belongs to words. */
function lettersOf(codes: Uint8Array, size: number): readonly boolean[] {
  const letters = Array.from({ length: size }, (_, number) => number === CLASS_LETTER);
  codes.forEach((number, code) => {
    if (number > CLASS_LETTER) letters[number] = isWordCode(code);
  });
  return letters;
}

/** Turns the trie into a deterministic automaton: every missing edge goes where the longest proper suffix would go, which begins where a keyword may. */
function link({ next, ends }: Transitions, byDepth: readonly Step[][], size: number, letters: readonly boolean[]): void {
  const fail = new Int32Array(ends.length);
  const root = (number: number): number => (letters[number] === true ? WITHIN : OUTSIDE);
  const fill = (state: number, missing: (number: number) => number): void => {
    for (let number = 0; number < size; number++) {
      const edge = state * size + number;
      if (next[edge] === 0) next[edge] = missing(number);
    }
  };
  fill(WITHIN, root);
  fill(OUTSIDE, root);
  for (const { from, edge, to } of byDepth.flat()) {
    const number = edge - from * size;
    const suffix =
      from === WITHIN
        ? root(number)
        : from === OUTSIDE
          ? (next[WITHIN * size + number] ?? 0)
          : (next[(fail[from] ?? 0) * size + number] ?? 0);
    // A character that is no part of a word ends it: the next keyword may begin.
    fail[to] = from === OUTSIDE && letters[number] !== true ? OUTSIDE : suffix;
    const inherited = ends[fail[to] ?? 0];
    if (inherited !== undefined) ends[to] = [...(ends[to] ?? []), ...inherited];
    fill(to, (other) => next[(fail[to] ?? 0) * size + other] ?? 0);
  }
}
