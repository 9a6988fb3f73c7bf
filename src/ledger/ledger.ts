import type { AcceptResult, AcceptRow, SealedChunk } from '../core/accept-row.ts';
import type { AuditEntry } from '../core/audit.ts';
import type { Evidence } from '../core/evidence.ts';
import type { Inflated } from '../core/format.ts';
import type { Provenance } from '../core/provenance.ts';
import type { Category, Finding, MessageId, Problem, Reason, Severity, Unexamined, Verdict } from '../core/vocabulary.ts';
import type { DeviceSighting } from '../lineage/devices/device.ts';
import type { LineageRow } from '../lineage/row.ts';
import type { Decision, IncidentCause, IncidentRow, IncidentState } from '../policy/decision.ts';
import type { Until } from '../policy/transitions.ts';
import type { PeriodStore, ReviewStore } from './audit/period-store.ts';
import type { AuditStore } from './audit/store.ts';
import type { OverviewStore } from './desk/overview-store.ts';
import type { DeskStore } from './desk/store.ts';
import type { DeviceStore, PlaceStore } from './devices/store.ts';
import type { EvidenceStore } from './evidence/store.ts';
import type { ExportStore } from './exports/store.ts';
import type { FlowStore } from './flow-store.ts';
import type { LineageStore } from './lineage/store.ts';
import type { Page } from './page.ts';
import type { AccessStore, AccountStore } from './people/store.ts';
import type { RegistryStore } from './registry/store.ts';
import type { RescanStore } from './rescan/store.ts';
import type { BreachStore } from './reveal/breach-store.ts';
import type { RevealStore } from './reveal/store.ts';

/**
 * What the rest of Cordon may ask of the ledger. Two engines implement it (SQLite, PostgreSQL) and pass test/conformance/ledger.
 * All writes are idempotent: the same call twice leaves the same rows.
 */
