import { z } from 'zod';
import { CATEGORIES, SEVERITIES } from '../core/vocabulary.ts';
import { packSchema, ruleSchema } from '../detect/pack.ts';
import { isDate, isTimezone } from '../policy/days.ts';

/**
 * The schema of an overlay: what a site changes of detection without touching a pack that is shipped. Every object is strict, so a misspelt
 * key is an error and not an entry that silently does nothing.
 */

const text = z.string().min(3).max(500);

const ruleId = z.string().regex(/^[a-z][a-z0-9-]*(?:\.[a-z0-9-]+)+$/, 'is no id of a rule (hipaa.fax)');

const path = z
  .string()
  .min(2)
  .max(200)
  .refine((value) => !/\[\d+\]/.test(value), 'paths are written without indices: OBX-5, not OBX[3]-5');

/** Nothing but a token fits, so that no identifier can stand here in clear. */
const token = z
  .string()
  .regex(/^[a-z0-9]{1,32}\.[A-Za-z0-9_-]{43}$/, 'is no token: copy it from a finding of `cordon scan --format ndjson`');

const entry = {
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'is no id (lower case, digits, hyphens)'),
  flows: z
    .array(z.string().min(1))
    .min(1)
    .optional()
    .describe('Ids of flow policies. Left out: on every flow, registered or not.'),
  author: text.describe('Who answers for it.'),
  reason: text,
};

const lastDay = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'is no day (2027-01-31)')
  .refine(isDate, 'is no day of the calendar')
  .describe('The last day on which it is in force, in `timezone`.');

const change = z
  .strictObject({
    ...entry,
    rule: ruleId,
    disable: z.literal(true).optional().describe('What the rule finds counts for nothing. Needs `expires`.'),
    severity: z.enum(SEVERITIES).optional().describe('What the rule finds is so grave.'),
    expires: lastDay.optional(),
  })
  .refine(({ disable, severity }) => (disable === undefined) !== (severity === undefined), {
    error: 'says either `disable: true` or a `severity`',
  })
  .refine(({ disable, expires }) => disable === undefined || expires !== undefined, {
    path: ['expires'],
    error: 'is missing: a rule is disabled to a day, for a year at most',
  });

const allow = z
  .strictObject({
    ...entry,
    tokens: z.array(token).min(1).optional().describe('Keyed tokens of values, as findings show them.'),
    paths: z.array(path).min(1).optional().describe('As in the `permit` of a flow policy: `PID-5`, `PID-*`, `Patient.name`.'),
    rules: z.array(ruleId).min(1).optional(),
    categories: z.array(z.enum(CATEGORIES)).min(1).optional(),
    expires: lastDay,
  })
  .refine(({ tokens, paths, flows }) => (tokens ?? paths ?? flows) !== undefined, {
    error: 'allows everything everywhere: give `tokens`, `paths` or `flows`',
  });

export const overlaySchema = z.strictObject({
  name: packSchema.shape.name,
  version: packSchema.shape.version,
  title: packSchema.shape.title,
  timezone: z
    .string()
    .refine(isTimezone, 'is no time zone (America/New_York)')
    .default('UTC')
    .describe('Where days begin and end.'),
  rules: z.array(ruleSchema).default([]).describe("The site's own rules. Their patterns run on RE2."),
  changes: z.array(change).default([]),
  allow: z.array(allow).default([]).describe('What is known to be harmless. An entry holds where all that it gives holds.'),
});

/** An overlay as its file says it. It can be posted to a thread. */
export type Overlay = z.infer<typeof overlaySchema>;
export type Change = Overlay['changes'][number];
export type Allow = Overlay['allow'][number];
