import { z } from 'zod';
import { parseDuration } from '../core/clock.ts';
import { CordonError } from '../core/errors.ts';
import { isRestTarget, REST_TARGETS, restKindOf } from '../core/rest-target.ts';
import { isAddress } from './address.ts';
import { endOfDay, isDate } from './days.ts';
import { keysAt, readDocuments, type WrittenFile } from './documents.ts';

const text = (most = 200) => z.string().min(1).max(most);

const date = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .refine(isDate, { error: 'is no day of the calendar' });

const AttestationSchema = z
  .strictObject({
    by: text().describe('Who answers for it: an office, not a person.'),
    what: text(300).describe('What is stated: "the array encrypts every disk, AES-256".'),
    reference: text().describe('Where the paper is.'),
    at: date.describe('Day on which it was stated.'),
    expires: date.describe('Last day on which it counts.'),
  })
  .refine(({ at, expires }) => at <= expires, { error: 'must not be before at', path: ['expires'] });

const country = z.string().regex(/^[A-Z]{2}$/, { error: 'must be a country code of two capitals (ISO 3166-1)' });

/** What can be said of a location; over the API too. */
export const LocationFields = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, { error: 'must be lower-case letters, digits and hyphens, 63 at most' })
    .describe('Name of the place; policies name it as `destination.location`.'),
  title: text().describe('One line for people.'),
  type: z.enum(['database', 'object-store', 'volume', 'queue', 'archive', 'backup', 'system', 'site']).describe('What it is.'),
  country: country.optional().describe('Where it is.'),
  region: text(64).optional().describe('Region of a cloud, or a site: eu-central-1, data centre north.'),
  owner: text().describe('Who answers for it.'),
  retention: z
    .string()
    .refine((value) => (parseDuration(value) ?? 0) > 0, { error: 'must be an ISO 8601 duration of days or less, as P30D' })
    .optional()
    .describe('How long data stays there.'),
  addresses: z
    .array(text(64).refine(isAddress, { error: 'is no range of addresses as 10.20.0.0/16' }))
    .optional()
    .describe('Ranges of addresses of a site: devices that connect from them stand there.'),
  key: text(500)
    .refine((target) => restKindOf(target) === 'kms', { error: 'must name a key as kms:KEY_OR_ALIAS' })
    .optional()
    .describe('The key that encrypts it; the same as the first of `verify`.'),
  verify: z
    .array(text(500).refine(isRestTarget, { error: `is nothing that can be verified at rest (known: ${REST_TARGETS})` }))
    .default([])
    .describe('All that has to be proven for the place to be: keys, buckets, volumes. Each is asked twice an hour.'),
  attested: z
    .array(AttestationSchema)
    .default([])
    .describe('What somebody states where nothing can be asked. It is claimed, and never proven.'),
});

/** One location: one document of a file under `rules/locations/`. Its key is among what has to be proven. */
const LocationSchema = LocationFields.transform((location) => {
  const { key, verify } = location;
  return key === undefined || verify.includes(key) ? location : { ...location, verify: [key, ...verify] };
});

export type Location = z.output<typeof LocationSchema>;
/** Described places by id. */
export type Locations = ReadonlyMap<string, Location>;

export const NO_LOCATIONS: Locations = new Map();

/** JSON Schema (2020-12) of one location as it is written, for editors: rules/locations.schema.json. */
export function locationJsonSchema(): unknown {
  return { ...z.toJSONSchema(LocationSchema, { io: 'input' }), title: 'Cordon location' };
}

/** A location as the API takes it: what a file may say. Throws `locations.invalid` for what no file may. */
export function readLocation(value: unknown): Location {
  const parsed = LocationSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new CordonError('locations.invalid', `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'is not valid'}`);
}

/** Reads locations from YAML text: one a document. Throws `locations.invalid` with every error of every file, one a line. */
export function loadLocations(files: readonly WrittenFile[]): Locations {
  const kind = {
    schema: LocationSchema,
    noun: 'location',
    code: 'locations.invalid',
    knownKeys: (path: readonly PropertyKey[]) => keysAt(locationJsonSchema(), path),
  } as const;
  return new Map(readDocuments(files, kind).map((location) => [location.id, location]));
}

/** First instant (milliseconds) at which an attestation counts no more. Its days are those of UTC. */
export function attestedUntil({ expires }: Location['attested'][number]): number {
  return endOfDay(expires, 'UTC');
}