export interface Ledger {
  readonly messages: MessageStore;
  readonly incidents: IncidentStore;
  readonly desk: DeskStore;
  readonly flows: FlowStore;
  readonly vault: VaultStore;
  readonly lineage: LineageStore;
  readonly registry: RegistryStore;
  readonly retention: RetentionStore;
  readonly rescans: RescanStore<ScanRow>;
  readonly access: AccessStore;
  readonly accounts: AccountStore;
  readonly evidence: EvidenceStore;
  readonly devices: DeviceStore;
  readonly places: PlaceStore;
  readonly exports: ExportStore;
  readonly overview: OverviewStore;
  readonly audit: AuditStore;
  readonly period: PeriodStore;
  readonly reviews: ReviewStore;
  readonly reveals: RevealStore;
  readonly breaches: BreachStore;
  /**
   * What people and keys change, each write in one commit with this entry of the audit log: neither is there without the other. Of several writes the
   * first that changes something brings the entry; where none does, there is none.
   */
  logged(entry: AuditEntry): LoggedStores;
  /** Resolves when a trivial write was committed; rejects with `ledger.unavailable`. For /readyz. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

export type LoggedStores = Pick<
  Ledger,
  | 'access'
  | 'accounts'
  | 'breaches'
  | 'desk'
  | 'devices'
  | 'exports'
  | 'incidents'
  | 'lineage'
  | 'places'
  | 'registry'
  | 'rescans'
  | 'reveals'
>;

export type MessageState = 'pending' | 'done' | 'failed';

/** What a scan thread reads to work on a message. */
export interface PendingMessage {
  readonly id: MessageId;
  readonly provenance: Provenance;
  readonly bytes: number;
  readonly elided: readonly Unexamined[];
  readonly inflated?: Inflated | undefined;
  readonly quarantined: boolean;
  readonly dataKey: string;
  readonly chunks: readonly SealedChunk[];
}

/** What a scan thread returns; the writer saves it in one transaction and marks the message done. */
export interface ScanRow {
  readonly id: MessageId;
  readonly scannedAt: number;
  readonly format: string;
  readonly type: string;
  readonly examined: number;
  readonly unexamined: readonly Unexamined[];
  readonly problems: readonly Problem[];
  readonly verdict: Verdict;
  readonly reasons: readonly Reason[];
  readonly decision: Decision;
  /** Findings to keep: those of a flagged message; empty for others (the summary is in the decision). */
  readonly findings: readonly Finding[];
  /** Keyed tokens of the patients the message is about: how many distinct patients, never who. */
  readonly patients: readonly string[];
  /** Digest of packs and flows that judged it. */
  readonly ruleset: string;
  /** Until when the body stays; null: drop it now. */
  readonly keepBodyUntil: number | null;
  /** What the engine claimed of the real leg. Not saved with the row: evidence keeps the newest of each flow. */
  readonly claim?: Evidence;
  /** What the message and its connection say of devices, or what of it is new. Not saved with the row: devices keep it. */
  readonly devices?: readonly DeviceSighting[];
  /** Which devices those were, the known ones included (devices/gather.ts). */
  readonly deviceIds?: readonly string[];
  /** Where it went, and whose it is; left out by who has no key for fingerprints. */
  readonly lineage?: LineageRow;
}

export interface MessageRow {
  readonly id: MessageId;
  readonly receivedAt: number;
  readonly scannedAt: number | null;
  readonly state: MessageState;
  readonly listener: string;
  readonly peer: string;
  readonly bytes: number;
  readonly examined: number | null;
  readonly unexamined: readonly Unexamined[];
  readonly format: string | null;
  readonly type: string | null;
  readonly verdict: Verdict | null;
  readonly reasons: readonly Reason[];
  readonly flow: string | null;
  readonly quarantined: boolean;
  readonly problems: readonly Problem[];
  readonly bodyKept: boolean;
}

export interface MessageStore {
  accept(row: AcceptRow): Promise<AcceptResult>;
  /** Ids that stay pending and were accepted before `before`, oldest first. */
  pending(before: number, limit: number): Promise<MessageId[]>;
  load(id: MessageId): Promise<PendingMessage | null>;
  saveScan(row: ScanRow): Promise<void>;
  /**
   * Counts an attempt that failed; from the third on the message is `failed`, quarantined, kept, and an incident. Returns the attempts so far, and 0
   * where there is nothing to try: the message is done, or gone.
   */
  fail(id: MessageId, problem: Problem, at: number): Promise<number>;
  get(id: MessageId): Promise<MessageRow | null>;
  findings(id: MessageId): Promise<readonly Finding[]>;
  list(filter: { verdict?: Verdict; flow?: string; limit: number; cursor?: string }): Promise<Page<MessageRow>>;
  counts(): Promise<{
    total: number;
    pending: number;
    done: number;
    failed: number;
    flagged: number;
    quarantined: number;
    duplicates: number;
    unexaminedMessages: number;
  }>;
}

export interface IncidentEvent {
  readonly at: number;
  readonly actor: string;
  /**
   * A state that a person moved it to; `opened reopened confirmed raised lowered overdue`, which nobody did; `assigned` (to the note), `unassigned`, `due`
   * (at `until`), `commented`, `undone` (what the note names).
   */
  readonly action: string;
  readonly from: IncidentState | null;
  readonly to: IncidentState;
  readonly note: string;
  readonly until: number | null;
  /** The act that it is part of, which `DeskStore.undo` takes back; null where no person acted. */
  readonly act: string | null;
}

export interface Transition {
  readonly to: IncidentState;
  readonly actor: string;
  /** Why; required for escalated, false-positive and accepted-risk. */
  readonly note: string;
  /** Milliseconds, or `change`; required for accepted-risk, null otherwise. */
  readonly until: Until;
  readonly at: number;
  /** Names the act to `DeskStore.undo`; the ledger makes one where it is left out. */
  readonly act?: string;
}

/** One masked fact of an incident. */
export interface IncidentSample {
  readonly message: MessageId;
  readonly at: number;
  readonly type: string;
  readonly finding: Finding | null;
}

export interface IncidentFilter {
  readonly states?: readonly IncidentState[];
  readonly flow?: string;
  readonly severity?: Severity;
  readonly category?: Category;
  /** Null: nobody. */
  readonly assignee?: string | null;
  /** Those that are overdue at this time, milliseconds. */
  readonly overdueAt?: number;
  /** Seen then or later, milliseconds. */
  readonly since?: number;
  /** Those alone that nothing confirms. */
  readonly unconfirmed?: true;
  /** Words, each of which begins a word of its systems, its flow, its category or its reason. */
  readonly q?: string;
}

export interface IncidentStore {
  /** Gravest first, then the most recently seen. */
  list(filter: IncidentFilter & { limit: number; cursor?: string }): Promise<Page<IncidentRow>>;
  count(states: readonly IncidentState[], filter?: Omit<IncidentFilter, 'states'>): Promise<number>;
  /** How many there are of each state; of every state, where there are none too. */
  tally(filter: Omit<IncidentFilter, 'states'>): Promise<ReadonlyMap<IncidentState, number>>;
  get(id: string): Promise<IncidentRow | null>;
  events(id: string): Promise<readonly IncidentEvent[]>;
  samples(id: string, limit: number): Promise<readonly IncidentSample[]>;
  /** Throws `ledger.conflict` when the state machine does not allow it; `from` guards against a stale page. */
  transition(id: string, from: IncidentState, transition: Transition): Promise<IncidentRow>;
  /** Incidents that no message opens: silence, volume, expiry, credentials. */
  raise(cause: IncidentCause, facts: { source: string; destination: string; at: number }): Promise<void>;
  /** Accepted risks whose time is over go back to open. Returns how many. */
  expire(now: number): Promise<number>;
}

export interface VaultStore {
  /** Bytes of sealed bodies at rest now. */
  size(): Promise<number>;
  /** Ties the ledger to a keyring on its first start; throws `keyring.unknown-key` when it is tied to another one. */
  bindKeyring(id: string): Promise<void>;
  saveDataKey(id: string, wrapped: string, at: number): Promise<void>;
  dataKey(id: string): Promise<{ wrapped: string } | null>;
  /** Drops a slice of the bodies whose time is over; `more` says that there may be others. */
  dropExpired(now: number): Promise<{ bodies: number; more: boolean }>;
  /** Shreds data keys that seal nothing any more, from the log too. Returns how many. */
  shredKeys(now: number): Promise<number>;
}

/** What went of rows of messages. */
export interface RowsDropped {
  readonly messages: number;
  /** Closed ones that nothing was left of. */
  readonly incidents: number;
  /** Messages that should have gone, and were never scanned: they stay. */
  readonly pending: number;
  /** Those that were given up, and whose incident nobody has closed yet: they stay too. */
  readonly failed: number;
}

/** Rows of messages go by the month: those of months (UTC) that ended before. */
export interface RetentionStore {
  /** Makes what the engine needs for the months to come; at every start, and from time to time while it runs. */
  ahead(now: number): Promise<void>;
  /**
   * Drops the messages of the months before the one that `at` falls in, with their findings, facts and bodies, in slices; incidents keep their
   * counts, and go when they were closed and nothing happened to them since. Periods of evidence that ended before that month go too. Where another process does it already, less.
   */
  dropBefore(at: number): Promise<RowsDropped>;
}
