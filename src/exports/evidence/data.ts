import type { AuditRecord } from '../../core/audit.ts';
import type { FlowRow } from '../../ledger/flow-store.ts';
import type { IncidentRow } from '../../policy/decision.ts';

export interface About {
  readonly format: 'cordon-evidence/1';
  /** The period, half-open, milliseconds. */
  readonly from: number;
  readonly to: number;
  /** When the pack was made, by whom, of which log and by which Cordon. */
  readonly made: number;
  readonly by: string;
  readonly origin: string;
  readonly version: string;
}

/** A flow that was heard of in the period. `policy`: the one that permits it; null where nobody registered it. */
export type PackFlow = Omit<FlowRow, 'messages'>;

/** An incident that was seen or handled in the period, as it was when the pack was made. */
export interface PackIncident extends Omit<IncidentRow, 'key' | 'until' | 'lastMessage' | 'desk'> {
  /** Words of texts are all that spoke for it (docs/adr/0069-what-nothing-confirms.md). Packs of before say nothing of it. */
  readonly unconfirmed?: boolean;
}

/** An entry of the audit log: what its time is over for has its leaf alone. */
export interface PackEntry {
  readonly seq: number;
  /** base64 */
  readonly leaf: string;
  readonly entry: AuditRecord | null;
}

/** What leads from the entries of a pack to the signed root. Hashes are base64. */
export interface PackProofs {
  /** The entries that are in the pack. */
  readonly start: number;
  readonly end: number;
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** The entry that seals the manifest, and one that says which entries went with their time. */
  readonly seal: readonly string[];
  readonly retained: readonly string[];
  /** From each earlier checkpoint to the last. */
  readonly consistency: readonly (readonly string[])[];
}

export interface Manifest {
  readonly about: About;
  readonly files: readonly { readonly name: string; readonly bytes: number; readonly sha256: string }[];
}

/** What comes after the manifest and is not in it: each of these proves itself. */
export const PROVING = {
  manifest: 'manifest.json',
  seal: 'audit/seal.json',
  checkpoint: 'audit/checkpoint.txt',
  proofs: 'audit/proofs.json',
} as const;

/** The data behind a report: masks, counts and inventory; no value of a message. */
export const DATA_FILES = {
  messages: 'data/messages.ndjson',
  flows: 'data/flows.ndjson',
  acts: 'data/incident-acts.ndjson',
  incidents: 'data/incidents.ndjson',
  evidence: 'data/encryption.ndjson',
  reviews: 'data/reviews.ndjson',
} as const;

export const OTHER_FILES = {
  report: 'report.pdf',
  numbers: 'data/numbers.json',
  entries: 'audit/entries.ndjson',
  earlier: 'audit/earlier-checkpoints.json',
  key: 'audit/key.txt',
  checker: 'check-evidence.mjs',
  readme: 'README.txt',
} as const;

/** The one way that a pack writes JSON: a check can say what its bytes must be. */
export function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, 1)}\n`;
}
