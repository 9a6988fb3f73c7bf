import { z } from '@hono/zod-openapi';
import { isoTime } from '../core/clock.ts';
import { CATEGORIES, KNOWN, REASONS, SEVERITIES, SUBJECTS, VERDICTS } from '../core/vocabulary.ts';
import type { FlowRow } from '../ledger/flow-store.ts';
import type { IncidentEvent, IncidentSample, MessageRow } from '../ledger/ledger.ts';
import { INCIDENT_STATES, type IncidentRow } from '../policy/decision.ts';
import { NOTE_LIMIT } from './actions-panel.ts';
import { titleOf } from './titles.ts';
import { UntilBody } from './until-body.ts';

/** What the API says, as zod schemas; times are RFC 3339. Each schema has the one function beside it that makes it of a ledger's row. */

export const time = z.iso.datetime().openapi({ description: 'RFC 3339, UTC' });
const span = z.object({ start: z.int(), end: z.int(), reason: z.string() });

export const Refusal = z.object({ code: z.string(), message: z.string() }).openapi('Refusal');

export const FindingBody = z
  .object({
    rule: z.string(),
    pack: z.string(),
    category: z.enum(CATEGORIES),
    subject: z.enum(SUBJECTS),
    path: z.string(),
    start: z.int().nullable(),
    end: z.int().nullable(),
    confidence: z.number(),
    severity: z.enum(SEVERITIES),
    mask: z.string().openapi({ description: 'Shape of the value: letters as A and a, digits as 9. Never the value.' }),
    token: z.string().openapi({ description: 'Keyed token: equal identifiers have equal tokens.' }),
    registry: z.enum(KNOWN).optional().openapi({
      description: 'What the registry knows: it belongs to a patient of a flow that teaches, or such a patient bears the name.',
    }),
  })
  .openapi('Finding');

export const MessageBody = z
  .object({
    id: z.string(),
    receivedAt: time,
    scannedAt: time.nullable(),
    state: z.enum(['pending', 'done', 'failed']),
    listener: z.string(),
    peer: z.string(),
    bytes: z.int(),
    examined: z.int().nullable(),
    unexamined: z.array(span),
    format: z.string().nullable(),
    type: z.string().nullable(),
    verdict: z.enum(VERDICTS).nullable(),
    reasons: z.array(z.enum(REASONS)),
    flow: z.string().nullable(),
    quarantined: z.boolean(),
    problems: z.array(z.object({ code: z.string(), detail: z.string(), start: z.int().optional() })),
    bodyKept: z.boolean(),
  })
  .openapi('Message');

export function messageBody(row: MessageRow): z.input<typeof MessageBody> {
  return {
    ...row,
    receivedAt: isoTime(row.receivedAt),
    scannedAt: row.scannedAt === null ? null : isoTime(row.scannedAt),
    unexamined: [...row.unexamined],
    reasons: [...row.reasons],
    problems: row.problems.map(({ code, detail, start }) => ({ code, detail, ...(start === undefined ? {} : { start }) })),
  };
}

export const MessageDetail = MessageBody.extend({ findings: z.array(FindingBody) }).openapi('MessageDetail');

export const IncidentBody = z
  .object({
    id: z.string(),
    key: z.string(),
    title: z.string(),
    reason: z.enum(REASONS),
    flow: z.string(),
    source: z.string(),
    destination: z.string(),
    category: z.enum(CATEGORIES).nullable(),
    group: z.string().nullable(),
    severity: z.enum(SEVERITIES),
    state: z.enum(INCIDENT_STATES),
    messages: z.int(),
    patients: z.int(),
    firstSeen: time,
    lastSeen: time,
    until: time.nullable().openapi({ description: 'When an accepted risk ends; null: when it changes.' }),
    lastMessage: z.string().nullable(),
    assignee: z.string().nullable(),
    due: time.nullable().openapi({ description: 'When it should be settled; null where it is.' }),
    openedAt: time.openapi({ description: 'When it was opened, or opened again.' }),
    unconfirmed: z.boolean().openapi({ description: 'Words of texts are all that speaks for it so far.' }),
    ongoing: z.boolean().openapi({ description: 'Seen a day after it began, and within the last day.' }),
  })
  .openapi('Incident');

export function incidentBody(row: IncidentRow): z.input<typeof IncidentBody> {
  const { desk, ...rest } = row;
  return {
    ...rest,
    title: titleOf(row),
    firstSeen: isoTime(row.firstSeen),
    lastSeen: isoTime(row.lastSeen),
    until: row.until === null ? null : isoTime(row.until),
    assignee: desk.assignee,
    due: desk.due === null ? null : isoTime(desk.due),
    openedAt: isoTime(desk.openedAt),
    unconfirmed: desk.unconfirmed,
    ongoing: desk.ongoing,
  };
}

const EventBody = z
  .object({
    at: time,
    actor: z.string(),
    action: z.string(),
    from: z.enum(INCIDENT_STATES).nullable(),
    to: z.enum(INCIDENT_STATES),
    note: z.string(),
    until: time.nullable(),
    act: z.string().nullable().openapi({ description: 'The act that it is part of: `POST /v1/acts/{id}/undo`.' }),
  })
  .openapi('IncidentEvent');

export function eventBody(event: IncidentEvent): z.input<typeof EventBody> {
  return { ...event, at: isoTime(event.at), until: event.until === null ? null : isoTime(event.until) };
}

const SampleBody = z
  .object({ message: z.string(), at: time, type: z.string(), finding: FindingBody.nullable() })
  .openapi('IncidentSample');

export function sampleBody(sample: IncidentSample): z.input<typeof SampleBody> {
  return { ...sample, at: isoTime(sample.at) };
}

export const IncidentDetail = IncidentBody.extend({ events: z.array(EventBody), samples: z.array(SampleBody) }).openapi(
  'IncidentDetail',
);

export const FlowBody = z
  .object({
    key: z.string(),
    listener: z.string(),
    source: z.string(),
    destination: z.string(),
    policy: z.string().nullable().openapi({ description: 'Id of the policy that covers it; null where none does.' }),
    firstSeen: time,
    lastSeen: time,
    messages: z.int(),
  })
  .openapi('Flow');

export function flowBody(row: FlowRow): z.input<typeof FlowBody> {
  return { ...row, firstSeen: isoTime(row.firstSeen), lastSeen: isoTime(row.lastSeen) };
}

export const TransitionBody = z
  .strictObject({
    from: z.enum(INCIDENT_STATES).openapi({ description: 'The state you saw; another one by now is answered with 409.' }),
    to: z.enum(INCIDENT_STATES),
    note: z.string().max(NOTE_LIMIT).default('').openapi({ description: 'Why. Needed for false-positive and accepted-risk.' }),
    until: UntilBody,
  })
  .openapi('Transition');

/** `limit` and `cursor` of a list. */
export const paging = {
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().min(1).max(1024).optional().openapi({ description: '`next` of the page before.' }),
};

/** One page of a list. */
export function pageOf<T extends z.ZodType>(row: T) {
  return z.object({ rows: z.array(row), next: z.string().nullable() });
}
