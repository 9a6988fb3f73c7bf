import { z } from 'zod';
import { CATEGORIES, SENSITIVITIES, SEVERITIES, SUBJECTS } from '../core/vocabulary.ts';
import { attribute } from './attribute.ts';
import { LIKELY } from './names/candidate.ts';
import { WHOSE } from './names/evidence.ts';
import { sample } from './sample-schema.ts';
import { columns, dottedPlaces, places, scope, tags } from './scope-schema.ts';

/**
 * The schema of a rule pack: what a YAML file under `rules/packs` may say. Every object is strict, so a misspelt key is an error
 * and not a rule that silently does nothing. `rules/pack.schema.json` is generated from it for editors.
 */

/** A condition on another leaf of the same repetition (`CX.5`), segment (`GT1-11`), data set (`(0012,0062)`) or object (`.system`). */
const when = z
  .strictObject({
    at: z
      .string()
      .regex(
        /^(?:\.\d+(?:\.\d+)?|[A-Z][A-Z0-9]{2}-\d+(?:\.\d+){0,2}|\([0-9A-F]{4},[0-9A-F]{4}\)|(?:\.\([0-9A-F]{4},[0-9A-F]{4}\)){1,3}|\.{1,6}@?[A-Za-z_][\w-]*(?:\.@?[A-Za-z_][\w-]*)*)$/,
        'not a sibling (.5 for the fifth component, GT1-11 for a field, (0012,0062) for a data element, .(0040,A043).(0008,0100) for one of the same item, .system for a leaf of the same object)',
      )
      .describe(
        '`.5`: fifth component of the same repetition; `GT1-11`: that field of the same segment (its first component); `(0012,0062)`: that element at the top level of the data set (its first value); `.(0040,A043).(0008,0100)`: that element in the same item of a sequence; `.type.coding.code`: what lies there in the same object (FHIR, CDA), any of them; each further dot leads one object up (`..url`).',
      ),
    in: z
      .array(z.string())
      .min(1)
      .optional()
      .describe('It must hold one of these (case-insensitive); near by (`.url`), `*/employer` is whatever ends so.'),
    notIn: z.array(z.string()).min(1).optional().describe('It must not hold any of these; absent passes.'),
    absent: z.literal(true).optional().describe('It must be absent; with `in`: absent passes too.'),
  })
  .refine(
    (value) => value.in !== undefined || value.notIn !== undefined || value.absent === true,
    'needs `in`, `notIn` or `absent`',
  );

const context = z.strictObject({
  words: z.array(z.string().min(2)).min(1).describe('One of these must stand near the match, as a whole word.'),
  window: z.number().int().min(1).max(200).default(40).describe('How many characters count as near.'),
  side: z.enum(['before', 'after', 'both']).default('before'),
});

const subjectBy = z.strictObject({
  paths: places.optional(),
  types: places.optional(),
  tags: tags.optional(),
  fhir: dottedPlaces.optional(),
  cda: dottedPlaces.optional(),
  columns: columns.optional(),
  when: when.optional(),
  cue: context.optional().describe('For patterns: one of these words stands near the match.'),
  subject: z.enum(SUBJECTS),
  severity: z.enum(SEVERITIES).optional(),
});

/** `script`: a character of another script than Latin. */
const characterClass = z.enum(['digit', 'upper', 'lower', 'space', 'at', 'dot', 'colon', 'slash', 'hyphen', 'other', 'script']);

const version = z.string().regex(/^\d+\.\d+\.\d+$/, 'not a version (1.0.0)');
const status = z.enum(['stable', 'experimental', 'deprecated']);

