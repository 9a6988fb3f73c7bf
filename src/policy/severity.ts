import { type Category, SEVERITIES, type Severity } from '../core/vocabulary.ts';
import type { Match } from '../detect/match.ts';
import type { FlowPolicy } from './flow.ts';
import type { EvidenceOutcome } from './standing.ts';

/**
 * How severe an incident is (docs/adr/0038): who received the data × what data it is × how many distinct patients, and one step
 * more while it goes on or goes in clear. The ledger works it out again with every fact, since patients add up over messages.
 */

/** Who received it, by what binds them: ourselves; who is bound by HIPAA or a BAA; who signed a data use agreement; nobody knows. */
export const RECIPIENTS = ['internal', 'associate', 'dua', 'none'] as const;
export type Recipient = (typeof RECIPIENTS)[number];

/** What was received: what a limited data set may keep (45 CFR 164.514(e)(2)); what identifies; what harms most. */
export const DATA_CLASSES = ['limited', 'identified', 'sensitive'] as const;
export type DataClass = (typeof DATA_CLASSES)[number];

/** What an incident exposed, as far as one message, or all of them, show. */
export interface Exposure {
  readonly recipient: Recipient;
  readonly data: DataClass;
  /** Kinds of identifiers, sorted, each once. */
  readonly categories: readonly Category[];
  /** What is known of the real leg's encryption; null: nothing can be said. */
  readonly transit: EvidenceOutcome | null;
}

/** 1 patient (or nobody knows how many), 2 to 499, and 500 on, where HHS and the media have to be told (45 CFR 164.406, 164.408). */
export type PatientClass = 0 | 1 | 2;

/** The one matrix: severity by recipient, data and number of patients. No cell is below one that is less in any of the three. */
export const MATRIX: Readonly<Record<Recipient, Readonly<Record<DataClass, readonly [Severity, Severity, Severity]>>>> = {
  internal: {
    limited: ['low', 'low', 'medium'],
    identified: ['low', 'low', 'medium'],
    sensitive: ['medium', 'medium', 'high'],
  },
  associate: {
    limited: ['low', 'medium', 'medium'],
    identified: ['medium', 'medium', 'high'],
    sensitive: ['high', 'high', 'high'],
  },
  dua: {
    limited: ['medium', 'medium', 'high'],
    identified: ['medium', 'high', 'high'],
    sensitive: ['high', 'high', 'critical'],
  },
  none: {
    limited: ['medium', 'high', 'high'],
    identified: ['high', 'high', 'critical'],
    sensitive: ['critical', 'critical', 'critical'],
  },
};

export function patientClass(patients: number): PatientClass {
  if (patients >= 500) return 2;
  return patients >= 2 ? 1 : 0;
}

/** Severity of an exposure of so many distinct patients; `ongoing`: it was seen a day after it began, and within the last day. */
export function severityOf(
  exposure: Pick<Exposure, 'recipient' | 'data' | 'transit'>,
  patients: number,
  ongoing = false,
): Severity {
  const severity = MATRIX[exposure.recipient][exposure.data][patientClass(patients)];
  if (!ongoing && exposure.transit !== 'failed') return severity;
  return SEVERITIES[SEVERITIES.indexOf(severity) + 1] ?? 'critical';
}

/** Seen again so long after it began, it goes on; not seen for so long, it no longer does. Milliseconds. */
export const ONGOING = 24 * 60 * 60 * 1000;

const LIMITED: ReadonlySet<Category> = new Set(['date', 'age', 'geo', 'unique-id']);

/** A rule that says `critical` speaks of data that harms most; so does a label of the message. Text and bytes nobody could clear may identify. */
export function dataOf({ category, severity }: Pick<Match, 'category' | 'severity'>, sensitive: boolean): DataClass {
  if (sensitive || severity === 'critical') return 'sensitive';
  return LIMITED.has(category) ? 'limited' : 'identified';
}

/**
 * What binds the recipient of a policy. `inForce`: its agreement is not over. Covered entities and public health authorities are bound by law; what
 * a policy denies no agreement covers, which the caller sees to.
 */
export function recipientOf({ destination, basis }: FlowPolicy, inForce: boolean): Recipient {
  const { kind } = basis.agreement;
  if (destination.entity === 'self') return 'internal';
  if (destination.entity === 'ce' || destination.entity === 'public-health') return 'associate';
  if (!inForce || kind === 'none') return 'none';
  return kind === 'baa' || kind === 'qsoa' ? 'associate' : 'dua';
}

/** The worse of two in each respect, but for the leg: what was seen of it last counts. */
export function addExposure(known: Exposure, next: Exposure): Exposure {
  const isNew = next.categories.some((category) => !known.categories.includes(category));
  return {
    recipient: later(RECIPIENTS, known.recipient, next.recipient),
    data: later(DATA_CLASSES, known.data, next.data),
    categories: isNew ? [...new Set([...known.categories, ...next.categories])].sort() : known.categories,
    transit: next.transit ?? known.transit,
  };
}

function later<T>(order: readonly T[], a: T, b: T): T {
  return order.indexOf(a) >= order.indexOf(b) ? a : b;
}

/**
 * How severe an exposure is that nothing confirms: low, unless it would be critical by who received what of how many. That it goes on, or goes in clear,
 * makes what may be nothing no graver.
 */
export function unconfirmedSeverity({ recipient, data }: Pick<Exposure, 'recipient' | 'data'>, patients: number): Severity {
  return MATRIX[recipient][data][patientClass(patients)] === 'critical' ? 'critical' : 'low';
}

export function worse(a: Severity, b: Severity): Severity {
  return later(SEVERITIES, a, b);
}
