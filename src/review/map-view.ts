import type { Merge } from '../ledger/lineage/store.ts';
import type { System } from '../lineage/systems.ts';
import type { MapEdge } from './map-edges.ts';
import type { Laid } from './map-elk.ts';
import type { MapFilters } from './map-filters.ts';
import type { Picture } from './map-picture.ts';

/** What the page of the map is made of. */
export interface MapView {
  readonly filters: MapFilters;
  /** All of the day or the days, before `show` and `system`. */
  readonly all: readonly MapEdge[];
  readonly shown: readonly MapEdge[];
  readonly picture: Picture;
  readonly laid: Laid;
  readonly edge: MapEdge | null;
  readonly system: System | null;
  readonly systems: readonly System[];
  readonly merges: readonly Merge[];
  /** What is in the way of what was just asked for. */
  readonly problem: string | null;
  readonly now: number;
}
