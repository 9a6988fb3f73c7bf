import { CharClass, DECODED, type Leaves } from '../../core/format.ts';
import type { Candidate } from './candidate.ts';
import {
  distinctCharacters,
  encodedRuns,
  fromBase64,
  fromHex,
  MIN_RUN,
  MIN_SHORT_RUN,
  shortRuns,
  spellingOf,
} from './encoding.ts';
import { escapedCandidate } from './escapes.ts';
import { kindOf } from './kind.ts';
import { addMessages, type Taken } from './messages.ts';
import { longestWord, MIN_LINE_WORD, onePiece, piecesFrom, spansOf } from './pieces.ts';

/** Shorter values hold no identifier, or are read as what they look like. */
const MIN_DECLARED = 8;
const MIN_WHOLE = 24;
/** A value that nothing declares and that decodes to noise counts as encoded all the same from here on, if its characters are as mixed. */
const MIN_NOISE = 512;
const NOISE_CHARACTERS = 48;
/** Neither alphabet of base64 has these. */
const NOT_ENCODED = CharClass.dot | CharClass.colon | CharClass.at | CharClass.high;
const LETTERS = CharClass.upper | CharClass.lower;
const URI = CharClass.colon | CharClass.slash | CharClass.other;
const DATA_URI = /data:[\w.+/-]{0,80}(?:;[\w.+=-]{1,80}){0,4};base64,([A-Za-z0-9+/_=%-]+)/g;
const SPACE = 0x20;
const PADDING = 0x3d;

/** 0: not looked at yet; 1: a leaf like any other; 2: its type says that it is encoded (HL7 ED.5, FHIR base64Binary). */
let declared = new Uint8Array(4096);

function isDeclared(leaves: Leaves, leaf: number): boolean {
  const id = leaves.address[leaf] ?? 0;
  if (id >= declared.length) {
    const larger = new Uint8Array(Math.max(id + 1, declared.length * 2));
    larger.set(declared);
    declared = larger;
  }
  const known = declared[id] ?? 0;
  if (known !== 0) return known === 2;
  const { typePath } = leaves.addressOf(leaf);
  const type = typePath.startsWith('ED.5') || typePath.endsWith('base64Binary');
  declared[id] = type ? 2 : 1;
  return type;
}

/**
 * Values that hold encoded documents, in their order. Nearly all leaves are passed over by their length and classes; `limit` is how many
 * decoded bytes are allowed.
 */
export function findCandidates(leaves: Leaves, limit: number): Candidate[] {
  const found: Candidate[] = [];
  const { count, start, end, address, classes } = leaves;
  const chain: Chain = { until: -1 };
  // A line of a text may be any of them; elsewhere a value without a sign is none.
  const isText = count > 0 && leaves.addressOf(0).path === 'raw' && leaves.addressOf(count - 1).path === 'raw';
  const taken: Taken = { until: -1, vain: 0, sql: { tables: new Map(), vain: 0 }, plain: { until: -1 } };
  for (let leaf = 0; leaf < count; leaf++) {
    // The whole of the work on an ordinary leaf. One without bytes has length 0 here, and is looked at.
    const length = (end[leaf] as number) - (start[leaf] as number);
    if ((isText || ((classes[leaf] as number) & CharClass.other) !== 0) && addMessages(leaves, leaf, found, taken)) continue;
    if (
      length > 0 &&
      (length < MIN_DECLARED ||
        (length < MIN_WHOLE && !mayBeShort(classes[leaf] as number) && declared[address[leaf] as number] === 1))
    )
      continue;
    leaf = candidateAt(leaves, leaf, limit, found, chain);
  }
  return found;
}

/** Whether a value that is too short for a document may hold base64 of a name or number: both cases, and digits or padding. */
function mayBeShort(mask: number): boolean {
  return (mask & LETTERS) === LETTERS && (mask & (CharClass.digit | CharClass.other)) !== 0;
}

/** Adds what one leaf holds; returns the last leaf that belongs to it. */
function candidateAt(leaves: Leaves, leaf: number, limit: number, found: Candidate[], chain: Chain): number {
  const from = leaves.start[leaf] ?? -1;
  const length = from < 0 ? leaves.text(leaf).length : (leaves.end[leaf] ?? 0) - from;
  const isTyped = isDeclared(leaves, leaf);
  const mask = leaves.classes[leaf] ?? 0;
  if ((mask & CharClass.sealed) !== 0 || length < (isTyped ? MIN_DECLARED : MIN_SHORT_RUN)) return leaf;
  if (length < MIN_WHOLE && !isTyped) {
    addShort(leaves, leaf, mask, found);
    return leaf;
  }
  if (isTyped || ((mask & NOT_ENCODED) === 0 && (mask & LETTERS) !== 0 && !isSentence(leaves, mask, from, length))) {
    const whole = wholeAt(leaves, leaf, isTyped, limit, chain);
    if (whole !== null) {
      found.push(whole.candidate);
      return whole.last;
    }
  }
  const before = found.length;
  if (length >= MIN_RUN || (mask & URI) === URI) found.push(...runsIn(leaves, leaf, mask, limit));
  if (found.length === before) addShort(leaves, leaf, mask, found);
  if (found.length > before) return leaf;
  const escaped = escapedCandidate(leaves, leaf, mask);
  if (escaped !== null) found.push(escaped);
  return leaf;
}

/** Whether a leaf is told to be words by its first ones, without decoding it: lines of base64 are long. */
function isSentence({ ascii }: Leaves, mask: number, from: number, length: number): boolean {
  if ((mask & CharClass.space) === 0) return false;
  if (length < MIN_LINE_WORD) return true;
  if (ascii === undefined || from < 0) return false;
  for (let at = from + 1; at < from + MIN_LINE_WORD; at++) if (ascii[at] === SPACE) return true;
  return false;
}

