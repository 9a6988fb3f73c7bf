import { z } from 'zod';
import { SEVERITIES } from '../core/vocabulary.ts';
import type { IncidentFilter } from '../ledger/ledger.ts';
import { INCIDENT_STATES, type IncidentState } from '../policy/decision.ts';

/** Filters of the queue as they stand in its address: `/incidents?state=acknowledged&severity=high&flow=lab-registry`. */
const FiltersSchema = z.object({
  state: z.enum([...INCIDENT_STATES, 'all']).default('open'),
  severity: z.enum(SEVERITIES).optional(),
  flow: z.string().min(1).max(512).optional(),
  cursor: z.string().min(1).max(1024).optional(),
});

export interface Filters {
  readonly state: IncidentState | 'all';
  readonly severity?: (typeof SEVERITIES)[number] | undefined;
  readonly flow?: string | undefined;
  readonly cursor?: string | undefined;
}

/** Filters of a query string; null where it asks for one that does not exist. */
export function readFilters(query: Record<string, string>): Filters | null {
  const read = FiltersSchema.safeParse(query);
  return read.success ? read.data : null;
}

/** The address of the queue with some filters changed; `undefined` takes one away. A change goes back to the first page. */
export function queueAddress(filters: Filters, change: Partial<Filters>): string {
  const wanted = { ...filters, cursor: undefined, ...change };
  const query = new URLSearchParams();
  if (wanted.state !== 'open') query.set('state', wanted.state);
  if (wanted.severity !== undefined) query.set('severity', wanted.severity);
  if (wanted.flow !== undefined) query.set('flow', wanted.flow);
  if (wanted.cursor !== undefined) query.set('cursor', wanted.cursor);
  const text = query.toString();
  return text === '' ? '/incidents' : `/incidents?${text}`;
}

/** The states that a filter means. */
export function statesOf(filters: Filters): readonly IncidentState[] {
  return filters.state === 'all' ? INCIDENT_STATES : [filters.state];
}

/** What the ledger is asked for. */
export function ledgerFilter(filters: Filters): IncidentFilter {
  const { flow, severity } = filters;
  return {
    states: statesOf(filters),
    ...(flow === undefined ? {} : { flow }),
    ...(severity === undefined ? {} : { severity }),
  };
}