const rule = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*(?:\.[a-z0-9-]+)+$/, 'not an id (hipaa.name)'),
  version: version.optional().describe("Left out: the pack's."),
  status: status.optional().describe("How far it can be relied on; left out: the pack's. A deprecated rule still runs."),
  title: z.string().min(3),
  category: z.enum(CATEGORIES),
  subject: z.enum(SUBJECTS).default('unknown'),
  severity: z.enum(SEVERITIES),
  confidence: z.number().gt(0).lte(1),
  scope: scope.optional(),
  when: z.array(when).min(1).optional().describe('All must hold.'),
  echo: z
    .enum(['name', 'date', 'number', 'phone', 'email', 'street'])
    .optional()
    .describe("Finds the message's own identity values of this kind anywhere else in it; has no scope or pattern."),
  beside: z
    .literal('address')
    .optional()
    .describe('Finds what stands beside the parts of an address that other rules find in texts; has no scope or pattern.'),
  names: z
    .enum([...WHOSE, ...LIKELY])
    .optional()
    .describe(
      'Finds names of people in text, those that the words around say to be this one’s (`unknown`: that they say nothing of; `likely`: given names that nothing speaks for; `likely-place`: places that no table has; `likely-employer`: whom somebody works for); takes the place of a pattern.',
    ),
  pattern: z
    .string()
    .min(1)
    .optional()
    .describe('JavaScript RegExp (flags `gu`), or RE2 where the pack says so; a group named `value` is what is reported.'),
  ignoreCase: z.literal(true).optional(),
  alone: z
    .enum(['doubtful', 'nothing', 'own-days'])
    .optional()
    .describe(
      'What it is in a text that says nothing else of anybody: `doubtful` (reported with less confidence, passed over by policies), or `nothing` (not reported; beside two things that are more than dates reported, and passed over by policies; ADR 57 and 60), or `own-days` (the same, and two figures that are a day near one which the message has in full; ADR 64).',
    ),
  needs: z
    .array(characterClass)
    .min(1)
    .optional()
    .describe('Kinds of character a leaf must hold, all of them, before the pattern is worth running.'),
  needsOneOf: z.array(characterClass).min(1).optional().describe('Kinds of character of which a leaf must hold one.'),
  minLength: z.number().int().min(1).optional().describe('Shortest leaf, in characters.'),
  maxLength: z.number().int().min(1).optional().describe('Longest leaf, in characters.'),
  keywords: z
    .array(z.string().min(2))
    .min(1)
    .optional()
    .describe('One of these must stand in the leaf as a whole word before the pattern is run; `*weg` may end a longer one.'),
  context: context.optional(),
  validate: z.array(z.string()).min(1).optional().describe('Validators by name; all must accept the match.'),
  exclude: z
    .strictObject({
      values: z.array(z.string()).min(1).optional().describe('Whole values that are none (case-insensitive).'),
      patterns: z.array(z.string()).min(1).optional().describe('The match is dropped where one of these matches it.'),
      ignoreCase: z.literal(true).optional().describe('Of `patterns`.'),
      before: z.string().optional().describe('The match is dropped where this matches the 40 characters before it.'),
    })
    .optional(),
  subjectBy: z.array(subjectBy).min(1).optional().describe('The first entry that holds decides whose it is.'),
  samples: z.strictObject({
    match: z.array(sample).min(1),
    noMatch: z.array(sample).min(1),
  }),
  references: z.array(z.string()).optional(),
});

/** What makes a message sensitive, whoever it is about: a code, a drug, a place or an age. It finds no identifier; it labels the message. */
const label = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*(?:\.[a-z0-9-]+)+$/, 'not an id (sensitivity.hiv-code)'),
  title: z.string().min(3),
  sensitivity: z.enum(SENSITIVITIES).describe('The label that the message gets.'),
  scope,
  when: z.array(when).min(1).optional().describe('All must hold.'),
  values: z
    .array(z.string().regex(/^[^*]+\*?$/, 'not a value, or what it begins with and `*` (F10*)'))
    .min(1)
    .optional()
    .describe('Whole values, case-insensitive; `F10*` for all that begin so. Dots do not count.'),
  words: z
    .array(z.string().min(2))
    .min(1)
    .optional()
    .describe('Whole words of which one stands in the value: for names of drugs and tests, never for sentences.'),
  youngerThan: z
    .number()
    .int()
    .min(1)
    .max(120)
    .optional()
    .describe('Years, where the value is a birth date; at the date of the message.'),
  samples: z.strictObject({ match: z.array(sample).min(1), noMatch: z.array(sample).min(1) }),
  references: z.array(z.string()).optional(),
});

export const packSchema = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9-]*(?:\.[a-z0-9-]+)*$/, 'not a name (lower case, digits, hyphens, dots)'),
  version,
  title: z.string().min(3),
  status,
  references: z.array(z.string()).min(1),
  applies: z
    .enum(['always', 'deidentified'])
    .default('always')
    .describe('`deidentified`: only to objects that say so ((0012,0062) is YES), and on flows whose data set is `safe-harbor`.'),
  engine: z
    .literal('re2')
    .optional()
    .describe(
      'Patterns run on RE2: no look-around, no back-references, and no text can make them slow. Left out: JavaScript RegExp.',
    ),
  attributes: z
    .array(attribute)
    .min(1)
    .optional()
    .describe(
      'A table of DICOM data elements. Each that `finds` values always is a rule of its own, named after the pack and the element.',
    ),
  rules: z.array(rule).default([]),
  labels: z.array(label).min(1).optional().describe('What makes a message sensitive. A flow has to permit it by name.'),
});

/** The schema of a rule, for packs that are written otherwise (src/tuning/schema.ts). */
export const ruleSchema = rule;

export type Pack = z.infer<typeof packSchema>;
export type Rule = Pack['rules'][number];
export type Label = z.infer<typeof label>;
export type When = z.infer<typeof when>;
export type Sample = z.infer<typeof sample>;

/** The pack schema as JSON Schema (draft 2020-12), what `rules/pack.schema.json` holds. */
export function packJsonSchema(): object {
  return z.toJSONSchema(packSchema, { io: 'input', target: 'draft-2020-12' });
}

/** `hipaa-safe-harbor@1.0.0` */
export function packId(pack: Pack): string {
  return `${pack.name}@${pack.version}`;
}

/** The version and status of a rule: its own, where it has them. */
export function standingOf(pack: Pack, rule: Rule): Pick<Pack, 'version' | 'status'> {
  return { version: rule.version ?? pack.version, status: rule.status ?? pack.status };
}
