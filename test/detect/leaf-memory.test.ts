import { expect, it } from 'vitest';
import type { Leaves } from '../../src/core/format.ts';
import { createLeafMemory } from '../../src/detect/leaf-memory.ts';

/** One leaf that fills the bytes. */
function leafOf(text: string): { bytes: Uint8Array; leaves: Leaves } {
  const bytes = new TextEncoder().encode(`..${text}`);
  const leaves: Leaves = {
    count: 1,
    address: Int32Array.of(0),
    start: Int32Array.of(2),
    end: Int32Array.of(bytes.length),
    classes: Uint16Array.of(0),
    addressOf: () => ({ id: 0, format: 'raw', path: 'raw', group: 'raw', typePath: '' }),
    text: () => text,
    path: () => 'raw',
    spanOf: () => null,
  };
  return { bytes, leaves };
}

it('knows a value that came twice, by its owner and all of its bytes', () => {
  const memory = createLeafMemory<string, number>();
  const { bytes, leaves } = leafOf('2345-7');
  memory.keep('code', bytes, leaves, 0, 1);
  expect(memory.find('code', bytes, leaves, 0)).toBeUndefined();
  memory.keep('code', bytes, leaves, 0, 1);
  const again = leafOf('2345-7');
  expect(memory.find('code', again.bytes, again.leaves, 0)).toBe(1);
  expect(memory.find('other', again.bytes, again.leaves, 0)).toBeUndefined();
  const longer = leafOf('2345-70');
  expect(memory.find('code', longer.bytes, longer.leaves, 0)).toBeUndefined();
});

it('says nothing false of values that share a slot', () => {
  const memory = createLeafMemory<string, string>();
  const texts = Array.from({ length: 20_000 }, (_, number) => `value ${number} of many, all alike`);
  for (const text of texts) {
    const { bytes, leaves } = leafOf(text);
    memory.keep('', bytes, leaves, 0, text);
    memory.keep('', bytes, leaves, 0, text);
  }
  const known = texts.flatMap((text) => {
    const { bytes, leaves } = leafOf(text);
    const made = memory.find('', bytes, leaves, 0);
    return made === undefined ? [] : [[text, made]];
  });
  expect(known.length).toBeGreaterThan(0);
  expect(known.every(([text, made]) => text === made)).toBe(true);
});
