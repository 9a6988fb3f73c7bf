import { CordonError } from '../core/errors.ts';

/** A place in a list: the numbers it is sorted by, then the id that breaks ties. Opaque to callers. */
export function cursorOf(...place: readonly [...number[], string]): string {
  return Buffer.from(JSON.stringify(place), 'utf8').toString('base64url');
}

/** Reads a cursor of so many numbers. Throws `usage` for what is none: it comes from a URL. */
export function readCursor(cursor: string, numbers: 1): [number, string];
export function readCursor(cursor: string, numbers: 2): [number, number, string];
export function readCursor(cursor: string, numbers: number): unknown[] {
  let place: unknown;
  try {
    place = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    throw unusable();
  }
  const fits =
    Array.isArray(place) &&
    place.length === numbers + 1 &&
    place.slice(0, numbers).every((part) => typeof part === 'number') &&
    typeof place[numbers] === 'string';
  if (!fits || !Array.isArray(place)) throw unusable();
  return place;
}

/** Says that the cursor is none of ours. */
export function unusable(): CordonError {
  return new CordonError('usage', 'the cursor is none that a page gave out: leave it out to start from the first page');
}
