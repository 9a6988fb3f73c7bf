import { z } from 'zod';
import { CATEGORIES, SEVERITIES, SUBJECTS } from '../core/vocabulary.ts';
import { TAG_PATTERN } from './tags.ts';

/** What the Basic Profile does with an attribute (PS3.15 §E.3, Table E.1-1a): remove, empty, dummy, clean, new UID, and either of them. */
export const ACTIONS = ['X', 'Z', 'D', 'U', 'C', 'K', 'X/Z', 'X/D', 'Z/D', 'X/Z/D', 'X/Z/U*'] as const;

/** The ten option columns of Table E.1-1, in their order. */
export const OPTIONS = [
  'retain-safe-private',
  'retain-uids',
  'retain-device',
  'retain-institution',
  'retain-patient',
  'retain-full-dates',
  'modify-dates',
  'clean-descriptors',
  'clean-structured-content',
  'clean-graphics',
] as const;

/** One row of a table of data elements. */
export const attribute = z.strictObject({
  tag: z.string().regex(TAG_PATTERN, 'not a tag ((0010,0010), (50xx,xxxx), (odd,xxxx))'),
  name: z.string().min(2),
  action: z.enum(ACTIONS).describe('What the Basic Profile does with it.'),
  options: z
    .partialRecord(z.enum(OPTIONS), z.enum(['K', 'C']))
    .optional()
    .describe('What an option does instead: keep (K) or clean (C).'),
  subject: z.enum(SUBJECTS),
  category: z.enum(CATEGORIES),
  severity: z.enum(SEVERITIES).optional().describe('Where it is not that of the category.'),
  finds: z
    .enum(['always', 'deidentified', 'never'])
    .default('always')
    .describe(
      '`always`: a value is a finding. `deidentified`: only where the object has to be free of it. `never`: the value alone identifies nobody; what a text says is found by patterns and echoes.',
    ),
});

export type Attribute = z.infer<typeof attribute>;