/** Up to which leaf pieces were put together to nothing: a thousand keys at one place are not joined a thousand times. */
interface Chain {
  until: number;
}

/** Fewer pieces than this are tried from each of them on. */
const FEW_PIECES = 16;

/** A leaf that is encoded from end to end, with the pieces of the same document that follow it. */
function wholeAt(
  leaves: Leaves,
  leaf: number,
  isTyped: boolean,
  limit: number,
  chain: Chain,
): { candidate: Candidate; last: number } | null {
  const text = leaves.text(leaf);
  const { base64, hex, size } = spellingOf(text, isTyped);
  if (!base64 || size < (isTyped ? MIN_DECLARED : MIN_WHOLE)) return null;
  // Words of a sentence are made of the alphabet too; lines of base64 are long.
  if (!isTyped && /\s/.test(text) && longestWord(text) < MIN_LINE_WORD) return null;
  const pieces = leaf > chain.until ? piecesFrom(leaves, leaf, text) : onePiece(leaves, leaf, text);
  const encoded = pieces.texts.join('');
  const shared = { leaf, sealed: pieces.sealed, spans: pieces.spans };
  const last = pieces.last;
  if (hex) {
    const bytes = encoded.length <= limit * 2 ? fromHex(encoded) : null;
    if (bytes !== null && makesSense(bytes)) return { candidate: { ...shared, bytes, makesSense: true }, last };
  }
  if (encoded.length * 0.75 > limit) return { candidate: { ...shared, bytes: null, makesSense: false }, last };
  const bytes = fromBase64(encoded);
  const sense = makesSense(bytes);
  if (!sense && !isTyped && !(size >= MIN_NOISE && distinctCharacters(encoded) >= NOISE_CHARACTERS)) {
    if (pieces.texts.length > FEW_PIECES) chain.until = last;
    return null;
  }
  // A typed value may as well be written in clear (ED.4 `A`): a word or two.
  if (!sense && isTyped && looksWritten(text)) return null;
  return { candidate: { ...shared, bytes, makesSense: sense }, last };
}

function looksWritten(text: string): boolean {
  const words = text.trim().split(/\s+/);
  return words.length > 1 ? longestWord(text) < MIN_LINE_WORD : /^[A-Za-z]{1,20}$/.test(text);
}

function makesSense(bytes: Buffer): boolean {
  return kindOf(bytes) !== 'binary' && bytes.length > 0;
}

/** Runs of base64 among other text, and data: URIs (RFC 2397), which may be short. */
function runsIn(leaves: Leaves, leaf: number, mask: number, limit: number): Candidate[] {
  const text = leaves.text(leaf);
  const found: Candidate[] = [];
  const runs = (mask & URI) === URI && text.includes(';base64,') ? [...dataUris(text), ...encodedRuns(text)] : encodedRuns(text);
  let done: { from: number; to: number }[] = [];
  for (const { from, to } of runs) {
    if (done.some((run) => from < run.to && to > run.from)) continue;
    done = [...done.slice(-100), { from, to }];
    const encoded = text
      .slice(from, to)
      .replace(/%([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
    const span = leaves.spanOf(leaf, from, to) ?? spansOf(leaves, leaf)[0];
    const shared = { leaf, sealed: [], spans: span === undefined ? [] : [span] };
    if (encoded.length * 0.75 > limit) {
      found.push({ ...shared, bytes: null, makesSense: false });
      continue;
    }
    const bytes = decodedRun(encoded);
    if (bytes === null) continue;
    found.push({ ...shared, bytes, makesSense: makesSense(bytes) });
  }
  return found;
}

/** Adds short runs of base64 that hold a plain text. */
function addShort(leaves: Leaves, leaf: number, mask: number, found: Candidate[]): void {
  if (!mayBeShort(mask) || ((mask & CharClass.digit) === 0 && !isPadded(leaves, leaf, mask))) return;
  const text = leaves.text(leaf);
  for (const { from, to } of shortRuns(text)) {
    const span = leaves.spanOf(leaf, from, to) ?? spansOf(leaves, leaf)[0];
    const spans = span === undefined ? [] : [span];
    found.push({ leaf, sealed: [], spans, bytes: fromBase64(text.slice(from, to)), makesSense: true });
  }
}

/** Whether padding stands anywhere in a leaf: few have any, and where bytes are text nothing is decoded to know. */
function isPadded(leaves: Leaves, leaf: number, mask: number): boolean {
  const { ascii } = leaves;
  const from = leaves.start[leaf] ?? -1;
  if (ascii === undefined || from < 0 || (mask & DECODED) !== 0) return leaves.text(leaf).includes('=');
  const to = leaves.end[leaf] ?? 0;
  for (let at = from; at < to; at++) if (ascii[at] === PADDING) return true;
  return false;
}

/** Null where the run is no encoded document after all: noise that is short, or of few characters. */
function decodedRun(encoded: string): Buffer | null {
  const { base64, hex, size } = spellingOf(encoded, true);
  if (!base64) return null;
  const plain = hex ? fromHex(encoded) : null;
  if (plain !== null && makesSense(plain)) return plain;
  const bytes = fromBase64(encoded);
  if (makesSense(bytes)) return bytes;
  return size >= MIN_NOISE && distinctCharacters(encoded) >= NOISE_CHARACTERS ? bytes : null;
}

function* dataUris(text: string): Generator<{ from: number; to: number }> {
  for (const uri of text.matchAll(DATA_URI)) {
    const payload = uri[1] ?? '';
    const to = uri.index + uri[0].length;
    yield { from: to - payload.length, to };
  }
}
