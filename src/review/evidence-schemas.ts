import { z } from '@hono/zod-openapi';
import { isoTime } from '../core/clock.ts';
import { type EvidencePeriod, type EvidenceTally, METHODS, OUTCOMES, standingOutcome } from '../core/evidence.ts';
import { type Coverage, coverageBy, coverageOf } from '../policy/coverage.ts';
import { pageOf, time } from './api-schemas.ts';

const EvidenceBody = z
  .object({
    target: z.string(),
    check: z.string(),
    profile: z.string().nullable().openapi({ description: 'Null where the check stands for itself.' }),
    section: z.string(),
    outcome: z.enum(OUTCOMES),
    was: z.enum(OUTCOMES).nullable().openapi({ description: 'What it was before it expired; null where it has not.' }),
    how: z.enum(METHODS),
    facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())])),
    reason: z.string().nullable().openapi({ description: 'Why it is not proven, and the way out.' }),
    since: time.openapi({ description: 'When the outcome was first had; it was confirmed each time before it expired.' }),
    at: time.openapi({ description: 'When it was last confirmed.' }),
    expires: time,
    ended: time.nullable().openapi({ description: 'When a later statement took its place; null where it is the newest.' }),
  })
  .openapi('Evidence');

/** A statement as it stood at an instant. */
export function evidenceBody(row: EvidencePeriod, at: number): z.input<typeof EvidenceBody> {
  const { target, check, profile, section, how, facts, since, expires, ended } = row;
  const outcome = standingOutcome(row, at);
  const lapsed = row.outcome !== 'not_applicable' && expires <= at;
  return {
    ...{ target, check, profile, section, outcome, was: lapsed ? row.outcome : null, how },
    facts: Object.fromEntries(Object.entries(facts).map(([name, fact]) => [name, isList(fact) ? [...fact] : fact])),
    reason: lapsed ? `it was ${row.outcome} until ${isoTime(expires)}: verify it again` : row.reason,
    since: isoTime(since),
    at: isoTime(row.at),
    expires: isoTime(expires),
    ended: ended === null ? null : isoTime(ended),
  };
}

function isList(fact: EvidencePeriod['facts'][string]): fact is readonly string[] {
  return Array.isArray(fact);
}

const CoverageBody = z
  .object({
    counts: z.record(z.enum(OUTCOMES), z.int()).openapi({ description: 'Statements; what has expired is unknown.' }),
    coverage: z.number().min(0).max(1).nullable().openapi({
      description: 'proven ÷ (proven + failed + unknown + claimed); null where nothing was asked that applies.',
    }),
  })
  .openapi('Coverage');

const Coverages = z.object({
  overall: CoverageBody,
  kinds: z.record(z.string(), CoverageBody).openapi({ description: '`transit` and `rest`, where there is any.' }),
  profiles: z.record(z.string(), CoverageBody),
});

/** Coverage overall, by kind and by profile. */
export function coverageBody(tallies: readonly EvidenceTally[]): z.input<typeof Coverages> {
  return {
    overall: bodyOf(coverageOf(tallies)),
    kinds: bodiesOf(coverageBy(tallies, ({ kind }) => kind)),
    profiles: bodiesOf(coverageBy(tallies, ({ profile }) => profile)),
  };
}

function bodyOf({ counts, coverage }: Coverage): z.input<typeof CoverageBody> {
  return { counts: { ...counts }, coverage };
}

function bodiesOf(groups: ReadonlyMap<string, Coverage>): Record<string, z.input<typeof CoverageBody>> {
  return Object.fromEntries([...groups].sort(([a], [b]) => a.localeCompare(b)).map(([name, own]) => [name, bodyOf(own)]));
}

export const EvidencePage = pageOf(EvidenceBody).extend({
  coverage: Coverages.nullable().openapi({
    description: 'Of all that the filters take, whatever their outcome; null on pages after the first.',
  }),
});
