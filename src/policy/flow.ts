import { z } from 'zod';
import { parseDuration } from '../core/clock.ts';
import { CATEGORIES, SENSITIVITIES, SUBJECTS } from '../core/vocabulary.ts';
import { isAddress } from './address.ts';
import { isDate, isTimezone, parseHours } from './days.ts';
import { keysAt } from './documents.ts';
import { parseSubject } from './names.ts';

/** What `flows suggest` writes where a person has to decide; a policy that still holds it is refused. */
export const EDIT_ME = 'EDIT-ME';

/** What the receiver is to us: ourselves, a covered entity, a business associate, … */
export const ENTITIES = ['self', 'ce', 'ba', 'public-health', 'researcher', 'vendor'] as const;
export const PURPOSES = [
  'treatment',
  'payment',
  'operations',
  'public-health',
  'research',
  'required-by-law',
  'authorization',
  'maintenance',
] as const;

const text = (most = 200) =>
  z
    .string()
    .min(1)
    .max(most)
    .refine((value) => value !== EDIT_ME, { error: `still says ${EDIT_ME}: write what it is` });

const date = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .refine(isDate, { error: 'is no day of the calendar' });

const list = <T extends z.ZodType>(item: T, what: string) =>
  z.array(item).min(1, { error: `must not be empty: leave it out for any ${what}` });

const path = z
  .string()
  .min(1)
  .max(200)
  .refine((value) => !/\[\d+\]/.test(value), { error: 'paths are written without indices: OBX-5, not OBX[3]-5' });

const types = list(text(), 'type').describe(
  'Message types: MSH-9 as ORU^R01, SOP Class UID, FHIR resource type; * stands for any run of characters. Left out: any.',
);
const subjects = list(z.enum(SUBJECTS), 'subject').describe(
  'Whose identifiers. Left out: anybody. What is `unknown` whose passes where `unknown` is named, or where it would pass as anybody else’s.',
);
const categories = list(z.enum(CATEGORIES), 'category').describe(
  'Kinds of identifier. Left out: all but `unexamined`, which must be named: then bytes that no detector saw are meant, and `paths` are the reasons (over-limit, budget, …).',
);
const paths = list(path, 'path').describe(
  'Where: paths without indices and what lies below them; * stands for any run of characters (PID-*). Left out: anywhere.',
);

const PermitSchema = z.strictObject({
  types: types.optional(),
  subjects: subjects.optional(),
  categories: categories.optional(),
  paths: paths.optional(),
  sensitivity: z
    .array(z.enum(SENSITIVITIES))
    .default([])
    .describe(
      'Labels that the message may have. A label that is not named here is not permitted, but for `minor`, which only a `deny` looks at.',
    ),
});

const DenySchema = z
  .strictObject({
    types: types.optional(),
    subjects: subjects.optional(),
    categories: categories.optional(),
    paths: paths.optional(),
    sensitivity: list(z.enum(SENSITIVITIES), 'label')
      .optional()
      .describe('Denies in messages that have one of these labels. Left out: in all messages.'),
  })
  .describe(
    'What must never pass, whatever permits it. Staff, facilities and equipment are meant only where `subjects` names them.',
  );

