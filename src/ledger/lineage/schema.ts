import type { Protocol } from '../../core/provenance.ts';
import type { IdentifierKind } from '../../lineage/identifier.ts';
import type { AliasRule, Transit } from '../../lineage/row.ts';

/** Tables of lineage (migrations/0008-lineage.ts, 0015-lineage-pace.ts). Masks are those of src/lineage/masks.ts. */
export interface LineageSchema {
  lineage_hops: LineageHopsTable;
  lineage_days: LineageCounts & { day: number };
  /** What the days of a month come to. */
  lineage_months: LineageCounts & { month: number };
  lineage_names: { name: string; beside: string; rule: AliasRule; first_seen: number; last_seen: number };
  lineage_merges: LineageMergesTable;
  /** `kind` and `learnt` (milliseconds): of what the registry knows, and when a flow that teaches showed it last, to the day. */
  lineage_people: { token: string; person: string; strong: number; kind: IdentifierKind | null; learnt: number | null };
  lineage_exposure: LineageExposureTable;
  lineage_trail: { month: number; person: string; at: number; message: string };
  lineage_content: { month: number; print: string; message: string };
}

export interface LineageHopsTable {
  id: number;
  flow: string;
  flow_key: string;
  policy: string | null;
  protocol: Protocol;
  source: string;
  destination: string;
  entity: string | null;
  location: string | null;
  first_seen: number;
  last_seen: number;
}

/** What went over a hop with one outcome in some time. */
export interface LineageCounts {
  hop: number;
  transit: Transit;
  messages: number;
  bytes: number;
  patients: number;
  categories: number;
  others: number;
  unpermitted: number;
  subjects: number;
  first_seen: number;
  last_seen: number;
}

export interface LineageMergesTable {
  id: string;
  name: string;
  into_name: string;
  actor: string;
  at: number;
  note: string;
  undone_by: string | null;
  undone_at: number | null;
}

export interface LineageExposureTable {
  person: string;
  hop: number;
  proven: number;
  claimed: number;
  unknown: number;
  failed: number;
  categories: number;
  first_seen: number;
  last_seen: number;
}
