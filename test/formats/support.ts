import { CharClass, elementsOf, type Parsed } from '../../src/core/format.ts';
import { parseBody } from '../../src/formats/registry.ts';

/** Bytes of a text, one byte a character. */
export function latin1(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text, 'latin1'));
}

export function utf8(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text, 'utf8'));
}

export function parse(bytes: Uint8Array): Parsed[] {
  return parseBody({ bytes, elided: [] });
}

/** The one HL7 v2 message in a body. */
export function message(bytes: Uint8Array): Parsed {
  const found = parse(bytes).filter((parsed) => parsed.format === 'hl7v2');
  const [only] = found;
  if (only === undefined || found.length > 1) throw new Error(`${found.length} messages, expected one`);
  return only;
}

/** `path=text` of every leaf. */
export function values(parsed: Parsed): string[] {
  return [...elementsOf(parsed)].map((element) => `${element.path}=${element.text}`);
}

export function leafAt(parsed: Parsed, path: string): number {
  for (let leaf = 0; leaf < parsed.leaves.count; leaf++) if (parsed.leaves.path(leaf) === path) return leaf;
  throw new Error(`no leaf at ${path}`);
}

export function textAt(parsed: Parsed, path: string): string {
  return parsed.leaves.text(leafAt(parsed, path));
}

export function typeAt(parsed: Parsed, path: string): string {
  return parsed.leaves.addressOf(leafAt(parsed, path)).typePath;
}

/** Throws unless the parts are contiguous, cover the body, and each part's coverage sums to its size. */
export function checkCover(bytes: Uint8Array, parts: readonly Parsed[]): void {
  let at = 0;
  for (const part of parts) {
    if (part.start !== at) throw new Error(`a part begins at ${part.start}, expected ${at}`);
    at = part.end;
    const missed = part.coverage.unexamined.reduce((sum, span) => sum + span.end - span.start, 0);
    if (part.coverage.bytes !== part.end - part.start) throw new Error('coverage.bytes is not the size of the part');
    if (part.coverage.examined + missed !== part.coverage.bytes) throw new Error('coverage does not sum');
    for (let leaf = 0; leaf < part.leaves.count; leaf++) {
      // What was decoded has no place of its own.
      if (((part.leaves.classes[leaf] ?? 0) & CharClass.inner) !== 0) continue;
      const [start = -1, end = -1] = [part.leaves.start[leaf], part.leaves.end[leaf]];
      if (start >= end || start < part.start || end > part.end) throw new Error(`leaf ${leaf} lies outside its part`);
    }
  }
  if (at !== bytes.length) throw new Error(`the parts end at ${at}, the body at ${bytes.length}`);
}