const MatchSchema = z
  .strictObject({
    listener: text(64)
      .optional()
      .describe('Name of a listener, or its protocol: mllp (plain or TLS) mllp-tls http dimse (plain or TLS) dimse-tls.'),
    certificate: text()
      .refine((value) => parseSubject(value) !== null, { error: 'is no certificate subject: write it as CN=lis,O=Hospital' })
      .optional()
      .describe('Attributes that the subject of the verified client certificate has: CN=lis.'),
    msh: z
      .record(
        z.string().regex(/^(3|4|5|6|9|11|12|24)$/, { error: 'is no field of MSH that says the way (3 4 5 6 9 11 12 24)' }),
        text(),
      )
      .refine((fields) => Object.keys(fields).length > 0, { error: 'must not be empty' })
      .optional()
      .describe('Fields of MSH by number: the whole decoded field, or its first component. Case counts.'),
    address: text(64)
      .refine(isAddress, { error: 'is no IP address or CIDR range' })
      .optional()
      .describe('Address of the peer, or a range: 10.20.0.0/16.'),
    calledAE: text(16).optional().describe('Called AE title of the association.'),
    callingAE: text(16).optional().describe('Calling AE title of the association.'),
    source: text(64).optional().describe('Same as header Cordon-Source.'),
    header: z
      .strictObject({
        'Cordon-Flow': text(64).optional(),
        'Cordon-Source': text(64).optional(),
        'Cordon-Destination': text(64).optional(),
      })
      .refine((header) => Object.keys(header).length > 0, { error: 'must not be empty' })
      .optional()
      .describe('What the sender claims. A claim counts only where a policy names it here.'),
  })
  .refine((item) => Object.keys(item).length > 0, { error: 'must not be empty: it would match everything' });

const AgreementSchema = z.strictObject({
  kind: z.enum(['baa', 'qsoa', 'dua', 'consent', 'irb-waiver', 'expert', 'none']),
  ref: z.string().max(200).default('').describe('Where the paper is.'),
  expires: date.optional().describe('Last day on which it is valid.'),
});

const ExceptionSchema = z.strictObject({
  permit: PermitSchema,
  reason: text(1000),
  approvedBy: text(),
  expires: date.describe('Last day on which it is valid.'),
});

