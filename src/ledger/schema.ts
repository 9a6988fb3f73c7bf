import type { Method, Outcome } from '../core/evidence.ts';
import type { ReviewOutcome } from '../core/review.ts';
import type { DisclosureDecision } from '../core/transfer.ts';
import type { Category, Known, Reason, Severity, Subject, Verdict } from '../core/vocabulary.ts';
import type { IncidentState } from '../policy/decision.ts';
import type { DeskSchema, EventDeskColumns, IncidentDeskColumns } from './desk/schema.ts';
import type { DevicesSchema } from './devices/schema.ts';
import type { MessageState } from './ledger.ts';
import type { LineageSchema } from './lineage/schema.ts';
import type { PeopleSchema } from './people/schema.ts';
import type { KeyScope } from './people/store.ts';
import type { RegistrySchema } from './registry/schema.ts';
import type { RevealSchema } from './reveal/schema.ts';

/**
 * The tables as Kysely sees them (src/ledger/migrations/ makes them). Flags are 0 or 1, times are milliseconds since the epoch,
 * columns marked "json" hold JSON text. Unions are what we wrote there ourselves; SQL checks those that matter most.
 */
export interface Schema extends DevicesSchema, PeopleSchema, LineageSchema, DeskSchema, RegistrySchema, RevealSchema {
  meta: { name: string; value: string };
  data_keys: { id: string; wrapped: string; created_at: number; bodies: number; bytes: number };
  messages: MessagesTable;
  chunks: { message: string; number: number; last: number; data: Uint8Array };
  outbox: { received_at: number; message: string };
  findings: FindingsTable;
  tally: TallyTable;
  incidents: IncidentsTable;
  incident_messages: { incident: string; received_at: number; message: string; type: string; findings: string };
  incident_patients: { incident: string; patient: string };
  incident_events: IncidentEventsTable;
  flows: FlowsTable;
  flow_hours: { flow: string; hour: number; messages: number };
  flow_patients: { flow: string; day: number; patient: string };
  flow_use: FlowUseTable;
  shadowed: ShadowedTable;
  evidence: EvidenceTable;
  evidence_history: EvidenceHistoryTable;
  evidence_claims: { target: string; until: number };
  transfers: TransfersTable;
  disclosure_decisions: DisclosureDecisionsTable;
  audit_entries: AuditEntriesTable;
  audit_nodes: { level: number; number: number; hash: string };
  audit_checkpoints: { size: number; at: number; note: string };
  reviews: ReviewsTable;
  api_keys: { id: string; name: string; hash: string; scope: KeyScope; created_at: number; revoked_at: number | null };
}

export interface MessagesTable {
  id: string;
  received_at: number;
  listener: string;
  peer: string;
  /** json: Provenance */
  provenance: string;
  bytes: number;
  /** json: Unexamined[] */
  elided: string;
  /** json: Inflated */
  inflated: string | null;
  digest: string;
  duplicate_key: string | null;
  duplicate_content: string | null;
  quarantined: number;
  /** json: Problem[] */
  problems: string;
  /** Null once the body is dropped. */
  data_key: string | null;
  /** Bytes of the sealed chunks; 0 once the body is dropped. */
  sealed: number;
  state: MessageState;
  attempts: number;
  scanned_at: number | null;
  format: string | null;
  type: string | null;
  examined: number | null;
  /** json: Unexamined[] */
  unexamined: string | null;
  verdict: Verdict | null;
  /** json: Reason[] */
  reasons: string | null;
  /** The policy's id where registered, the observed key otherwise. */
  flow: string | null;
  /** json: Decision['summary'] */
  summary: string | null;
  /** json: Sensitivity[] */
  sensitivities: string | null;
  ruleset: string | null;
  body_until: number | null;
  /** Which hop it went, and what was known of that one's encryption; null where it was scanned before there was lineage. */
  hop: number | null;
  transit: string | null;
  /** Fingerprints of its content, with blanks between. */
  prints: string | null;
  /** Ids of the devices that it and its connection identified, with blanks between; null where it was scanned before they were kept here. */
  devices: string | null;
}

export interface FindingsTable {
  message: string;
  number: number;
  rule: string;
  pack: string;
  category: Category;
  subject: Subject;
  path: string;
  start_byte: number | null;
  end_byte: number | null;
  confidence: number;
  severity: Severity;
  mask: string;
  token: string;
  registry: Known | null;
}

export interface TallyTable {
  id: number;
  total: number;
  done: number;
  failed: number;
  flagged: number;
  quarantined: number;
  duplicates: number;
  unexamined: number;
}

export interface IncidentsTable extends IncidentDeskColumns {
  id: string;
  key: string;
  reason: Reason;
  flow: string;
  source: string;
  destination: string;
  category: Category | null;
  field_group: string | null;
  severity: Severity;
  /** Index of the severity in SEVERITIES, for the order of the queue. */
  rank: number;
  state: IncidentState;
  messages: number;
  patients: number;
  first_seen: number;
  last_seen: number;
  until: number | null;
  last_message: string | null;
}

export interface IncidentEventsTable extends EventDeskColumns {
  id: number | null;
  incident: string;
  at: number;
  actor: string;
  action: string;
  from_state: IncidentState | null;
  to_state: IncidentState;
  note: string;
  until: number | null;
}

export interface FlowsTable {
  key: string;
  listener: string;
  source: string;
  destination: string;
  policy: string | null;
  first_seen: number;
  last_seen: number;
  messages: number;
}

export interface FlowUseTable {
  flow: string;
  day: number;
  type: string;
  category: Category;
  subject: Subject;
  permitted: number;
  messages: number;
}

export interface EvidenceTable {
  target: string;
  check_name: string;
  profile: string;
  section: string;
  outcome: Outcome;
  how: Method;
  /** json: Evidence['facts'] */
  facts: string;
  reason: string | null;
  /** When the outcome was first had, and last confirmed. */
  since: number;
  at: number;
  expires: number;
}

export interface EvidenceHistoryTable extends EvidenceTable {
  ended: number;
}

export interface AuditEntriesTable {
  seq: number;
  id: string;
  salt: string;
  at: number;
  actor: string;
  role: string;
  action: string;
  object: string;
  /** json: AuditDetail */
  detail: string;
}

export interface ReviewsTable {
  id: string;
  at: number;
  actor: string;
  role: string;
  period_from: number;
  period_to: number;
  outcome: ReviewOutcome;
  note: string;
  /** json: Coverage */
  coverage: string;
}

/** Sets of words are bits (transfer-bits.ts). */
export interface TransfersTable {
  month: number;
  flow: string;
  patient: string;
  day: number;
  first_at: number;
  last_at: number;
  messages: number;
  flagged: number;
  formats: number;
  categories: number;
  unpermitted: number;
  reasons: number;
  sensitivities: number;
}

export interface DisclosureDecisionsTable extends Omit<DisclosureDecision, 'fromDay' | 'toDay'> {
  from_day: number;
  to_day: number | null;
}

export interface ShadowedTable {
  key: string;
  flow: string;
  reason: Reason;
  category: Category | null;
  field_group: string | null;
  severity: Severity;
  messages: number;
  last_seen: number;
}
