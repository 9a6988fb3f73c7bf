import { KIND, kindNumber, PATIENT, type Print, SETS } from './print.ts';

/**
 * A set of fingerprints in shared memory: one thread writes, any number read, none waits for another. 256 shards by the first byte of the
 * fingerprint, each a hash table with linear probing, 8 bytes of fingerprint and one of what is known a place. A shard that is four fifths full is copied
 * into one of twice the size (a generation), in two milliseconds at ten million entries; readers are handed the new one and go on with the old until
 * then. What is removed closes its gap, so nothing piles up. 151 MB at ten million; 11 to 23 bytes an entry once there are more than a few.
 */

const SHARDS = 256;
const FIRST_PLACES = 64;
const FULLEST = 0.8;
/** In 32-bit words: the number of changes that began or ended, and of entries. */
const CHANGES = 0;
const COUNT = 1;
const HEADER = 4;
const PLACE_BYTES = 9;
/** Looks at a shard that is being changed before the reader sleeps: its writer may have been interrupted. */
const SPINS = 200;

/** Words of `counts`. */
const PATIENTS = 0;
const COHORTED = 1;
const RECORDS = 2;

/** What is handed to a reading thread. */
export interface SharedTable {
  readonly shards: readonly SharedArrayBuffer[];
  readonly counts: SharedArrayBuffer;
}

/** A shard that was copied into a larger one. */
export interface Grown {
  readonly shard: number;
  readonly buffer: SharedArrayBuffer;
}

export interface TableCounts {
  /** Identifiers of patients. */
  readonly patients: number;
  /** Identifiers that are in a cohort. */
  readonly cohorted: number;
  /** Record numbers of patients. */
  readonly records: number;
}

export interface TableReader {
  /** What is known of a fingerprint (print.ts): 0 where it is in no set. */
  find(print: Print): number;
  counts(): TableCounts;
  /** Reads a shard from its next generation on. */
  adopt(grown: Grown): void;
}

export interface Table extends TableReader {
  /** Adds sets, and the kind where none was known. */
  add(print: Print, meta: number): void;
  /** Takes sets away; an identifier in none is gone. */
  remove(print: Print, sets: number): void;
  shared(): SharedTable;
  /** Bytes of shared memory. */
  bytes(): number;
}

interface Shard {
  readonly buffer: SharedArrayBuffer;
  readonly words: Int32Array;
  readonly metas: Uint8Array;
  readonly mask: number;
}

/** `entries`: how many will come, where that is known: it then need not grow. `onGrow`: tells the readers. */
export function createTable(entries = 0, onGrow: (grown: Grown) => void = () => undefined): Table {
  const shards = Array.from({ length: SHARDS }, () => emptyShard(placesFor(entries / SHARDS)));
  const counts = new Int32Array(new SharedArrayBuffer(4 * Int32Array.BYTES_PER_ELEMENT));
  const reader = readerOf(shards, counts);

  function shardOf({ high }: Print): Shard {
    return at(shards, high >>> 24);
  }

  function count(before: number, after: number): void {
    const is = (meta: number, which: (meta: number) => boolean): number => (which(meta) ? 1 : 0);
    for (const [word, which] of COUNTED) Atomics.add(counts, word, is(after, which) - is(before, which));
  }

  function grow(number: number): Shard {
    const old = at(shards, number);
    const fresh = emptyShard((old.mask + 1) * 2);
    for (let place = 0; place <= old.mask; place++) {
      const print = printAt(old, place);
      if (print !== null) put(fresh, freePlace(fresh, print), print, old.metas[place] ?? 0);
    }
    Atomics.store(fresh.words, COUNT, Atomics.load(old.words, COUNT));
    shards[number] = fresh;
    onGrow({ shard: number, buffer: fresh.buffer });
    return fresh;
  }

  return {
    ...reader,
    add(print, meta) {
      let shard = shardOf(print);
      const known = placeOf(shard, print);
      const before = known < 0 ? 0 : Atomics.load(shard.metas, known);
      const after = (before & SETS) | (meta & SETS) | ((before & KIND) === 0 ? meta & KIND : before & KIND);
      if ((after & SETS) === 0 || after === before) return;
      count(before, after);
      if (known >= 0) {
        Atomics.store(shard.metas, known, after);
        return;
      }
      const entries = Atomics.load(shard.words, COUNT) + 1;
      if (entries > (shard.mask + 1) * FULLEST) shard = grow(print.high >>> 24);
      const target = shard;
      changing(target, () => put(target, freePlace(target, print), print, after));
      Atomics.store(target.words, COUNT, entries);
    },
    remove(print, sets) {
      const shard = shardOf(print);
      const place = placeOf(shard, print);
      if (place < 0) return;
      const before = Atomics.load(shard.metas, place);
      const after = before & ~(sets & SETS);
      if (after === before) return;
      count(before, (after & SETS) === 0 ? 0 : after);
      if ((after & SETS) !== 0) {
        Atomics.store(shard.metas, place, after);
        return;
      }
      changing(shard, () => close(shard, place));
      Atomics.sub(shard.words, COUNT, 1);
    },
    shared: () => ({ shards: shards.map(({ buffer }) => buffer), counts: counts.buffer }),
    bytes: () => shards.reduce((sum, { buffer }) => sum + buffer.byteLength, counts.buffer.byteLength),
  };
}

