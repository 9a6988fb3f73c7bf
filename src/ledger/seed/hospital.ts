import { type Category, type Reason, SEVERITIES, type Severity } from '../../core/vocabulary.ts';
import type { ObservedFlow } from '../../policy/decision.ts';

/** What a seeded ledger is about: a hospital's flows, and the causes that are wrong with them. No person stands behind any of it. */
export interface SeedHospital {
  readonly flows: readonly ObservedFlow[];
  /** As many as asked for, each on one of the flows. */
  readonly causes: readonly SeedCause[];
}

export interface SeedCause {
  readonly key: string;
  readonly reason: Reason;
  /** Index of its flow. */
  readonly flow: number;
  readonly category: Category;
  readonly group: string;
  readonly severity: Severity;
}

const FLOWS = 200;
const SYSTEMS = ['LIS', 'RIS', 'PACS', 'EHR', 'ADT', 'PHARMACY', 'CARDIO', 'ENDO', 'BLOODBANK', 'DIALYSIS', 'MONITORS', 'PUMPS'];
const RECEIVERS = [
  'RECORD',
  'REGISTRY',
  'VENDOR CLOUD',
  'READING',
  'ARCHIVE',
  'BILLING',
  'RESEARCH',
  'PORTAL',
  'INSURER',
  'ANALYTICS',
];
const CATEGORIES: readonly Category[] = [
  'name',
  'date',
  'mrn',
  'ssn',
  'phone',
  'street',
  'narrative',
  'geo',
  'email',
  'account',
  'health-plan',
  'unique-id',
];
const GROUPS = ['ZPI', 'OBX', 'NTE', 'PID', 'OBR', 'PV1', 'NK1', 'IN1', 'GT1', 'MRG', 'DG1', 'ORC', 'TXA', 'AL1', 'PD1', 'IN2'];
/** Of a hundred incidents. */
const CRITICAL = 3;
const HIGH = 15;
const MEDIUM = 52;

/** A hospital of 200 flows, one in five of them unregistered, with so many causes. The same number gives the same hospital. */
export function seedHospital(incidents: number): SeedHospital {
  const flows = Array.from({ length: FLOWS }, (_, number) => flowOf(number));
  return { flows, causes: Array.from({ length: incidents }, (_, number) => causeOf(number, flows)) };
}

function flowOf(number: number): ObservedFlow {
  const source = `${SYSTEMS[number % SYSTEMS.length]}-${1 + Math.floor(number / SYSTEMS.length)}`;
  const destination = RECEIVERS[(number * 7) % RECEIVERS.length] ?? '';
  const policy = number % 5 === 4 ? null : `seed-${String(number).padStart(3, '0')}`;
  return { key: `mllp|${destination}|${source}`, listener: 'mllp', source, destination, policy };
}

/** Every flow has its first category before one has its second: causes differ by flow, category and group, as real ones do. */
function causeOf(number: number, flows: readonly ObservedFlow[]): SeedCause {
  const flow = number % flows.length;
  const round = Math.floor(number / flows.length);
  const category = CATEGORIES[(round + flow) % CATEGORIES.length] ?? 'name';
  const turn = Math.floor(round / CATEGORIES.length);
  const named = GROUPS[turn % GROUPS.length] ?? 'ZPI';
  const group = turn < GROUPS.length ? named : `Z${String(turn).padStart(2, '0')}`;
  const { policy, key } = flows[flow] ?? flowOf(flow);
  return {
    key: `content|${policy ?? key}|${category}|${group}`,
    reason: 'content.category',
    flow,
    category,
    group,
    severity: severityOf(number),
  };
}

function severityOf(number: number): Severity {
  // A multiplier without a common factor with 100 scatters neighbours.
  const percentile = (number * 37) % 100;
  const rank = percentile < CRITICAL ? 3 : percentile < HIGH ? 2 : percentile < MEDIUM ? 1 : 0;
  return SEVERITIES[rank] ?? 'low';
}
