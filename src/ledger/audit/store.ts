import type { Span } from '../../audit/merkle.ts';
import type { AuditCheckpoint, AuditEntry, AuditRecord } from '../../core/audit.ts';

export interface AuditFilter {
  readonly actor?: string;
  readonly object?: string;
  /** What actions begin with: `incident`, `incident.move`. */
  readonly action?: string;
  /** Entries whose place is before it: where the page before ended. */
  readonly before?: number;
  readonly limit: number;
}

/** The log of what people and keys do. It can be added to and read, and in no way changed. */
export interface AuditStore {
  /** Resolves with the entry's place, after its commit. Call it when the act is done, and where an act is refused. */
  append(entry: AuditEntry): Promise<number>;
  /** The latest first. */
  list(filter: AuditFilter): Promise<readonly AuditRecord[]>;
  /** How many entries there ever were. */
  size(): Promise<number>;
  /** The places of what was done from `from` until before `to` (milliseconds), as a half-open range; null where nothing was. */
  placesOf(from: number, to: number): Promise<Span | null>;
  /** Entries of a range of places, in order; those whose time is over are left out. At most `limit`. */
  entries(span: Span, limit: number): Promise<readonly AuditRecord[]>;
  /** Hashes of the leaves of a range, in order; kept for ever. */
  leaves(span: Span): Promise<readonly Buffer[]>;
  /** The hash over each range, which must be one that RFC 6962 hashes as a whole. Throws `audit.corrupt` where a node is not there. */
  hashes(spans: readonly Span[]): Promise<readonly Buffer[]>;
  saveCheckpoint(checkpoint: AuditCheckpoint): Promise<void>;
  /** The longest that was signed; null before the first. */
  lastCheckpoint(): Promise<AuditCheckpoint | null>;
  /** Those that were signed from `from` until before `to`, and the one before them, by size. */
  checkpoints(from: number, to: number): Promise<readonly AuditCheckpoint[]>;
}
