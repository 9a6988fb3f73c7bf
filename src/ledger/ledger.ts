import type { AcceptResult, AcceptRow, SealedChunk } from '../core/accept-row.ts';
import type { AuditEntry } from '../core/audit.ts';
import type { Evidence, EvidenceKind, EvidencePeriod, EvidenceTally, KnownEvidence, Outcome } from '../core/evidence.ts';
import type { Inflated } from '../core/format.ts';
import type { Provenance } from '../core/provenance.ts';
import type { DisclosureDecision, Transfer } from '../core/transfer.ts';
import type { Category, Finding, MessageId, Problem, Reason, Severity, Subject, Unexamined, Verdict } from '../core/vocabulary.ts';
import type { DeviceSighting } from '../lineage/devices/device.ts';
import type { LineageRow } from '../lineage/row.ts';
import type { Decision, IncidentCause, IncidentRow, IncidentState } from '../policy/decision.ts';
import type { Until } from '../policy/transitions.ts';
import type { AuditStore } from './audit/store.ts';
import type { BreachStore } from './reveal/breach-store.ts';
import type { DeskStore } from './desk/store.ts';
import type { DeviceStore, PlaceStore } from './devices/store.ts';
import type { LineageStore } from './lineage/store.ts';
import type { OverviewStore } from './desk/overview-store.ts';
import type { Page } from './page.ts';
import type { AccountStore, NewLink, NewSession, Redeemed, SessionRow } from './people/store.ts';
import type { PeriodStore, ReviewStore } from './audit/period-store.ts';
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
  readonly retention: RetentionStore;
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
  'access' | 'accounts' | 'breaches' | 'desk' | 'devices' | 'exports' | 'incidents' | 'lineage' | 'places' | 'reveals'
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
  /** What the message and its connection say of devices. Not saved with the row: devices keep it. */
  readonly devices?: readonly DeviceSighting[];
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

export type { Page };

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
   * A state that a person moved it to; `opened reopened raised lowered overdue`, which nobody did; `assigned` (to the note), `unassigned`, `due`
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
  /** Words, each of which begins a word of its systems, its flow, its category or its reason. */
  readonly q?: string;
}

