import packageJson from '../../package.json' with { type: 'json' };
import type { Severity } from '../core/vocabulary.ts';
import { type IncidentRecord, isIncident } from './record.ts';
import { type Reporter, writeLines } from './reporter.ts';

/** Incidents as OCSF 1.4.0 Data Security Findings (class 2006, profile `incident`), one JSON object a line. test/exports/ocsf-rules.ts says what that was held against. */
export const ocsfReporter: Reporter = {
  name: 'ocsf',
  contentType: 'application/x-ndjson',
  write: (records, out) =>
    writeLines(
      (async function* () {
        for await (const record of records) if (isIncident(record)) yield JSON.stringify(findingOf(record));
      })(),
      out,
    ),
};

const VERSION = '1.4.0';
const CATEGORY = { category_uid: 2, category_name: 'Findings' } as const;
const CLASS = { class_uid: 2006, class_name: 'Data Security Finding' } as const;
const SEVERITY = {
  low: [2, 'Low'],
  medium: [3, 'Medium'],
  high: [4, 'High'],
  critical: [5, 'Critical'],
} as const satisfies Record<Severity, readonly [number, string]>;
/** `priority_id` and `impact_id` begin at 1 for low; the words are those of `severity_id`. */
const RANK = { low: 1, medium: 2, high: 3, critical: 4 } as const satisfies Record<Severity, number>;

/** Of what words of texts alone speak for. Of anything else nothing is said: a policy decided, and no rule guessed. */
const LOW_CONFIDENCE = { confidence_id: 1, confidence: 'Low' } as const;

/** `category_id` of `data_classification`. */
const PERSONAL = { category_id: 1, category: 'Personal' } as const;
const NO_CATEGORY = { category_id: 0, category: 'Unknown' } as const;

interface Standing {
  readonly activity: readonly [number, string];
  readonly status: readonly [number, string];
  readonly verdict: readonly [number, string];
}

const UPDATE = [2, 'Update'] as const;
const CLOSE = [3, 'Close'] as const;

/** What a state of the desk is in OCSF's words; one that it has no word for is in progress, and nothing is said of its verdict. */
function standingOf(state: string): Standing {
  switch (state) {
    case 'open':
      return { activity: [1, 'Create'], status: [1, 'New'], verdict: [0, 'Unknown'] };
    case 'resolved':
      return { activity: CLOSE, status: [4, 'Resolved'], verdict: [2, 'True Positive'] };
    case 'false-positive':
      return { activity: CLOSE, status: [3, 'Suppressed'], verdict: [1, 'False Positive'] };
    case 'accepted-risk':
      return { activity: UPDATE, status: [3, 'Suppressed'], verdict: [8, 'Security Risk'] };
    default:
      return { activity: UPDATE, status: [2, 'In Progress'], verdict: [0, 'Unknown'] };
  }
}

/** One finding. Times are milliseconds; `type_uid` is class × 100 + activity, as the schema derives it. */
function findingOf({ incident, ...record }: IncidentRecord) {
  const { activity, status, verdict } = standingOf(incident.state);
  const [severity_id, severity] = SEVERITY[incident.severity];
  const { policy, recipient, reasons, categories, messages, patients, transit, rest, location } = record;
  const pattern = [...reasons, ...categories].join(' ');
  return {
    ...CATEGORY,
    ...CLASS,
    activity_id: activity[0],
    activity_name: activity[1],
    type_uid: CLASS.class_uid * 100 + activity[0],
    type_name: `${CLASS.class_name}: ${activity[1]}`,
    severity_id,
    severity,
    status_id: status[0],
    status: status[1],
    time: record.firstAt,
    start_time: record.firstAt,
    end_time: record.lastAt,
    count: Math.max(1, messages),
    is_alert: activity !== CLOSE,
    metadata: {
      version: VERSION,
      profiles: ['incident'],
      product: { name: 'Cordon', vendor_name: 'Cordon', version: packageJson.version },
      uid: record.id,
    },
    finding_info: {
      uid: record.id,
      title: incident.title,
      types: [...reasons],
      first_seen_time: record.firstAt,
      last_seen_time: record.lastAt,
      related_events_count: messages,
    },
    data_security: {
      // It extends `data_classification`, which asks for a category; ePHI is of the first.
      ...(categories.length > 0 || patients > 0 ? PERSONAL : NO_CATEGORY),
      data_lifecycle_state_id: 2,
      data_lifecycle_state: 'Data in-Transit',
      // 2, DLP Gateway, is in line with a store; Cordon is given copies. The name of another (99) is the source's own.
      detection_system_id: 99,
      detection_system: 'Network DLP',
      ...(pattern === '' ? {} : { detection_pattern: pattern }),
      ...(policy === null ? {} : { policy: { uid: policy, name: policy } }),
    },
    src_endpoint: { name: record.source },
    dst_endpoint: { name: record.destination },
    resources: [{ type: 'flow', uid: record.flow, name: `${record.source} → ${record.destination}` }],
    ...(incident.assignee === null ? {} : { assignee: { name: incident.assignee } }),
    verdict_id: verdict[0],
    verdict: verdict[1],
    priority_id: RANK[incident.severity],
    priority: severity,
    impact_id: RANK[incident.severity],
    impact: severity,
    ...(incident.unconfirmed ? LOW_CONFIDENCE : {}),
    // What was not permitted is presumed a breach until somebody shows otherwise (45 CFR 164.402(2)); settling it does not.
    is_suspected_breach: patients > 0 && incident.state !== 'false-positive',
    unmapped: {
      patients,
      transit,
      rest,
      location,
      recipient: recipient?.system ?? null,
      state: incident.state,
      group: incident.group,
    },
  };
}