/** Reads a table from another thread. */
export function readTable({ shards, counts }: SharedTable): TableReader {
  return readerOf(
    shards.map((buffer) => shardIn(buffer)),
    new Int32Array(counts),
  );
}

function readerOf(shards: Shard[], counts: Int32Array): TableReader {
  return {
    find: (print) => find(at(shards, print.high >>> 24), print),
    counts: () => ({
      patients: Atomics.load(counts, PATIENTS),
      cohorted: Atomics.load(counts, COHORTED),
      records: Atomics.load(counts, RECORDS),
    }),
    adopt({ shard, buffer }) {
      shards[shard] = shardIn(buffer);
    },
  };
}

const MRN = kindNumber('mrn');

/** What each word of `counts` counts. */
const COUNTED: readonly (readonly [word: number, which: (meta: number) => boolean])[] = [
  [PATIENTS, (meta) => (meta & PATIENT) !== 0],
  [COHORTED, (meta) => (meta & SETS & ~PATIENT) !== 0],
  [RECORDS, (meta) => (meta & PATIENT) !== 0 && (meta & KIND) === MRN],
];

function at(shards: readonly Shard[], number: number): Shard {
  const shard = shards[number];
  if (shard === undefined) throw new RangeError(`a table has ${SHARDS} shards, and none of number ${number}`);
  return shard;
}

function placesFor(entries: number): number {
  let places = FIRST_PLACES;
  // Shards differ by chance: a tenth more than the mean leaves room in all of them.
  while (places * FULLEST < entries * 1.1) places *= 2;
  return places;
}

function emptyShard(places: number): Shard {
  return shardIn(new SharedArrayBuffer(HEADER * Int32Array.BYTES_PER_ELEMENT + places * PLACE_BYTES));
}

function shardIn(buffer: SharedArrayBuffer): Shard {
  const header = HEADER * Int32Array.BYTES_PER_ELEMENT;
  const places = (buffer.byteLength - header) / PLACE_BYTES;
  return {
    buffer,
    words: new Int32Array(buffer, 0, HEADER + 2 * places),
    metas: new Uint8Array(buffer, header + places * 8, places),
    mask: places - 1,
  };
}

/** A reader that met a change looks again: while entries move, one may be seen at neither place. */
function find(shard: Shard, print: Print): number {
  for (let turn = 0; ; turn++) {
    const before = Atomics.load(shard.words, CHANGES);
    if ((before & 1) !== 0) {
      if (turn > SPINS) Atomics.wait(shard.words, CHANGES, before, 1);
      continue;
    }
    const place = placeOf(shard, print);
    const meta = place < 0 ? 0 : Atomics.load(shard.metas, place);
    if (Atomics.load(shard.words, CHANGES) === before) return meta;
  }
}

/** Every change is between an odd and an even number. */
function changing({ words }: Shard, change: () => void): void {
  Atomics.add(words, CHANGES, 1);
  change();
  Atomics.add(words, CHANGES, 1);
  Atomics.notify(words, CHANGES);
}

function placeOf({ words, mask }: Shard, { high, low }: Print): number {
  for (let place = low & mask, looked = 0; looked <= mask; place = (place + 1) & mask, looked++) {
    const word = HEADER + 2 * place;
    const first = Atomics.load(words, word);
    const second = Atomics.load(words, word + 1);
    if (first === high && second === low) return place;
    if (first === 0 && second === 0) return -1;
  }
  return -1;
}

function freePlace(shard: Shard, { low }: Print): number {
  let place = low & shard.mask;
  while (printAt(shard, place) !== null) place = (place + 1) & shard.mask;
  return place;
}

function printAt({ words }: Shard, place: number): Print | null {
  const high = Atomics.load(words, HEADER + 2 * place);
  const low = Atomics.load(words, HEADER + 2 * place + 1);
  return high === 0 && low === 0 ? null : { high, low };
}

function put({ words, metas }: Shard, place: number, { high, low }: Print, meta: number): void {
  Atomics.store(metas, place, meta);
  Atomics.store(words, HEADER + 2 * place, high);
  Atomics.store(words, HEADER + 2 * place + 1, low);
}

/** Moves what was pushed on by the entry at `gap` back towards its own place (Knuth, TAOCP 3, 6.4, algorithm R). */
function close(shard: Shard, gap: number): void {
  const { mask, metas } = shard;
  let empty = gap;
  for (let place = (gap + 1) & mask; place !== gap; place = (place + 1) & mask) {
    const print = printAt(shard, place);
    if (print === null) break;
    const home = print.low & mask;
    // It stays where its own place lies behind the empty one, seen from where it is.
    if (((place - home) & mask) < ((place - empty) & mask)) continue;
    put(shard, empty, print, metas[place] ?? 0);
    empty = place;
  }
  put(shard, empty, { high: 0, low: 0 }, 0);
}
