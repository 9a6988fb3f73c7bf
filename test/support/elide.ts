import { createHash } from 'node:crypto';
import { expect } from 'vitest';
import type { Unexamined } from '../../src/core/vocabulary.ts';
import { type DicomElement, element } from '../../src/demo/dicom/write.ts';
import { createElider } from '../../src/ingest/dicom/elide.ts';
import type { Collected } from '../../src/ingest/keep.ts';

export const MIB = 2 ** 20;
export const LIMITS = { limit: 64 * MIB, hardLimit: 2048 * MIB };
export const PIXELS = Buffer.from('PIXELS-'.repeat(30));

export const head = [element('(0008,0016)', 'UI', '1.2.840.10008.5.1.4.1.1.7'), element('(0008,0018)', 'UI', '2.25.9')];
export const patient = element('(0010,0010)', 'PN', 'DOE^JANE');
export const pixels = (vr = 'OW', open = false): DicomElement => element('(7FE0,0010)', vr, PIXELS, open);
export const padding = element('(FFFC,FFFC)', 'OB', Buffer.from('text after the pixels'));

/** The chunks of a body, cut at these places. */
function cut(bytes: Uint8Array, at: readonly number[]): Uint8Array[] {
  const places = [0, ...at.map((place) => place % (bytes.length + 1)).sort((one, other) => one - other), bytes.length];
  return places.slice(1).map((end, index) => Uint8Array.from(bytes.subarray(places[index], end)));
}

export async function elide(bytes: Uint8Array, at: readonly number[] = [], limits = LIMITS): Promise<Collected> {
  const elider = createElider(limits);
  for (const chunk of cut(bytes, at)) elider.add(chunk);
  expect(elider.total).toBe(bytes.length);
  return elider.take();
}

export function without(bytes: Uint8Array, spans: readonly Unexamined[]): Buffer {
  const ends = [...spans.map(({ end }) => end), 0];
  const kept = [...spans, { start: bytes.length }].map(({ start }, index) => bytes.subarray(ends.at(index - 1), start));
  return Buffer.concat(kept);
}

export function sha(bytes: Uint8Array, spans: readonly Unexamined[]): string | null {
  const hash = createHash('sha256');
  for (const { start, end } of spans) hash.update(bytes.subarray(start, end));
  return spans.length === 0 ? null : hash.digest('hex');
}

/** Spans, kept bytes and digest fit each other and the body. */
export function check(bytes: Uint8Array, collected: Collected): void {
  expect(collected.total).toBe(bytes.length);
  expect(Buffer.compare(collected.bytes, without(bytes, collected.elided))).toBe(0);
  expect(collected.restDigest).toBe(sha(bytes, collected.elided));
}

/** Where a value lies in a body, `before` its first byte and `after` its last. */
export function spanOf(bytes: Buffer, value: Buffer, before = 0, from = 0): Unexamined {
  const at = bytes.indexOf(value, from);
  return { start: at - before, end: at + value.length, reason: 'pixel-data' };
}

/** An item or a delimiter, little-endian. */
export function mark(number: number, length: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt16LE(0xfffe, 0);
  bytes.writeUInt16LE(number, 2);
  bytes.writeUInt32LE(length, 4);
  return bytes;
}
