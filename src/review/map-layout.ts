/** What a layout is made of: boxes of a size, and lines from box to box. */
export interface Graph {
  readonly nodes: readonly { readonly id: string; readonly width: number; readonly height: number }[];
  readonly lines: readonly { readonly id: string; readonly source: string; readonly target: string }[];
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where everything comes to lie, in pixels from the upper left corner. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  /** Upper left corners, by id. */
  readonly nodes: ReadonlyMap<string, Point>;
  /** By id: where a line begins, then cubic Bézier curves: two control points and an end each. */
  readonly lines: ReadonlyMap<string, readonly Point[]>;
}

const LAYER_GAP = 150;
const NODE_GAP = 14;
const MARGIN = 12;
/** Turns of ordering; more change little. */
const TURNS = 4;

type Box = Graph['nodes'][number];

/**
 * The plain layout: each box in the column after the last that sends to it, in the order of those, lines straight across. For when the good one
 * takes too long: it is made at once, and always the same.
 */
export function plainLayout({ nodes, lines }: Graph): Layout {
  const columns = columnsOf(nodes, lines);
  const places = new Map<string, Point>();
  const heights = columns.map((column) => column.reduce((sum, { height }) => sum + height + NODE_GAP, -NODE_GAP));
  const height = Math.max(0, ...heights);
  let x = MARGIN;
  for (const [index, column] of columns.entries()) {
    let y = MARGIN + (height - (heights[index] ?? 0)) / 2;
    for (const box of column) {
      places.set(box.id, { x, y });
      y += box.height + NODE_GAP;
    }
    x += Math.max(0, ...column.map(({ width }) => width)) + LAYER_GAP;
  }
  const boxes = new Map(nodes.map((node) => [node.id, node]));
  return {
    width: Math.max(0, x - LAYER_GAP) + MARGIN,
    height: height + 2 * MARGIN,
    nodes: places,
    lines: new Map(lines.flatMap((line) => curve(line, boxes, places))),
  };
}

/** Columns by the longest way from a sender. */
function columnsOf(nodes: readonly Box[], lines: Graph['lines']): Box[][] {
  const forward = withoutCircles(nodes, lines);
  const column = new Map(nodes.map(({ id }) => [id, 0]));
  const columnOf = (id: string): number => column.get(id) ?? 0;
  for (let moved = true; moved; ) {
    moved = false;
    for (const { source, target } of forward) {
      if (columnOf(target) > columnOf(source)) continue;
      column.set(target, columnOf(source) + 1);
      moved = true;
    }
  }
  const columns = Array.from({ length: Math.max(0, ...column.values()) + 1 }, (_, at) =>
    nodes.filter(({ id }) => columnOf(id) === at),
  );
  return ordered(columns, lines);
}

/** The lines but for those that lead back to where a walk came from, which close a circle. */
function withoutCircles(nodes: readonly Box[], lines: Graph['lines']): Graph['lines'] {
  const sent = Map.groupBy(lines, ({ source }) => source);
  const state = new Map<string, 'on the way' | 'done'>();
  const kept: Graph['lines'][number][] = [];
  const walk = (id: string): void => {
    state.set(id, 'on the way');
    for (const line of sent.get(id) ?? []) {
      if (state.get(line.target) === 'on the way') continue;
      kept.push(line);
      if (!state.has(line.target)) walk(line.target);
    }
    state.set(id, 'done');
  };
  const received = new Set(lines.map(({ target }) => target));
  const sendersFirst = nodes.toSorted((one, other) => Number(received.has(one.id)) - Number(received.has(other.id)));
  for (const { id } of sendersFirst) if (!state.has(id)) walk(id);
  return kept;
}

/** Each column by the middle of what its boxes are joined to in the others. */
function ordered(columns: Box[][], lines: Graph['lines']): Box[][] {
  const beside = new Map<string, string[]>();
  for (const { source, target } of lines) {
    beside.set(source, [...(beside.get(source) ?? []), target]);
    beside.set(target, [...(beside.get(target) ?? []), source]);
  }
  let current = columns;
  for (let turn = 0; turn < TURNS; turn++) {
    const rank = new Map(current.flatMap((column) => column.map(({ id }, at) => [id, at / column.length] as const)));
    const middle = ({ id }: Box): number => {
      const others = beside.get(id) ?? [];
      return others.reduce((sum, other) => sum + (rank.get(other) ?? 0), 0) / Math.max(1, others.length);
    };
    current = current.map((column) => column.toSorted((one, other) => middle(one) - middle(other)));
  }
  return current;
}

function curve(
  { id, source, target }: Graph['lines'][number],
  boxes: ReadonlyMap<string, Box>,
  places: ReadonlyMap<string, Point>,
): [string, Point[]][] {
  const [from, to] = [boxes.get(source), boxes.get(target)];
  const [start, end] = [places.get(source), places.get(target)];
  if (from === undefined || to === undefined || start === undefined || end === undefined) return [];
  const one = { x: start.x + from.width, y: start.y + from.height / 2 };
  const other = { x: end.x, y: end.y + to.height / 2 };
  const bend = Math.max(40, Math.abs(other.x - one.x) / 2);
  return [[id, [one, { x: one.x + bend, y: one.y }, { x: other.x - bend, y: other.y }, other]]];
}
