import { type Category, PERSON_SUBJECTS, SEVERITIES, type Severity } from '../core/vocabulary.ts';
import type { Match } from '../detect/match.ts';
import type { Entity } from './flow.ts';

/**
 * How severe an incident's cause is, in half steps of the severity scale (docs/adr/0007): the finding's own severity, or what its
 * category weighs where that is more; then up or down by who receives it; then up for what was denied or is sensitive.
 */
const CATEGORY_WEIGHT: Partial<Record<Category, number>> = {
  ssn: 5,
  biometric: 4,
  photo: 4,
  name: 4,
  mrn: 4,
  'health-plan': 4,
  account: 4,
  license: 4,
};
const LEAST_WEIGHT = 2;

const ENTITY_WEIGHT: Record<Entity, number> = { self: -2, ce: -1, ba: 0, 'public-health': 1, researcher: 1, vendor: 2 };

export interface Aggravation {
  /** The message says that it was de-identified. */
  readonly claimed?: boolean;
  readonly entity: Entity;
  readonly denied: boolean;
  readonly sensitive: boolean;
}

export function severityOf(
  match: Pick<Match, 'severity' | 'category'>,
  { entity, denied, sensitive, claimed = false }: Aggravation,
): Severity {
  const own = Math.max(SEVERITIES.indexOf(match.severity) * 2, CATEGORY_WEIGHT[match.category] ?? LEAST_WEIGHT);
  // Who trusts the claim passes the object on: a recipient in the house is no comfort.
  const receiver = claimed ? Math.max(0, ENTITY_WEIGHT[entity]) : ENTITY_WEIGHT[entity];
  const steps = own + receiver + (denied ? 2 : 0) + (sensitive ? 2 : 0);
  return SEVERITIES[Math.max(0, Math.min(3, Math.floor(steps / 2)))] ?? 'critical';
}

export function worse(a: Severity, b: Severity): Severity {
  return SEVERITIES.indexOf(a) >= SEVERITIES.indexOf(b) ? a : b;
}

/** A flow that may carry nothing: high where it carried what identifies a person or could not be read, medium where not. */
export function severityOfFlow(matches: readonly Pick<Match, 'subject'>[], unread: boolean): Severity {
  return unread || matches.some((match) => PERSON_SUBJECTS.has(match.subject)) ? 'high' : 'medium';
}
