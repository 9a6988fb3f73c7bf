import { parentPort, workerData } from 'node:worker_threads';
import ElkJs, { type ElkNode } from 'elkjs/lib/elk.bundled.js';
import type { Graph, Point } from './map-layout.ts';

/** What the thread answers: a Layout as plain arrays. */
export interface ThreadLayout {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly (readonly [string, Point])[];
  readonly lines: readonly (readonly [string, readonly Point[]])[];
}

/** Layers from left to right (Eclipse Layout Kernel, algorithm "layered"); all parts of the graph share the layers. */
const OPTIONS = {
  'elk.algorithm': 'layered',
  'elk.direction': 'RIGHT',
  'elk.edgeRouting': 'SPLINES',
  'elk.separateConnectedComponents': 'false',
  'elk.spacing.nodeNode': '14',
  'elk.spacing.edgeNode': '12',
  'elk.spacing.edgeEdge': '12',
  'elk.layered.spacing.nodeNodeBetweenLayers': '150',
  'elk.layered.spacing.edgeNodeBetweenLayers': '20',
  'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
};

/** Who only sends stands at the left, who only receives at the right. */
function constraintOf(id: string, { lines }: Graph): Record<string, string> {
  const sends = lines.some(({ source }) => source === id);
  const receives = lines.some(({ target }) => target === id);
  if (sends === receives) return {};
  return { 'elk.layered.layering.layerConstraint': sends ? 'FIRST' : 'LAST' };
}

async function layOut(graph: Graph): Promise<ThreadLayout> {
  const laid: ElkNode = await new ElkJs.default().layout({
    id: 'map',
    layoutOptions: OPTIONS,
    children: graph.nodes.map((node) => ({ ...node, layoutOptions: constraintOf(node.id, graph) })),
    edges: graph.lines.map(({ id, source, target }) => ({ id, sources: [source], targets: [target] })),
  });
  return {
    width: laid.width ?? 0,
    height: laid.height ?? 0,
    nodes: (laid.children ?? []).map(({ id, x = 0, y = 0 }) => [id, { x, y }] as const),
    lines: (laid.edges ?? []).map(({ id, sections = [] }) => {
      const points = sections.flatMap(({ startPoint, bendPoints = [], endPoint }) => [startPoint, ...bendPoints, endPoint]);
      return [id, points.map(({ x, y }) => ({ x, y }))] as const;
    }),
  };
}

parentPort?.postMessage(await layOut(workerData));
