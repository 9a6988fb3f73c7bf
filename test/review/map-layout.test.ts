import { describe, expect, it } from 'vitest';
import { createLayouts } from '../../src/review/map-elk.ts';
import { type Graph, type Layout, plainLayout } from '../../src/review/map-layout.ts';

function graph(...lines: readonly string[]): Graph {
  const ends = lines.map((line) => line.split('>'));
  return {
    nodes: [...new Set(ends.flat())].map((id) => ({ id, width: 100, height: 40 })),
    lines: ends.map(([source = '', target = ''], at) => ({ id: `${at}`, source, target })),
  };
}

const x = (layout: Layout, id: string): number => layout.nodes.get(id)?.x ?? Number.NaN;
const CHAIN = graph('a>b', 'b>c', 'd>c', 'c>b');

describe('the plain layout', () => {
  it('puts each box after the last that sends to it, circles or not', () => {
    const layout = plainLayout(graph('a>b', 'b>c', 'a>c', 'c>a', 'c>c'));
    expect(x(layout, 'a')).toBeLessThan(x(layout, 'b'));
    expect(x(layout, 'b')).toBeLessThan(x(layout, 'c'));
    expect(layout.lines.size).toBe(5);
  });

  it('lays no box over another, within its size', () => {
    const many = Array.from({ length: 40 }, (_, at) => `s${at % 7}>r${at % 11}`);
    const { nodes, width, height } = plainLayout(graph(...many));
    const all = [...nodes.values()];
    for (const [at, one] of all.entries()) {
      expect(one.x + 100 <= width && one.y + 40 <= height).toBe(true);
      for (const other of all.slice(at + 1)) {
        expect(Math.abs(one.x - other.x) >= 100 || Math.abs(one.y - other.y) >= 40).toBe(true);
      }
    }
  });

  it('is done at once with sixty boxes that all send to each other, and with none', () => {
    const names = Array.from({ length: 60 }, (_, at) => `n${at}`);
    const dense = names.flatMap((one) => names.map((other) => `${one}>${other}`));
    expect(plainLayout(graph(...dense)).nodes.size).toBe(60);
    expect(plainLayout({ nodes: [], lines: [] }).nodes.size).toBe(0);
  });
});

describe('layouts', () => {
  it('are made in a thread: who only sends at the left, who only receives at the right', { timeout: 60_000 }, async () => {
    const good = createLayouts({ waits: 30_000 });
    const { layout, plain } = await good(graph('a>b', 'b>c', 'd>c'));
    expect(plain).toBe(false);
    expect(x(layout, 'a')).toBe(x(layout, 'd'));
    expect(x(layout, 'b')).toBeGreaterThan(x(layout, 'a'));
    expect(x(layout, 'c')).toBeGreaterThan(x(layout, 'b'));
    // A start, then curves of two control points and an end.
    for (const points of layout.lines.values()) expect(points.length % 3).toBe(1);
  });

  it('are made once for one content', async () => {
    let made = 0;
    const layouts = createLayouts({
      layOut: async (asked) => {
        made += 1;
        return plainLayout(asked);
      },
    });
    const [one, other] = await Promise.all([layouts(CHAIN), layouts(structuredClone(CHAIN))]);
    expect([made, one.plain, other.plain]).toEqual([1, false, false]);
    await layouts(graph('a>b'));
    expect(made).toBe(2);
  });

  it('are plain, and say so, where the good one is late or fails, and good for who comes later', async () => {
    const late = Promise.withResolvers<Layout>();
    const layouts = createLayouts({ layOut: () => late.promise, waits: 1 });
    expect(await layouts(CHAIN)).toEqual({ layout: plainLayout(CHAIN), plain: true });
    late.resolve({ ...plainLayout(CHAIN), width: 7 });
    await late.promise;
    expect(await layouts(CHAIN)).toMatchObject({ layout: { width: 7 }, plain: false });
    const failing = createLayouts({ layOut: () => Promise.reject(new Error('no memory')) });
    expect((await failing(CHAIN)).plain).toBe(true);
  });
});
