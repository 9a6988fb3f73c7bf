import { mask } from '../core/mask.ts';

/** The longest value that is searched for, in characters: names, addresses and places are shorter. */
const LONGEST = 200;
/** Stretches whose shape is made, for one leaf: a few seconds for an officer who waits for one value. */
const MOST = 1_000_000;

/**
 * The stretch of a text that has this mask (mask.ts) and that `isIt` knows; null where there is none, or none within reach. For a finding
 * whose text the body does not hold as it is, so that no bytes say where it stands. Stretches begin and end where letters, digits and signs meet, as what a rule
 * finds does.
 */
export function findByShape(text: string, shape: string, isIt: (value: string) => boolean): string | null {
  const edges = edgesOf(text);
  let left = MOST;
  for (const [index, from] of edges.entries()) {
    if (!mayBegin(kindOf(text.charAt(from)), shape)) continue;
    for (let next = index + 1; next < edges.length; next++) {
      const to = edges[next] ?? text.length;
      if (to - from > LONGEST) break;
      if (left-- === 0) return null;
      const value = text.slice(from, to);
      if (mask(value) === shape && isIt(value)) return value;
    }
  }
  return null;
}

/** Whether a value of this mask may begin with such a character; the mask of a short one does not tell. */
function mayBegin(kind: string, shape: string): boolean {
  if (shape === '***') return true;
  const first = shape.charAt(0);
  if (first === '9') return kind === 'digit';
  return /[Aa]/.test(first) ? kind === 'upper' || kind === 'letter' : kind === 'sign';
}

/** Where one kind of character ends and another begins; upper and lower case are two. */
function edgesOf(text: string): number[] {
  const edges: number[] = [];
  let last = '';
  for (let at = 0; at < text.length; at++) {
    const kind = kindOf(text.charAt(at));
    // Two signs beside each other are two: a value may end between them.
    if (kind !== last || kind === 'sign') edges.push(at);
    last = kind;
  }
  edges.push(text.length);
  return edges;
}

function kindOf(character: string): string {
  if (/\p{N}/u.test(character)) return 'digit';
  if (/\p{Lu}/u.test(character)) return 'upper';
  // Combining marks go with their letter, halves of a pair with each other.
  if (/[\p{L}\p{M}\ud800-\udfff]/u.test(character)) return 'letter';
  return 'sign';
}