export interface IncidentStore {
  /** Gravest first, then the most recently seen. */
  list(filter: IncidentFilter & { limit: number; cursor?: string }): Promise<Page<IncidentRow>>;
  count(states: readonly IncidentState[], filter?: Omit<IncidentFilter, 'states'>): Promise<number>;
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

export interface FlowRow {
  readonly key: string;
  readonly listener: string;
  readonly source: string;
  readonly destination: string;
  readonly policy: string | null;
  readonly firstSeen: number;
  readonly lastSeen: number;
  readonly messages: number;
}

/** One day of what a flow carried, for `flows suggest` and `flows replay`. */
export interface FlowUse {
  readonly key: string;
  readonly type: string;
  readonly category: string;
  readonly subject: string;
  readonly messages: number;
}

/** Messages of some flows that held one category of one subject, by what the policy said of it then. */
export interface FlowCarried {
  readonly category: Category;
  readonly subject: Subject;
  readonly permitted: boolean;
  readonly messages: number;
}

/** An incident that a flow in shadow would have opened: its cause and how many messages showed it. */
export interface ShadowedCause {
  readonly key: string;
  readonly flow: string;
  readonly reason: Reason;
  readonly category: Category | null;
  readonly group: string | null;
  readonly severity: Severity;
  readonly messages: number;
  readonly lastSeen: number;
}

export interface FlowStore {
  list(): Promise<readonly FlowRow[]>;
  /** When each registered policy was last heard (by receive time) and how much it carried since. */
  activity(
    policy: string,
    since: { hour: number; day: number },
  ): Promise<{ lastHeard: number | null; messages: number; patients: number }>;
  /** Since a day (milliseconds); all that is kept where it is left out. */
  use(since?: number): Promise<readonly FlowUse[]>;
  /** What observed flows carried since a day (milliseconds), by their keys. */
  carried(keys: readonly string[], since: number): Promise<readonly FlowCarried[]>;
  /** What flows in shadow would have opened, most often seen first. */
  shadowed(): Promise<readonly ShadowedCause[]>;
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

/** Which evidence; what is left out takes all of it. */
export interface EvidenceFilter {
  readonly target?: string;
  readonly check?: string;
  readonly profile?: string;
  readonly kind?: EvidenceKind;
}

/** What is known of the encryption of hops and places, and what was. */
export interface EvidenceStore {
  /**
   * A row with the outcome that is known, before that expired, confirms it; any other opens a new period and ends the former. A row that is
   * older than what is known changes nothing.
   */
  save(rows: readonly Evidence[]): Promise<void>;
  /** Of each check the newest; of one target, or of all. */
  list(target?: string): Promise<readonly KnownEvidence[]>;
  /** The periods that overlap `from` to `to`, both included; by target, check, profile and time. */
  history(filter: { target?: string; from: number; to: number; limit: number; cursor?: string }): Promise<Page<EvidencePeriod>>;
  /** What was known at an instant, the newest of each check then; `outcome`: as it stood then, so that what had expired is `unknown`. */
  asOf(filter: EvidenceFilter & { at: number; outcome?: Outcome; limit: number; cursor?: string }): Promise<Page<EvidencePeriod>>;
  /** How many there are of each outcome, as they stood at an instant. */
  tally(filter: EvidenceFilter & { at: number }): Promise<readonly EvidenceTally[]>;
  /** Those of the targets that nobody has; they are then the caller's until `until`, so that nobody else asks them meanwhile. */
  claim(targets: readonly string[], now: number, until: number): Promise<readonly string[]>;
}

/** What exports are made of, and what an officer decided of it. */
export interface ExportStore {
  /**
   * What went over flows, of whom, by the day: of one month (its first millisecond, UTC) what was last received from `from` on and before `to`,
   * by flow, patient and day.
   */
  transfers(filter: { month: number; from: number; to: number; limit: number; cursor?: string }): Promise<Page<Transfer>>;
  /** Incidents by id, those after one; fewer than `limit` on the last page. */
  incidents(after: string, limit: number): Promise<readonly IncidentRow[]>;
  /** Decisions of everybody on the flow and of these patients (tokens), the earliest first. */
  decisions(flow: string, patients: readonly string[]): Promise<readonly DisclosureDecision[]>;
  decide(decision: DisclosureDecision): Promise<void>;
}

/** What an API key may do: deliver messages; read; read and move incidents between states. */
export type KeyScope = 'ingest' | 'read' | 'review';

/** API keys and sign-in: only hashes rest. */
export interface AccessStore {
  createKey(key: { id: string; name: string; hash: string; scope: KeyScope; at: number }): Promise<void>;
  keyByHash(hash: string): Promise<{ id: string; name: string; scope: KeyScope } | null>;
  listKeys(): Promise<readonly { id: string; name: string; scope: KeyScope; createdAt: number; revokedAt: number | null }[]>;
  revokeKey(id: string, at: number): Promise<boolean>;
  createLink(link: NewLink): Promise<void>;
  /** Once, before it expires; null otherwise. `name`: as whom, where the link is of no account. */
  redeemLink(hash: string, name: string, now: number): Promise<Redeemed | null>;
  createSession(session: NewSession): Promise<void>;
  /** Null where it is over: ended, idle for too long, or too old. */
  session(hash: string, now: number): Promise<SessionRow | null>;
  touchSession(hash: string, now: number, idleUntil: number): Promise<void>;
  sessionsOf(user: string, now: number): Promise<readonly SessionRow[]>;
  endSession(hash: string): Promise<void>;
  /** One session of a user by its id, or all of them but `except`. Returns how many ended. */
  endSessionsOf(which: { user: string; id?: string; except?: string }): Promise<number>;
}
