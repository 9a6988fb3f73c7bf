/** Called with the byte offset of each occurrence and the number of the word found, in ascending order but for steps back of one byte. */
export type OnHit = (at: number, word: number) => void;

/**
 * Looks in `bytes[from, to)` for words of ASCII (upper case, three characters or more; at most MAX_WORDS), whatever the case of the bytes.
 * Returns how many candidates it compared, and gives up once that is more than `limit`: made-up words can make every place a candidate.
 */
export type Search = (
  bytes: Uint8Array,
  from: number,
  to: number,
  words: readonly string[],
  limit: number,
  onHit: OnHit,
) => number;

/** Two entries a word have to fit the table's 16 bits. */
const MAX_WORDS = 32_000;

const SLOTS = 4096;

/**
 * A slot for a pair of bytes, the same for both cases of a letter. Pairs that share one cost a look more, never a miss: the table is
 * kept small enough to stay in the processor's nearest cache.
 */
function slotOf(first: number, second: number): number {
  return ((first & 0x5f) << 5) ^ (second & 0x5f);
}

/**
 * Searches for many words at once by sampling every second pair of bytes: wherever a word of three bytes or more stands, its first or its
 * second pair is sampled. (Wu and Manber's shifts look at fewer bytes, but each step has to wait for the one before; here none does, and that
 * was measured to be faster.) The table lives as long as the search, and what a call enters is taken out again, since words change with
 * every message. Not re-entrant.
 */
export function createSearch(): Search {
  const table = new Uint16Array(SLOTS);
  return (bytes, from, to, words, limit, onHit) => {
    if (words.length > MAX_WORDS) throw new RangeError(`${words.length} words, at most ${MAX_WORDS}`);
    // Entry 2w is the first pair of word w, 2w + 1 its second; entries of one slot form a chain. 0 in the table is no entry.
    const chain: number[] = [];
    for (const word of words) {
      chain.push(enter(table, slotAt(word, 0), chain.length));
      chain.push(enter(table, slotAt(word, 1), chain.length));
    }
    const found = (at: number, head: number): number => {
      let steps = 0;
      for (let entry = head; entry !== 0; entry = chain[entry - 1] ?? 0) {
        steps++;
        const word = (entry - 1) >> 1;
        const start = at - ((entry - 1) & 1);
        if (start >= from && standsAt(bytes, start, to, words[word] ?? '')) onHit(start, word);
      }
      return steps;
    };
    try {
      return samplePairs(table, bytes, from, to, limit, found);
    } finally {
      // Also where a hit throws: an entry that stayed would send the next search in circles.
      for (const word of words) {
        table[slotAt(word, 0)] = 0;
        table[slotAt(word, 1)] = 0;
      }
    }
  };
}

/**
 * The whole of the work on ordinary bytes: four of them are loaded at once, as the two pairs that they are. Called for pairs whose slot is not empty, with
 * the offset of the first byte and the entry; returns the sum of what that returns, and stops once it is more than `limit`.
 */
function samplePairs(
  table: Uint16Array,
  bytes: Uint8Array,
  from: number,
  to: number,
  limit: number,
  found: (at: number, head: number) => number,
): number {
  // Pairs lie as the machine aligns them; a word of three bytes has one of its two pairs there, wherever it begins. The first of four bytes is the lowest:
  // the pinned runtime is for little-endian machines alone.
  let first = from + ((bytes.byteOffset + from) & 1);
  let steps = 0;
  if (((bytes.byteOffset + first) & 2) !== 0) {
    steps = lookAt(table, bytes, first, to, found);
    first += 2;
  }
  const size = Math.max(0, (to - first) >> 2);
  const fours = size === 0 ? NOTHING : new Int32Array(bytes.buffer, bytes.byteOffset + first, size);
  for (let index = 0; index < size && steps <= limit; index++) {
    const four = (fours[index] as number) & 0x5f5f5f5f;
    const head = table[((four & 0x5f) << 5) ^ ((four >> 8) & 0x5f)] as number;
    const next = table[((four >> 11) & 0xbe0) ^ (four >> 24)] as number;
    if ((head | next) === 0) continue;
    if (head !== 0) steps += found(first + index * 4, head);
    if (next !== 0 && steps <= limit) steps += found(first + index * 4 + 2, next);
  }
  return steps > limit ? steps : steps + lookAt(table, bytes, first + size * 4, to, found);
}

const NOTHING = new Int32Array(0);

/** The same for one pair: before the first four bytes that lie together, or after the last. */
function lookAt(
  table: Uint16Array,
  bytes: Uint8Array,
  at: number,
  to: number,
  found: (at: number, head: number) => number,
): number {
  const head = at + 1 < to ? (table[slotOf(bytes[at] ?? 0, bytes[at + 1] ?? 0)] ?? 0) : 0;
  return head === 0 ? 0 : found(at, head);
}

function slotAt(word: string, index: number): number {
  return slotOf(word.charCodeAt(index), word.charCodeAt(index + 1));
}

/** Puts an entry (its number plus one) at the head of a slot's chain; returns what was there. */
function enter(table: Uint16Array, slot: number, entry: number): number {
  const before = table[slot] ?? 0;
  table[slot] = entry + 1;
  return before;
}

/** Whether a word of ASCII (upper case) stands there in either case: a letter's other case is its code with one bit more. */
export function standsAt(bytes: Uint8Array, at: number, to: number, text: string): boolean {
  if (at + text.length > to) return false;
  for (let index = 0; index < text.length; index++) {
    const byte = bytes[at + index] ?? 0;
    const code = text.charCodeAt(index);
    if (byte !== code && (byte !== (code | 0x20) || code < 0x41 || code > 0x5a)) return false;
  }
  return true;
}
