import { createHash } from 'node:crypto';
import type { Verdict } from '../core/vocabulary.ts';
import type { EdgeChange, LineageEdge, SystemName } from '../lineage/edges.ts';
import { kindOfName, type NameKind } from '../lineage/names.ts';
import type { Transit } from '../lineage/row.ts';
import { type MapFilters, mapAddress } from './map-filters.ts';
import type { Picture, PictureLine, PictureNode } from './map-picture.ts';
import { count, counted } from './words.ts';

/** An edge as the map has it: in the picture, in the table and in its panel. */
export interface MapEdge {
  /** In addresses; the same as long as no alias changes. */
  readonly id: string;
  readonly edge: LineageEdge;
  readonly verdict: Verdict;
  /** What changed of it, where the map shows that. */
  readonly change: EdgeChange | null;
}

/** Boxes that one picture has at most; with more nobody sees anything. */
export const MOST_NODES = 60;

/** What stands for a name in an address. */
export function mapId(name: string): string {
  return createHash('sha256').update(name).digest('base64url').slice(0, 16);
}

export function mapEdge(edge: LineageEdge, change: EdgeChange | null = null): MapEdge {
  return { id: mapId(edge.key), edge, verdict: verdictOf(edge), change };
}

/** An unregistered flow may carry nothing, whatever it carries. */
function verdictOf({ policy, categories, unpermitted }: LineageEdge): Verdict {
  if (policy === null || unpermitted.length > 0) return 'flagged';
  return categories.length > 0 ? 'permitted' : 'clean';
}

/** Those that the filters let through. */
export function shownEdges(edges: readonly MapEdge[], { show, system }: MapFilters): readonly MapEdge[] {
  return edges.filter(({ edge, verdict }) => {
    if (system !== undefined && mapId(edge.source.id) !== system && mapId(edge.destination.id) !== system) return false;
    if (show === 'flagged') return verdict === 'flagged';
    if (show === 'unproven') return edge.transit !== 'proven';
    return show === undefined || edge.transit === 'failed';
  });
}

export const NAME_KIND_WORDS: Readonly<Record<NameKind, string>> = {
  sys: 'named by a policy',
  name: 'named by the sender',
  app: 'application',
  ae: 'AE title',
  cert: 'certificate',
  key: 'API key',
  addr: 'address',
  unknown: 'gave no name',
};

/** `LIS^LAB to registry, 1,204 messages: not permitted, encryption unknown` */
export function edgeWords({ edge, verdict, change }: MapEdge): string {
  const words = { flagged: 'not permitted', permitted: 'permitted', clean: 'no patient data' }[verdict];
  const changed = change === null ? '' : `${CHANGE_WORDS[change.change]}: `;
  return `${changed}${edge.source.title} to ${edge.destination.title}, ${counted(edge.messages, 'message')}: ${words}, encryption ${edge.transit}`;
}

export const CHANGE_WORDS: Readonly<Record<EdgeChange['change'], string>> = { new: 'new', gone: 'gone', changed: 'changed' };

/** The picture of edges: their systems as boxes; past sixty of them, those with the least on them in groups by what they do. */
export function pictureOf(edges: readonly MapEdge[], filters: MapFilters): Picture {
  const systems = new Map(edges.flatMap(({ edge }) => [edge.source, edge.destination]).map((system) => [system.id, system]));
  const groups = groupsOf(edges, systems);
  const boxOf = (id: string): string => groups.get(id)?.id ?? mapId(id);
  const current = edges.find(({ id }) => id === filters.edge);
  const lines = Map.groupBy(edges, ({ id, edge }) => {
    const grouped = groups.has(edge.source.id) || groups.has(edge.destination.id);
    return grouped ? `${boxOf(edge.source.id)}.${boxOf(edge.destination.id)}` : id;
  });
  const rest = [...new Set(groups.values())];
  return {
    label: `${counted(systems.size, 'system')} and what went between them`,
    nodes: [
      ...[...systems.values()].filter(({ id }) => !groups.has(id)).map((system) => systemNode(system, filters)),
      ...rest.map(({ id, title, sub }) => ({ id, title, sub, href: '#rows', current: false })),
    ],
    lines: [...lines].map(([id, own]) => lineOf(id, own, { boxOf, filters, current })),
  };
}

function systemNode({ id, title }: SystemName, filters: MapFilters): PictureNode {
  const address = mapAddress(filters, { system: mapId(id), edge: undefined });
  return {
    id: mapId(id),
    title,
    sub: NAME_KIND_WORDS[kindOfName(id)],
    href: `${address}#map`,
    current: filters.system === mapId(id),
  };
}

interface Group {
  readonly id: string;
  readonly title: string;
  readonly sub: string;
}

/** Whom no box of its own is left for, by what they do: those with something not permitted are the last to go, then those with the most messages. */
function groupsOf(edges: readonly MapEdge[], systems: ReadonlyMap<string, SystemName>): Map<string, Group> {
  if (systems.size <= MOST_NODES) return new Map();
  const weight = new Map<string, number>();
  const [senders, receivers] = [new Set<string>(), new Set<string>()];
  for (const { edge, verdict } of edges) {
    senders.add(edge.source.id);
    receivers.add(edge.destination.id);
    const own = verdict === 'flagged' ? Number.MAX_SAFE_INTEGER : edge.messages;
    for (const { id } of [edge.source, edge.destination]) weight.set(id, Math.max(weight.get(id) ?? 0, own));
  }
  const sideOf = (id: string) => (!receivers.has(id) ? 'send' : senders.has(id) ? 'do both' : 'receive');
  const byWeight = [...systems.keys()].toSorted((one, other) => (weight.get(other) ?? 0) - (weight.get(one) ?? 0));
  const groups = Map.groupBy(byWeight.slice(MOST_NODES - 3), sideOf);
  return new Map(
    [...groups].flatMap(([side, ids]) => {
      const group = {
        id: `rest-${side.replace(' ', '-')}`,
        title: `${count(ids.length)} others`,
        sub: `that ${side}, in the table`,
      };
      return ids.map((id) => [id, group] as const);
    }),
  );
}

const VERDICT_ORDER: readonly Verdict[] = ['clean', 'permitted', 'flagged'];
const TRANSIT_ORDER: readonly Transit[] = ['proven', 'claimed', 'unknown', 'failed'];

function gravest<Word>(order: readonly Word[], words: readonly Word[]): Word | undefined {
  return order.findLast((word) => words.includes(word));
}

function lineOf(
  id: string,
  own: readonly MapEdge[],
  { boxOf, filters, current }: { boxOf: (system: string) => string; filters: MapFilters; current: MapEdge | undefined },
): PictureLine {
  const [first] = own;
  if (first === undefined) throw new Error('a group of edges is never empty');
  const messages = own.reduce((sum, { edge }) => sum + edge.messages, 0);
  const alone = own.length === 1;
  return {
    id,
    source: boxOf(first.edge.source.id),
    target: boxOf(first.edge.destination.id),
    verdict:
      gravest(
        VERDICT_ORDER,
        own.map(({ verdict }) => verdict),
      ) ?? first.verdict,
    transit:
      gravest(
        TRANSIT_ORDER,
        own.map(({ edge }) => edge.transit),
      ) ?? first.edge.transit,
    messages,
    label: alone
      ? edgeWords(first)
      : `${counted(own.length, 'connection')} of the rest, ${counted(messages, 'message')}; the table has each`,
    href: alone ? `${mapAddress(filters, { edge: first.id })}#map` : '#rows',
    current: current !== undefined && own.includes(current),
  };
}
