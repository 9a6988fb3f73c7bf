import { z } from 'zod';
import { CATEGORIES, SEVERITIES } from '../core/vocabulary.ts';
import type { IncidentFilter } from '../ledger/ledger.ts';
import { INCIDENT_STATES, type IncidentState } from '../policy/decision.ts';
import { PERIODS, sinceOf } from './period.ts';

/** Whose: the reader's, nobody's. */
const OWNERS = ['me', 'nobody'] as const;

/** Filters of the queue as they stand in its address: `/incidents?state=acknowledged&severity=high&flow=lab-registry`. */
const FiltersSchema = z.object({
  state: z.enum([...INCIDENT_STATES, 'all']).default('open'),
  severity: z.enum(SEVERITIES).optional(),
  flow: z.string().min(1).max(512).optional(),
  category: z.enum(CATEGORIES).optional(),
  owner: z.enum(OWNERS).optional(),
  late: z.literal('yes').optional(),
  unconfirmed: z.literal('yes').optional(),
  period: z.enum(PERIODS).optional(),
  q: z
    .string()
    .max(100)
    .transform((text) => text.trim() || undefined)
    .optional(),
  cursor: z.string().min(1).max(1024).optional(),
});

type Read = z.output<typeof FiltersSchema>;

export type Filters = { readonly [Name in keyof Read]?: Read[Name] } & { readonly state: IncidentState | 'all' };

/** Filters of a query string; null where it asks for one that does not exist. */
export function readFilters(query: Record<string, string>): Filters | null {
  const read = FiltersSchema.safeParse(query);
  return read.success ? read.data : null;
}

/** What narrows the queue beside its state. */
const NARROWING = ['severity', 'flow', 'category', 'owner', 'late', 'unconfirmed', 'period', 'q'] as const;

/** The address of the queue with some filters changed; `undefined` takes one away. A change goes back to the first page. */
export function queueAddress(filters: Filters, change: Partial<Filters>): string {
  return `/incidents${queryOf({ ...filters, cursor: undefined, ...change })}`;
}

/** `?state=all&severity=high`; empty for the queue as it opens. */
export function queryOf(filters: Filters): string {
  const query = new URLSearchParams();
  if (filters.state !== 'open') query.set('state', filters.state);
  for (const name of [...NARROWING, 'cursor'] as const) {
    const value = filters[name];
    if (value !== undefined) query.set(name, value);
  }
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}

export function isNarrowed(filters: Filters): boolean {
  return NARROWING.some((name) => filters[name] !== undefined);
}

/** The filters without what narrows them. */
export function widened({ state }: Filters): Filters {
  return { state };
}

/** The states that a filter means. */
export function statesOf(filters: Filters): readonly IncidentState[] {
  return filters.state === 'all' ? INCIDENT_STATES : [filters.state];
}

/** What the ledger is asked for, for a reader and a time (milliseconds). */
export function ledgerFilter(filters: Filters, actor: string, now: number): IncidentFilter {
  return { ...narrowingOf(filters, actor, now), states: statesOf(filters) };
}

/** The same without the state. */
export function narrowingOf(filters: Filters, actor: string, now: number): Omit<IncidentFilter, 'states'> {
  const { flow, severity, category, owner, late, unconfirmed, period, q } = filters;
  return {
    ...(flow === undefined ? {} : { flow }),
    ...(severity === undefined ? {} : { severity }),
    ...(category === undefined ? {} : { category }),
    ...(owner === undefined ? {} : { assignee: owner === 'me' ? actor : null }),
    ...(late === undefined ? {} : { overdueAt: now }),
    ...(unconfirmed === undefined ? {} : { unconfirmed: true }),
    ...(period === undefined ? {} : { since: sinceOf(period, now) }),
    ...(q === undefined ? {} : { q }),
  };
}

/** Whether a search looks for a number or an address of a person: it would stand in the address, and is not run. */
export function looksPersonal(text: string): boolean {
  return /\d[\d\s./-]{4,}\d/.test(text) || text.includes('@');
}