/** One flow policy: one document of a file under `rules/flows/` (DESIGN of the register: docs/adr/0007). */
export const FlowSchema = z
  .strictObject({
    id: z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, { error: 'must be lower-case letters, digits and hyphens, 63 at most' })
      .describe('Name of the policy; incidents, rows and exports refer to it.'),
    title: text().describe('One line for people.'),
    owner: text().describe('Who answers for it.'),
    status: z
      .enum(['shadow', 'active', 'suspended'])
      .describe('shadow: judged and counted, opens nothing below critical. suspended: nothing may pass.'),
    environment: z
      .enum(['prod', 'test'])
      .default('prod')
      .describe('On a test flow, a patient in a production message is an incident.'),
    teaches: z
      .boolean()
      .default(false)
      .describe(
        'Its messages say who the patients are (admissions, a master patient index): the registry learns their record numbers, names with birth dates and ' +
          'other identifiers as keyed tokens, and knows them in the messages of other flows.',
      ),
    match: z
      .array(MatchSchema)
      .min(1)
      .describe('Which messages it is about. All keys of one item must hold, of one of the items.'),
    destination: z.strictObject({
      system: text().describe('What receives it.'),
      entity: z.enum(ENTITIES).describe('What the receiver is to us: ourselves, a covered entity, a business associate, …'),
      location: text().optional().describe('Where the data comes to rest: the id of a location (rules/locations).'),
      endpoint: z
        .string()
        .regex(/^(?:\[[0-9a-fA-F:.]+\]|[A-Za-z0-9.-]+):\d{1,5}$/, { error: 'must be HOST:PORT, an IPv6 address as [::1]:2762' })
        .optional()
        .describe(
          'Where the real leg ends, HOST:PORT: Cordon asks it twice a day which TLS it accepts, and speaks its protocol over that: to DICOM one C-ECHO, ' +
            'to HTTP one HEAD; to MLLP, where `match` names a listener of MLLP, one message that holds an MSH alone (NMQ^N01). Nothing of a patient is sent.',
        ),
      country: z
        .string()
        .regex(/^[A-Z]{2}$/, { error: 'must be a country code of two capitals (ISO 3166-1)' })
        .optional(),
    }),
    basis: z.strictObject({
      purpose: z.enum(PURPOSES),
      dataset: z
        .enum(['phi', 'limited', 'safe-harbor', 'expert'])
        .describe(
          'A ceiling over permit: limited leaves dates, ages, geo and unique-id; safe-harbor none of the 18; expert what permit says.',
        ),
      agreement: AgreementSchema,
    }),
    permit: z
      .array(PermitSchema)
      .default([])
      .describe("What persons' identifiers may pass. One item must hold with all its keys."),
    deny: z.array(DenySchema).default([]),
    units: z
      .partialRecord(z.enum(SENSITIVITIES), z.array(text()).min(1))
      .default({})
      .describe(
        'Units and programmes whose records are sensitive whatever they say (42 CFR Part 2), by label: `{sud-part2: [DETOX]}`. Names as the messages write them: sender, ' +
          'location, service, institution.',
      ),
    cohorts: z
      .record(z.string().regex(/^[a-z0-9-]{1,63}$/), z.enum(['deny', 'review']))
      .default({})
      .describe('Messages about members of a named set of patients: deny flags them high, review flags them for a look.'),
    limits: z
      .strictObject({
        messagesPerHour: z.int().positive().optional(),
        patientsPerDay: z.int().positive().optional(),
        hours: z
          .string()
          .refine((value) => parseHours(value) !== null, { error: 'must be opening hours as 07:00-19:00' })
          .default('00:00-24:00')
          .describe('When it is heard, HH:MM-HH:MM; may reach over midnight. Silence counts in these hours only.'),
        timezone: z
          .string()
          .refine(isTimezone, { error: 'is no IANA time zone that this runtime knows' })
          .default('UTC')
          .describe('Zone of `hours` and of every date of this policy.'),
        silentAfter: z
          .string()
          .refine((value) => (parseDuration(value) ?? 0) > 0, { error: 'must be an ISO 8601 duration as PT30M or P1D' })
          .optional()
          .describe('So long without a message is an incident.'),
      })
      .prefault({}),
    require: z
      .strictObject({
        transit: z
          .enum(['rfc9325', 'sp800-52r2', 'dicom-b12', 'dicom-b13', 'iti-19'])
          .optional()
          .describe('Profile that the real leg must meet.'),
        rest: z
          .literal('encrypted')
          .optional()
          .describe('What must be proven of `destination.location`, where it comes to rest.'),
        mtls: z.boolean().default(false).describe('The real leg must authenticate both sides.'),
      })
      .prefault({}),
    exceptions: z
      .array(ExceptionSchema)
      .default([])
      .describe('Approved for a time; stronger than the dataset, weaker than deny.'),
    validFrom: date.optional().describe('First day on which it is valid; before, its messages are unregistered.'),
    expires: date.describe('Last day on which it is valid.'),
  })
  .refine((flow) => flow.validFrom === undefined || flow.validFrom <= flow.expires, {
    error: 'must not be before validFrom',
    path: ['expires'],
  })
  .refine((flow) => !flow.teaches || flow.environment !== 'test', {
    error: 'must not be true on a flow of the environment test: its patients are none',
    path: ['teaches'],
  });

export type FlowPolicy = z.output<typeof FlowSchema>;
export type MatchItem = z.output<typeof MatchSchema>;
export type Permit = z.output<typeof PermitSchema>;
export type Deny = z.output<typeof DenySchema>;
export type Entity = FlowPolicy['destination']['entity'];
export type Dataset = FlowPolicy['basis']['dataset'];

/** JSON Schema (2020-12) of one policy as it is written, for editors: rules/flows.schema.json. */
export function flowJsonSchema(): unknown {
  return { ...z.toJSONSchema(FlowSchema, { io: 'input' }), title: 'Cordon flow policy' };
}

let written: unknown;

/** The keys that a policy may have at a path (`['destination']`, `['match', 0]`), for errors that name the way out. */
export function knownKeys(path: readonly PropertyKey[]): string[] {
  written ??= flowJsonSchema();
  return keysAt(written, path);
}
