import type { Body, Parsed } from '../../../src/core/format.ts';
import type { Unexamined } from '../../../src/core/vocabulary.ts';
import { dicom } from '../../../src/formats/dicom/format.ts';

/** The one object in a body, whatever the registry would make of it. */
export function object(body: Body | Uint8Array): Parsed {
  const [parsed, ...others] = dicom.parse(body instanceof Uint8Array ? { bytes: body, elided: [] } : body);
  if (parsed === undefined || others.length > 0) throw new Error(`${others.length + 1} objects, expected one`);
  return parsed;
}

export function codes(parsed: Parsed): string[] {
  return parsed.problems.map((problem) => problem.code);
}

/** A body without some spans of its bytes, as the elider leaves it. */
export function splice(bytes: Uint8Array, spans: readonly Unexamined[]): Body {
  let at = 0;
  const kept = spans.map(({ start, end }) => {
    const piece = bytes.subarray(at, start);
    at = end;
    return piece;
  });
  return { bytes: Buffer.concat([...kept, bytes.subarray(at)]), elided: spans };
}

/** Throws unless the coverage sums, its spans are in order and apart, and leaves lie in the object, in the order of their bytes. */
export function checkObject(parsed: Parsed, size: number): void {
  const { coverage, leaves } = parsed;
  let at = 0;
  let missed = 0;
  for (const { start, end } of coverage.unexamined) {
    if (start < at || end <= start || end > size) throw new Error(`unexamined ${start} to ${end} is out of place`);
    at = end;
    missed += end - start;
  }
  if (coverage.bytes !== size) throw new Error(`coverage is of ${coverage.bytes} bytes, expected ${size}`);
  if (coverage.examined + missed !== size) throw new Error('coverage does not sum');
  let last = 0;
  for (let leaf = 0; leaf < leaves.count; leaf++) {
    const [start = -1, end = -1] = [leaves.start[leaf], leaves.end[leaf]];
    if (start === -1 && end === -1) continue;
    if (start < last || end <= start || end > size) throw new Error(`leaf ${leaf} is out of place`);
    last = end;
  }
}

/** Everything that can be asked of an object, so that nothing throws late. */
export function readAll(parsed: Parsed): string[] {
  const { leaves, identity, routing } = parsed;
  const read = [JSON.stringify([identity.values.length, routing.processing])];
  for (let leaf = 0; leaf < leaves.count; leaf++) {
    const text = leaves.text(leaf);
    const address = leaves.addressOf(leaf);
    leaves.spanOf(leaf, 0, text.length);
    read.push(`${leaves.path(leaf)} ${address.path} ${address.group} ${text}`);
  }
  return read;
}

/** `path=text` of the leaves of the data set: without file meta information. */
export function dataValues(parsed: Parsed): string[] {
  const { leaves } = parsed;
  return Array.from({ length: leaves.count }, (_, leaf) => `${leaves.path(leaf)}=${leaves.text(leaf)}`).filter(
    (row) => !row.startsWith('(0002,'),
  );
}
