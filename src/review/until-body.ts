import { z } from '@hono/zod-openapi';
import type { Until } from '../policy/transitions.ts';

/** When an accepted risk is judged again. */
export const UntilBody = z
  .union([z.literal('change'), z.iso.datetime({ offset: true })])
  .optional()
  .openapi({
    description:
      'For accepted-risk only: when it is judged again, within a year, or `change`: when a category or destination is added, or encryption is lost.',
  });

/** As the ledger takes it. */
export function untilOf(until: z.output<typeof UntilBody>): Until {
  if (until === undefined) return null;
  return until === 'change' ? until : Date.parse(until);
}
