import type { Leaves } from '../../core/format.ts';
import type { Span } from '../../core/vocabulary.ts';
import { fromBase64, spellingOf } from './encoding.ts';
import { kindOf } from './kind.ts';

/** A word among white space is a line of base64 from here on. */
export const MIN_LINE_WORD = 40;
/** Leaves between two pieces of one document: the other fields of a segment. */
const BETWEEN = 64;

export function longestWord(text: string): number {
  return text.split(/\s+/).reduce((longest, word) => Math.max(longest, word.length), 0);
}

export function onePiece(leaves: Leaves, leaf: number, text: string): Pieces {
  return { texts: [text], sealed: [leaf], spans: spansOf(leaves, leaf), last: leaf };
}

export interface Pieces {
  readonly texts: string[];
  readonly sealed: number[];
  readonly spans: Span[];
  last: number;
}

/**
 * The value of a leaf and those that go on with it: in further repetitions, in the same field of the segments that follow, or on lines that
 * broke out of the segment. What begins like a document of its own does not go on with another.
 */
export function piecesFrom(leaves: Leaves, leaf: number, text: string): Pieces {
  const pieces = onePiece(leaves, leaf, text);
  for (;;) {
    const next = nextPiece(leaves, pieces.last, leaf);
    if (next < 0) return pieces;
    const whole = leaves.text(next);
    const isLine = leaves.addressOf(next).path === 'raw' && leaves.addressOf(leaf).path !== 'raw';
    // The rest of the segment stands after the last line.
    const piece = isLine ? (/^[A-Za-z0-9+/=_-]+/.exec(whole)?.[0] ?? '') : whole;
    const rest = whole.slice(piece.length);
    if (piece === '' || (rest !== '' && /^[\w\s]/.test(rest)) || !spellingOf(piece, false).base64) return pieces;
    if (piece.includes(' ') && longestWord(piece) < MIN_LINE_WORD) return pieces;
    const before = pieces.texts.at(-1) ?? '';
    if (leaves.addressOf(next).path === 'raw' && !isNextLine(before, piece, pieces.texts.at(-2)?.length ?? 0)) return pieces;
    if (!goesOn(before, piece)) return pieces;
    pieces.texts.push(piece);
    if (rest === '') pieces.sealed.push(next);
    pieces.spans.push(...spansOf(leaves, next, piece.length));
    pieces.last = next;
    if (rest !== '') return pieces;
  }
}

/** Lines are of one width; a shorter one is the last, and ends a group of four. */
function isNextLine(before: string, line: string, width: number): boolean {
  return before.length >= width && (line.length >= before.length || line.length % 4 === 0);
}

function nextPiece(leaves: Leaves, last: number, leaf: number): number {
  const following = last + 1;
  if (following >= leaves.count) return -1;
  if (leaves.addressOf(following).path === 'raw') return following;
  const address = leaves.address[leaf];
  const { group } = leaves.addressOf(leaf);
  for (let next = following; next < leaves.count && next <= last + BETWEEN; next++) {
    if (leaves.address[next] === address) return next;
    if (leaves.addressOf(next).group !== group) return -1;
  }
  return -1;
}

/** Whether a piece continues the one before it, and is not another document. */
function goesOn(before: string, piece: string): boolean {
  const head = fromBase64(piece.slice(0, 400));
  const kind = kindOf(head);
  if (kind !== 'binary' && kind !== 'text' && kind !== 'zlib') return false;
  // Pieces that were encoded one by one are padded one by one; so are documents.
  return !before.trimEnd().endsWith('=') || kind !== 'text' || kindOf(fromBase64(before.slice(0, 400))) === 'text';
}

export function spansOf({ start, end }: Leaves, leaf: number, length?: number): Span[] {
  const from = start[leaf] ?? -1;
  const to = length === undefined ? (end[leaf] ?? -1) : from + length;
  return from < 0 ? [] : [{ start: from, end: to }];
}
